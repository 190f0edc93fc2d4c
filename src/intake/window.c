#include "intake/window.h"

#include <string.h>

#include "base/stopwatch.h"
#include "intake/decode.h"

void window_free(struct window *window)
{
    decode_end(window->decoding);
    buffer_free(&window->text);
    *window = (struct window){0};
}

void window_rewind(struct window *window, const struct encoded *encoded)
{
    decode_end(window->decoding);
    buffer_clear(&window->text);
    buffer_room(&window->text, 0);
    window->decoding = decode_begin(encoded);
    window->row = window->at = 0;
    window->line = 1;
}

bool window_more(struct window *window)
{
    struct buffer *text = &window->text;
    size_t gone = window->row;
    if (gone > 0)
        memmove(text->data, text->data + gone, text->size - gone);
    text->size -= gone;
    window->at -= gone;
    window->row = 0;
    enum stage before = stopwatch_enter(STAGE_DECODE);
    bool more = decode_next(window->decoding, text);
    stopwatch_enter(before);
    return more;
}

size_t window_line(struct window *window)
{
    for (size_t known = 0;;) {
        size_t from = window->at + known;
        const char *data = window->text.data;
        const char *end = from < window->text.size ? memchr(data + from, '\n', window->text.size - from) : NULL;
        if (end != NULL)
            return (size_t)(end + 1 - data);
        known = window->text.size - window->at;
        if (!window_more(window))
            return window->text.size;
    }
}

bool window_skip(struct window *window)
{
    window->row = window->at;
    size_t end = window_line(window);
    if (end == window->at)
        return false;
    window->at = end;
    window->line++;
    return true;
}

void window_seek(struct window *window, int32_t line)
{
    while (window->line < line && window_skip(window))
        continue;
    window->row = window->at;
}

size_t window_lines(struct window *window, int count)
{
    window->row = window->at;
    for (int i = 0; i < count; i++)
        window->at = window_line(window);
    size_t end = window->at;
    window->at = window->row;
    return end;
}
