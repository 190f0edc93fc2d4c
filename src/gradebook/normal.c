#include "gradebook/normal.h"

#include <math.h>

/* Hermite's cubic between two places: the values and slopes of both are the distribution's own. */
void normal_fill(struct normal *out)
{
    const double step = 1. / NORMAL_STEPS, density = 1 / sqrt(2 * acos(-1));
    double value = .5 * erfc(NORMAL_REACH / sqrt(2)), slope = step * density * exp(-NORMAL_REACH * NORMAL_REACH / 2.);
    for (int i = 0; i < 2 * NORMAL_REACH * NORMAL_STEPS; i++) {
        double z = (i + 1) * step - NORMAL_REACH, *piece = out->pieces[i];
        double next = .5 * erfc(-z / sqrt(2)), next_slope = step * density * exp(-z * z / 2);
        piece[0] = value;
        piece[1] = slope;
        piece[2] = 3 * (next - value) - 2 * slope - next_slope;
        piece[3] = 2 * (value - next) + slope + next_slope;
        value = next;
        slope = next_slope;
    }
}
