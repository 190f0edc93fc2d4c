/* The normal distribution from a table: one piece of a cubic instead of erfc, right to 1e-8. */
#ifndef PAPERDIARY_GRADEBOOK_NORMAL_H
#define PAPERDIARY_GRADEBOOK_NORMAL_H

enum { NORMAL_REACH = 7, NORMAL_STEPS = 32 }; /* deviations on either side; pieces of each */

struct normal {
    double pieces[2 * NORMAL_REACH * NORMAL_STEPS][4]; /* coefficients, of the place within the piece, 0 … 1 */
};

void normal_fill(struct normal *out);

/* Φ(z). */
static inline double normal_below(const struct normal *normal, double z)
{
    double at = (z + NORMAL_REACH) * NORMAL_STEPS;
    if (!(at > 0))
        return 0;
    if (at >= 2 * NORMAL_REACH * NORMAL_STEPS)
        return 1;
    int piece = (int)at;
    const double *c = normal->pieces[piece];
    double t = at - piece;
    return c[0] + t * (c[1] + t * (c[2] + t * c[3]));
}

#endif
