#include "base/mem.h"
#include "base/text.h"
#include "press/press.h"

static const char *const face_names[FACE_COUNT] = {"Sans",       "SansBold", "SansItalic", "Narrow",
                                                   "NarrowBold", "Serif",    "SerifBold"};

static void length(struct buffer *out, int64_t thousandths)
{
    int64_t size = thousandths < 0 ? -thousandths : thousandths;
    buffer_format(out, " %s%lld.%03lld", thousandths < 0 ? "-" : "", (long long)(size / 1000),
                  (long long)(size % 1000));
}

static void number(struct buffer *out, int32_t value)
{
    buffer_format(out, " %d", (int)value);
}

/* The rest of a line: a text's control characters are shown by their number. */
static void plain_text(struct buffer *out, const char *text)
{
    for (uint32_t code = text_next(&text); code; code = text_next(&text)) {
        char utf8[5];
        if (code < 0x20 || code == 0x7F)
            buffer_format(out, "\\u%04X", (unsigned)code);
        else
            buffer_add(out, utf8, text_put(utf8, code));
    }
}

static void trace_text(const struct item *item, struct buffer *out)
{
    bool known = (unsigned)item->face < FACE_COUNT;
    buffer_text(out, "text");
    length(out, item->x);
    length(out, item->y);
    buffer_format(out, " %s", known ? face_names[item->face] : "?");
    length(out, item->size);
    number(out, item->fill < 0 ? 0 : item->fill);
    if (item->spacing != 0) {
        buffer_text(out, " spaced");
        length(out, item->spacing);
    }
    if (item->turn != 0) {
        buffer_text(out, " turned");
        number(out, item->turn);
    }
    buffer_text(out, " ");
    plain_text(out, item->text ? item->text : "");
}

static void trace_path(const struct item *item, struct buffer *out)
{
    buffer_text(out, item->kind == ITEM_LINE ? "line" : item->kind == ITEM_RECT ? "rect" : "polygon");
    if (item->kind == ITEM_POLYGON) {
        for (size_t i = 0; i < 2 * item->point_count; i++)
            length(out, item->points[i]);
    } else {
        length(out, item->x);
        length(out, item->y);
        length(out, item->w);
        length(out, item->h);
    }
    if (item->fill >= 0 && item->kind != ITEM_LINE) {
        buffer_text(out, " fill");
        number(out, item->fill);
    }
    if (item->stroke >= 0 && item->stroke_width > 0) {
        buffer_text(out, " stroke");
        number(out, item->stroke);
        length(out, item->stroke_width);
        if (item->dash > 0) {
            buffer_text(out, " dash");
            length(out, item->dash);
        }
    }
}

void press_trace(const struct page *pages, size_t count, struct buffer *out)
{
    for (size_t p = 0; p < count; p++) {
        buffer_format(out, "page %zu", p + 1);
        length(out, pages[p].width);
        length(out, pages[p].height);
        buffer_text(out, "\n");
        for (size_t i = 0; i < pages[p].item_count; i++) {
            if (pages[p].items[i].kind == ITEM_TEXT)
                trace_text(&pages[p].items[i], out);
            else
                trace_path(&pages[p].items[i], out);
            buffer_text(out, "\n");
        }
    }
}
