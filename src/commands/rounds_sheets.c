#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "commands/command.h"
#include "commands/duties.h"
#include "commands/printing.h"
#include "commands/rounds.h"
#include "commands/session.h"
#include "commands/workshop.h"
#include "gradebook/duties.h"
#include "issue/print.h"
#include "issue/term.h"
#include "store/store.h"

static void say_issued(struct summary *summary, const char *period, const struct batch_result *result)
{
    struct arena *arena = summary->session->arena;
    const char *print = result->print == NULL ? period : result->print;
    json_t *out = json_object();
    json_object_set_new(out, "period", json_string(period));
    json_object_set_new(out, "sheets", json_integer((json_int_t)result->issued));
    json_object_set_new(out, "pages", json_integer((json_int_t)result->pages));
    json_object_set_new(out, "print", json_string(print));
    json_array_append_new(summary->issued, out);
    summary->sheets += result->issued;
    if (++summary->periods > MOST_PERIODS)
        return;
    const char *sheets = arena_format(arena, ngettext("%zu sheet", "%zu sheets", result->issued), result->issued);
    const char *pages = arena_format(arena, ngettext("%zu page", "%zu pages", result->pages), result->pages);
    summary_line(summary, false,
                 ngettext("%s: issued %s, %s. To print: out/%s", "%s: issued %s, %s. To print: out/%s", result->issued),
                 period, sheets, pages, print);
}

static void warn(struct summary *summary, const char *text)
{
    summary->warning = summary->warnings++ == 0 ? text : summary->warning;
}

/* Says what was issued in a period, and keeps what is to be warned of. */
static void settle(struct summary *summary, const char *period, const struct batch_result *result)
{
    struct arena *arena = summary->session->arena;
    const char *missing = workshop_missing(arena, result);
    for (size_t i = 0; i < result->warning_count; i++)
        warn(summary, result->warnings[i].text);
    if (missing[0] != '\0')
        warn(summary, missing);
    if (result->issued > 0)
        say_issued(summary, period, result);
}

static bool issue_week(struct summary *summary, const struct workshop *shop, const struct duty_week *week,
                       struct err *err)
{
    struct batch_order order = {
        .classes = (const char *const *)week->forms, .class_count = week->form_count, .first_only = true};
    struct batch_result result = {0};
    if (!workshop_issue_week(summary->session, shop, date_iso_week(week->monday), &order, &result, err))
        return false;
    settle(summary, order.period, &result);
    return true;
}

/* Makes the files of a period whole again; nothing new is issued. */
static bool mend_period(struct summary *summary, const struct workshop *shop, const char *period, struct err *err)
{
    struct session *session = summary->session;
    struct iso_week week = {0};
    if (week_parse(period, &week))
        return issue_week(summary, shop, &(struct duty_week){.monday = date_of_week(week, 1)}, err);
    int32_t first = date_leading(arena_format(session->arena, "%.4s-10-01", period));
    struct batch_order order = {.period = period};
    struct term_result result = {0};
    struct term_choice choice = {.as_of = DATE_NONE, .term = period[5] == 'T' ? period[6] - '0' : 0};
    choice.year = school_year_of(&session->school, session->arena, first);
    workshop_order(session, &order);
    return choice.term < 0 || choice.term > choice.year->terms ||
           term_issue(session->arena, shop, &order, &choice, &result, err);
}

/* Periods of a kind («W» or «TY») in whose folder an interrupted run has left files in the making. */
static bool mend(struct summary *summary, const struct workshop *shop, const char *kind, struct err *err)
{
    struct session *session = summary->session;
    const char *out = file_join(session->arena, session->folder, "out"), **names = NULL;
    size_t count = 0;
    bool ok = true;
    if (!file_exists(out))
        return true;
    if (!file_list(session->arena, out, &names, &count, err))
        return false;
    for (size_t i = 0; ok && i < count; i++)
        if (strspn(names[i], "0123456789") == 4 && names[i][4] == '-' && names[i][5] != '\0' &&
            strchr(kind, names[i][5]) != NULL &&
            file_exists(arena_format(session->arena, "%s/%s/.making", out, names[i])))
            ok = mend_period(summary, shop, names[i], err);
    return ok;
}

static bool issue_weeks(struct summary *summary, struct err *err)
{
    struct session *session = summary->session;
    struct workshop shop = {0};
    struct duty_facts facts = {0};
    size_t count = 0;
    if (!session_facts(session, &facts, err) || !workshop_open(session, "weekly", &shop, err))
        return false;
    const struct duty_week *weeks = duties_to_issue(session->arena, &facts, &count);
    bool ok = mend(summary, &shop, "W", err);
    for (size_t i = 0; ok && i < count; i++)
        ok = issue_week(summary, &shop, &weeks[i], err);
    workshop_close(&shop);
    return ok;
}

static bool issue_terms(struct summary *summary, struct err *err)
{
    struct session *session = summary->session;
    struct workshop shop = {0};
    struct batch_order order = {0};
    struct term_due due = {0};
    workshop_order(session, &order);
    bool ok = workshop_open(session, "term", &shop, err) && mend(summary, &shop, "TY", err) &&
              term_issue_due(session->arena, &shop, &order, &due, err);
    for (size_t i = 0; ok && i < due.period_count; i++)
        settle(summary, due.periods[i].period, &due.periods[i].result);
    workshop_close(&shop);
    return ok;
}

bool rounds_issue(struct summary *summary, struct err *err)
{
    bool ok = issue_weeks(summary, err) && issue_terms(summary, err);
    if (summary->periods > MOST_PERIODS)
        summary_line(summary, false, ngettext("%zu sheet in all.", "%zu sheets in all.", summary->sheets),
                     summary->sheets);
    if (ok && summary->sheets == 0)
        summary_line(summary, false, _("Sheets: nothing to issue."));
    if (summary->warnings == 1)
        summary_line(summary, true, "%s", summary->warning);
    else if (summary->warnings > 1)
        summary_line(summary, true,
                     ngettext("%s; and %zu more warning of this run", "%s; and %zu more warnings of this run",
                              summary->warnings - 1),
                     summary->warning, summary->warnings - 1);
    return ok;
}

bool rounds_print(struct summary *summary, struct err *err)
{
    struct session *session = summary->session;
    struct workshop shop = {0};
    const char **periods = NULL;
    size_t printed = 0, at = 0, count = 0;
    if (!call_has(session->call, "print"))
        return true;
    if (!store_periods_to_print(session->store, session->arena, &periods, &count, err))
        return false;
    if (count == 0)
        return true;
    bool ok = workshop_open(session, "weekly", &shop, err);
    for (; ok && at < count; at++) {
        struct batch_order order = {.period = periods[at]};
        struct print_result result = {0};
        workshop_order(session, &order);
        ok = printing_quietly(session, &shop, &order, &result, err);
        printed += result.printed;
    }
    workshop_close(&shop);
    if (ok)
        summary_line(
            summary, false,
            ngettext("%zu sheet was handed to the printer.", "%zu sheets were handed to the printer.", printed),
            printed);
    else if (at > 0) {
        const char *period = periods[at - 1], *command = strstr(period, "-W") != NULL ? "weekly --week" : "term --term";
        summary_line(summary, true, _("not printed: %s; when the printer works again: paperdiary %s %s --print"),
                     period, command, period);
    }
    return ok;
}
