#include "press/content.h"

#include <math.h>
#include <string.h>

void content_begin(struct content *content, int32_t height)
{
    buffer_clear(&content->out);
    content->height = height;
    content->in_text = content->turned = false;
    content->x = content->y = 0;
    content->font = 0;
    content->size = content->spacing = 0;
    content->fill = content->stroke = 0; /* the page begins with black, lines one point wide and solid */
    content->stroke_width = 1000;
    content->dash = 0;
}

void content_free(struct content *content)
{
    buffer_free(&content->out);
}

/* Writes value / 10^places, as short as can be, and a space. */
static void put(struct content *content, int64_t value, unsigned places)
{
    char text[32];
    size_t at = sizeof text;
    bool minus = value < 0;
    uint64_t left = minus ? 0 - (uint64_t)value : (uint64_t)value;
    text[--at] = ' ';
    bool tail = false;
    for (; places > 0; places--, left /= 10) {
        if (tail || left % 10 != 0) {
            text[--at] = (char)('0' + left % 10);
            tail = true;
        }
    }
    if (tail)
        text[--at] = '.';
    if (left > 0 || !tail) {
        do
            text[--at] = (char)('0' + left % 10);
        while ((left /= 10) > 0);
    }
    if (minus)
        text[--at] = '-';
    buffer_add(&content->out, text + at, sizeof text - at);
}

static void word(struct content *content, const char *text)
{
    buffer_add(&content->out, text, strlen(text));
}

static int64_t hundredths(int64_t thousandths)
{
    return thousandths >= 0 ? (thousandths + 5) / 10 : -((5 - thousandths) / 10);
}

static int64_t across(int64_t x)
{
    return hundredths(x);
}

static int64_t up(const struct content *content, int64_t y)
{
    return hundredths((int64_t)content->height - y);
}

static void put_grey(struct content *content, int32_t grey, const char *operator_)
{
    int64_t level = grey < 0 ? 0 : grey > 255 ? 255 : grey;
    put(content, (level * 1000 + 127) / 255, 3);
    word(content, operator_);
}

static void fill_grey(struct content *content, int32_t grey)
{
    if (content->fill != grey)
        put_grey(content, grey, "g\n");
    content->fill = grey;
}

static void leave_text(struct content *content)
{
    if (content->in_text)
        word(content, "ET\n");
    content->in_text = false;
}

void content_end(struct content *content)
{
    leave_text(content);
}

static void enter_text(struct content *content)
{
    if (content->in_text && content->turned)
        leave_text(content);
    if (!content->in_text) {
        word(content, "BT\n");
        content->in_text = true;
        content->turned = false;
        content->x = content->y = 0;
    }
}

void content_text(struct content *content, const struct item *item)
{
    int64_t x = across(item->x), y = up(content, item->y);
    if (item->turn != 0)
        leave_text(content);
    enter_text(content);
    fill_grey(content, item->fill < 0 ? 0 : item->fill);
    if (content->spacing != item->spacing) {
        put(content, item->spacing, 3);
        word(content, "Tc\n");
        content->spacing = item->spacing;
    }
    if (item->turn != 0) {
        double angle = item->turn % 360 * (3.14159265358979323846 / 180);
        int64_t cosine = llround(cos(angle) * 10000), sine = llround(sin(angle) * 10000);
        put(content, cosine, 4);
        put(content, sine, 4);
        put(content, -sine, 4);
        put(content, cosine, 4);
        put(content, x, 2);
        put(content, y, 2);
        word(content, "Tm\n");
        content->turned = true;
        return;
    }
    put(content, x - content->x, 2);
    put(content, y - content->y, 2);
    word(content, "Td\n");
    content->x = x;
    content->y = y;
}

void content_run(struct content *content, unsigned font, int32_t size, const char *bytes, size_t count)
{
    if (content->font != font || content->size != size) {
        word(content, "/F");
        put(content, font, 0);
        put(content, size, 3);
        word(content, "Tf\n");
        content->font = font;
        content->size = size;
    }
    buffer_char(&content->out, '(');
    for (size_t from = 0, at = 0; at <= count; at++) {
        bool escape = at < count && (bytes[at] == '(' || bytes[at] == ')' || bytes[at] == '\\');
        if (at == count || escape) {
            buffer_add(&content->out, bytes + from, at - from);
            from = at;
        }
        if (escape)
            buffer_char(&content->out, '\\');
    }
    word(content, ")Tj\n");
}

static void set_stroke(struct content *content, const struct item *item)
{
    if (content->stroke != item->stroke)
        put_grey(content, item->stroke, "G\n");
    content->stroke = item->stroke;
    if (content->stroke_width != item->stroke_width) {
        put(content, item->stroke_width, 3);
        word(content, "w\n");
        content->stroke_width = item->stroke_width;
    }
    int32_t dash = item->dash > 0 ? item->dash : 0;
    if (content->dash != dash) {
        buffer_char(&content->out, '[');
        if (dash > 0)
            put(content, dash, 3);
        word(content, "]0 d\n");
        content->dash = dash;
    }
}

static void point(struct content *content, int64_t x, int64_t y, const char *operator_)
{
    put(content, across(x), 2);
    put(content, up(content, y), 2);
    word(content, operator_);
}

void content_draw(struct content *content, const struct item *item)
{
    bool fill = item->fill >= 0 && item->kind != ITEM_LINE;
    bool stroke = item->stroke >= 0 && item->stroke_width > 0;
    size_t points = item->kind == ITEM_POLYGON ? item->point_count : 2;
    if ((!fill && !stroke) || points < 2)
        return;
    leave_text(content);
    if (fill)
        fill_grey(content, item->fill);
    if (stroke)
        set_stroke(content, item);
    int64_t x = item->x, y = item->y, right = x + item->w, bottom = y + item->h;
    if (item->kind == ITEM_RECT) {
        put(content, across(x), 2);
        put(content, up(content, bottom), 2);
        put(content, across(right) - across(x), 2);
        put(content, up(content, y) - up(content, bottom), 2);
        word(content, "re ");
    } else if (item->kind == ITEM_POLYGON) {
        for (size_t i = 0; i < points; i++)
            point(content, item->points[2 * i], item->points[2 * i + 1], i == 0 ? "m " : "l ");
        word(content, "h ");
    } else {
        point(content, x, y, "m ");
        point(content, right, bottom, "l ");
    }
    word(content, fill && stroke ? "B\n" : fill ? "f\n" : "S\n");
}
