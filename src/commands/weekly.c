#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/i18n.h"
#include "commands/command.h"
#include "commands/issued.h"
#include "commands/json.h"
#include "commands/session.h"
#include "commands/workshop.h"
#include "gradebook/book.h"

/* No sheets after the last day at school (2.3); one who came back is here again. */
static bool is_here(const struct session *session, const struct pupil *pupil, struct iso_week week, struct err *err)
{
    char day[DATE_TEXT];
    if (pupil->left == DATE_NONE || pupil->left >= date_of_week(week, 1) ||
        (pupil->enrolled != DATE_NONE && pupil->enrolled > pupil->left))
        return true;
    return err_set(err, ERR_USAGE, _("pupil %s left on %s; there is no sheet of %s"), pupil->code,
                   date_format(day, pupil->left), week_text(session->arena, week));
}

/* A sheet of a week to come would tell its days before they are known. */
static bool has_begun(const struct session *session, struct iso_week week, struct err *err)
{
    return date_of_week(week, 1) <= session->call->today ||
           err_set(err, ERR_USAGE, _("%s has not begun yet; its sheets can't be issued, only seen with --preview"),
                   week_text(session->arena, week));
}

static bool open_shop(const struct session *session, const char *layout, struct workshop *out, struct err *err)
{
    const char *kind = "weekly";
    if (!workshop_open(session, layout == NULL ? kind : layout, out, err))
        return false;
    return strcmp(out->layout.kind, kind) == 0 ||
           err_set(err, ERR_INPUT, _("--layout: '%s' is not a layout of weekly sheets"), layout);
}

static bool weekly(struct session *session, struct err *err)
{
    const struct call *call = session->call;
    const char *layout = call_option(call, "layout");
    struct batch_order order = {.aside = call_has(call, "preview") ? "preview" : NULL};
    struct iso_week week = {0};
    struct batch_result result = {0};
    struct workshop shop = {0};
    const char **classes = NULL;
    if (!session_week(session, &week, err) || (order.aside == NULL && !has_begun(session, week, err)) ||
        !session_classes(session, &classes, &order.class_count, err) ||
        !session_pupils(session, &order.pupils, &order.pupil_count, err))
        return false;
    for (size_t i = 0; i < order.pupil_count; i++)
        if (!is_here(session, order.pupils[i], week, err))
            return false;
    order.classes = classes;
    bool ok = open_shop(session, layout, &shop, err) && workshop_issue_week(session, &shop, week, &order, &result, err);
    if (ok)
        workshop_warn(session, &result);
    if (ok && call->json)
        json_finish(issued_json(&order, &result));
    else if (ok)
        issued_say(session, &order, &result);
    ok = ok && (!call_has(call, "print") || issued_print(session, &shop, &order, &result, err));
    workshop_close(&shop);
    return ok;
}

static bool run(struct call *call, struct err *err)
{
    return session_run(call, true, weekly, err);
}

static const struct flag flags[] = {
    {"week", "W", N_("2026-W47, or any date in it; default: the last week with lessons"), 0},
    {"class", "C", N_("only this class; may be repeated"), 0},
    {"pupil", "P", N_("only this pupil: an id, or a unique part of the name; may be repeated"), 0},
    {"layout", "L", N_("another layout than weekly"), 0},
    {"preview", NULL, N_("write the PDF without issuing: no number, no register row"), 0},
    {"print", NULL, N_("hand what is not printed yet to the printer"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_weekly = {
    .name = "weekly",
    .operands = "",
    .summary = N_("issue the weekly sheets of the families on paper"),
    .options = flags,
    .right = RIGHT_CLASS,
    .run = run,
};
