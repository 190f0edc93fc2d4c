#include "issue/making.h"

#include "base/file.h"
#include "issue/pages.h"

void making_make(const struct workshop *shop, const struct sheet_maker *maker, const struct sheet_class *class,
                 struct making *making)
{
    struct piece *piece = making->piece;
    struct sheet_class own = {.arena = making->arena = arena_new(), .book = class->book};
    making->ok = !piece->fresh ||
                 pages_make(shop, maker, &own, piece, &making->label, &making->report, &piece->pack, &making->err);
    if (!making->ok || making->title == NULL)
        return;
    making->ok = pages_bytes(shop, making->title, piece->pack, &making->bytes, &making->err);
    if (making->ok)
        file_sha256(making->bytes.data, making->bytes.size, making->sha256);
}

void making_free(struct making *making)
{
    buffer_free(&making->bytes);
    arena_free(making->arena);
    making->arena = NULL;
}
