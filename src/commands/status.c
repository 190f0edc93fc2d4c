#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/duties.h"
#include "commands/json.h"
#include "commands/review.h"
#include "commands/session.h"
#include "gradebook/duties.h"

static json_t *duty_json(const struct duty *duty)
{
    json_t *out = json_object(), *pupils = json_array();
    json_object_set_new(out, "point", json_string(duty_point(duty->kind)));
    json_object_set_new(out, "duty", json_string(duty_kind_key(duty->kind)));
    json_object_set_new(out, "class", json_string(duty->form));
    json_object_set_new(out, "period", duty->period[0] == '\0' ? json_null() : json_string(duty->period));
    json_object_set_new(out, "state", json_string(duty_state_key(duty->state)));
    json_object_set_new(out, "due", json_day(duty->due));
    json_object_set_new(out, "done", json_day(duty->done));
    json_object_set_new(out, "days", json_integer(duty->days));
    for (size_t i = 0; i < duty->pupil_count; i++) {
        json_t *pupil = json_object();
        json_object_set_new(pupil, "pupil_id", json_string(duty->pupils[i]->code));
        json_object_set_new(pupil, "pupil", json_string(duty->pupils[i]->name));
        json_array_append_new(pupils, pupil);
    }
    json_object_set_new(out, "pupils", pupils);
    return out;
}

static void print_json(const struct session *session, const struct duty *duties, size_t count,
                       const struct review_tallies *review)
{
    json_t *out = json_object(), *list = json_array();
    json_object_set_new(out, "today", json_day(session->call->today));
    json_object_set_new(out, "overdue", json_integer((json_int_t)duties_overdue(duties, count)));
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, duty_json(&duties[i]));
    json_object_set_new(out, "duties", list);
    json_object_set_new(out, "review", review->whole.review.forecasts == 0 ? json_null() : review_whole_json(review));
    json_print(out);
    json_decref(out);
}

/* «  2.6   weekly sheets, 2026-W46: overdue by 1 day, due 2026-11-20», and who waits or waited too long, a line each.
 */
static void print_duty(const struct session *session, const struct duty *duty)
{
    printf("  %-4s  %s: %s", duty_point(duty->kind), duty_title(session, duty), duty_state_text(session, duty));
    bool in_time = duty->state == DUTY_DONE && duty->days == 0;
    if (in_time && duty->pupil_count > 0)
        printf(ngettext(", %zu pupil", ", %zu pupils", duty->pupil_count), duty->pupil_count);
    putchar('\n');
    for (size_t i = 0; !in_time && i < duty->pupil_count; i++)
        printf("        %-10s %s\n", text_printable(session->arena, duty->pupils[i]->code),
               text_printable(session->arena, duty->pupils[i]->name));
}

/* What was done is told of the newest period only, but with --verbose. */
static bool is_history(const struct duty *duties, size_t count, size_t at)
{
    const struct duty *duty = &duties[at];
    for (size_t i = at + 1; duty->state == DUTY_DONE && i < count; i++)
        if (duties[i].kind == duty->kind && strcmp(duties[i].form, duty->form) == 0 &&
            strcmp(duties[i].period, duty->period) != 0)
            return true;
    return false;
}

/* Once finals have come: how often the forecasts of the sheets were right. */
static void print_review(const struct call *call, const struct review_tally *whole)
{
    if (whole->review.forecasts == 0 || call->quiet)
        return;
    printf(ngettext("Forecast on the sheets: %lld whose final has come; of %lld marks that were said %lld came.\n",
                    "Forecasts on the sheets: %lld whose finals have come; of %lld marks that were said %lld came.\n",
                    (unsigned long)whole->review.forecasts),
           (long long)whole->review.forecasts, (long long)whole->said, (long long)whole->right);
    review_print_tenths(&whole->review);
}

static void print_text(const struct session *session, const struct duty *duties, size_t count,
                       const struct review_tallies *review)
{
    const struct call *call = session->call;
    size_t overdue = duties_overdue(duties, count);
    const char *form = "";
    for (size_t i = 0; i < count; i++) {
        if ((call->quiet && duties[i].state != DUTY_OVERDUE) || (!call->verbose && is_history(duties, count, i)))
            continue;
        if (strcmp(form, duties[i].form) != 0)
            printf("%s\n", form = duties[i].form);
        print_duty(session, &duties[i]);
    }
    print_review(call, &review->whole);
    if (overdue == 0)
        session_say(call, _("Nothing is overdue."));
    else
        session_say(call, ngettext("%zu obligation is overdue.", "%zu obligations are overdue.", overdue), overdue);
}

static bool status(struct session *session, struct err *err)
{
    struct duty_facts facts = {0};
    struct review_tallies review = {0};
    const char **classes = NULL;
    size_t class_count = 0, count = 0, kept = 0;
    if (!session_classes(session, &classes, &class_count, err) || !session_facts(session, &facts, err))
        return false;
    const struct duty *all = duties_find(session->arena, &facts, &count);
    struct duty *duties = arena_alloc(session->arena, (count + 1) * sizeof *duties);
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < class_count; c++)
            if (strcmp(all[i].form, classes[c]) == 0)
                duties[kept++] = all[i];
    bool ok = review_load(session, classes, class_count,
                          school_year_of(&session->school, session->arena, session->call->today)->year, &review, err);
    if (ok && session->call->json)
        print_json(session, duties, kept, &review);
    else if (ok)
        print_text(session, duties, kept, &review);
    review_free(&review);
    session->call->attention = duties_overdue(duties, kept) > 0;
    return ok;
}

static bool run(struct call *call, struct err *err)
{
    return session_run(call, false, status, err);
}

static const struct flag flags[] = {
    {"class", "C", N_("only this class; may be repeated"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_status = {
    .name = "status",
    .right = RIGHT_CLASS,
    .operands = "",
    .summary = N_("every obligation of the regulation, its deadline, what is overdue"),
    .options = flags,
    .run = run,
};
