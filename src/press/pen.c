#include "press/pen.h"

#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/text.h"

enum {
    LEVEL = 6,     /* of deflating */
    RUN_MOST = 512 /* bytes of text written at once */
};

void pack_free(struct press_pack *pack)
{
    mem_free(pack->pages);
    mem_free(pack->banks);
    buffer_free(&pack->bytes);
    *pack = (struct press_pack){0};
}

bool pen_open(struct pen *pen, struct err *err)
{
    pen->deflating = deflateInit(&pen->deflater, LEVEL) == Z_OK;
    return pen->deflating || err_set(err, ERR_MACHINE, _("the PDF can't be made: there is too little memory"));
}

void pen_close(struct pen *pen)
{
    content_free(&pen->content);
    if (pen->deflating)
        deflateEnd(&pen->deflater);
}

unsigned pen_font(const struct bank *bank)
{
    return bank->number * FACE_COUNT + (unsigned)bank->face + 1;
}

/* The bank, noted in the pack; NULL: it can't be made. */
static const struct bank *use_bank(struct banks *banks, enum face face, uint32_t number, struct press_pack *pack,
                                   struct err *err)
{
    for (size_t i = 0; i < pack->bank_count; i++)
        if (pack->banks[i]->face == face && pack->banks[i]->number == number)
            return pack->banks[i];
    const struct bank *bank = banks_lookup(banks, face, number, err);
    if (!bank)
        return NULL;
    pack->banks = mem_grow(pack->banks, pack->bank_count, &pack->bank_room, sizeof(struct bank *));
    pack->banks[pack->bank_count++] = bank;
    return bank;
}

static bool draw_text(struct content *content, struct banks *banks, const struct item *item, struct press_pack *pack,
                      struct err *err)
{
    char run[RUN_MOST];
    size_t count = 0;
    uint32_t number = 0;
    const char *at = item->text ? item->text : "";
    const struct bank *bank = NULL;
    if (!*at || item->size <= 0)
        return true;
    content_text(content, item);
    for (uint32_t code = text_next(&at); code; code = text_next(&at)) {
        unsigned char byte = bank_place(item->face, code, &number);
        bool other = !bank || bank->number != number;
        if (count > 0 && (other || count == RUN_MOST)) {
            content_run(content, pen_font(bank), item->size, run, count);
            count = 0;
        }
        if (other && !(bank = use_bank(banks, item->face, number, pack, err)))
            return false;
        if (!bank->holds[byte])
            return err_set(err, ERR_MACHINE, _("a font lacks the character U+%04X that stands in the text"),
                           (unsigned)code);
        run[count++] = (char)byte;
    }
    if (count > 0)
        content_run(content, pen_font(bank), item->size, run, count);
    return true;
}

static bool deflate_page(struct pen *pen, struct buffer *out)
{
    z_stream *deflater = &pen->deflater;
    char room[8192];
    int state = Z_OK;
    deflateReset(deflater);
    deflater->next_in = (Bytef *)pen->content.out.data;
    deflater->avail_in = (uInt)pen->content.out.size;
    while (state == Z_OK) {
        deflater->next_out = (Bytef *)room;
        deflater->avail_out = sizeof room;
        state = deflate(deflater, Z_FINISH);
        buffer_add(out, room, sizeof room - deflater->avail_out);
    }
    return state == Z_STREAM_END;
}

bool pen_draw(struct pen *pen, struct banks *banks, const struct page *page, struct press_pack *pack, struct err *err)
{
    struct content *content = &pen->content;
    struct packed_page packed = {.width = page->width, .height = page->height, .from = pack->bytes.size};
    content_begin(content, page->height);
    for (size_t i = 0; i < page->item_count; i++) {
        if (page->items[i].kind != ITEM_TEXT)
            content_draw(content, &page->items[i]);
        else if (!draw_text(content, banks, &page->items[i], pack, err))
            return false;
    }
    content_end(content);
    if (content->out.size > 0 && !deflate_page(pen, &pack->bytes))
        return err_set(err, ERR_MACHINE, _("the PDF can't be made: there is too little memory"));
    packed.size = pack->bytes.size - packed.from;
    pack->pages = mem_grow(pack->pages, pack->count, &pack->room, sizeof *pack->pages);
    pack->pages[pack->count++] = packed;
    return true;
}
