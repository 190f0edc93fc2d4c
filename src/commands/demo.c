#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "commands/command.h"
#include "commands/exports.h"
#include "commands/issued.h"
#include "commands/json.h"
#include "commands/session.h"
#include "commands/setup.h"
#include "commands/workshop.h"
#include "issue/reprint.h"
#include "issue/term.h"
#include "store/proof.h"
#include "store/store.h"

enum { MOST_BYTES = 1 << 20 };

static bool make_school(const struct call *call, const char *folder, struct err *err)
{
    struct buffer settings = {0};
    bool ok = file_read(file_join(call->arena, call->places.example, "school.ini"), MOST_BYTES, &settings, err) &&
              school_folder_make(call->arena, folder, settings.data, err);
    buffer_free(&settings);
    return ok;
}

/* The show as it goes on. With --json its parts are the answer. */
struct show {
    struct session *session;
    struct workshop weekly, term;
    json_t *imports, *sheets; /* NULL: they are said */
};

static void say(const struct show *show, const struct batch_order *order, const struct batch_result *result)
{
    if (show->sheets != NULL)
        json_array_append_new(show->sheets, issued_json(order, result));
    else
        session_say(show->session->call, ngettext("%s: %zu sheet", "%s: %zu sheets", result->issued), order->period,
                    result->issued);
}

/* The sheets of the day's week, where its lessons are there. */
static bool issue_week(struct show *show, int32_t day, struct err *err)
{
    struct session *session = show->session;
    struct batch_order order = {0};
    struct batch_result result = {0};
    const char **classes = NULL;
    int32_t last = DATE_NONE, monday = date_of_week(date_iso_week(day), 1);
    if (!session_classes(session, &classes, &order.class_count, err) ||
        !store_last_lesson(session->store, day, &last, err))
        return false;
    if (last < monday)
        return true;
    order.classes = classes;
    if (!workshop_issue_week(session, &show->weekly, date_iso_week(day), &order, &result, err))
        return false;
    workshop_warn(session, &result);
    say(show, &order, &result);
    return true;
}

static bool issue_terms(struct show *show, struct err *err)
{
    struct session *session = show->session;
    struct batch_order order = {0};
    struct term_due due = {0};
    workshop_order(session, &order);
    if (!term_issue_due(session->arena, &show->term, &order, &due, err))
        return false;
    for (size_t i = 0; i < due.period_count; i++) {
        order.period = due.periods[i].period;
        say(show, &order, &due.periods[i].result);
    }
    return true;
}

/* The slips of the sheets that the file names have come back. */
static bool take_slips(struct session *session, const char *path, struct err *err)
{
    struct buffer text = {0};
    const struct sheet_row **rows = NULL;
    const char **unknown = NULL;
    size_t word_count = 0, count = 0, unknown_count = 0, noted = 0;
    bool ok = file_read(path, MOST_BYTES, &text, err);
    const char **words = arena_alloc(session->arena, (text.size / 2 + 1) * sizeof *words);
    for (char *rest = NULL, *word = ok ? strtok_r(text.data, "\n", &rest) : NULL; word != NULL;
         word = strtok_r(NULL, "\n", &rest))
        words[word_count++] = word;
    ok =
        ok &&
        reprint_find(session->arena, session->store, words, word_count, &rows, &count, &unknown, &unknown_count, err) &&
        store_note_returned(session->store, rows, count, session->stamp, session->account, &noted, err);
    buffer_free(&text);
    return ok;
}

static bool take(struct show *show, const char *name, struct err *err)
{
    struct session *session = show->session;
    const struct export_order order = {.profile = profile_default(), .answers = show->imports};
    const char *folder = file_join(session->arena, session->call->places.example, "exports");
    const char *path = file_join(session->arena, folder, name), *end = strrchr(name, '.');
    bool slips = end != NULL && strcmp(end, ".txt") == 0;
    return slips ? take_slips(session, path, err) : export_take(session, path, &order, err);
}

/* Plays the exports in order of name: what is named after a day is taken on that day, and after the last one of a day
 * is issued what is due then. */
static bool play(struct show *show, struct err *err)
{
    struct session *session = show->session;
    struct call *call = session->call;
    const char **names = NULL;
    size_t count = 0;
    if (!file_list(session->arena, file_join(session->arena, call->places.example, "exports"), &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        int32_t day = date_leading(names[i]), next = i + 1 < count ? date_leading(names[i + 1]) : DATE_NONE;
        if (day != DATE_NONE) {
            call->today = day;
            date_stamp(session->stamp, day);
        }
        if (!take(show, names[i], err))
            return false;
        if (day != DATE_NONE && day != next && (!issue_week(show, day, err) || !issue_terms(show, err)))
            return false;
    }
    return true;
}

static bool demo(struct session *session, struct err *err)
{
    struct show show = {.session = session};
    json_t *out = NULL;
    if (session->call->json) {
        out = json_object();
        json_object_set_new(out, "school", json_string(session->call->folder));
        json_object_set_new(out, "imports", show.imports = json_array());
        json_object_set_new(out, "issued", show.sheets = json_array());
    }
    bool ok = workshop_open(session, "weekly", &show.weekly, err) && workshop_open(session, "term", &show.term, err) &&
              play(&show, err);
    workshop_close(&show.weekly);
    workshop_close(&show.term);
    if (ok && out != NULL)
        json_print(out);
    json_decref(out);
    return ok;
}

static bool run(struct call *call, struct err *err)
{
    const char *folder = call->operand_count > 0 ? call->operands[0] : "paperdiary-demo";
    call->folder = folder;
    if (!make_school(call, folder, err) || !session_run(call, true, demo, err))
        return false;
    call->attention = false; /* what the example's exports have to warn of is part of the show */
    if (call->json)
        return true;
    session_say(
        call,
        _("The sheets of four weeks and of a term are in %s/out; open a print.pdf there. Try: paperdiary --school %s "
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
