/* Reports of «Сетевой город. Образование»: a block for each pupil, under its labels. */
#ifndef PAPERDIARY_INTAKE_NETSCHOOL_H
#define PAPERDIARY_INTAKE_NETSCHOOL_H

#include "intake/reader.h"

enum netschool_row {
    NETSCHOOL_EMPTY,
    NETSCHOOL_LABELS, /* «Учебный год: …», «Класс: …», «Период: …», «Ученик: …» */
    NETSCHOOL_HEADER, /* «Предмет» and what stands above the columns */
    NETSCHOOL_LEGEND, /* «УП», «Пропуск по уважительной причине» */
    NETSCHOOL_OTHER
};

struct netschool {
    struct reader *reader;
    size_t headers;     /* header rows up to here: the number of the block */
    int32_t line;       /* of the pupil's label */
    int32_t year;       /* the school year's first; 0: not said */
    struct span period; /* from DATE_NONE: not said */
    symbol form, pupil;
    int32_t subject; /* cell of «Предмет» in the last header */
    const char *state;
};

/* The shape that the first rows tell: SHAPE_LONG where they are no report. */
enum profile_shape netschool_shape(struct rows *rows);

struct netschool netschool_start(struct reader *reader);

/* What the row at hand is; labels are taken in. */
enum netschool_row netschool_take(struct netschool *block);

/* True where one of the first cells of the row at hand is «Предмет»: *subject is its number. */
bool netschool_is_header(const struct reader *reader, int32_t *subject);

/* The row at hand as a legend: code and reason. False: it is none. */
bool netschool_legend(struct reader *reader, struct attendance_code *out);

/* A trimmed cell of the row at hand; empty past its end. */
struct cell netschool_cell(const struct reader *reader, size_t cell);
/* Its text folded, in the arena. */
const char *netschool_folded(const struct reader *reader, struct cell cell);

/* Refuses the file where the block lacks its class, pupil or year. */
bool netschool_complete(struct netschool *block);

/* «Отчет об успеваемости и посещаемости ученика»: marks and absences by day. */
void report_read(struct reader *reader);
/* «Табель успеваемости учащегося»: finals. */
void tabel_read(struct reader *reader);

#endif
