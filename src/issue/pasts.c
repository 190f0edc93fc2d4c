#include "issue/pasts.h"

#include "base/mem.h"
#include "gradebook/book.h"
#include "gradebook/past.h"
#include "store/past.h"

struct kept {
    struct kept *next;
    int32_t day, import;
    struct past past;
};

struct pasts {
    struct arena *arena;
    struct store *store;
    const struct school *school;
    struct kept *kept;
};

struct pasts *pasts_new(struct store *store, const struct school *school)
{
    struct arena *arena = arena_new();
    struct pasts *pasts = arena_alloc(arena, sizeof *pasts);
    *pasts = (struct pasts){.arena = arena, .store = store, .school = school};
    return pasts;
}

void pasts_free(struct pasts *pasts)
{
    if (pasts != NULL)
        arena_free(pasts->arena);
}

bool pasts_lend(struct pasts *pasts, struct iso_week week, struct book *book, struct err *err)
{
    int32_t day = date_of_week(week, 7);
    struct kept *kept = pasts->kept;
    while (kept != NULL && (kept->day != day || kept->import != book->import))
        kept = kept->next;
    if (kept == NULL) {
        kept = arena_alloc(pasts->arena, sizeof *kept);
        *kept = (struct kept){.next = pasts->kept, .day = day, .import = book->import};
        if (!store_past(pasts->store, pasts->arena, pasts->school, day, book->import, &kept->past, err))
            return false;
        pasts->kept = kept;
    }
    book->past = &kept->past;
    return true;
}
