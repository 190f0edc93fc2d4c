#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/forecast_json.h"
#include "commands/json.h"
#include "commands/session.h"
#include "gradebook/week.h"
#include "issue/order.h"
#include "issue/pasts.h"
#include "store/store.h"

/* The keys of formats.md «summary --json», by enum reason. */
static const char *const reason_keys[REASON_COUNT] = {
    [REASON_PRESENT] = "present",     [REASON_ILL] = "ill",       [REASON_EXCUSED] = "excused",
    [REASON_UNEXCUSED] = "unexcused", [REASON_ABSENT] = "absent", [REASON_LATE] = "late",
    [REASON_RELEASED] = "released"};

static json_t *mark_json(const struct week_mark *mark)
{
    json_t *out = json_object();
    json_object_set_new(out, "date", json_day(mark->day));
    json_object_set_new(out, "lesson", mark->lesson == 0 ? json_null() : json_integer(mark->lesson));
    json_object_set_new(out, "value", json_string(mark->text));
    json_object_set_new(out, "weight", json_decimal(mark->weight, WEIGHT_ONE));
    json_object_set_new(out, "work", json_string(mark->work));
    json_object_set_new(out, "this_week", json_boolean(mark->this_week));
    return out;
}

static json_t *needs_json(const struct subject_line *line)
{
    if (line->need_mark == 0)
        return json_null();
    json_t *out = json_object();
    char text[12];
    snprintf(text, sizeof text, "%d", (int)line->need_mark);
    json_object_set_new(out, "mark", json_string(text));
    snprintf(text, sizeof text, "%d", (int)line->need_best);
    json_object_set_new(out, "best", json_string(text));
    json_object_set_new(out, "count", json_integer(line->need_count));
    json_object_set_new(out, "weight", json_decimal(line->need_weight, WEIGHT_ONE));
    return out;
}

static json_t *subject_json(const struct subject_line *line)
{
    json_t *out = json_object(), *marks = json_array();
    json_object_set_new(out, "subject", json_string(line->subject));
    for (size_t i = 0; i < line->mark_count; i++)
        json_array_append_new(marks, mark_json(&line->marks[i]));
    json_object_set_new(out, "marks", marks);
    json_object_set_new(out, "mean", line->mean < 0 ? json_null() : json_decimal(line->mean, 100));
    json_object_set_new(out, "missed", json_integer(line->missed));
    json_object_set_new(out, "late", json_integer(line->late));
    json_object_set_new(out, "forecast", forecast_json(&line->outlook));
    json_object_set_new(out, "needs", needs_json(line));
    return out;
}

/* The week's names only what there is; the term's always ill, excused, unexcused, late and lessons. */
static json_t *attendance_json(const struct attendance *attendance, bool term)
{
    json_t *out = json_object();
    static const enum reason order[] = {REASON_ILL,    REASON_EXCUSED, REASON_UNEXCUSED,
                                        REASON_ABSENT, REASON_LATE,    REASON_RELEASED};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        enum reason reason = order[i];
        bool always = term && reason != REASON_ABSENT && reason != REASON_RELEASED;
        if (always || attendance->count[reason] > 0)
            json_object_set_new(out, reason_keys[reason], json_integer(attendance->count[reason]));
    }
    if (term)
        json_object_set_new(out, "lessons", json_integer(attendance->lessons));
    return out;
}

static json_t *side_json(const struct change *change, const char *mark, enum reason reason)
{
    if (change->what == CHANGE_MARK)
        return mark == NULL ? json_null() : json_string(mark);
    return reason == REASON_PRESENT ? json_null() : json_string(reason_keys[reason]);
}

static json_t *change_json(const struct change *change)
{
    static const char *const kinds[] = {"added", "corrected", "withdrawn"};
    json_t *out = json_object();
    json_object_set_new(out, "date", json_day(change->day));
    json_object_set_new(out, "lesson", change->lesson == 0 ? json_null() : json_integer(change->lesson));
    json_object_set_new(out, "subject", json_string(change->subject));
    json_object_set_new(out, "was", side_json(change, change->was, change->was_reason));
    json_object_set_new(out, "now", side_json(change, change->now, change->now_reason));
    json_object_set_new(out, "kind", json_string(kinds[change->kind]));
    json_object_set_new(out, "what", json_string(change->what == CHANGE_MARK ? "mark" : "attendance"));
    if (change->what == CHANGE_MARK && change->kind == CHANGE_CORRECTED && change->was_weight != change->now_weight) {
        json_object_set_new(out, "was_weight", json_decimal(change->was_weight, WEIGHT_ONE));
        json_object_set_new(out, "now_weight", json_decimal(change->now_weight, WEIGHT_ONE));
    }
    return out;
}

static json_t *sheet_json(struct arena *arena, const struct week_sheet *sheet, bool paper)
{
    json_t *out = json_object(), *subjects = json_array(), *attendance = json_object(), *changes = json_array();
    json_object_set_new(out, "pupil_id", json_string(sheet->pupil->code));
    json_object_set_new(out, "pupil", json_string(sheet->pupil->name));
    json_object_set_new(out, "class", json_string(sheet->pupil->form));
    json_object_set_new(out, "paper", json_boolean(paper));
    json_object_set_new(out, "week", json_string(week_text(arena, sheet->week)));
    json_object_set_new(out, "term", json_integer(sheet->term));
    for (size_t i = 0; i < sheet->subject_count; i++)
        json_array_append_new(subjects, subject_json(&sheet->subjects[i]));
    json_object_set_new(out, "subjects", subjects);
    json_object_set_new(attendance, "week", attendance_json(&sheet->of_week, false));
    json_object_set_new(attendance, "term", attendance_json(&sheet->of_term, true));
    json_object_set_new(out, "attendance", attendance);
    for (size_t i = 0; paper && i < sheet->change_count; i++)
        json_array_append_new(changes, change_json(&sheet->changes[i]));
    json_object_set_new(out, "changes", changes);
    return out;
}

static void print_sheet(struct arena *arena, const struct week_sheet *sheet)
{
    printf("%s  %s  %s\n", sheet->pupil->form, text_printable(arena, sheet->pupil->code),
           text_printable(arena, sheet->pupil->name));
    for (size_t i = 0; i < sheet->subject_count; i++) {
        const struct subject_line *line = &sheet->subjects[i];
        const char *subject = text_printable(arena, line->subject);
        size_t width = text_length(subject);
        printf("  %s%*s", subject, (int)(width < 32 ? 32 - width : 0), "");
        if (line->mean >= 0)
            printf("  %d,%02d ", (int)(line->mean / 100), (int)(line->mean % 100));
        else
            printf("   –    ");
        for (size_t k = 0; k < line->mark_count; k++)
            printf(" %s", text_printable(arena, line->marks[k].text));
        putchar('\n');
    }
}

struct chosen {
    struct iso_week week;
    struct pasts *pasts;
    const struct pupil *const *pupils; /* NULL: all */
    size_t pupil_count;
    const struct sheet_row *rows;
    size_t row_count;
};

static bool is_named(const struct chosen *chosen, int32_t pupil)
{
    for (size_t i = 0; i < chosen->pupil_count; i++)
        if (chosen->pupils[i]->key == pupil)
            return true;
    return false;
}

static bool concerns(const struct chosen *chosen, const char *form)
{
    for (size_t i = 0; i < chosen->pupil_count; i++)
        if (strcmp(chosen->pupils[i]->form, form) == 0)
            return true;
    return chosen->pupils == NULL;
}

/* The newest numbers of the week; an issued sheet keeps what it had to say of earlier days. */
static bool compute(struct session *session, struct arena *arena, const struct chosen *chosen, const struct book *book,
                    size_t at, struct week_order *order, struct week_sheet *out, struct err *err)
{
    const struct pupil *pupil = &book->pupils[at];
    const struct week_index *index = order->index;
    if (!order_new(session->store, pupil, chosen->week, book->import, order, err))
        return false;
    order->index = index;
    week_compute(arena, &session->school, book, at, order, out);
    const struct sheet_row *row = order_issued(chosen->rows, chosen->row_count, pupil->key);
    if (row != NULL) {
        struct week_order issued = order_again(row, chosen->week);
        issued.again = row->issue > 1;
        out->changes = week_changes(arena, &session->school, book, at, &issued, &out->change_count);
    }
    return true;
}

static bool class_summary(struct session *session, const struct chosen *chosen, const char *form, size_t *printed,
                          struct err *err)
{
    struct arena *arena = arena_new();
    struct book book = {0};
    int32_t from = order_book_from(&session->school, arena, chosen->week);
    int32_t last_day = date_of_week(chosen->week, 7);
    bool ok = store_load_book(session->store, arena, form, from, &book, err) &&
              pasts_lend(chosen->pasts, chosen->week, &book, err);
    const struct week_index *index = ok ? week_index_new(arena, &session->school, &book, book.import) : NULL;
    for (size_t i = 0; ok && i < book.pupil_count; i++) {
        const struct pupil *pupil = &book.pupils[i];
        struct week_order order = {0};
        struct week_sheet sheet = {0};
        bool there = (pupil->left == DATE_NONE || pupil->left >= date_of_week(chosen->week, 1)) &&
                     (pupil->enrolled == DATE_NONE || pupil->enrolled <= last_day);
        if (chosen->pupils != NULL ? !is_named(chosen, pupil->key) : !there)
            continue;
        order.index = index;
        ok = compute(session, arena, chosen, &book, i, &order, &sheet, err);
        if (!ok)
            break;
        if (session->call->json)
            ok = json_list_add(printed, sheet_json(arena, &sheet, pupil_on_paper(pupil, sheet.span.until))) ||
                 err_set(err, ERR_MACHINE, _("out of memory; nothing was lost"));
        else
            print_sheet(arena, &sheet);
    }
    arena_free(arena);
    return ok;
}

static bool summary(struct session *session, struct err *err)
{
    struct chosen chosen = {0};
    const char **classes = NULL;
    size_t count = 0, printed = 0;
    struct sheet_row *rows = NULL;
    if (!session_week(session, &chosen.week, err) || !session_classes(session, &classes, &count, err) ||
        !session_pupils(session, &chosen.pupils, &chosen.pupil_count, err))
        return false;
    if (!store_register(session->store, session->arena, week_text(session->arena, chosen.week), &rows,
                        &chosen.row_count, err))
        return false;
    chosen.rows = rows;
    chosen.pasts = pasts_new(session->store, &session->school);
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        if (concerns(&chosen, classes[i]))
            ok = class_summary(session, &chosen, classes[i], &printed, err);
    if (ok && session->call->json)
        json_list_end(printed);
    pasts_free(chosen.pasts);
    return ok;
}

static bool run(struct call *call, struct err *err)
{
    return session_run(call, false, summary, err);
}

static const struct flag flags[] = {
    {"week", "W", N_("2026-W47, or any date in it; default: the last week with lessons"), 0},
    {"class", "C", N_("only this class; may be repeated"), 0},
    {"pupil", "P", N_("only this pupil: an id, or a unique part of the name; may be repeated"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_summary = {
    .name = "summary",
    .operands = "",
    .summary = N_("the numbers behind the sheets"),
    .options = flags,
    .right = RIGHT_CLASS,
    .run = run,
};
