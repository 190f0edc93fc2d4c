/* ini_check: every section and key of a file against the ones that are known. */
#include <string.h>

#include "base/diag.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "settings/ini.h"
#include "settings/value.h"

static bool section_matches(const char *known, const char *section)
{
    size_t length = strlen(known);
    if (length > 0 && known[length - 1] == '*')
        return strncmp(known, section, length - 1) == 0 && section[length - 1] != '\0';
    return strcmp(known, section) == 0;
}

static bool key_matches(const struct ini_known *known, const char *key)
{
    if (strcmp(known->key, "*") == 0 || strcmp(known->key, key) == 0)
        return true;
    size_t length = strlen(known->key);
    if (!known->numbered || strncmp(known->key, key, length) != 0)
        return false;
    size_t digits = strspn(key + length, "0123456789");
    return digits >= 1 && digits <= 2 && key[length + digits] == '\0';
}

bool ini_key_matches(const struct ini_known *known, const char *section, const char *key)
{
    return section_matches(known->section, section) && key_matches(known, key);
}

/* The known sections, or the keys of one section; each once. */
static size_t collect(const struct ini_known *known, size_t count, const char *section, const char **out)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (section != NULL && !section_matches(known[i].section, section))
            continue;
        const char *name = section == NULL ? known[i].section : known[i].key;
        bool twice = strcmp(name, "*") == 0;
        for (size_t k = 0; k < found; k++)
            twice = twice || strcmp(out[k], name) == 0;
        if (!twice)
            out[found++] = name;
    }
    return found;
}

static bool know_section(const struct ini_known *known, size_t count, const char *section)
{
    for (size_t i = 0; i < count; i++)
        if (section_matches(known[i].section, section))
            return true;
    return false;
}

static void check_key(struct arena *arena, const struct ini_value *value, const struct ini_known *known, size_t count,
                      struct diag *diag)
{
    const char *elsewhere = NULL;
    for (size_t i = 0; i < count; i++) {
        if (ini_key_matches(&known[i], value->section, value->key))
            return;
        if (strcmp(known[i].key, "*") != 0 && key_matches(&known[i], value->key))
            elsewhere = known[i].section;
    }
    if (elsewhere != NULL) {
        diag_add(diag, DIAG_ERROR, value->file, value->line, value->key_column,
                 _("the key '%s' belongs under [%s], not under [%s]"), value->key, elsewhere, value->section);
        return;
    }
    const char **names = arena_alloc(arena, (count + 1) * sizeof *names);
    size_t found = collect(known, count, value->section, names);
    diag_add(diag, DIAG_ERROR, value->file, value->line, value->key_column, _("there is no key '%s' in [%s]; %s"),
             value->key, value->section, value_advice(arena, value->key, names, found));
}

void ini_check(struct arena *arena, const struct ini *ini, const struct ini_known *known, size_t count,
               struct diag *diag)
{
    const char **names = arena_alloc(arena, (count + 1) * sizeof *names);
    size_t found = collect(known, count, NULL, names);
    int32_t line = 0;
    const char *section = NULL;
    for (size_t i = 0; (section = ini_section(ini, i, &line)) != NULL; i++)
        if (!know_section(known, count, section))
            diag_add(diag, DIAG_ERROR, ini_file(ini), line, 0, _("there is no section [%s]; %s"), section,
                     value_advice(arena, section, names, found));
    for (size_t i = 0; i < ini_count(ini); i++)
        if (know_section(known, count, ini_at(ini, i)->section))
            check_key(arena, ini_at(ini, i), known, count, diag);
}
