#include "commands/review.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "commands/access.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/session.h"
#include "store/forecast.h"

static void count_in(struct review_tally *tally, const struct forecast_outcome *outcome)
{
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

static struct review_tally *part_of(struct review_tallies *tallies, const char *name)
{
    for (size_t i = 0; i < tallies->count; i++)
        if (strcmp(tallies->parts[i].name, name) == 0)
            return &tallies->parts[i];
    tallies->parts = mem_grow(tallies->parts, tallies->count, &tallies->room, sizeof *tallies->parts);
    struct review_tally *part = &tallies->parts[tallies->count++];
    *part = (struct review_tally){.name = name};
    return part;
}

bool review_load(struct session *session, const char *const *classes, size_t class_count, int32_t from_year,
                 struct review_tallies *out, struct err *err)
{
    bool chosen = call_has(session->call, "class"), some = chosen || session_sees_part(session), ok = true;
    *out = (struct review_tallies){.whole = {.name = _("all")}};
    for (size_t c = 0; ok && c < (some ? class_count : 1); c++) {
        struct forecast_outcome *all = NULL;
        size_t count = 0;
        ok = store_forecast_outcomes(session->store, session->arena, &session->school, some ? classes[c] : NULL,
                                     from_year, &all, &count, err);
        for (size_t i = 0; ok && i < count; i++) {
            count_in(&out->whole, &all[i]);
            count_in(part_of(out, chosen ? all[i].said.subject : all[i].form), &all[i]);
        }
    }
    return ok;
}

void review_free(struct review_tallies *tallies)
{
    mem_free(tallies->parts);
    *tallies = (struct review_tallies){0};
}

static int percent(double part)
{
    return (int)(100 * part + .5);
}

void review_print_tenths(const struct review *review)
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

json_t *review_json(const struct review_tally *tally)
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

json_t *review_whole_json(const struct review_tallies *tallies)
{
    json_t *out = review_json(&tallies->whole);
    double error = review_error(&tallies->whole.review);
    json_object_set_new(out, "error", json_decimal((int64_t)(10000 * error + .5), 10000));
    return out;
}
