#include "gradebook/mark.h"

void mark_add(struct mark_sum *sum, int32_t value, int32_t weight)
{
    if (value < 0)
        return;
    sum->weight += weight;
    sum->weighted += (int64_t)weight * value;
    sum->count++;
}

int32_t mark_mean(const struct mark_sum *sum)
{
    if (sum->weight <= 0)
        return -1;
    return (int32_t)((200 * sum->weighted + sum->weight) / (2 * sum->weight));
}

int32_t mark_border(int32_t mark, int32_t threshold)
{
    return 100 * (mark - 1) + threshold;
}

int32_t mark_given(const struct mark_sum *sum, int32_t threshold)
{
    if (sum->weight <= 0)
        return -1;
    int32_t mark = MARK_BEST;
    while (mark > MARK_WORST && 100 * sum->weighted < mark_border(mark, threshold) * sum->weight)
        mark--;
    return mark;
}

int64_t mark_need(const struct mark_sum *sum, int32_t border, int32_t value, int32_t weight)
{
    int64_t lacking = border * sum->weight - 100 * sum->weighted;
    if (lacking <= 0)
        return 0;
    int64_t each = (int64_t)weight * (100 * value - border);
    return each <= 0 ? -1 : (lacking + each - 1) / each;
}

int64_t mark_margin(const struct mark_sum *sum, int32_t border, int32_t value, int32_t weight)
{
    int64_t spare = 100 * sum->weighted - border * sum->weight;
    int64_t each = (int64_t)weight * (border - 100 * value);
    return each <= 0 || spare < 0 ? -1 : spare / each;
}
