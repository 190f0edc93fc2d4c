/* Blocks and words of a layout. */
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "settings/layout_reader.h"
#include "settings/value.h"

static bool listed(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* The block names of one side as the file lists them. */
static const char *const *read_side(const struct layout_reader *reader, const struct ini *ini, const char *side,
                                    const char *const *known, size_t known_count, size_t *count)
{
    const struct ini_value *value = ini == NULL ? NULL : ini_lookup(ini, "blocks", side);
    const struct value_item *items = NULL;
    size_t found = value == NULL ? 0 : value_list(reader->arena, value->text, false, &items);
    const char **names = arena_alloc(reader->arena, (found + 1) * sizeof *names);
    *count = 0;
    for (size_t i = 0; i < found; i++) {
        if (listed(names, *count, items[i].text))
            diag_add(reader->diag, DIAG_ERROR, value->file, value->line, value->column + items[i].offset,
                     _("the block '%s' stands here twice; keep one"), items[i].text);
        else if (known != NULL && !listed(known, known_count, items[i].text))
            diag_add(reader->diag, DIAG_ERROR, value->file, value->line, value->column + items[i].offset,
                     _("there is no block '%s'; %s"), items[i].text,
                     value_advice(reader->arena, items[i].text, known, known_count));
        else if (known != NULL && strcmp(side, "back") == 0 && strcmp(items[i].text, "slip") == 0)
            diag_add(reader->diag, DIAG_ERROR, value->file, value->line, value->column + items[i].offset,
                     _("the slip stands on the front only; take '%s' out here"), items[i].text);
        else if (known != NULL && ini_lookup(reader->layers.installed, "blocks", side) == NULL)
            diag_add(reader->diag, DIAG_ERROR, value->file, value->line, value->column + items[i].offset,
                     _("this sheet has a front only; put the block '%s' there"), items[i].text);
        else
            names[(*count)++] = items[i].text;
    }
    return names;
}

void layout_read_blocks(const struct layout_reader *reader)
{
    const struct layers *layers = &reader->layers;
    struct layout *out = reader->out;
    out->front = read_side(reader, layers->installed, "front", NULL, 0, &out->front_count);
    out->back = read_side(reader, layers->installed, "back", NULL, 0, &out->back_count);
    size_t known_count = out->front_count + out->back_count;
    const char **known = arena_alloc(reader->arena, (known_count + 1) * sizeof *known);
    if (out->front_count > 0)
        memcpy(known, out->front, out->front_count * sizeof *known);
    if (out->back_count > 0)
        memcpy(known + out->front_count, out->back, out->back_count * sizeof *known);
    if (layers->own != NULL && ini_lookup(layers->own, "blocks", "front") != NULL)
        out->front = read_side(reader, layers->own, "front", known, known_count, &out->front_count);
    if (layers->own != NULL && ini_lookup(layers->own, "blocks", "back") != NULL)
        out->back = read_side(reader, layers->own, "back", known, known_count, &out->back_count);
    const struct ini_value *back = layers->own == NULL ? NULL : ini_lookup(layers->own, "blocks", "back");
    const struct ini_value *at = back != NULL ? back : layers_lookup(layers, "blocks", "front");
    if (layers_lookup(layers, "blocks", "front") == NULL)
        layout_tell_missing(reader, "blocks", "front");
    for (size_t i = 0; i < out->front_count && at != NULL; i++)
        if (listed(out->back, out->back_count, out->front[i]))
            diag_add(reader->diag, INI_AT(at), _("the block '%s' stands on the front and on the back; keep one"),
                     out->front[i]);
}

/* The placeholder that begins at `at` («{days}»), its length; 0 where the brace is not closed. */
static size_t placeholder(const char *at)
{
    size_t length = strcspn(at + 1, "{} ");
    return at[length + 1] == '}' ? length + 2 : 0;
}

/* Every {placeholder} of a school's word has to be in the installed text. */
static void check_placeholders(const struct layout_reader *reader, const struct ini_value *own, const char *installed)
{
    for (const char *at = strchr(own->text, '{'); at != NULL; at = strchr(at + 1, '{')) {
        size_t length = placeholder(at);
        const char *name = arena_copy_n(reader->arena, at, length == 0 ? strlen(at) : length);
        if (length == 0 || strstr(installed, name) == NULL)
            diag_add(reader->diag, INI_AT(own), _("'%s' can't be filled in; the installed text of this word is '%s'"),
                     name, installed);
    }
}

int layout_compare_words(const void *a, const void *b)
{
    return strcmp(((const struct layout_word *)a)->key, ((const struct layout_word *)b)->key);
}

void layout_read_words(const struct layout_reader *reader)
{
    const struct ini *installed = reader->layers.installed, *own = reader->layers.own;
    size_t total = ini_count(installed), count = 0;
    struct layout_word *words = arena_alloc(reader->arena, (total + 1) * sizeof *words);
    const char **keys = arena_alloc(reader->arena, (total + 1) * sizeof *keys);
    for (size_t i = 0; i < total; i++) {
        const struct ini_value *value = ini_at(installed, i);
        if (strcmp(value->section, "words") != 0)
            continue;
        const struct ini_value *mine = own == NULL ? NULL : ini_lookup(own, "words", value->key);
        if (mine != NULL)
            check_placeholders(reader, mine, value->text);
        keys[count] = value->key;
        words[count++] = (struct layout_word){.key = value->key, .text = mine != NULL ? mine->text : value->text};
    }
    for (size_t i = 0; own != NULL && i < ini_count(own); i++) {
        const struct ini_value *value = ini_at(own, i);
        if (strcmp(value->section, "words") == 0 && !listed(keys, count, value->key))
            diag_add(reader->diag, DIAG_ERROR, value->file, value->line, value->key_column,
                     _("no sheet prints a word '%s'; %s"), value->key,
                     value_advice(reader->arena, value->key, keys, count));
    }
    qsort(words, count, sizeof *words, layout_compare_words);
    reader->out->words = words;
    reader->out->word_count = count;
}
