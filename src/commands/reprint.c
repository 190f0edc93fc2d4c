#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "commands/access.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/session.h"
#include "commands/workshop.h"
#include "issue/print.h"
#include "issue/reprint.h"
#include "store/proof.h"

struct part {
    const char *name; /* for programs */
    const char *says; /* for people */
    bool changed;
};

enum { PARTS = 4 };

static void compare(const struct made_with *then, const struct made_with *now, struct part parts[PARTS])
{
    const struct part all[PARTS] = {
        {"program", N_("the program or its libraries"), strcmp(then->program, now->program) != 0},
        {"layout", N_("the layout"), strcmp(then->layout, now->layout) != 0},
        {"fonts", N_("the fonts or the hyphenation"), strcmp(then->fonts, now->fonts) != 0},
        {"settings", N_("school.ini"), strcmp(then->settings, now->settings) != 0},
    };
    memcpy(parts, all, sizeof all);
}

/* «the layout, school.ini»: what differs; "" where nothing does. */
static const char *differences(struct arena *arena, const struct made_with *then, const struct made_with *now)
{
    struct part parts[PARTS];
    struct buffer list = {0};
    compare(then, now, parts);
    for (size_t i = 0; i < PARTS; i++) {
        if (!parts[i].changed)
            continue;
        buffer_text(&list, list.size == 0 ? "" : ", ");
        buffer_text(&list, _(parts[i].says));
        if (i == 0)
            buffer_format(&list, " («%s» → «%s»)", then->program, now->program);
    }
    const char *text = list.size == 0 ? "" : arena_copy_n(arena, list.data, list.size);
    buffer_free(&list);
    return text;
}

/* Why a sheet that was made again has other bytes. */
static const char *reason(struct arena *arena, const struct reprint_sheet *sheet)
{
    if (sheet->row.made.program[0] == '\0')
        return _("what it was made with was not noted then");
    const char *list = differences(arena, &sheet->row.made, &sheet->used);
    return list[0] == '\0' ? _("program, layout, fonts and school.ini are those of then: data that it rested on were "
                               "removed or changed since")
                           : arena_format(arena, _("changed since then: %s"), list);
}

/* A sheet that matches: what has changed since, though it was made with what held then; "". */
static const char *went_back(struct arena *arena, const struct reprint_sheet *sheet)
{
    const char *list =
        !sheet->again || sheet->row.made.program[0] == '\0' ? "" : differences(arena, &sheet->row.made, &sheet->today);
    return list[0] == '\0' ? "" : arena_format(arena, _(" (changed since then: %s; made with those of then)"), list);
}

static void say(struct session *session, const struct reprint_sheet *sheet)
{
    struct call *call = session->call;
    struct arena *arena = session->arena;
    const char *number = sheet->row.number;
    const char *file = sheet->file == NULL ? "" : arena_format(arena, "%s/out/%s", session->folder, sheet->file);
    if (sheet->state == REPRINT_REMOVED) {
        session_say(call, _("%s: the pupil's data were removed; the sheet can't be made again."), number);
    } else if (sheet->state == REPRINT_DIFFERS) {
        session_say(call, _("%s: made again, but not the bytes that were issued; %s: %s"), number, reason(arena, sheet),
                    file);
    } else if (sheet->state == REPRINT_KEPT && sheet->again && !sheet->same) {
        session_say(call, _("%s: the issued file stands unchanged: %s; made again, its bytes differ; %s"), number, file,
                    reason(arena, sheet));
    } else {
        session_say(call,
                    sheet->state == REPRINT_KEPT ? _("%s: matches what was issued (SHA-256 %.12s…)%s: %s")
                    : sheet->altered ? _("%s: matches what was issued (SHA-256 %.12s…)%s; the file had been "
                                         "altered and is restored: %s")
                                     : _("%s: matches what was issued (SHA-256 %.12s…)%s; the file was "
                                         "missing and is restored: %s"),
                    number, sheet->row.sha256, went_back(arena, sheet), file);
    }
}

static json_t *sheet_json(const struct reprint_sheet *sheet)
{
    static const char *const states[] = {"kept", "restored", "differs", "removed"};
    json_t *out = json_object(), *changed = json_array();
    json_object_set_new(out, "number", json_string(sheet->row.number));
    json_object_set_new(out, "state", json_string(states[sheet->state]));
    json_object_set_new(out, "sha256", json_string(sheet->row.sha256));
    json_object_set_new(out, "matches", json_boolean(sheet->state <= REPRINT_RESTORED));
    json_object_set_new(out, "made_again_matches", sheet->again ? json_boolean(sheet->same) : json_null());
    json_object_set_new(out, "file", sheet->file == NULL ? json_null() : json_string(sheet->file));
    struct part parts[PARTS];
    if (sheet->again)
        compare(&sheet->row.made, &sheet->today, parts);
    for (size_t i = 0; sheet->again && i < PARTS; i++)
        if (parts[i].changed)
            json_array_append_new(changed, json_string(parts[i].name));
    json_object_set_new(out, "changed", changed);
    return out;
}

static void answer(struct session *session, const struct reprint_result *result, size_t count)
{
    json_t *sheets = json_array();
    for (size_t i = 0; i < count; i++) {
        const struct reprint_sheet *sheet = &result->sheets[i];
        if (!session->call->json)
            say(session, sheet);
        else
            json_array_append_new(sheets, sheet_json(sheet));
        if (sheet->state >= REPRINT_DIFFERS)
            session->call->attention = true;
    }
    if (session->call->json) {
        json_t *out = json_object();
        json_object_set(out, "sheets", sheets);
        json_object_set_new(out, "print", result->print == NULL ? json_null() : json_string(result->print));
        json_print(out);
        json_decref(out);
    } else if (result->apart && !call_has(session->call, "print")) {
        session_say(session->call, _("To print: these files one by one; in one file made anew not all would be as "
                                     "they were issued."));
    } else if (result->bundled && !call_has(session->call, "print")) {
        session_say(session->call, _("To print: %s/out/%s"), session->folder, result->print);
    }
    json_decref(sheets);
}

/* The queue takes the file; what was made for it alone goes again. */
static bool print_whole(struct session *session, const struct reprint_order *order, const struct reprint_result *result,
                        struct err *err)
{
    const char *path = file_join(session->arena, order->folder, result->print);
    return print_file(&session->school, PRINT_SHEETS, result->printed[0]->kind, path, err) &&
           (!result->bundled || file_remove(path, err)) &&
           store_note_printed(session->store, result->printed, result->printed_count, session->stamp, session->account,
                              err);
}

/* Each sheet from its own file, with copies; what the queue has taken is noted at once. */
static bool print_apart(struct session *session, const struct reprint_order *order, const struct reprint_result *result,
                        struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < order->count; i++) {
        const struct sheet_row *row = order->rows[i];
        if (result->sheets[i].file == NULL)
            continue;
        const char *path = file_join(session->arena, order->folder, result->sheets[i].file);
        for (int32_t copy = 0; ok && (copy < row->copies || copy == 0); copy++)
            ok = print_file(&session->school, PRINT_SHEETS, row->kind, path, err);
        ok = ok && store_note_printed(session->store, &row, 1, session->stamp, session->account, err);
    }
    return ok;
}

static bool print(struct session *session, const struct reprint_order *order, const struct reprint_result *result,
                  struct err *err)
{
    size_t count = result->printed_count;
    if (count == 0 || !call_has(session->call, "print"))
        return true;
    if (!(result->apart ? print_apart : print_whole)(session, order, result, err))
        return false;
    if (!session->call->json)
        session_say(session->call,
                    ngettext("%zu sheet was handed to the printer.", "%zu sheets were handed to the printer.", count),
                    count);
    return true;
}

static bool find(struct session *session, struct reprint_order *order, struct err *err)
{
    const struct call *call = session->call;
    const struct sheet_row **rows = NULL;
    const char **unknown = NULL;
    size_t unknown_count = 0;
    if (!reprint_find(session->arena, session->store, call->operands, call->operand_count, &rows, &order->count,
                      &unknown, &unknown_count, err))
        return false;
    order->rows = rows;
    if (unknown_count > 0)
        return err_set(err, ERR_USAGE, _("%s is not in the register; see paperdiary register"), unknown[0]);
    for (size_t i = 0; i < order->count; i++)
        if (!session_sees(session, rows[i]->form))
            return session_deny(session, rows[i]->number, err);
    return true;
}

static bool reprint(struct session *session, struct err *err)
{
    struct reprint_order order = {.store = session->store,
                                  .folder = file_join(session->arena, session->folder, "out"),
                                  .stamp = session->stamp,
                                  .account = session->account};
    struct reprint_result result = {0};
    struct workshop shop = {0};
    if (!find(session, &order, err) || !workshop_open(session, order.rows[0]->layout, &shop, err))
        return false;
    order.shop = &shop;
    bool ok = reprint_make(session->arena, &order, &result, err);
    if (ok)
        answer(session, &result, order.count);
    workshop_close(&shop);
    return ok && print(session, &order, &result, err);
}

static bool run(struct call *call, struct err *err)
{
    return session_run(call, true, reprint, err);
}

static const struct flag flags[] = {
    {"print", NULL, N_("hand the files to the printer"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_reprint = {
    .name = "reprint",
    .right = RIGHT_CLASS,
    .operands = "SHEET…",
    .summary = N_("sheets again, exactly as issued; A..B is a run of them in hand-out order"),
    .options = flags,
    .least = 1,
    .most = 10000,
    .run = run,
};
