#include "base/file.h"
#include "base/mem.h"
#include "settings/layout.h"

static void add_side(struct buffer *out, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_format(out, "%s,", names[i]);
    buffer_char(out, '\n');
}

void layout_digest(const struct layout *layout, char out[65])
{
    struct buffer text = {0};
    buffer_format(&text, "%d %d %d %d %d %d %d\n", (int)layout->page_width, (int)layout->page_height,
                  (int)layout->margin_top, (int)layout->margin_right, (int)layout->margin_bottom,
                  (int)layout->margin_left, (int)layout->largest_body);
    for (size_t i = 0; i < layout->style_count; i++) {
        const struct style *style = &layout->styles[i];
        buffer_format(&text, "%s %d %d %d %d %d\n", style->name, (int)style->face, (int)style->size,
                      (int)style->leading, (int)style->grey, (int)style->spacing);
    }
    add_side(&text, layout->front, layout->front_count);
    add_side(&text, layout->back, layout->back_count);
    for (size_t i = 0; i < layout->window_count; i++) {
        const struct layout_window *window = &layout->windows[i];
        buffer_format(&text, "%s %d %d %d %d %d\n", window->name, (int)window->left, (int)window->top,
                      (int)window->width, (int)window->height, (int)window->fold);
    }
    for (size_t i = 0; i < layout->word_count; i++)
        buffer_format(&text, "%s=%s\n", layout->words[i].key, layout->words[i].text);
    file_sha256(text.data, text.size, out);
    buffer_free(&text);
}
