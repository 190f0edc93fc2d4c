#include <jansson.h>
#include <stdio.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/session.h"
#include "commands/workshop.h"
#include "issue/queue.h"
#include "store/store.h"

static void say_issued(const struct session *session, const struct weekly_order *order,
                       const struct weekly_result *result)
{
    const struct call *call = session->call;
    if (result->issued == 0 && result->standing == 0) {
        session_say(call, _("%s: no family on paper among those chosen; nothing was issued."), order->period);
        return;
    }
    if (result->issued == 0) {
        session_say(call,
                    ngettext("%s: %zu sheet was issued before and nothing has changed since.",
                             "%s: %zu sheets were issued before and nothing has changed since.", result->standing),
                    order->period, result->standing);
        return;
    }
    if (order->preview) {
        for (size_t i = 0; i < result->issued; i++)
            session_say(call, "%s/%s", order->folder, result->files[i]);
        return;
    }
    const char *sheets =
        arena_format(session->arena, ngettext("%zu sheet", "%zu sheets", result->issued), result->issued);
    const char *pages = arena_format(session->arena, ngettext("%zu page", "%zu pages", result->pages), result->pages);
    session_say(call, _("%s: issued %s, %s. To print: %s/%s"), order->period, sheets, pages, order->folder,
                result->print);
}

static void print_json(const struct weekly_order *order, const struct weekly_result *result)
{
    json_t *out = json_object(), *files = json_array();
    json_object_set_new(out, "period", json_string(order->period));
    json_object_set_new(out, "issued", json_integer((json_int_t)result->issued));
    json_object_set_new(out, "standing", json_integer((json_int_t)result->standing));
    json_object_set_new(out, "pages", json_integer((json_int_t)result->pages));
    for (size_t i = 0; i < result->issued; i++)
        json_array_append_new(files, json_string(result->files[i]));
    json_object_set_new(out, "files", files);
    json_object_set_new(out, "print", result->print == NULL ? json_null() : json_string(result->print));
    json_print(out);
    json_decref(out);
}

/* The sheets of this run alone where some were chosen, else the whole print file. */
static bool print(const struct session *session, const struct weekly_order *order, const struct weekly_result *result,
                  struct err *err)
{
    const struct school *school = &session->school;
    bool some = order->pupil != NULL || order->preview || call_has(session->call, "class");
    for (size_t i = 0; some && i < result->issued; i++)
        if (!queue_print(school->print_command, school->print_options,
                         file_join(session->arena, order->folder, result->files[i]), err))
            return false;
    const char *all = arena_format(session->arena, "%s/%s/print.pdf", order->folder, order->period);
    return some || !file_exists(all) || queue_print(school->print_command, school->print_options, all, err);
}

static bool weekly(struct session *session, struct err *err)
{
    const struct call *call = session->call;
    const char *layout = call_option(call, "layout"), *named = call_option(call, "pupil");
    struct weekly_order order = {.preview = call_has(call, "preview")};
    struct weekly_result result = {0};
    struct workshop shop = {0};
    const char **classes = NULL;
    if (!session_week(session, &order.week, err) || !session_classes(session, &classes, &order.class_count, err))
        return false;
    if (named != NULL && !session_pupil(session, named, &order.pupil, err))
        return false;
    order.classes = classes;
    bool ok = workshop_open(session, layout == NULL ? "weekly" : layout, &shop, err) &&
              workshop_issue_week(session, &shop, &order, &result, err);
    workshop_close(&shop);
    if (!ok)
        return false;
    if (call->json)
        print_json(&order, &result);
    else
        say_issued(session, &order, &result);
    return !call_has(call, "print") || print(session, &order, &result, err);
}

static bool run(struct call *call, struct err *err)
{
    return session_run(call, true, weekly, err);
}

static const struct flag flags[] = {
    {"week", "W", N_("2026-W47, or any date in it; default: the last week with lessons"), 0},
    {"class", "C", N_("only this class; may be repeated"), 0},
    {"pupil", "P", N_("only this pupil: an id, or a unique part of the name"), 0},
    {"layout", "L", N_("another layout than weekly"), 0},
    {"preview", NULL, N_("write the PDF without issuing: no number, no register row"), 0},
    {"print", NULL, N_("hand the files to the printer"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_weekly = {
    .name = "weekly",
    .operands = "",
    .summary = N_("issue the weekly sheets of the families on paper"),
    .options = flags,
    .run = run,
};
