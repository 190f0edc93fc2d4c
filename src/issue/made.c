#include "issue/made.h"

#include "base/file.h"
#include "base/mem.h"
#include "press/press.h"
#include "settings/layout.h"
#include "settings/school.h"
#include "store/store.h"

enum { MOST_BYTES = 16 << 20 };

/* One digest of the digests of the files. */
static bool digest_files(struct arena *arena, const char *folder, const char *extra, char out[65], struct err *err)
{
    const char **names = NULL;
    size_t count = 0;
    struct buffer bytes = {0}, list = {0};
    bool ok = file_list(arena, folder, &names, &count, err);
    for (size_t i = 0; ok && i <= count; i++) {
        const char *name = i < count ? names[i] : file_base_name(extra);
        const char *path = i < count ? file_join(arena, folder, name) : extra;
        ok = file_read(path, MOST_BYTES, &bytes, err);
        file_sha256(bytes.data == NULL ? "" : bytes.data, bytes.size, out);
        buffer_format(&list, "%s %s\n", name, out);
    }
    if (ok)
        file_sha256(list.data, list.size, out);
    buffer_free(&bytes);
    buffer_free(&list);
    return ok;
}

bool made_note(struct arena *arena, const struct school *school, const struct layout *layout, const char *fonts,
               const char *hyphens, struct made_with *out, struct err *err)
{
    char *of_layout = arena_alloc(arena, 65), *of_fonts = arena_alloc(arena, 65);
    layout_digest(layout, of_layout);
    *out = (struct made_with){.program =
                                  arena_format(arena, "paperdiary %s, %s", PAPERDIARY_VERSION, press_versions(arena)),
                              .layout = of_layout,
                              .fonts = of_fonts,
                              .settings = school->digest,
                              .layout_text = layout->own,
                              .settings_text = school->seen};
    return digest_files(arena, fonts, hyphens, of_fonts, err);
}
