/* Any bytes as a school's profile, over an installed one or alone. */
#include "fuzz_settings.h"

#include "settings/profile.h"

static const char installed[] = "[profile]\nshape = netschool-report\n[columns]\nmark = Оценка\n"
                                "[codes]\nill = Б\nlate = О, ОП\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct err err = {0};
    struct profile profile = {0};
    bool alone = size > 0 && data[0] % 2 == 0;
    const char *name = alone ? "alone" : "both";
    fuzz_write(arena, "installed", "both.ini", installed, sizeof installed - 1);
    fuzz_write(arena, "profiles", alone ? "alone.ini" : "both.ini", data, size);
    bool loaded = profile_load(arena, fuzz_folder(), arena_format(arena, "%s/installed", fuzz_folder()), name, &profile,
                               diag, &err);
    fuzz_judge(loaded, &err, diag);
    for (size_t i = 0; loaded && i < profile.code_count; i++)
        if (profile.codes[i].reason <= REASON_PRESENT || profile.codes[i].reason >= REASON_COUNT)
            abort();
    if (loaded && *profile.mark_separators == '\0')
        abort();
    diag_free(diag);
    arena_free(arena);
    return 0;
}
