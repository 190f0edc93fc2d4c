#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "commands/command.h"
#include "commands/exports.h"
#include "commands/session.h"
#include "commands/setup.h"
#include "commands/workshop.h"

enum { MOST_BYTES = 1 << 20 };

static bool make_school(const struct call *call, const char *folder, struct err *err)
{
    struct buffer settings = {0};
    bool ok = file_read(file_join(call->arena, call->places.example, "school.ini"), MOST_BYTES, &settings, err) &&
              school_folder_make(call->arena, folder, settings.data, err);
    buffer_free(&settings);
    return ok;
}

static bool issue(struct session *session, const struct workshop *shop, int32_t day, struct err *err)
{
    struct batch_order order = {0};
    struct batch_result result = {0};
    const char **classes = NULL;
    if (!session_classes(session, &classes, &order.class_count, err))
        return false;
    order.classes = classes;
    if (!workshop_issue_week(session, shop, date_iso_week(day), &order, &result, err))
        return false;
    session_say(session->call, ngettext("%s: %zu sheet", "%s: %zu sheets", result.issued), order.period, result.issued);
    return true;
}

/* Plays the exports in order of name: what is named after a day is taken on that day, and after the last one of a day
 * that week's sheets are issued. */
static bool play(struct session *session, const struct workshop *shop, struct err *err)
{
    struct call *call = session->call;
    const char *folder = file_join(session->arena, call->places.example, "exports"), **names = NULL;
    size_t count = 0;
    if (!file_list(session->arena, folder, &names, &count, err))
        return false;
    struct export_order order = {.profile = profile_default()};
    for (size_t i = 0; i < count; i++) {
        int32_t day = date_leading(names[i]), next = i + 1 < count ? date_leading(names[i + 1]) : DATE_NONE;
        if (day != DATE_NONE) {
            call->today = day;
            date_stamp(session->stamp, day);
        }
        if (!export_take(session, file_join(session->arena, folder, names[i]), &order, err))
            return false;
        if (day != DATE_NONE && day != next && !issue(session, shop, day, err))
            return false;
    }
    return true;
}

static bool demo(struct session *session, struct err *err)
{
    struct workshop shop = {0};
    if (!workshop_open(session, "weekly", &shop, err))
        return false;
    bool ok = play(session, &shop, err);
    workshop_close(&shop);
    return ok;
}

static bool run(struct call *call, struct err *err)
{
    const char *folder = call->operand_count > 0 ? call->operands[0] : "paperdiary-demo";
    call->folder = folder;
    if (!make_school(call, folder, err) || !session_run(call, true, demo, err))
        return false;
    call->attention = false; /* what the example's exports have to warn of is part of the show */
    session_say(
        call,
        _("The sheets of four weeks are in %s/out; open the newest print.pdf there. Try: paperdiary --school %s "
          "summary"),
        folder, folder);
    return true;
}

const struct command command_demo = {
    .name = "demo",
    .operands = "[DIR]",
    .summary = N_("a made-up school with four weeks of exports, imported and printed"),
    .most = 1,
    .right = RIGHT_SETUP,
    .run = run,
};
