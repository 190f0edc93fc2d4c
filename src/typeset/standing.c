#include "typeset/standing.h"

#include <pthread.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "typeset/glyphs.h"
#include "typeset/setting.h"

#define ROOM      4096 /* a power of two */
#define MOST      (ROOM * 3 / 4)
#define MOST_USED (2 << 20) /* bytes; a galley that holds more is emptied before the next document */

/* A text and all that its lines depend on. */
struct kept {
    struct text *text; /* NULL: a free place */
    uint64_t hash;
    const struct run *runs;
    uint32_t count;
    int32_t hang;
    bool hyphenate, centred;
};

/* Type of one layout. */
struct galley {
    struct galley *next; /* of those that nobody sets with */
    struct arena *arena;
    struct style *styles;
    size_t style_count;
    const struct metrics *metrics;
    const struct hyphens *hyphens;
    struct kept table[ROOM];
    size_t count;
};

struct standing {
    pthread_mutex_t lock;
    struct galley *galleys;
};

struct standing *standing_new(void)
{
    struct standing *standing = mem_alloc(sizeof *standing);
    pthread_mutex_init(&standing->lock, NULL);
    return standing;
}

static void galley_free(struct galley *galley)
{
    arena_free(galley->arena);
    mem_free(galley->styles);
    mem_free(galley);
}

void standing_free(struct standing *standing)
{
    if (standing == NULL)
        return;
    while (standing->galleys != NULL) {
        struct galley *galley = standing->galleys;
        standing->galleys = galley->next;
        galley_free(galley);
    }
    pthread_mutex_destroy(&standing->lock);
    mem_free(standing);
}

static bool same_style(const struct style *a, const struct style *b)
{
    return a->face == b->face && a->size == b->size && a->leading == b->leading && a->spacing == b->spacing;
}

static bool fits(const struct galley *galley, const struct setting *setting)
{
    const struct layout *layout = setting->layout;
    if (galley->metrics != setting->metrics || galley->hyphens != setting->hyphens ||
        galley->style_count != layout->style_count || arena_used(galley->arena) > MOST_USED)
        return false;
    for (size_t i = 0; i < layout->style_count; i++)
        if (!same_style(&galley->styles[i], &layout->styles[i]))
            return false;
    return true;
}

static void empty(struct galley *galley, const struct setting *setting)
{
    const struct layout *layout = setting->layout;
    arena_reset(galley->arena);
    memset(galley->table, 0, sizeof galley->table);
    galley->count = 0;
    galley->metrics = setting->metrics;
    galley->hyphens = setting->hyphens;
    galley->style_count = layout->style_count;
    galley->styles = mem_resize(galley->styles, layout->style_count, sizeof *galley->styles);
    memcpy(galley->styles, layout->styles, layout->style_count * sizeof *galley->styles);
}

struct galley *standing_take(struct standing *standing, const struct setting *setting)
{
    if (standing == NULL)
        return NULL;
    pthread_mutex_lock(&standing->lock);
    struct galley *galley = standing->galleys;
    if (galley != NULL)
        standing->galleys = galley->next;
    pthread_mutex_unlock(&standing->lock);
    if (galley == NULL) {
        galley = mem_alloc(sizeof *galley);
        galley->arena = arena_new();
    }
    if (!fits(galley, setting))
        empty(galley, setting);
    return galley;
}

void standing_give_back(struct standing *standing, struct galley *galley)
{
    if (galley == NULL)
        return;
    pthread_mutex_lock(&standing->lock);
    galley->next = standing->galleys;
    standing->galleys = galley;
    pthread_mutex_unlock(&standing->lock);
}

static uint64_t hash_of(const struct kept *kept)
{
    uint64_t hash = (uint64_t)(uint32_t)kept->hang << 2 | (uint64_t)kept->hyphenate << 1 | kept->centred;
    for (size_t i = 0; i < kept->count; i++) {
        const struct run *run = &kept->runs[i];
        hash = hash * UINT64_C(0x9E3779B97F4A7C15) + text_hash(run->text, strlen(run->text)) + run->style;
    }
    return hash ^ hash >> 32;
}

static bool same(const struct kept *a, const struct kept *b)
{
    if (a->hash != b->hash || a->count != b->count || a->hang != b->hang || a->hyphenate != b->hyphenate ||
        a->centred != b->centred)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->runs[i].style != b->runs[i].style || a->runs[i].underlined != b->runs[i].underlined ||
            strcmp(a->runs[i].text, b->runs[i].text) != 0)
            return false;
    return true;
}

static const struct run *keep(struct galley *galley, const struct run *runs, size_t count)
{
    struct run *kept = arena_alloc(galley->arena, count * sizeof *kept);
    for (size_t i = 0; i < count; i++) {
        kept[i] = runs[i];
        kept[i].text = arena_copy(galley->arena, runs[i].text);
    }
    return kept;
}

struct text *standing_text(struct setting *setting, const struct box *box, const struct run *runs, size_t count)
{
    struct galley *galley = setting->galley;
    if (galley == NULL || galley->count == MOST)
        return text_from_runs(setting, setting->scratch, runs, count);
    struct kept wanted = {.runs = runs,
                          .count = (uint32_t)count,
                          .hang = box->hang,
                          .hyphenate = box->hyphenate,
                          .centred = box->align == ALIGN_CENTRE};
    wanted.hash = hash_of(&wanted);
    struct kept *place = &galley->table[wanted.hash & (ROOM - 1)];
    for (; place->text != NULL; place = place + 1 < galley->table + ROOM ? place + 1 : galley->table)
        if (same(place, &wanted))
            return place->text;
    wanted.runs = keep(galley, runs, count);
    wanted.text = text_from_runs(setting, galley->arena, wanted.runs, count);
    if (!wanted.text->missing) { /* else each document has to report it */
        *place = wanted;
        galley->count++;
    }
    return wanted.text;
}
