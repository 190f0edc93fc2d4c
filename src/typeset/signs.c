#include "typeset/signs.h"

static const int16_t arrow_right[] = {60,  295, 690, 295, 570, 430, 670, 430, 860,
                                      260, 670, 90,  570, 90,  690, 225, 60,  225};
static const int16_t arrow_left[] = {860, 295, 230, 295, 350, 430, 250, 430, 60,
                                     260, 250, 90,  350, 90,  230, 225, 860, 225};
static const int16_t arrow_up[] = {225, -60, 225, 550, 100, 430, 100, 530, 260,
                                   720, 420, 530, 420, 430, 295, 550, 295, -60};
static const int16_t arrow_down[] = {225, 720, 225, 110, 100, 230, 100, 130, 260,
                                     -60, 420, 130, 420, 230, 295, 110, 295, 720};
static const int16_t arrow_both[] = {60,  260, 230, 430, 330, 430, 210, 295, 790, 295, 670, 430, 770, 430,
                                     940, 260, 770, 90,  670, 90,  790, 225, 210, 225, 330, 90,  230, 90};
static const int16_t tick[] = {50, 330, 130, 400, 270, 220, 570, 680, 660, 630, 280, 40};
static const int16_t cross[] = {60,  90,  120, 30,  310, 250, 500, 30,  560, 90,  370, 320,
                                560, 550, 500, 610, 310, 390, 120, 610, 60,  550, 250, 320};
static const int16_t square[] = {60, 0, 660, 0, 660, 600, 60, 600};
static const int16_t small_square[] = {60, 130, 400, 130, 400, 470, 60, 470};
static const int16_t tall_box[] = {60, 0, 480, 0, 480, 700, 60, 700};
static const int16_t triangle_up[] = {50, 0, 650, 0, 350, 600};
static const int16_t triangle_down[] = {50, 560, 650, 560, 350, -40};
static const int16_t triangle_right[] = {80, 0, 80, 600, 600, 300};
static const int16_t triangle_left[] = {600, 0, 600, 600, 80, 300};
static const int16_t diamond[] = {50, 300, 350, 660, 650, 300, 350, -60};
static const int16_t star[] = {350, 720, 436, 458, 712, 458, 489, 295, 574, 33,
                               350, 195, 126, 33,  211, 295, -12, 458, 264, 458};
static const int16_t large_circle[] = {360, 300, 300};
static const int16_t small_circle[] = {230, 300, 170};
static const int16_t angle[] = {60, 0, 690, 0, 690, 60, 170, 60, 560, 620, 500, 660};

#define SIGN(code, advance, filled, points)                                                                            \
    {                                                                                                                  \
        code, advance, filled, (uint8_t)(sizeof(points) / sizeof *(points) / 2), points                                \
    }
#define CIRCLE(code, advance, filled, points)                                                                          \
    {                                                                                                                  \
        code, advance, filled, 0, points                                                                               \
    }

static const struct sign signs[] = {
    SIGN(0x2190, 920, true, arrow_left),
    SIGN(0x2191, 520, true, arrow_up),
    SIGN(0x2192, 920, true, arrow_right),
    SIGN(0x2193, 520, true, arrow_down),
    SIGN(0x2194, 1000, true, arrow_both),
    SIGN(0x21D2, 920, true, arrow_right),
    SIGN(0x2220, 750, true, angle),
    SIGN(0x25A0, 720, true, square),
    SIGN(0x25A1, 720, false, square),
    SIGN(0x25AA, 460, true, small_square),
    SIGN(0x25AB, 460, false, small_square),
    SIGN(0x25AF, 540, false, tall_box),
    SIGN(0x25B2, 700, true, triangle_up),
    SIGN(0x25B3, 700, false, triangle_up),
    SIGN(0x25B6, 680, true, triangle_right),
    SIGN(0x25BA, 680, true, triangle_right),
    SIGN(0x25BC, 700, true, triangle_down),
    SIGN(0x25BD, 700, false, triangle_down),
    SIGN(0x25C0, 680, true, triangle_left),
    SIGN(0x25C4, 680, true, triangle_left),
    SIGN(0x25C6, 700, true, diamond),
    SIGN(0x25C7, 700, false, diamond),
    CIRCLE(0x25CB, 720, false, large_circle),
    CIRCLE(0x25CF, 720, true, large_circle),
    CIRCLE(0x25E6, 460, false, small_circle),
    SIGN(0x2605, 700, true, star),
    SIGN(0x2606, 700, false, star),
    SIGN(0x2610, 720, false, square),
    SIGN(0x2713, 700, true, tick),
    SIGN(0x2714, 700, true, tick),
    SIGN(0x2715, 620, true, cross),
    SIGN(0x2716, 620, true, cross),
    SIGN(0x2717, 620, true, cross),
    SIGN(0x2718, 620, true, cross),
    SIGN(0x2794, 920, true, arrow_right),
    SIGN(0x27A1, 920, true, arrow_right),
    CIRCLE(0x2B24, 720, true, large_circle),
    SIGN(0x2B50, 700, true, star),
};

const struct sign *sign_lookup(uint32_t code)
{
    size_t low = 0, high = sizeof signs / sizeof *signs;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (signs[middle].code == code)
            return &signs[middle];
        if (signs[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static int32_t of_size(int64_t part, int32_t size)
{
    return (int32_t)(part * size / 1000);
}

size_t sign_polygon(const struct sign *sign, int32_t x, int32_t y, int32_t size, int32_t points[SIGN_MOST_POINTS * 2])
{
    /* Cosines of 0°, 15° … 345°, in thousandths. */
    static const int16_t cosines[SIGN_MOST_POINTS] = {1000, 966,  866,  707,  500,   259,  0,    -259,
                                                      -500, -707, -866, -966, -1000, -966, -866, -707,
                                                      -500, -259, 0,    259,  500,   707,  866,  966};
    if (sign->point_count > 0) {
        for (size_t i = 0; i < sign->point_count; i++) {
            points[2 * i] = x + of_size(sign->points[2 * i], size);
            points[2 * i + 1] = y - of_size(sign->points[2 * i + 1], size);
        }
        return sign->point_count;
    }
    for (size_t i = 0; i < SIGN_MOST_POINTS; i++) {
        int32_t across = (int32_t)sign->points[2] * cosines[i] / 1000;
        int32_t up = (int32_t)sign->points[2] * cosines[(i + SIGN_MOST_POINTS * 3 / 4) % SIGN_MOST_POINTS] / 1000;
        points[2 * i] = x + of_size(sign->points[0] + across, size);
        points[2 * i + 1] = y - of_size(sign->points[1] + up, size);
    }
    return SIGN_MOST_POINTS;
}
