#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/exports.h"
#include "commands/json.h"
#include "commands/session.h"

static bool take_one(struct session *session, const char *path, struct export_order *order, struct err *err)
{
    return export_profile(session, path, &order->profile, err) && export_take(session, path, order, err);
}

/* Takes every file, each for itself: one that is refused keeps none of the others out. The first failure gives the
 * status. */
static bool take_all(struct session *session, struct export_order *order, struct err *err)
{
    struct call *call = session->call;
    enum err_code code = ERR_NONE;
    size_t refused = 0;
    if (!export_profiles_check(session, err))
        return false;
    if (call->operand_count == 1)
        return take_one(session, call->operands[0], order, err);
    for (size_t i = 0; i < call->operand_count && code != ERR_MACHINE; i++) {
        struct err one = {0};
        session_progress(call, call->operands[i]);
        bool ok = take_one(session, call->operands[i], order, &one);
        session_progress(call, NULL);
        if (ok)
            continue;
        fprintf(stderr, "paperdiary: %s\n", text_printable_list(call->arena, one.text));
        refused++;
        code = code == ERR_NONE || one.code == ERR_MACHINE ? one.code : code;
    }
    return refused == 0 ||
           err_set(err, code, ngettext("%zu of %zu files was refused", "%zu of %zu files were refused", refused),
                   refused, call->operand_count);
}

/* With --json the answer is an array: an object for each file, refused ones too. */
static bool answer_all(struct session *session, struct export_order *order, struct err *err)
{
    if (session->call->json)
        order->answers = json_array();
    bool ok = take_all(session, order, err);
    if (order->answers != NULL)
        json_finish(order->answers);
    return ok;
}

static bool import(struct session *session, struct err *err)
{
    struct export_order order = {.accept_withdrawals = call_has(session->call, "accept-withdrawals")};
    return answer_all(session, &order, err);
}

static bool run_import(struct call *call, struct err *err)
{
    return session_run(call, true, import, err);
}

static bool run_check(struct call *call, struct err *err)
{
    struct session session = {.lock = -1};
    struct export_order order = {.dry = true};
    if (!session_settings(&session, call, true, err))
        return false;
    bool ok = session_store_if_any(&session, err) && answer_all(&session, &order, err);
    return session_close(&session, err) && ok;
}

static const struct flag import_flags[] = {
    {"profile", "P", N_("how to read a foreign export: a name from data/profiles or the school's profiles/"), 0},
    {"accept-withdrawals", NULL, N_("import even if more than a fifth of what is stored would be withdrawn"), 0},
    {NULL, NULL, NULL, 0},
};

static const struct flag check_flags[] = {
    {"profile", "P", N_("how to read a foreign export: a name from data/profiles or the school's profiles/"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_import = {
    .name = "import",
    .operands = "FILE…",
    .summary = N_("take exports into the store; each file is imported whole or not at all"),
    .options = import_flags,
    .least = 1,
    .most = SIZE_MAX,
    .right = RIGHT_OFFICE,
    .run = run_import,
};

const struct command command_check = {
    .name = "check",
    .operands = "FILE…",
    .summary = N_("read an export and say what is wrong with it; changes nothing"),
    .options = check_flags,
    .least = 1,
    .most = SIZE_MAX,
    .right = RIGHT_OFFICE,
    .run = run_check,
};
