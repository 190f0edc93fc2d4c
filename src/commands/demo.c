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

static void say(const struct session *session, const char *period, size_t issued)
{
    session_say(session->call, ngettext("%s: %zu sheet", "%s: %zu sheets", issued), period, issued);
}

/* The sheets of the day's week, where its lessons are there. */
static bool issue_week(struct session *session, const struct workshop *shop, int32_t day, struct err *err)
{
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
    if (!workshop_issue_week(session, shop, date_iso_week(day), &order, &result, err))
        return false;
    workshop_warn(session, &result);
    say(session, order.period, result.issued);
    return true;
}

static bool issue_terms(struct session *session, const struct workshop *shop, struct err *err)
{
    struct batch_order order = {0};
    struct term_due due = {0};
    workshop_order(session, &order);
    if (!term_issue_due(session->arena, shop, &order, &due, err))
        return false;
    for (size_t i = 0; i < due.period_count; i++)
        say(session, due.periods[i].period, due.periods[i].result.issued);
    return true;
}

/* The slips of the sheets that the file names have come back. */
static bool take_slips(struct session *session, const char *path, struct err *err)
{
    struct buffer text = {0};
    struct sheet_row *rows = NULL;
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

static bool take(struct session *session, const char *name, struct err *err)
{
    const struct export_order order = {.profile = profile_default()};
    const char *folder = file_join(session->arena, session->call->places.example, "exports");
    const char *path = file_join(session->arena, folder, name), *end = strrchr(name, '.');
    bool slips = end != NULL && strcmp(end, ".txt") == 0;
    return slips ? take_slips(session, path, err) : export_take(session, path, &order, err);
}

/* Plays the exports in order of name: what is named after a day is taken on that day, and after the last one of a day
 * is issued what is due then. */
static bool play(struct session *session, const struct workshop *weekly, const struct workshop *term, struct err *err)
{
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
        if (!take(session, names[i], err))
            return false;
        if (day != DATE_NONE && day != next &&
            (!issue_week(session, weekly, day, err) || !issue_terms(session, term, err)))
            return false;
    }
    return true;
}

static bool demo(struct session *session, struct err *err)
{
    struct workshop weekly = {0}, term = {0};
    bool ok = workshop_open(session, "weekly", &weekly, err) && workshop_open(session, "term", &term, err) &&
              play(session, &weekly, &term, err);
    workshop_close(&weekly);
    workshop_close(&term);
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
