#include <jansson.h>
#include <stdio.h>

#include "base/date.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/session.h"
#include "store/purge.h"

static bool audit(struct session *session, struct err *err)
{
    const struct call *call = session->call;
    struct audit_row *rows = NULL;
    size_t count = 0;
    int32_t since = DATE_NONE;
    if (!call_date(call, "since", &since, err) ||
        !store_audit_log(session->store, session->arena, since, &rows, &count, err))
        return false;
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        if (!call->json) {
            printf("%s  %s  %s\n", rows[i].stamp, text_printable(session->arena, rows[i].account),
                   text_printable(session->arena, rows[i].what));
            continue;
        }
        json_t *row = json_object();
        json_object_set_new(row, "when", json_string(rows[i].stamp));
        json_object_set_new(row, "who", json_string(rows[i].account));
        json_object_set_new(row, "what", json_string(rows[i].what));
        json_array_append_new(array, row);
    }
    if (call->json)
        json_print(array);
    json_decref(array);
    return true;
}

static bool run(struct call *call, struct err *err)
{
    return session_run(call, false, audit, err);
}

static const struct flag flags[] = {
    {"since", "DATE", N_("from this day on"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_audit = {
    .name = "audit",
    .operands = "",
    .summary = N_("who did what and when; ids and counts, never names"),
    .options = flags,
    .run = run,
};
