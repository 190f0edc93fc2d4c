#include "commands/forecast_json.h"

#include <stdio.h>

#include "commands/json.h"
#include "gradebook/outlook.h"

static json_t *mark_json(int32_t mark)
{
    return json_sprintf("%d", (int)mark);
}

static json_t *side_json(const double *p, struct forecast_said said, int32_t done)
{
    if (said.low == 0)
        return json_null();
    json_t *out = json_object(), *chances = json_object();
    for (int i = 0; i < FORECAST_MARKS; i++) {
        char key[12];
        snprintf(key, sizeof key, "%d", MARK_WORST + i);
        json_object_set_new(chances, key, json_decimal((int64_t)(p[i] * 10000 + .5), 10000));
    }
    json_object_set_new(out, "p", chances);
    json_object_set_new(out, "mark",
                        said.low == said.high ? mark_json(said.low)
                                              : json_sprintf("%d-%d", (int)said.low, (int)said.high));
    json_object_set_new(out, "done", json_decimal(done, 100));
    return out;
}

json_t *forecast_json(const struct outlook_line *line)
{
    if (line->said.low == 0 && line->year_said.low == 0)
        return json_null();
    json_t *out = json_object();
    json_object_set_new(out, "term", side_json(line->term, line->said, line->done));
    json_object_set_new(out, "year", side_json(line->year, line->year_said, line->year_done));
    return out;
}

json_t *advice_json(const struct advice *advice)
{
    static const char *const kinds[] = {
        [ADVICE_NONE] = "",     [ADVICE_NO_MARKS] = "no-marks", [ADVICE_EARLY] = "early",
        [ADVICE_PAST] = "past", [ADVICE_REACH] = "reach",       [ADVICE_FIRM] = "firm",
        [ADVICE_KEEP] = "keep", [ADVICE_THIN] = "thin",         [ADVICE_UNLIKELY] = "unlikely",
        [ADVICE_FEW] = "few",   [ADVICE_END] = "end",           [ADVICE_GIVEN] = "given"};
    if (advice->kind == ADVICE_NONE)
        return json_null();
    json_t *out = json_object();
    json_object_set_new(out, "kind", json_string(kinds[advice->kind]));
    json_object_set_new(out, "mark", advice->mark == 0 ? json_null() : mark_json(advice->mark));
    json_object_set_new(out, "value", advice->value == 0 ? json_null() : mark_json(advice->value));
    json_object_set_new(out, "count", json_integer(advice->count));
    return out;
}
