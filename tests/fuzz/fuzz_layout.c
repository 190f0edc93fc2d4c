/* Any bytes as a school's layout over a small installed one, or (first byte even) as the installed one. */
#include "fuzz_settings.h"

#include "settings/layout.h"

static const char installed[] =
    "[page]\nsize = A4\nmargin_top = 11 mm\nmargin_right = 12 mm\nmargin_bottom = 10 mm\nmargin_left = 18 mm\n"
    "[style body]\nsize = 9.3 pt\n[style note]\nface = narrow\nsize = 8 pt\n[blocks]\nfront = head, days\nback = "
    "marks\n"
    "[words]\nhead.left = до конца {days}\nslip.title = Талон\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct err err = {0};
    struct layout layout = {0};
    bool whole = size > 0 && data[0] % 2 == 0;
    fuzz_write(arena, "installed", "weekly.ini", whole ? (const void *)data : installed,
               whole ? size : sizeof installed - 1);
    const char *folder = fuzz_folder();
    fuzz_write(arena, "layouts", "weekly.ini", whole ? (const void *)"" : data, whole ? 0 : size);
    bool loaded =
        layout_load(arena, folder, arena_format(arena, "%s/installed", folder), "weekly", &layout, diag, &err);
    fuzz_judge(loaded, &err, diag);
    if (loaded) {
        if (layout.style_count == 0 || strcmp(layout.styles[layout_style(&layout, "body")].name, "body") != 0 ||
            layout.front == NULL || layout.largest_body < layout.styles[0].size || layout.page_width <= 0)
            abort();
        for (size_t i = 0; i < layout.word_count; i++)
            if (layout_word(&layout, layout.words[i].key) != layout.words[i].text)
                abort();
    }
    diag_free(diag);
    arena_free(arena);
    return 0;
}
