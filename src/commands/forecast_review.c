#include <stdio.h>

#include "base/i18n.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/forecast.h"
#include "commands/json.h"
#include "commands/review.h"
#include "commands/session.h"

static void print_tally(struct arena *arena, const struct review_tally *tally)
{
    const char *name = text_printable(arena, tally->name);
    size_t width = text_length(name);
    printf("  %s%*s  ", name, (int)(width < 32 ? 32 - width : 0), "");
    printf(_("%lld of %lld marks that were said came\n"), (long long)tally->right, (long long)tally->said);
}

static void print_json(const struct review_tallies *tallies, const char *key)
{
    json_t *out = review_whole_json(tallies), *list = json_array();
    for (size_t i = 0; i < tallies->count; i++) {
        json_t *item = review_json(&tallies->parts[i]);
        json_object_set_new(item, "name", json_string(tallies->parts[i].name));
        json_array_append_new(list, item);
    }
    json_object_set_new(out, key, list);
    json_finish(out);
}

static void print_text(struct session *session, const struct review_tallies *tallies)
{
    const struct review *review = &tallies->whole.review;
    if (review->forecasts == 0) {
        session_say(session->call, _("No final has come yet for anything that an issued sheet forecast."));
        return;
    }
    printf(ngettext("%lld forecast of issued sheets whose final has come.\n",
                    "%lld forecasts of issued sheets whose finals have come.\n", (unsigned long)review->forecasts),
           (long long)review->forecasts);
    review_print_tenths(review);
    print_tally(session->arena, &tallies->whole);
    for (size_t i = 0; i < tallies->count; i++)
        print_tally(session->arena, &tallies->parts[i]);
}

bool forecast_review(struct session *session, const struct forecast_choice *choice, struct err *err)
{
    struct review_tallies tallies = {0};
    bool ok = review_load(session, choice->classes, choice->class_count, 0, &tallies, err);
    if (ok && session->call->json)
        print_json(&tallies, call_has(session->call, "class") ? "subjects" : "classes");
    else if (ok)
        print_text(session, &tallies);
    review_free(&tallies);
    return ok;
}
