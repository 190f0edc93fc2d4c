/* A real school's gradebook for the benches: marks.csv.gz and finals.csv as one table of terms and cells. */
#ifndef PAPERDIARY_BENCH_DNEVNIK_H
#define PAPERDIARY_BENCH_DNEVNIK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DNEVNIK_CLASSES = 64, DNEVNIK_SUBJECTS = 96, DNEVNIK_NAME = 64, DNEVNIK_YEAR_FINAL = 5 };

/* A class in a term. */
struct dnevnik_term {
    uint32_t class;
    int32_t year, terms, number; /* terms in the year; 1 … terms */
    size_t first, count;         /* its marks, a pupil's and subject's together, by day */
};

struct dnevnik_mark {
    size_t term;
    uint32_t pupil, subject;
    int32_t day, value;
};

struct dnevnik_final {
    uint32_t class;
    int32_t year, number; /* the term, or DNEVNIK_YEAR_FINAL */
    uint32_t pupil, subject;
    int32_t value;
};

struct dnevnik {
    char classes[DNEVNIK_CLASSES][DNEVNIK_NAME], subjects[DNEVNIK_SUBJECTS][DNEVNIK_NAME];
    uint32_t class_count, subject_count;
    struct dnevnik_term *terms;
    size_t term_count, term_room;
    struct dnevnik_mark *marks;
    size_t mark_count, mark_room;
    struct dnevnik_final *finals;
    size_t final_count, final_room;
};

/* Reads the two files of the folder; false where one is absent or not what it should be. */
bool dnevnik_load(const char *folder, struct dnevnik *out);
void dnevnik_free(struct dnevnik *school);

int32_t dnevnik_grade(const struct dnevnik *school, const struct dnevnik_term *term);
/* 0: none. */
int32_t dnevnik_final(const struct dnevnik *school, const struct dnevnik_term *term, int32_t number, uint32_t pupil,
                      uint32_t subject);
/* The mean of last year's finals of terms, hundredths; 0: none. */
int32_t dnevnik_last_year(const struct dnevnik *school, const struct dnevnik_term *term, uint32_t pupil,
                          uint32_t subject);
const struct dnevnik_term *dnevnik_before(const struct dnevnik *school, const struct dnevnik_term *term);
/* The term's marks in a subject. */
const struct dnevnik_mark *dnevnik_marks(const struct dnevnik *school, const struct dnevnik_term *term, uint32_t pupil,
                                         uint32_t subject, size_t *count);

#endif
