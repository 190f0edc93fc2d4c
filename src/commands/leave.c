#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/pupil_json.h"
#include "commands/session.h"
#include "gradebook/book.h"
#include "store/store.h"

static bool read_ground(const struct call *call, const char **out, struct err *err)
{
    const char *given = call_option(call, "ground");
    if (given == NULL)
        return err_set(err, ERR_USAGE, _("--ground is needed: transfer or graduation"));
    *out = strcmp(given, "graduation") == 0 ? "graduation" : "transfer";
    return strcmp(given, *out) == 0 ||
           err_set(err, ERR_USAGE, _("--ground «%s» is unknown; transfer or graduation would be right"),
                   text_printable(call->arena, given));
}

static bool read_leave(const struct call *call, const struct pupil *pupil, struct pupil_row *row, struct err *err)
{
    if (!call_date(call, "on", &row->left, err) || !read_ground(call, &row->ground, err))
        return false;
    if (row->left == DATE_NONE)
        return err_set(err, ERR_USAGE, _("--on is needed: the last day at this school, such as --on 2026-11-16"));
    char day[DATE_TEXT];
    if (pupil->enrolled != DATE_NONE && row->left < pupil->enrolled)
        return err_set(err, ERR_USAGE, _("pupil %s was enrolled on %s; --on can't be before that day"), pupil->code,
                       date_format(day, pupil->enrolled));
    return true;
}

/* The last days at school are on no sheet of the stack any more: this week is to be issued for the pupil alone. Week 0:
 * the sheet of the stack is the last. */
static struct iso_week last_sheet(const struct session *session, const struct pupil *pupil, int32_t left)
{
    const struct iso_week week = date_iso_week(left);
    struct pupil here = *pupil; /* whatever day was said before */
    here.left = left;
    bool alone = pupil_on_paper(&here, left) && left < date_of_week(week, session->school.school_days);
    return alone ? week : (struct iso_week){0};
}

static void say(const struct session *session, const struct pupil *pupil, const struct pupil_row *row, int32_t removal,
                struct iso_week last)
{
    const struct call *call = session->call;
    char on[DATE_TEXT], by[DATE_TEXT];
    session_say(call,
                strcmp(row->ground, "transfer") == 0
                    ? _("Pupil %s (%s) is at this school up to %s, then transferred; the data is to be removed by %s.")
                    : _("Pupil %s (%s) is at this school up to %s, then graduated; the data is to be removed by %s."),
                pupil->code, pupil->form, date_format(on, row->left), date_format(by, removal));
    if (last.week > 0)
        session_say(call, _("The family's last sheet, up to that day: paperdiary weekly --week %s --pupil %s"),
                    week_text(session->arena, last), pupil->code);
}

/* With --json the pupil as `pupils` has it, and what comes of it. */
static bool answer_json(struct session *session, const struct pupil_row *row, int32_t removal, struct iso_week last,
                        struct err *err)
{
    json_t *out = pupil_json_now(session, row->code, err);
    if (out == NULL)
        return false;
    json_object_set_new(out, "ground", json_string(row->ground));
    json_object_set_new(out, "remove_by", json_day(removal));
    json_object_set_new(out, "last_sheet", last.week > 0 ? json_string(week_text(session->arena, last)) : json_null());
    json_finish(out);
    return true;
}

static bool leave(struct session *session, struct err *err)
{
    struct call *call = session->call;
    const struct pupil *pupil = NULL;
    struct pupil_row row = pupil_row_blank();
    if (!session_pupil(session, call->operands[0], &pupil, err) || !read_leave(call, pupil, &row, err))
        return false;
    row.code = pupil->code;
    struct import_order order = {.stamp = session->stamp, .account = session->account};
    if (!store_change_pupil(session->store, &row, false, &order, "leave", err))
        return false;
    int32_t removal = row.left + session->school.deadlines.removal;
    struct iso_week last = last_sheet(session, pupil, row.left);
    if (call->json)
        return answer_json(session, &row, removal, last, err);
    say(session, pupil, &row, removal, last);
    return true;
}

static bool run(struct call *call, struct err *err)
{
    return session_run(call, true, leave, err);
}

static const struct flag flags[] = {
    {"on", "DATE", N_("the last day at this school; given again, it corrects the day"), 0},
    {"ground", "transfer|graduation", N_("to another school, or at the end of this one"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_leave = {
    .name = "leave",
    .right = RIGHT_OFFICE,
    .operands = "P --on DATE --ground transfer|graduation",
    .summary = N_("a pupil leaves the school: no sheets after that day"),
    .options = flags,
    .least = 1,
    .most = 1,
    .run = run,
};
