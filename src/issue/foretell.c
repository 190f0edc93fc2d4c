#include "issue/foretell.h"

#include "base/mem.h"
#include "store/forecast.h"

void foretell(struct arena *arena, const struct week_sheet *sheet, struct sheet_row *row)
{
    struct sheet_forecast *all = arena_alloc(arena, (sheet->subject_count + 1) * sizeof *all);
    size_t count = 0;
    for (size_t i = 0; i < sheet->subject_count; i++) {
        const struct outlook_line *line = &sheet->subjects[i].outlook;
        if (line->said.low == 0 || line->given != 0)
            continue;
        struct sheet_forecast *said = &all[count++];
        *said = (struct sheet_forecast){.subject = arena_copy(arena, sheet->subjects[i].subject),
                                        .year = sheet->year->year,
                                        .term = sheet->term,
                                        .done = line->done,
                                        .low = line->said.low,
                                        .high = line->said.high};
        for (int k = 0; k < FORECAST_MARKS; k++)
            said->chance[k] = (int32_t)(line->term[k] * 1000 + .5);
    }
    row->forecasts = all;
    row->forecast_count = count;
}
