#include "settings/layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "settings/layout_reader.h"

static const struct ini_known known_keys[] = {
    {"layout", "base", false},        {"page", "size", false},
    {"page", "width", false},         {"page", "height", false},
    {"page", "margin_top", false},    {"page", "margin_right", false},
    {"page", "margin_bottom", false}, {"page", "margin_left", false},
    {"page", "largest", false},       {"style *", "face", false},
    {"style *", "size", false},       {"style *", "leading", false},
    {"style *", "grey", false},       {"style *", "spacing", false},
    {"blocks", "front", false},       {"blocks", "back", false},
    {"window *", "left", false},      {"window *", "top", false},
    {"window *", "width", false},     {"window *", "height", false},
    {"window *", "fold", false},      {"words", "*", false},
};
#define KNOWN (sizeof known_keys / sizeof known_keys[0])

void layout_tell_missing(const struct layout_reader *reader, const char *section, const char *key)
{
    diag_add(reader->diag, DIAG_ERROR, ini_file(reader->layers.installed), 0, 0,
             _("[%s] has no '%s'; a layout needs it"), section, key);
}

/* Opens the installed file below the school's `own` (NULL: none): that of the same name, or the one that `own` names.
 */
static bool open_installed(struct layout_reader *reader, struct ini *own, const char *own_folder,
                           const char *installed_folder, const char *name, struct err *err)
{
    struct arena *arena = reader->arena;
    const char *own_path = own == NULL ? "" : ini_file(own), *base = name;
    struct ini *installed = NULL;
    const struct ini_value *named = own == NULL ? NULL : ini_lookup(own, "layout", "base");
    base = named == NULL ? name : named->text;
    const char *path = layers_path(arena, installed_folder, base);
    if (path == NULL && named != NULL) {
        diag_add(reader->diag, INI_AT(named), _("there is no layout '%s'; %s"), base,
                 layers_advice(arena, NULL, installed_folder, base));
        return ini_settle(own_path, reader->diag, diag_count(reader->diag, DIAG_ERROR) - 1, err);
    }
    if (path == NULL && own != NULL)
        return err_set(err, ERR_INPUT,
                       _("%s doesn't say which installed layout it changes; write under [layout], for example, base = "
                         "weekly"),
                       own_path);
    if (path == NULL)
        return err_set(err, ERR_INPUT, _("there is no layout '%s'; %s"), name,
                       layers_advice(arena, own_folder, installed_folder, name));
    if (!ini_load(arena, path, &installed, reader->diag, err))
        return false;
    reader->layers = (struct layers){.own = own, .installed = installed};
    reader->out->kind = arena_copy(arena, base);
    return true;
}

/* A file with the name of an installed layout changes that one. */
static bool check_base(const struct layout_reader *reader, const char *installed_folder, const char *name,
                       struct err *err)
{
    const struct ini *own = reader->layers.own;
    const struct ini_value *named = own == NULL ? NULL : ini_lookup(own, "layout", "base");
    if (named == NULL || strcmp(named->text, name) == 0 || layers_path(reader->arena, installed_folder, name) == NULL)
        return true;
    diag_add(reader->diag, INI_AT(named),
             _("'%s' is another kind of paper than '%s'; take this line out, or give the file another name"),
             named->text, name);
    return ini_settle(ini_file(own), reader->diag, diag_count(reader->diag, DIAG_ERROR) - 1, err);
}

/* `before`: the errors that stood in the diag before the files were opened. */
static bool read_layers(struct layout_reader *reader, size_t before, struct err *err)
{
    const struct layers *layers = &reader->layers;
    ini_check(reader->arena, layers->installed, known_keys + 1, KNOWN - 1, reader->diag); /* it has no base */
    if (layers->own != NULL)
        ini_check(reader->arena, layers->own, known_keys, KNOWN, reader->diag);
    layout_read_page(reader);
    layout_read_styles(reader);
    layout_read_blocks(reader);
    layout_read_windows(reader);
    layout_read_words(reader);
    reader->out->own = ini_lines(reader->arena, layers->own, NULL);
    return ini_settle(ini_file(layers->own != NULL ? layers->own : layers->installed), reader->diag, before, err);
}

bool layout_load(struct arena *arena, const char *school_folder, const char *installed_folder, const char *name,
                 struct layout *out, struct diag *diag, struct err *err)
{
    *out = (struct layout){.name = arena_copy(arena, name)};
    struct layout_reader reader = {.arena = arena, .diag = diag, .out = out};
    const char *own_folder = school_folder == NULL ? NULL : file_join(arena, school_folder, "layouts");
    const char *own_path = layers_path(arena, own_folder, name);
    struct ini *own = NULL;
    return (own_path == NULL || ini_load(arena, own_path, &own, diag, err)) &&
           open_installed(&reader, own, own_folder, installed_folder, name, err) &&
           check_base(&reader, installed_folder, name, err) && read_layers(&reader, diag_count(diag, DIAG_ERROR), err);
}

bool layout_recall(struct arena *arena, const char *own, const char *installed_folder, const char *name,
                   struct layout *out)
{
    struct diag *diag = diag_new();
    struct err ignored = {0};
    *out = (struct layout){.name = arena_copy(arena, name)};
    struct layout_reader reader = {.arena = arena, .diag = diag, .out = out};
    struct ini *lines = own[0] == '\0' ? NULL : ini_recall(arena, name, own);
    bool ok =
        open_installed(&reader, lines, NULL, installed_folder, name, &ignored) && read_layers(&reader, 0, &ignored);
    diag_free(diag);
    return ok;
}

uint16_t layout_style(const struct layout *layout, const char *name)
{
    for (size_t i = 0; i < layout->style_count; i++)
        if (strcmp(layout->styles[i].name, name) == 0)
            return (uint16_t)i;
    return 0;
}

const char *layout_word(const struct layout *layout, const char *key)
{
    struct layout_word wanted = {.key = key};
    const struct layout_word *word = layout->word_count == 0 ? NULL
                                                             : bsearch(&wanted, layout->words, layout->word_count,
                                                                       sizeof *layout->words, layout_compare_words);
    return word == NULL ? "" : word->text;
}
