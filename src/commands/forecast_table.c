#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/forecast.h"
#include "commands/forecast_json.h"
#include "commands/json.h"
#include "commands/session.h"
#include "gradebook/week.h"
#include "issue/order.h"
#include "issue/pasts.h"
#include "store/store.h"

/* A pupil of the table. */
struct entry_row {
    struct week_sheet sheet;
    size_t edges; /* subjects in which two marks are still open */
    double doubt; /* of the closest one: 0 sure … 1 even chances */
};

static bool is_edge(const struct outlook_line *line)
{
    return line->given == 0 && line->said.low != line->said.high && !line->said.few;
}

static bool is_said(const struct subject_line *line)
{
    return line->outlook.said.low != 0;
}

/* How near to even the two marks are that are open. */
static double doubt_of(const struct outlook_line *line)
{
    double gap = line->term[line->said.high - MARK_WORST] - line->term[line->said.low - MARK_WORST];
    return 1 - (gap < 0 ? -gap : gap);
}

static int by_edge(const void *a, const void *b)
{
    const struct entry_row *x = a, *y = b;
    if (x->edges != y->edges)
        return x->edges > y->edges ? -1 : 1;
    if (x->doubt != y->doubt)
        return x->doubt > y->doubt ? -1 : 1;
    return text_collate(x->sheet.pupil->name, y->sheet.pupil->name);
}

/* To stdout, padded with blanks to `width` characters. */
static void put(const char *text, size_t width)
{
    size_t length = text_length(text);
    printf("%s%*s", text, (int)(length < width ? width - length : 0), "");
}

static const char *mark_text(struct arena *arena, struct forecast_said said)
{
    if (said.low == 0)
        return "–";
    return said.low == said.high ? arena_format(arena, "%d", said.low)
                                 : arena_format(arena, _("%d or %d"), said.low, said.high);
}

/* «3: 4/10, 4: 6/10»: never nothing, never certain. */
static const char *chances_text(struct arena *arena, const double *p)
{
    const char *out = "";
    for (int i = 0; i < FORECAST_MARKS; i++) {
        int32_t tenths = forecast_tenths(p[i]);
        if (tenths > 0)
            out = arena_format(arena, tenths == 10 ? "%s%s%d: >9/10" : "%s%s%d: %d/10", out, *out == '\0' ? "" : ", ",
                               MARK_WORST + i, tenths);
    }
    return out;
}

static const char *advice_text(struct arena *arena, const struct advice *advice)
{
    unsigned long count = (unsigned long)advice->count;
    switch (advice->kind) {
    case ADVICE_REACH:
        return arena_format(arena, ngettext("for a %d: %d five", "for a %d: %d fives", count), advice->mark,
                            advice->count);
    case ADVICE_FIRM:
        return arena_format(arena, ngettext("%d more «%d» makes it firm", "%d more «%d» make it firm", count),
                            advice->count, advice->value);
    case ADVICE_KEEP:
        return arena_format(arena, ngettext("%d «%d» leaves a %d", "%d «%d» leave a %d", count), advice->count,
                            advice->value, advice->mark);
    case ADVICE_THIN:
        return arena_format(arena, _("one «%d» takes the %d"), advice->value, advice->mark);
    case ADVICE_UNLIKELY:
        return arena_format(arena, _("a %d is unlikely this term"), advice->mark);
    case ADVICE_FEW:
        return _("too few marks: may end without a final");
    case ADVICE_EARLY:
        return _("preliminary: one mark");
    case ADVICE_PAST:
        return _("from earlier terms");
    case ADVICE_END:
        return arena_format(arena, _("the mean gives a %d; the teacher decides"), advice->mark);
    case ADVICE_GIVEN:
        return _("the final is there");
    case ADVICE_NO_MARKS:
    case ADVICE_NONE:
        break;
    }
    return "";
}

static void print_edge(struct arena *arena, const struct subject_line *line)
{
    fputs("    ", stdout);
    put(text_printable(arena, line->subject), 30);
    if (line->mean >= 0)
        printf("  %d,%02d  ", (int)(line->mean / 100), (int)(line->mean % 100));
    else
        fputs("   –     ", stdout);
    put(mark_text(arena, line->outlook.said), 9);
    put(chances_text(arena, line->outlook.term), 26);
    printf(_("  year %s"), mark_text(arena, line->outlook.year_said));
    const char *advice = advice_text(arena, &line->outlook.advice);
    printf(*advice == '\0' ? "%s\n" : "  · %s\n", advice);
}

static const char *listed(struct arena *arena, const char *list, const struct subject_line *line)
{
    return arena_format(arena, "%s%s%s %s", list, *list == '\0' ? "" : ", ", line->subject,
                        mark_text(arena, line->outlook.said));
}

static void print_pupil(struct arena *arena, const struct entry_row *row, bool all)
{
    const struct week_sheet *sheet = &row->sheet;
    printf("  %s  %s\n", text_printable(arena, sheet->pupil->code), text_printable(arena, sheet->pupil->name));
    const char *rest = "", *early = "";
    for (size_t i = 0; i < sheet->subject_count; i++) {
        const struct subject_line *line = &sheet->subjects[i];
        if (!is_said(line))
            continue;
        if (all || is_edge(&line->outlook))
            print_edge(arena, line);
        else if (line->outlook.said.few)
            early = listed(arena, early, line);
        else
            rest = listed(arena, rest, line);
    }
    if (*rest != '\0')
        printf(_("    firm: %s\n"), text_printable(arena, rest));
    if (*early != '\0')
        printf(_("    preliminary, one mark: %s\n"), text_printable(arena, early));
}

static json_t *subject_json(const struct subject_line *line)
{
    json_t *out = json_object();
    int32_t marks = 0;
    for (size_t i = 0; i < line->mark_count; i++)
        marks += line->marks[i].value >= 0 ? 1 : 0;
    json_object_set_new(out, "subject", json_string(line->subject));
    json_object_set_new(out, "mean", line->mean < 0 ? json_null() : json_decimal(line->mean, 100));
    json_object_set_new(out, "marks", json_integer(marks));
    json_object_set_new(out, "edge", json_boolean(is_said(line) && is_edge(&line->outlook)));
    json_object_set_new(out, "forecast", forecast_json(&line->outlook));
    json_object_set_new(out, "advice", advice_json(&line->outlook.advice));
    return out;
}

static json_t *pupil_json(struct arena *arena, const struct entry_row *row)
{
    const struct week_sheet *sheet = &row->sheet;
    json_t *out = json_object(), *subjects = json_array();
    json_object_set_new(out, "pupil_id", json_string(sheet->pupil->code));
    json_object_set_new(out, "pupil", json_string(sheet->pupil->name));
    json_object_set_new(out, "class", json_string(sheet->pupil->form));
    json_object_set_new(out, "week", json_string(week_text(arena, sheet->week)));
    json_object_set_new(out, "term", json_integer(sheet->term));
    json_object_set_new(out, "edges", json_integer((json_int_t)row->edges));
    for (size_t i = 0; i < sheet->subject_count; i++)
        json_array_append_new(subjects, subject_json(&sheet->subjects[i]));
    json_object_set_new(out, "subjects", subjects);
    return out;
}

static bool is_wanted(const struct forecast_choice *choice, const struct pupil *pupil)
{
    for (size_t i = 0; i < choice->pupil_count; i++)
        if (choice->pupils[i]->key == pupil->key)
            return true;
    return choice->pupils == NULL && (pupil->left == DATE_NONE || pupil->left >= date_of_week(choice->week, 1));
}

/* The rows of the class of whom anything may be said. */
static size_t compute(struct session *session, struct arena *arena, const struct forecast_choice *choice,
                      const struct book *book, struct entry_row *rows)
{
    struct week_order order = {.week = choice->week, .import = book->import};
    size_t count = 0;
    order.index = week_index_new(arena, &session->school, book, book->import);
    for (size_t i = 0; i < book->pupil_count; i++) {
        struct entry_row *row = &rows[count];
        bool any = false;
        if (!is_wanted(choice, &book->pupils[i]))
            continue;
        *row = (struct entry_row){0};
        week_compute(arena, &session->school, book, i, &order, &row->sheet);
        for (size_t k = 0; k < row->sheet.subject_count; k++) {
            const struct subject_line *line = &row->sheet.subjects[k];
            any = any || is_said(line);
            if (!is_said(line) || !is_edge(&line->outlook))
                continue;
            row->edges++;
            double doubt = doubt_of(&line->outlook);
            row->doubt = doubt > row->doubt ? doubt : row->doubt;
        }
        count += any ? 1 : 0;
    }
    if (count > 1)
        qsort(rows, count, sizeof *rows, by_edge);
    return count;
}

static void print_class(struct arena *arena, const struct book *book, const struct forecast_choice *choice,
                        const struct entry_row *rows, size_t count)
{
    const struct week_sheet *first = &rows[0].sheet;
    size_t edges = 0;
    for (size_t i = 0; i < count; i++)
        edges += rows[i].edges > 0 ? 1 : 0;
    printf(_("%s  %s  term %d, %d %% of its lessons gone"), book->form, week_text(arena, choice->week),
           (int)first->term, (int)first->subjects[0].outlook.done);
    printf("  · ");
    printf(ngettext("%zu pupil at the edge of a mark", "%zu pupils at the edge of a mark", edges), edges);
    putchar('\n');
    for (size_t i = 0; i < count; i++)
        print_pupil(arena, &rows[i], choice->pupils != NULL);
}

static bool class_table(struct session *session, const struct forecast_choice *choice, const char *form,
                        struct pasts *pasts, json_t *array, struct err *err)
{
    struct arena *arena = arena_new();
    struct book book = {0};
    bool ok = store_load_book(session->store, arena, form, order_book_from(&session->school, arena, choice->week),
                              &book, err) &&
              pasts_lend(pasts, choice->week, &book, err);
    struct entry_row *rows = arena_alloc(arena, (book.pupil_count + 1) * sizeof *rows);
    size_t count = ok ? compute(session, arena, choice, &book, rows) : 0;
    for (size_t i = 0; i < count && session->call->json; i++)
        json_array_append_new(array, pupil_json(arena, &rows[i]));
    if (count > 0 && !session->call->json)
        print_class(arena, &book, choice, rows, count);
    arena_free(arena);
    return ok;
}

bool forecast_table(struct session *session, const struct forecast_choice *choice, struct err *err)
{
    struct pasts *pasts = pasts_new(session->store, &session->school);
    json_t *array = json_array();
    bool ok = true;
    for (size_t i = 0; ok && i < choice->class_count; i++) {
        bool here = choice->pupils == NULL;
        for (size_t k = 0; k < choice->pupil_count; k++)
            here = here || strcmp(choice->pupils[k]->form, choice->classes[i]) == 0;
        ok = !here || class_table(session, choice, choice->classes[i], pasts, array, err);
    }
    if (ok && session->call->json)
        json_print(array);
    json_decref(array);
    pasts_free(pasts);
    return ok;
}
