#include "dnevnik.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"

enum { LINE = 512, FIELDS = 10 };

static size_t split(char *line, char *fields[FIELDS])
{
    size_t count = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *at = line; at != NULL && count < FIELDS; count++) {
        fields[count] = at;
        at = strchr(at, ',');
        if (at != NULL)
            *at++ = '\0';
    }
    return count;
}

static bool intern(char (*names)[DNEVNIK_NAME], uint32_t most, uint32_t *count, const char *name, uint32_t *out)
{
    for (*out = 0; *out < *count; ++*out)
        if (strcmp(names[*out], name) == 0)
            return true;
    if (*count == most || strlen(name) >= DNEVNIK_NAME)
        return false;
    strcpy(names[(*count)++], name);
    return true;
}

static int32_t whole(const char *text)
{
    return (int32_t)strtol(text, NULL, 10);
}

/* Days since 1970-01-01. */
static int32_t day_of(const char *date)
{
    int32_t year = 0, month = 0, day = 0;
    if (sscanf(date, "%d-%d-%d", &year, &month, &day) != 3)
        return 0;
    year -= month <= 2;
    int32_t shifted = (month + 9) % 12, of_era = year % 400, era = year / 400;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * shifted + 2) / 5 + day - 1 - 719468;
}

static size_t term_of(struct dnevnik *school, uint32_t class, char *fields[])
{
    struct dnevnik_term term = {class, whole(fields[2]), whole(fields[3]), whole(fields[4]), 0, 0};
    for (size_t i = school->term_count; i-- > 0;) {
        const struct dnevnik_term *other = &school->terms[i];
        if (other->class == class && other->year == term.year && other->terms == term.terms &&
            other->number == term.number)
            return i;
    }
    school->terms = mem_grow(school->terms, school->term_count, &school->term_room, sizeof *school->terms);
    school->terms[school->term_count] = term;
    return school->term_count++;
}

static bool add_mark(struct dnevnik *school, char *fields[])
{
    struct dnevnik_mark mark = {
        .pupil = (uint32_t)whole(fields[0]), .day = day_of(fields[7]), .value = whole(fields[8])};
    uint32_t class = 0;
    if (mark.value < 2 || fields[4][0] == '\0')
        return true;
    if (!intern(school->classes, DNEVNIK_CLASSES, &school->class_count, fields[1], &class) ||
        !intern(school->subjects, DNEVNIK_SUBJECTS, &school->subject_count, fields[5], &mark.subject))
        return false;
    mark.term = term_of(school, class, fields);
    school->marks = mem_grow(school->marks, school->mark_count, &school->mark_room, sizeof *school->marks);
    school->marks[school->mark_count++] = mark;
    return true;
}

static bool add_final(struct dnevnik *school, char *fields[])
{
    struct dnevnik_final final = {.year = whole(fields[2]),
                                  .number = strcmp(fields[4], "year") == 0 ? DNEVNIK_YEAR_FINAL : whole(fields[4]),
                                  .pupil = (uint32_t)whole(fields[0]),
                                  .value = whole(fields[6])};
    if (final.number == 0 || final.value < 2)
        return true;
    if (!intern(school->classes, DNEVNIK_CLASSES, &school->class_count, fields[1], &final.class) ||
        !intern(school->subjects, DNEVNIK_SUBJECTS, &school->subject_count, fields[5], &final.subject))
        return false;
    school->finals = mem_grow(school->finals, school->final_count, &school->final_room, sizeof *school->finals);
    school->finals[school->final_count++] = final;
    return true;
}

/* zlib reads a plain file as well. */
static bool read_rows(struct dnevnik *school, const char *folder, const char *name, size_t fields,
                      bool (*add)(struct dnevnik *, char **))
{
    char path[LINE], line[LINE], *field[FIELDS];
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return false;
    gzFile in = gzopen(path, "rb");
    if (in == NULL)
        return false;
    bool good = gzgets(in, line, sizeof line) != NULL;
    while (good && gzgets(in, line, sizeof line) != NULL)
        good = split(line, field) == fields && add(school, field);
    return gzclose(in) == Z_OK && good;
}

static int order(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int by_cell(const void *a, const void *b)
{
    const struct dnevnik_mark *x = a, *y = b;
    int by = order(x->term, y->term);
    by = by != 0 ? by : order(x->pupil, y->pupil);
    by = by != 0 ? by : order(x->subject, y->subject);
    by = by != 0 ? by : order((uint64_t)x->day, (uint64_t)y->day);
    return by != 0 ? by : order((uint64_t)x->value, (uint64_t)y->value);
}

static int by_key(const void *a, const void *b)
{
    const struct dnevnik_final *x = a, *y = b;
    int by = order(x->pupil, y->pupil);
    by = by != 0 ? by : order((uint64_t)x->year, (uint64_t)y->year);
    by = by != 0 ? by : order(x->subject, y->subject);
    by = by != 0 ? by : order((uint64_t)x->number, (uint64_t)y->number);
    return by != 0 ? by : order(x->class, y->class);
}

bool dnevnik_load(const char *folder, struct dnevnik *out)
{
    *out = (struct dnevnik){0};
    if (!read_rows(out, folder, "marks.csv.gz", 10, add_mark) || !read_rows(out, folder, "finals.csv", 7, add_final)) {
        dnevnik_free(out);
        return false;
    }
    qsort(out->marks, out->mark_count, sizeof *out->marks, by_cell);
    qsort(out->finals, out->final_count, sizeof *out->finals, by_key);
    for (size_t i = 0; i < out->mark_count; i++) {
        struct dnevnik_term *term = &out->terms[out->marks[i].term];
        term->first = term->count == 0 ? i : term->first;
        term->count++;
    }
    return true;
}

void dnevnik_free(struct dnevnik *school)
{
    mem_free(school->terms);
    mem_free(school->marks);
    mem_free(school->finals);
    *school = (struct dnevnik){0};
}

int32_t dnevnik_grade(const struct dnevnik *school, const struct dnevnik_term *term)
{
    return whole(school->classes[term->class]);
}

int32_t dnevnik_final(const struct dnevnik *school, const struct dnevnik_term *term, int32_t number, uint32_t pupil,
                      uint32_t subject)
{
    struct dnevnik_final key = {
        .class = term->class, .year = term->year, .number = number, .pupil = pupil, .subject = subject};
    const struct dnevnik_final *found =
        bsearch(&key, school->finals, school->final_count, sizeof *school->finals, by_key);
    return found == NULL ? 0 : found->value;
}

int32_t dnevnik_last_year(const struct dnevnik *school, const struct dnevnik_term *term, uint32_t pupil,
                          uint32_t subject)
{
    struct dnevnik_final key = {.year = term->year - 1, .number = 1, .pupil = pupil, .subject = subject};
    size_t low = 0, high = school->final_count;
    int32_t sum = 0, count = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_key(&school->finals[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < school->final_count; low++, count++) {
        const struct dnevnik_final *final = &school->finals[low];
        if (final->pupil != pupil || final->year != key.year || final->subject != subject ||
            final->number == DNEVNIK_YEAR_FINAL)
            break;
        sum += final->value;
    }
    return count > 0 ? (100 * sum + count / 2) / count : 0;
}

const struct dnevnik_term *dnevnik_before(const struct dnevnik *school, const struct dnevnik_term *term)
{
    for (size_t i = 0; i < school->term_count; i++) {
        const struct dnevnik_term *other = &school->terms[i];
        if (other->class == term->class && other->year == term->year && other->terms == term->terms &&
            other->number == term->number - 1)
            return other;
    }
    return NULL;
}

const struct dnevnik_mark *dnevnik_marks(const struct dnevnik *school, const struct dnevnik_term *term, uint32_t pupil,
                                         uint32_t subject, size_t *count)
{
    size_t low = term->first, high = term->first + term->count;
    struct dnevnik_mark key = {.term = (size_t)(term - school->terms), .pupil = pupil, .subject = subject};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_cell(&school->marks[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    size_t until = low;
    while (until < term->first + term->count && school->marks[until].pupil == pupil &&
           school->marks[until].subject == subject)
        until++;
    *count = until - low;
    return &school->marks[low];
}
