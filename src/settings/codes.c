#include "settings/codes.h"

#include <string.h>

#include "base/diag.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "settings/ini.h"
#include "settings/value.h"

#define CODE_LENGTH 12 /* characters */

const char *codes_key(enum reason reason)
{
    static const char *const keys[REASON_COUNT] = {
        [REASON_ILL] = "ill",       [REASON_EXCUSED] = "excused", [REASON_UNEXCUSED] = "unexcused",
        [REASON_ABSENT] = "absent", [REASON_LATE] = "late",       [REASON_RELEASED] = "released",
    };
    return keys[reason];
}

static void read_code(struct arena *arena, const struct ini_value *value, const struct value_item *item,
                      enum reason reason, bool yields, struct code_list *list, struct diag *diag)
{
    int32_t column = value->column + item->offset;
    if (*item->text == '\0' || strpbrk(item->text, " /0123456789") != NULL || text_length(item->text) > CODE_LENGTH) {
        diag_add(diag, DIAG_ERROR, value->file, value->line, column,
                 _("'%s' can't be a code of attendance; codes are short words without digits, blanks or slashes, "
                   "separated by commas"),
                 item->text);
        return;
    }
    const char *folded = text_fold(arena, item->text);
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i].code, folded) != 0)
            continue;
        if (list->items[i].reason != reason && !yields)
            diag_add(diag, DIAG_ERROR, value->file, value->line, column,
                     _("the code '%s' already means '%s'; keep it under one reason (upper and lower case are alike)"),
                     item->text, codes_key(list->items[i].reason));
        return;
    }
    list->items = mem_grow(list->items, list->count, &list->room, sizeof *list->items);
    list->items[list->count++] = (struct attendance_code){.code = folded, .shown = item->text, .reason = reason};
}

void codes_read(struct arena *arena, const struct ini_value *value, enum reason reason, bool yields,
                struct code_list *list, struct diag *diag)
{
    const struct value_item *items = NULL;
    size_t count = value_list(arena, value->text, false, &items);
    for (size_t i = 0; i < count; i++)
        read_code(arena, value, &items[i], reason, yields, list, diag);
}

const struct attendance_code *codes_keep(struct arena *arena, struct code_list *list, size_t *count)
{
    struct attendance_code *kept = arena_alloc(arena, (list->count + 1) * sizeof *kept);
    if (list->count > 0)
        memcpy(kept, list->items, list->count * sizeof *kept);
    *count = list->count;
    mem_free(list->items);
    *list = (struct code_list){0};
    return kept;
}
