#include <jansson.h>
#include <stdio.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/session.h"
#include "issue/reprint.h"
#include "store/proof.h"

static void print_json(size_t noted, size_t before, const char *const *unknown, size_t unknown_count)
{
    json_t *out = json_object(), *list = json_array();
    json_object_set_new(out, "noted", json_integer((json_int_t)noted));
    json_object_set_new(out, "before", json_integer((json_int_t)before));
    for (size_t i = 0; i < unknown_count; i++)
        json_array_append_new(list, json_string(unknown[i]));
    json_object_set_new(out, "unknown", list);
    json_print(out);
    json_decref(out);
}

static bool returned(struct session *session, struct err *err)
{
    struct call *call = session->call;
    const struct sheet_row **rows = NULL;
    size_t count = 0, unknown_count = 0, noted = 0;
    const char **unknown = NULL;
    if (!reprint_find(session->arena, session->store, call->operands, call->operand_count, &rows, &count, &unknown,
                      &unknown_count, err))
        return false;
    if (count > 0 && !store_note_returned(session->store, rows, count, session->stamp, session->account, &noted, err))
        return false;
    for (size_t i = 0; i < unknown_count; i++)
        fprintf(stderr, _("%s is not in the register; numbers read 2026-W47-3А-07\n"),
                text_printable(session->arena, unknown[i]));
    call->attention = unknown_count > 0;
    if (call->json) {
        print_json(noted, count - noted, unknown, unknown_count);
        return true;
    }
    if (noted > 0)
        session_say(call, ngettext("%zu slip noted as returned.", "%zu slips noted as returned.", noted), noted);
    if (count > noted)
        session_say(call, ngettext("%zu slip was noted before.", "%zu slips were noted before.", count - noted),
                    count - noted);
    return true;
}

static bool run(struct call *call, struct err *err)
{
    return session_run(call, true, returned, err);
}

const struct command command_returned = {
    .name = "returned",
    .right = RIGHT_OFFICE,
    .operands = "SHEET…",
    .summary = N_("the signed slip came back"),
    .least = 1,
    .most = 10000,
    .run = run,
};
