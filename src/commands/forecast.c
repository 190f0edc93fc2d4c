#include "commands/forecast.h"

#include <jansson.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/session.h"
#include "commands/workshop.h"
#include "issue/forecast.h"
#include "store/store.h"

static void say_made(const struct session *session, const struct batch_order *order, const struct batch_result *result)
{
    const struct call *call = session->call;
    if (call->json) {
        json_t *out = json_object(), *files = json_array();
        for (size_t i = 0; i < result->issued; i++)
            json_array_append_new(files, json_string(result->files[i]));
        json_object_set_new(out, "period", json_string(order->period));
        json_object_set_new(out, "sheets", json_integer((json_int_t)result->issued));
        json_object_set_new(out, "pages", json_integer((json_int_t)result->pages));
        json_object_set_new(out, "files", files);
        json_object_set_new(out, "print", result->print == NULL ? json_null() : json_string(result->print));
        json_print(out);
        json_decref(out);
    } else if (result->issued == 0) {
        session_say(call, _("%s: there is nothing to forecast yet; no sheet was made."), order->period);
    } else {
        session_say(call,
                    ngettext("%s: %zu sheet of the forecast. To print: %s/%s",
                             "%s: %zu sheets of the forecast. To print: %s/%s", result->issued),
                    order->period, result->issued, order->folder, result->print);
    }
}

/* The audit log knows who printed how many, by class. */
static bool note(struct session *session, const struct batch_order *order, const struct batch_result *result,
                 struct err *err)
{
    if (result->issued == 0)
        return true;
    const char *what = arena_format(session->arena, "forecast %s: %zu sheets", order->period, result->issued);
    return store_audit(session->store, session->stamp, session->account, what, err);
}

static bool make_sheets(struct session *session, const struct forecast_choice *choice, struct err *err)
{
    struct batch_order order = {.classes = choice->classes, .class_count = choice->class_count};
    struct batch_result result = {0};
    struct workshop shop = {0};
    workshop_order(session, &order);
    order.period = week_text(session->arena, choice->week);
    bool ok = workshop_open(session, "forecast", &shop, err) &&
              forecast_issue(session->arena, &shop, &order, choice->week, choice->pupils, choice->pupil_count, &result,
                             err) &&
              note(session, &order, &result, err);
    workshop_close(&shop);
    if (ok) {
        workshop_warn(session, &result);
        say_made(session, &order, &result);
    }
    return ok;
}

static bool forecast(struct session *session, struct err *err)
{
    const struct call *call = session->call;
    struct forecast_choice choice = {0};
    const char **classes = NULL;
    if (!session_classes(session, &classes, &choice.class_count, err) ||
        !session_pupils(session, &choice.pupils, &choice.pupil_count, err))
        return false;
    choice.classes = classes;
    if (call_has(call, "review"))
        return forecast_review(session, &choice, err);
    if (!session_week(session, &choice.week, err))
        return false;
    return call_has(call, "pdf") ? make_sheets(session, &choice, err) : forecast_table(session, &choice, err);
}

static bool run(struct call *call, struct err *err)
{
    bool pdf = call_has(call, "pdf");
    if (pdf && call_has(call, "review"))
        return err_set(err, ERR_USAGE, _("--pdf and --review don't go together"));
    if (call_has(call, "review") && (call_has(call, "week") || call_has(call, "pupil")))
        return err_set(err, ERR_USAGE, _("--review looks at all weeks and pupils; it takes --class only"));
    return session_run(call, pdf, forecast, err);
}

static const struct flag flags[] = {
    {"week", "W", N_("2026-W47, or any date in it; default: the last week with lessons"), 0},
    {"class", "C", N_("only this class; may be repeated"), 0},
    {"pupil", "P", N_("only this pupil: an id, or a unique part of the name; may be repeated"), 0},
    {"pdf", NULL, N_("a sheet for each pupil, with charts of the term's weeks"), 0},
    {"review", NULL, N_("how often what issued sheets forecast came true"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_forecast = {
    .name = "forecast",
    .right = RIGHT_CLASS,
    .operands = "",
    .summary = N_("the finals to be expected, and who is at the edge of a mark"),
    .options = flags,
    .run = run,
};
