#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/session.h"
#include "store/store.h"

static json_t *row_json(const struct sheet_row *row)
{
    json_t *out = json_object();
    json_object_set_new(out, "number", json_string(row->number));
    json_object_set_new(out, "pupil_id", json_string(row->code));
    json_object_set_new(out, "pupil", json_string(row->name));
    json_object_set_new(out, "class", json_string(row->form));
    json_object_set_new(out, "kind", json_string(row->kind == SHEET_WEEKLY ? "weekly" : "term"));
    json_object_set_new(out, "period", json_string(row->period));
    json_object_set_new(out, "issued", json_string(row->stamp));
    json_object_set_new(out, "by", json_string(row->account));
    json_object_set_new(out, "import", json_integer(row->import));
    json_object_set_new(out, "pages", json_integer(row->pages));
    json_object_set_new(out, "copies", json_integer(row->copies));
    json_object_set_new(out, "sha256", json_string(row->sha256));
    json_object_set_new(out, "delivery", json_string(row->delivery));
    json_object_set_new(out, "returned", row->returned[0] == '\0' ? json_null() : json_string(row->returned));
    json_object_set_new(out, "file", json_string(row->file));
    return out;
}

static void print_row(struct arena *arena, const struct sheet_row *row)
{
    const char *name = text_printable(arena, row->name);
    size_t number_width = text_length(row->number), name_width = text_length(name);
    printf("%s%*s  %s%*s  %-6s  %2d × %d  %.16s\n", row->number, (int)(number_width < 18 ? 18 - number_width : 0), "",
           name, (int)(name_width < 36 ? 36 - name_width : 0), "", row->delivery, (int)row->pages, (int)row->copies,
           row->stamp);
}

static bool list(struct session *session, struct err *err)
{
    const struct call *call = session->call;
    struct sheet_row *rows = NULL;
    size_t count = 0;
    const char *period = NULL;
    if (call_has(call, "week")) {
        struct iso_week week = {0};
        if (!session_week(session, &week, err))
            return false;
        period = week_text(session->arena, week);
    }
    if (!store_register(session->store, session->arena, period, &rows, &count, err))
        return false;
    json_t *array = json_array();
    size_t seen = 0;
    for (size_t i = 0; i < count; i++) {
        if (!session_sees(session, rows[i].form))
            continue;
        seen++;
        if (call->json)
            json_array_append_new(array, row_json(&rows[i]));
        else
            print_row(session->arena, &rows[i]);
    }
    if (call->json)
        json_print(array);
    else
        session_say(call, ngettext("%zu sheet", "%zu sheets", seen), seen);
    json_decref(array);
    return true;
}

static bool run(struct call *call, struct err *err)
{
    return session_run(call, false, list, err);
}

static const struct flag flags[] = {
    {"week", "W", N_("only this week: 2026-W47, or any date in it"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_register = {
    .name = "register",
    .operands = "",
    .summary = N_("what was issued to whom and when"),
    .options = flags,
    .right = RIGHT_CLASS,
    .run = run,
};
