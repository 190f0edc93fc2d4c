/* One document while it is being set: what all stages of typesetting share. */
#ifndef PAPERDIARY_TYPESET_SETTING_H
#define PAPERDIARY_TYPESET_SETTING_H

#include <string.h>

#include "typeset/document.h"
#include "typeset/page.h"
#include "typeset/set.h"

#define SETTING_ENDLESS (INT32_MAX / 4) /* a height that nothing fills */

/* Of a row's cells, by its tracks, width and scale. */
struct widths {
    const struct track *tracks;
    int32_t width, scale;
    const int32_t *widths;
};

struct setting {
    const struct document *document;
    const struct layout *layout;
    const struct metrics *metrics;
    const struct hyphens *hyphens; /* NULL: none */
    struct galley *galley;         /* texts set before; NULL: none */
    struct arena *arena;           /* pages and their texts: outlives the setting */
    struct arena *scratch;         /* gone with it */
    struct set_report *report;

    int32_t scale; /* of what is being set, thousandths: 1000 but for a body that breathes */
    int32_t air;   /* of paddings and margins, thousandths on top of the scale */
    int32_t full;  /* height of a further page's body: what is higher is broken though it should be kept */

    struct item *items; /* of the page being placed */
    size_t item_count, item_room;

    struct widths shared; /* of the last row, which are mostly those of the next */

    int64_t *costs; /* of the paragraph being broken */
    uint32_t *froms;
    size_t cost_room;
};

/* Lengths and sizes at the scale. Rounded down, so that what fits at scale 1000 in a scaled width still fits. */
static inline int32_t setting_scaled(const struct setting *setting, int32_t length)
{
    return setting->scale == 1000 ? length : (int32_t)((int64_t)length * setting->scale / 1000);
}

/* Paddings and margins: at the scale, and closer or airier besides. */
static inline int32_t setting_aired(const struct setting *setting, int32_t length)
{
    if (length == 0)
        return 0;
    int32_t scaled = setting_scaled(setting, length);
    return setting->air == 1000 ? scaled : (int32_t)((int64_t)scaled * setting->air / 1000);
}

/* Least heights grow by a third of that: air is to stand on all sides of a text, not below it. */
static inline int32_t setting_least(const struct setting *setting, int32_t length)
{
    int32_t aired = setting_aired(setting, length), scaled = setting_scaled(setting, length);
    return aired > scaled ? scaled + (aired - scaled) / 3 : aired;
}

static inline const struct style *setting_style(const struct setting *setting, uint16_t style)
{
    const struct layout *layout = setting->layout;
    return &layout->styles[style < layout->style_count ? style : 0];
}

/* The style named «body», or else the first. */
static inline const struct style *setting_body(const struct setting *setting)
{
    for (size_t i = 0; i < setting->layout->style_count; i++)
        if (strcmp(setting->layout->styles[i].name, "body") == 0)
            return &setting->layout->styles[i];
    return &setting->layout->styles[0];
}

#endif
