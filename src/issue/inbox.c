#include "issue/inbox.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "gradebook/book.h"
#include "intake/intake.h"

enum { RANK_PUPILS, RANK_GRADEBOOK, RANK_OTHER, RANK_UNREADABLE };

enum { SECONDS_A_DAY = 86400 };

static void reach(int32_t *newest, int32_t day)
{
    if (day > *newest)
        *newest = day;
}

/* The newest day that the export speaks for; DATE_NONE where it names none. */
static int32_t newest_day(const struct export *export)
{
    int32_t newest = DATE_NONE;
    for (size_t i = 0; i < export->covered_count && export->kind == EXPORT_GRADEBOOK; i++)
        reach(&newest, export->covered[i].span.until);
    for (size_t i = 0; i < export->count; i++) {
        switch (export->kind) {
        case EXPORT_GRADEBOOK:
            reach(&newest, export->rows.lessons[i].day);
            break;
        case EXPORT_FINALS:
            reach(&newest, export->rows.finals[i].decided);
            break;
        case EXPORT_TIMETABLE:
            reach(&newest, export->rows.timetable[i].day);
            break;
        case EXPORT_ANNOUNCEMENTS:
            reach(&newest, export->rows.announcements[i].from);
            break;
        case EXPORT_ACHIEVEMENTS:
            reach(&newest, export->rows.achievements[i].day);
            break;
        case EXPORT_VISITS:
            reach(&newest, export->rows.visits[i].last_visit);
            break;
        case EXPORT_PUPILS:
        case EXPORT_NONE:
            break;
        }
    }
    return newest;
}

/* Reads the file for its rank and day; what is wrong with it is told when it is imported. */
static bool look_inside(struct inbox_file *file, const struct inbox_order *order, struct err *err)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct profile profile = {0};
    struct export export = {0};
    struct err one = {0};
    if (order->profile_of(order->context, file->path, &profile, &one) &&
        intake_read(arena, file->path, order->school, &profile, order->today, &export, diag, &one)) {
        int32_t day = newest_day(&export), named = date_leading(file->name);
        file->rank = export.kind == EXPORT_PUPILS      ? RANK_PUPILS
                     : export.kind == EXPORT_GRADEBOOK ? RANK_GRADEBOOK
                                                       : RANK_OTHER;
        if (day != DATE_NONE || file->rank == RANK_PUPILS)
            file->day = day != DATE_NONE ? day : named;
    }
    diag_free(diag);
    arena_free(arena);
    return one.code != ERR_MACHINE || err_set(err, one.code, "%s", one.text);
}

/* The Monday of the file's week; DATE_NONE, before all weeks, where it has no day. */
static int32_t week_of(const struct inbox_file *file)
{
    return file->day == DATE_NONE ? DATE_NONE : date_of_week(date_iso_week(file->day), 1);
}

static int by_turn(const void *a, const void *b)
{
    const struct inbox_file *x = a, *y = b;
    if (week_of(x) != week_of(y))
        return week_of(x) < week_of(y) ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return strcmp(x->name, y->name);
}

bool inbox_list(struct arena *arena, const struct inbox_order *order, struct inbox_file **out, size_t *count,
                struct err *err)
{
    const char **names = NULL;
    size_t name_count = 0;
    *out = NULL;
    *count = 0;
    if (!file_exists(order->folder))
        return true;
    if (!file_list(arena, order->folder, &names, &name_count, err))
        return false;
    struct inbox_file *files = arena_alloc(arena, (name_count + 1) * sizeof *files);
    for (size_t i = 0; i < name_count; i++) {
        struct inbox_file file = {
            .name = names[i], .path = file_join(arena, order->folder, names[i]), .rank = RANK_UNREADABLE};
        struct stat about;
        if (names[i][0] == '.' || lstat(file.path, &about) != 0 || !S_ISREG(about.st_mode))
            continue;
        file.day = date_leading(file.name);
        if (file.day == DATE_NONE)
            file.day = (int32_t)(about.st_mtime / SECONDS_A_DAY);
        if (!look_inside(&file, order, err))
            return false;
        files[(*count)++] = file;
    }
    if (*count > 0)
        qsort(files, *count, sizeof *files, by_turn);
    *out = files;
    return true;
}

/* «name.csv», «name-2.csv» … : the first that is free, with its note. */
static const char *free_name(struct arena *arena, const char *folder, const char *name)
{
    const char *point = strrchr(name, '.');
    size_t stem = point == NULL || point == name ? strlen(name) : (size_t)(point - name);
    const char *candidate = name;
    for (int n = 2; file_exists(file_join(arena, folder, candidate)); n++)
        candidate = arena_format(arena, "%.*s-%d%s", (int)stem, name, n, name + stem);
    return candidate;
}

bool inbox_move(struct arena *arena, const char *folder, const struct inbox_file *file, const char *to,
                const char *note, bool group, const char **name, struct err *err)
{
    const char *target = file_join(arena, folder, to);
    if (!file_keep_folder(target, group, err))
        return false;
    *name = free_name(arena, target, file->name);
    const char *path = file_join(arena, target, *name);
    if (note != NULL && !file_write(arena_format(arena, "%s.txt", path), note, strlen(note), group, err))
        return false;
    return (file_adopt(file->path, group) && file_move(file->path, path)) ||
           err_set(err, ERR_MACHINE, _("a file of inbox/ can't be moved to %s: %s"), target, strerror(errno));
}

/* --- names of files ----------------------------------------------------------------------------------------------- */

static bool is_word(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
           (code >= 0xC0 && code < 0x2000);
}

/* The next word of a text from *at on, which moves past it; NULL at the end. */
static const char *next_word(const char **at, size_t *length)
{
    const char *start = *at, *next = start;
    while (*start != '\0' && !is_word(text_next(&next)))
        start = next;
    if (*start == '\0')
        return NULL;
    const char *end = start;
    for (next = start; *end != '\0' && is_word(text_next(&next));)
        end = next;
    *length = (size_t)(end - start);
    *at = end;
    return start;
}

static bool is_of_a_pupil(struct arena *arena, const char *word, const struct pupil *pupils, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *at = text_fold(arena, pupils[i].name);
        size_t length = 0;
        for (const char *part; (part = next_word(&at, &length)) != NULL;)
            if (length == strlen(word) && memcmp(part, word, length) == 0)
                return true;
    }
    return false;
}

const char *inbox_public_name(struct arena *arena, const char *name, const struct pupil *pupils, size_t count)
{
    const char *shown = text_nfc(arena, text_printable(arena, name)), *at = shown, *from = shown;
    struct arena *scratch = arena_new();
    struct buffer out = {0};
    size_t length = 0;
    for (const char *word; (word = next_word(&at, &length)) != NULL;) {
        if (!is_of_a_pupil(scratch, text_fold(scratch, arena_copy_n(scratch, word, length)), pupils, count))
            continue;
        buffer_add(&out, from, (size_t)(word - from));
        buffer_text(&out, "…");
        from = at;
    }
    buffer_text(&out, from);
    const char *result = arena_copy(arena, out.data);
    buffer_free(&out);
    arena_free(scratch);
    return result;
}
