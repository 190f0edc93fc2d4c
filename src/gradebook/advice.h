/* What would change a final, in integers: never what can't be done in the weight still to come. */
#ifndef PAPERDIARY_GRADEBOOK_ADVICE_H
#define PAPERDIARY_GRADEBOOK_ADVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "gradebook/forecast.h"
#include "gradebook/mark.h"

enum advice_kind {
    ADVICE_NONE,
    ADVICE_NO_MARKS, /* no mark and no earlier final: the forecast comes with the first marks */
    ADVICE_EARLY,    /* one mark and nothing before it: the forecast is said with reserve */
    ADVICE_PAST,     /* no mark yet: the forecast is made of earlier terms */
    ADVICE_REACH,    /* `count` marks `value` bring `mark` */
    ADVICE_FIRM,     /* `count` more marks `value` make `mark` firm: then one lower mark takes it no more */
    ADVICE_KEEP,     /* `count` marks `value` leave `mark` */
    ADVICE_THIN,     /* one mark `value` takes `mark`, which the mean gives now */
    ADVICE_UNLIKELY, /* more is needed for `mark` than this term still holds */
    ADVICE_FEW,      /* so few marks (`count`) that the term may end without a final */
    ADVICE_END,      /* the term is over: the mean gives `mark`, the teacher decides */
    ADVICE_GIVEN     /* the final is there: `mark`, 0 where it is a word. Never by advice_give */
};

struct advice {
    enum advice_kind kind;
    int32_t mark, value, count;
};

struct advice_case {
    struct mark_sum sum;       /* the term's marks with a number */
    int32_t threshold;         /* of the school, hundredths */
    struct forecast_said said; /* of the term */
    const double *p;           /* FORECAST_MARKS */
    int64_t to_come;           /* weight, thousandths */
    int32_t done;              /* hundredths of the term's lessons gone; 100: it is over */
    int32_t fewest;            /* fewer marks in a term warn of «н/а» */
};

/* Source: forecast/method.md, 8. */
struct advice advice_give(const struct advice_case *at);

#endif
