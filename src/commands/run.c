#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/stopwatch.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/duties.h"
#include "commands/exports.h"
#include "commands/json.h"
#include "commands/printing.h"
#include "commands/session.h"
#include "commands/workshop.h"
#include "gradebook/duties.h"
#include "issue/inbox.h"
#include "issue/print.h"
#include "issue/term.h"
#include "store/store.h"

/* Of each part of the summary so many lines, and one for what is left; with those on inbox, printing, exports that are
 * waited for, warnings and the heading 15 in all, so that it fits a mail. */
enum { MOST_FILES = 2, MOST_PERIODS = 3, MOST_OVERDUE = 2, MOST_FORMS = 8 };

/* A file of the inbox that was dealt with. */
struct taken {
    const char *name; /* as it is called now */
    bool refused;
    struct export_outcome outcome;
};

struct summary {
    struct session *session;
    struct buffer good, bad; /* lines: what was done, what needs a person; ids and counts, never a child's name */
    json_t *inbox, *issued, *overdue;
    struct taken *files;
    size_t file_count, refused;
    size_t periods, sheets;
    const char *warning; /* the first of what the sheets have to warn of */
    size_t warnings;
};

static void line(struct summary *summary, bool bad, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void line(struct summary *summary, bool bad, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buffer_format(bad ? &summary->bad : &summary->good, "%s\n",
                  arena_format_list(summary->session->arena, format, args));
    va_end(args);
    if (bad)
        summary->session->call->attention = true;
}

/* --- the inbox ---------------------------------------------------------------------------------------------------- */

/* Imports the file and moves it; one that is refused, or has warnings, gets a note beside it. A failure of the machine
 * leaves it where it is. */
static bool take_file(struct summary *summary, const char *inbox, const struct inbox_file *file, struct err *err)
{
    struct session *session = summary->session;
    struct taken *taken = &summary->files[summary->file_count];
    struct buffer problems = {0};
    struct export_order order = {.problems = &problems, .outcome = &taken->outcome};
    struct err one = {0};
    taken->refused =
        !export_profile(session, file->path, &order.profile, &one) || !export_take(session, file->path, &order, &one);
    if (taken->refused && one.code == ERR_MACHINE) {
        buffer_free(&problems);
        return err_set(err, one.code, "%s", one.text);
    }
    if (taken->refused && problems.size == 0)
        buffer_format(&problems, "%s\n", one.text);
    if (taken->refused)
        buffer_text(&problems, _("Nothing of this file was imported. Mend it and put it into inbox/ again.\n"));
    bool ok = inbox_move(session->arena, inbox, file, taken->refused ? "refused" : "done",
                         problems.size > 0 ? problems.data : NULL, session->school.group_readable, &taken->name, err);
    buffer_free(&problems);
    summary->file_count += ok ? 1 : 0;
    summary->refused += ok && taken->refused ? 1 : 0;
    return ok;
}

static size_t wrong_rows(const struct taken *file)
{
    return file->outcome.errors > file->outcome.rejected ? file->outcome.errors : file->outcome.rejected;
}

static void say_file(struct summary *summary, const struct taken *file, const char *name)
{
    struct arena *arena = summary->session->arena;
    size_t errors = wrong_rows(file), warnings = file->outcome.warnings;
    const char *parts[] = {
        errors == 0 ? "" : arena_format(arena, ngettext("%zu error", "%zu errors", errors), errors),
        warnings == 0 ? "" : arena_format(arena, ngettext("%zu warning", "%zu warnings", warnings), warnings)};
    const char *between = *parts[0] != '\0' && *parts[1] != '\0' ? ", " : "";
    if (file->refused)
        line(summary, true, _("  refused: inbox/refused/%s (%s%s%s); why: in the .txt beside it"), name,
             *parts[0] == '\0' && *parts[1] == '\0' ? _("the whole file") : parts[0], between, parts[1]);
    else
        line(summary, true, _("  imported: inbox/done/%s (%s%s%s); see the .txt beside it"), name, parts[0], between,
             parts[1]);
}

static json_t *file_json(const struct taken *file, const char *name)
{
    json_t *out = json_object();
    bool changed = !file->refused && file->outcome.result.changed;
    const char *state = file->refused ? "refused" : changed ? "imported" : "nothing new";
    json_object_set_new(out, "file", json_string(name));
    json_object_set_new(out, "state", json_string(state));
    json_object_set_new(out, "import", changed ? json_integer(file->outcome.result.import) : json_null());
    json_object_set_new(out, "errors", json_integer((json_int_t)wrong_rows(file)));
    json_object_set_new(out, "warnings", json_integer((json_int_t)file->outcome.warnings));
    return out;
}

static bool say_inbox(struct summary *summary, struct err *err)
{
    struct session *session = summary->session;
    struct pupil *pupils = NULL;
    size_t pupil_count = 0, told = 0, more = 0, count = summary->file_count;
    if (!store_pupils(session->store, session->arena, NULL, &pupils, &pupil_count, err))
        return false;
    if (count == 0)
        line(summary, false, _("Inbox: nothing new."));
    else
        line(summary, false,
             ngettext("Inbox: %zu file; imported %zu, refused %zu.", "Inbox: %zu files; imported %zu, refused %zu.",
                      count),
             count, count - summary->refused, summary->refused);
    for (size_t i = 0; i < count; i++) {
        const struct taken *file = &summary->files[i];
        const char *name = inbox_public_name(session->arena, file->name, pupils, pupil_count);
        json_array_append_new(summary->inbox, file_json(file, name));
        if (!file->refused && file->outcome.warnings + wrong_rows(file) == 0)
            continue;
        if (told++ < MOST_FILES)
            say_file(summary, file, name);
        else
            more++;
    }
    if (more > 0)
        line(summary, true, ngettext("  and %zu more file of this kind", "  and %zu more files of this kind", more),
             more);
    return true;
}

static bool profile_of(void *context, const char *path, struct profile *out, struct err *err)
{
    return export_profile(context, path, out, err);
}

static bool take_inbox(struct summary *summary, struct err *err)
{
    struct session *session = summary->session;
    const char *inbox = file_join(session->arena, session->folder, "inbox");
    struct inbox_file *files = NULL;
    size_t count = 0;
    const struct inbox_order order = {.folder = inbox,
                                      .school = &session->school,
                                      .today = session->call->today,
                                      .profile_of = profile_of,
                                      .context = session};
    if (!export_profiles_check(session, err) || !inbox_list(session->arena, &order, &files, &count, err))
        return false;
    summary->files = arena_alloc(session->arena, (count + 1) * sizeof *summary->files);
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        session_progress(session->call, files[i].name);
        ok = take_file(summary, inbox, &files[i], err);
        session_progress(session->call, NULL);
    }
    return say_inbox(summary, err) && ok;
}

/* --- sheets ------------------------------------------------------------------------------------------------------- */

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
    line(summary, false, _("%s: issued %s, %s. To print: out/%s"), period, sheets, pages, print);
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

/* Everything that is due, kind by kind. */
static bool issue(struct summary *summary, struct err *err)
{
    bool ok = issue_weeks(summary, err) && issue_terms(summary, err);
    if (summary->periods > MOST_PERIODS)
        line(summary, false, ngettext("%zu sheet in all.", "%zu sheets in all.", summary->sheets), summary->sheets);
    if (ok && summary->sheets == 0)
        line(summary, false, _("Sheets: nothing to issue."));
    if (summary->warnings == 1)
        line(summary, true, "%s", summary->warning);
    else if (summary->warnings > 1)
        line(summary, true,
             ngettext("%s; and %zu more warning of this run", "%s; and %zu more warnings of this run",
                      summary->warnings - 1),
             summary->warning, summary->warnings - 1);
    return ok;
}

/* Hands what was issued to the printer, last of all: a queue that fails keeps nothing from being issued. */
static bool print(struct summary *summary, struct err *err)
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
        line(summary, false,
             ngettext("%zu sheet was handed to the printer.", "%zu sheets were handed to the printer.", printed),
             printed);
    else if (at > 0) {
        const char *period = periods[at - 1], *command = strstr(period, "-W") != NULL ? "weekly --week" : "term --term";
        line(summary, true, _("not printed: %s; when the printer works again: paperdiary %s %s --print"), period,
             command, period);
    }
    return ok;
}

/* --- obligations -------------------------------------------------------------------------------------------------- */

/* Duties of one kind, period and day: of several classes in one line of the summary. */
static bool is_like(const struct duty *a, const struct duty *b)
{
    return a->kind == b->kind && a->state == b->state && a->due == b->due && strcmp(a->period, b->period) == 0;
}

static bool is_told(const struct duty *duties, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (is_like(&duties[i], &duties[at]))
            return true;
    return false;
}

/* «2.6 weekly sheets, 2026-W46: overdue by 1 day, due 2026-11-20: 3А, 2 pupils»; who they are, status says. */
static void say_overdue(struct summary *summary, const struct duty *duties, size_t count, size_t at)
{
    struct buffer forms = {0};
    size_t pupils = 0, form_count = 0;
    for (size_t i = at; i < count; i++) {
        if (!is_like(&duties[i], &duties[at]))
            continue;
        if (form_count++ < MOST_FORMS)
            buffer_format(&forms, "%s%s", form_count == 1 ? "" : ", ", duties[i].form);
        pupils += duties[i].pupil_count;
    }
    if (form_count > MOST_FORMS)
        buffer_text(&forms, " …");
    const char *who =
        pupils == 0 ? ""
                    : arena_format(summary->session->arena, ngettext(", %zu pupil", ", %zu pupils", pupils), pupils);
    line(summary, true, "%s %s: %s: %s%s", duty_point(duties[at].kind), duty_title(summary->session, &duties[at]),
         duty_state_text(summary->session, &duties[at]), forms.data, who);
    buffer_free(&forms);
}

static json_t *overdue_json(const struct duty *duty)
{
    json_t *out = json_object();
    json_object_set_new(out, "point", json_string(duty_point(duty->kind)));
    json_object_set_new(out, "duty", json_string(duty_kind_key(duty->kind)));
    json_object_set_new(out, "class", json_string(duty->form));
    json_object_set_new(out, "period", json_string(duty->period));
    json_object_set_new(out, "days", json_integer(duty->days));
    json_object_set_new(out, "pupils", json_integer((json_int_t)duty->pupil_count));
    return out;
}

/* Classes whose export of the week that is over has not come yet, though there is still time: in one line. */
static void say_waiting(struct summary *summary, const struct duty *duties, size_t count)
{
    struct buffer forms = {0};
    const char *period = "";
    for (size_t i = 0; i < count; i++) {
        if (duties[i].kind != DUTY_EXPORT || duties[i].state != DUTY_OPEN ||
            (forms.size > 0 && strcmp(period, duties[i].period) != 0))
            continue;
        period = duties[i].period;
        buffer_format(&forms, "%s%s", forms.size == 0 ? "" : ", ", duties[i].form);
    }
    if (forms.size > 0)
        line(summary, false, _("%s waits for its export: %s"), period, forms.data);
    buffer_free(&forms);
}

static bool look_at_duties(struct summary *summary, struct err *err)
{
    struct session *session = summary->session;
    struct duty_facts facts = {0};
    size_t count = 0, told = 0, more = 0;
    if (!session_facts(session, &facts, err))
        return false;
    enum stage before = stopwatch_enter(STAGE_DUTIES);
    const struct duty *duties = duties_find(session->arena, &facts, &count);
    say_waiting(summary, duties, count);
    for (size_t i = 0; i < count; i++) {
        if (duties[i].state != DUTY_OVERDUE)
            continue;
        json_array_append_new(summary->overdue, overdue_json(&duties[i]));
        if (is_told(duties, i))
            continue;
        if (told++ < MOST_OVERDUE)
            say_overdue(summary, duties, count, i);
        else
            more++;
    }
    if (more > 0)
        line(summary, true,
             ngettext("and %zu more obligation is overdue; see paperdiary status",
                      "and %zu more obligations are overdue; see paperdiary status", more),
             more);
    stopwatch_enter(before);
    return true;
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static void print_summary(struct summary *summary)
{
    const struct call *call = summary->session->call;
    if (call->json) {
        json_t *out = json_object();
        json_object_set(out, "inbox", summary->inbox);
        json_object_set(out, "issued", summary->issued);
        json_object_set(out, "overdue", summary->overdue);
        json_print(out);
        json_decref(out);
        return;
    }
    if (!call->quiet)
        fputs(summary->good.size > 0 ? summary->good.data : "", stdout);
    if (summary->bad.size > 0 && !call->quiet)
        fputs(_("Needs a person:\n"), stdout);
    if (summary->bad.size > 0)
        fputs(summary->bad.data, call->quiet ? stderr : stdout);
}

static bool rounds(struct session *session, struct err *err)
{
    struct summary summary = {
        .session = session, .inbox = json_array(), .issued = json_array(), .overdue = json_array()};
    struct err unprinted = {0};
    bool ok = take_inbox(&summary, err) && issue(&summary, err);
    bool printed = !ok || print(&summary, &unprinted);
    ok = ok && look_at_duties(&summary, err);
    print_summary(&summary);
    if (ok && !printed)
        ok = err_set(err, unprinted.code, "%s", unprinted.text);
    if (ok && summary.refused > 0 && summary.refused == summary.file_count && summary.sheets == 0)
        ok = err_set(err, ERR_INPUT,
                     ngettext("the file of the inbox was refused; nothing was changed",
                              "all %zu files of the inbox were refused; nothing was changed", summary.refused),
                     summary.refused);
    buffer_free(&summary.good);
    buffer_free(&summary.bad);
    json_decref(summary.inbox);
    json_decref(summary.issued);
    json_decref(summary.overdue);
    return ok;
}

static bool run(struct call *call, struct err *err)
{
    return session_run(call, true, rounds, err);
}

static const struct flag flags[] = {
    {"print", NULL, N_("hand what was issued to the printer"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_run = {
    .name = "run",
    .right = RIGHT_OFFICE,
    .operands = "",
    .summary = N_("the cron job: take the inbox, issue what is due, say what needs a person"),
    .options = flags,
    .run = run,
};
