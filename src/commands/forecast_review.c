#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/forecast.h"
#include "commands/json.h"
#include "commands/session.h"
#include "gradebook/learn.h"
#include "store/forecast.h"

/* What is counted by class, and within a chosen class by subject. `said`: one mark was said, and it came or not. */
struct tally {
    const char *name;
    struct review review;
    int64_t said, right;
};

struct tallies {
    struct tally *items;
    size_t count, room;
};

static void count_in(struct tallies *tallies, const char *name, const struct forecast_outcome *outcome)
{
    struct tally *tally = NULL;
    for (size_t i = 0; i < tallies->count && tally == NULL; i++)
        if (strcmp(tallies->items[i].name, name) == 0)
            tally = &tallies->items[i];
    if (tally == NULL) {
        tallies->items = mem_grow(tallies->items, tallies->count, &tallies->room, sizeof *tallies->items);
        tally = &tallies->items[tallies->count++];
        *tally = (struct tally){.name = name};
    }
    const struct sheet_forecast *said = &outcome->said;
    struct habit_stated stated = {.elapsed = said->done / 100., .final = outcome->final};
    for (int i = 0; i < FORECAST_MARKS; i++)
        stated.p[i] = said->chance[i] / 1000.;
    review_add(&tally->review, &stated);
    if (said->low == said->high) {
        tally->said++;
        tally->right += said->low == outcome->final ? 1 : 0;
    }
}

static int percent(double part)
{
    return (int)(100 * part + .5);
}

static void print_tenths(const struct review *review)
{
    puts(_("Stated chance      stated on average   came true      how many"));
    for (int i = 0; i < REVIEW_TENTHS; i++) {
        const struct review_tenth *tenth = &review->tenths[i];
        if (tenth->stated == 0)
            continue;
        printf("%3d–%3d %%                    %3d %%        %3d %%   %6lld / %lld\n", 10 * i, 10 * i + 10,
               percent(tenth->sum / (double)tenth->stated), percent((double)tenth->came / (double)tenth->stated),
               (long long)tenth->came, (long long)tenth->stated);
    }
}

static void print_tally(struct arena *arena, const struct tally *tally)
{
    const char *name = text_printable(arena, tally->name);
    size_t width = text_length(name);
    printf("  %s%*s  ", name, (int)(width < 32 ? 32 - width : 0), "");
    printf(_("%lld of %lld marks that were said came\n"), (long long)tally->right, (long long)tally->said);
}

static json_t *review_json(const struct tally *tally)
{
    json_t *out = json_object(), *tenths = json_array();
    json_object_set_new(out, "forecasts", json_integer(tally->review.forecasts));
    json_object_set_new(out, "said", json_integer(tally->said));
    json_object_set_new(out, "right", json_integer(tally->right));
    for (int i = 0; i < REVIEW_TENTHS; i++) {
        const struct review_tenth *tenth = &tally->review.tenths[i];
        json_t *item = json_object();
        json_object_set_new(item, "from", json_decimal(i, 10));
        json_object_set_new(item, "until", json_decimal(i + 1, 10));
        json_object_set_new(item, "stated", json_integer(tenth->stated));
        json_object_set_new(item, "came", json_integer(tenth->came));
        json_object_set_new(item, "mean",
                            tenth->stated == 0
                                ? json_null()
                                : json_decimal((int64_t)(10000 * tenth->sum / (double)tenth->stated + .5), 10000));
        json_array_append_new(tenths, item);
    }
    json_object_set_new(out, "tenths", tenths);
    return out;
}

static void print_json(const struct tally *whole, const struct tallies *parts, const char *key)
{
    json_t *out = review_json(whole), *list = json_array();
    json_object_set_new(out, "error", json_decimal((int64_t)(10000 * review_error(&whole->review) + .5), 10000));
    for (size_t i = 0; i < parts->count; i++) {
        json_t *item = review_json(&parts->items[i]);
        json_object_set_new(item, "name", json_string(parts->items[i].name));
        json_array_append_new(list, item);
    }
    json_object_set_new(out, key, list);
    json_print(out);
    json_decref(out);
}

static void print_text(struct session *session, const struct tally *whole, const struct tallies *parts)
{
    if (whole->review.forecasts == 0) {
        session_say(session->call, _("No final has come yet for anything that an issued sheet forecast."));
        return;
    }
    printf(ngettext("%lld forecast of issued sheets whose final has come.\n",
                    "%lld forecasts of issued sheets whose finals have come.\n",
                    (unsigned long)whole->review.forecasts),
           (long long)whole->review.forecasts);
    print_tenths(&whole->review);
    print_tally(session->arena, whole);
    for (size_t i = 0; i < parts->count; i++)
        print_tally(session->arena, &parts->items[i]);
}

bool forecast_review(struct session *session, const struct forecast_choice *choice, struct err *err)
{
    bool chosen = call_has(session->call, "class"), ok = true;
    struct tallies whole = {0}, parts = {0};
    for (size_t c = 0; ok && c < (chosen ? choice->class_count : 1); c++) {
        struct forecast_outcome *all = NULL;
        size_t count = 0;
        ok = store_forecast_outcomes(session->store, session->arena, &session->school,
                                     chosen ? choice->classes[c] : NULL, &all, &count, err);
        for (size_t i = 0; ok && i < count; i++) {
            count_in(&whole, _("all"), &all[i]);
            count_in(&parts, chosen ? all[i].said.subject : all[i].form, &all[i]);
        }
    }
    const struct tally nothing = {.name = _("all")};
    const struct tally *sum = whole.count == 0 ? &nothing : &whole.items[0];
    if (ok && session->call->json)
        print_json(sum, &parts, chosen ? "subjects" : "classes");
    else if (ok)
        print_text(session, sum, &parts);
    mem_free(whole.items);
    mem_free(parts.items);
    return ok;
}
