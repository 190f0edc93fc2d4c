/* Settings are read from files: the input goes into a file of a folder of its own. */
#ifndef PAPERDIARY_TESTS_FUZZ_SETTINGS_H
#define PAPERDIARY_TESTS_FUZZ_SETTINGS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char fuzz_place[64] = "";

static inline void fuzz_clear(void)
{
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", fuzz_place);
    if (system(command) != 0)
        abort();
}

/* The folder of this process, made once and removed at its end. */
static inline const char *fuzz_folder(void)
{
    if (*fuzz_place == '\0') {
        strcpy(fuzz_place, "/tmp/paperdiary-fuzz-XXXXXX");
        if (mkdtemp(fuzz_place) == NULL || atexit(fuzz_clear) != 0)
            abort();
    }
    return fuzz_place;
}

/* Writes the file folder/part/name and returns its path (of the arena). */
static inline const char *fuzz_write(struct arena *arena, const char *part, const char *name, const void *data,
                                     size_t size)
{
    const char *folder = arena_format(arena, "%s/%s", fuzz_folder(), part);
    mkdir(folder, 0700);
    const char *path = arena_format(arena, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file == NULL || (size > 0 && fwrite(data, 1, size, file) != size) || fclose(file) != 0)
        abort();
    return path;
}

/* The guard and iniparser have to agree on every file that the guard lets pass, and who refuses says why. */
static inline void fuzz_judge(bool loaded, const struct err *err, const struct diag *diag)
{
    if (loaded != (err->code == ERR_NONE) || strstr(err->text, "changed while it was read") != NULL)
        abort();
    if (loaded && diag_count(diag, DIAG_ERROR) > 0)
        abort();
}

#endif
