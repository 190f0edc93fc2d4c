#include "issue/making.h"

#include <string.h>

#include "base/file.h"
#include "issue/pages.h"
#include "store/forecast.h"

/* The row's forecasts, with their texts, outlive what the sheet was made from. */
static void keep_forecasts(struct making *making, struct sheet_row *row)
{
    size_t texts = 0;
    for (size_t i = 0; i < row->forecast_count; i++)
        texts += strlen(row->forecasts[i].subject) + 1;
    making->forecasts = mem_alloc(row->forecast_count * sizeof *making->forecasts + texts);
    char *at = (char *)&making->forecasts[row->forecast_count];
    for (size_t i = 0; i < row->forecast_count; i++) {
        size_t size = strlen(row->forecasts[i].subject) + 1;
        making->forecasts[i] = row->forecasts[i];
        making->forecasts[i].subject = memcpy(at, row->forecasts[i].subject, size);
        at += size;
    }
    row->forecasts = making->forecasts;
}

static bool make_pages(const struct workshop *shop, const struct sheet_maker *maker, const struct sheet_class *class,
                       struct making *making)
{
    struct piece *piece = making->piece;
    struct sheet_class own = {.arena = arena_new(), .book = class->book};
    bool ok = pages_make(shop, maker, &own, piece, &making->label, &making->report, &piece->pack, &making->err);
    keep_forecasts(making, &piece->row);
    arena_free(own.arena);
    return ok;
}

void making_make(const struct workshop *shop, const struct sheet_maker *maker, const struct sheet_class *class,
                 struct making *making)
{
    making->ok = !making->piece->fresh || make_pages(shop, maker, class, making);
    if (!making->ok || making->title == NULL)
        return;
    making->ok = pages_bytes(shop, making->title, making->piece->pack, &making->bytes, &making->err);
    if (making->ok)
        file_sha256(making->bytes.data, making->bytes.size, making->sha256);
}

void making_free(struct making *making)
{
    buffer_free(&making->bytes);
    mem_free(making->forecasts);
    making->forecasts = NULL;
}
