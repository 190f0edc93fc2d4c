/* Sums of marks, in integers. Weights are in thousandths, means in hundredths of a mark. */
#ifndef PAPERDIARY_GRADEBOOK_MARK_H
#define PAPERDIARY_GRADEBOOK_MARK_H

#include <stdbool.h>
#include <stdint.h>

#define MARK_WORST 2
#define MARK_BEST  5

struct mark_sum {
    int64_t weight;   /* Σ w */
    int64_t weighted; /* Σ w·m */
    int32_t count;
};

/* Marks without a number (value < 0) do not count. */
void mark_add(struct mark_sum *sum, int32_t value, int32_t weight);

/* The weighted mean in hundredths, rounded half up from the exact quotient; -1 without marks. */
int32_t mark_mean(const struct mark_sum *sum);

/* The mean from which a mark is given, in hundredths: 450 for 5 at threshold 50. */
int32_t mark_border(int32_t mark, int32_t threshold);

/* The mark that the exact mean gives at the school's threshold (hundredths above the lower mark); -1 without marks. */
int32_t mark_given(const struct mark_sum *sum, int32_t threshold);

/* How many marks `value` of the given weight bring the mean to `border` hundredths: 0 where it is there already, -1
 * where no number of them does. Source: forecast/method.md, 8. */
int64_t mark_need(const struct mark_sum *sum, int32_t border, int32_t value, int32_t weight);

/* How many marks `value` may come before the mean falls below `border`: -1 where it is below already or never falls. */
int64_t mark_margin(const struct mark_sum *sum, int32_t border, int32_t value, int32_t weight);

#endif
