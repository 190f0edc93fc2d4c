/* The workshop that sheets are made in: the layout beside the checkout, faces and hyphens as the build made them. */
#ifndef PAPERDIARY_TESTS_SHOP_H
#define PAPERDIARY_TESTS_SHOP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "issue/weekly.h"
#include "press/press.h"
#include "typeset/metrics.h"
#include "typeset/set.h"

/* `name` below the build folder: the test stands in its tests/. */
static inline const char *shop_part(struct arena *arena, const char *name)
{
    char path[4096] = "";
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
    for (int up = 0; up < 2 && size > 0; up++)
        *strrchr(path, '/') = '\0';
    return file_join(arena, path, name);
}

static inline struct workshop shop_open(struct arena *arena)
{
    struct diag *diag = diag_new();
    struct workshop shop = {.standing = standing_new()};
    struct err err = {0};
    if (!layout_load(arena, NULL, "layouts", "weekly", &shop.layout, diag, &err) ||
        !layout_load(arena, NULL, "layouts", "register", &shop.register_layout, diag, &err) ||
        !layout_load(arena, NULL, "layouts", "envelope", &shop.envelope_layout, diag, &err) ||
        !metrics_open(shop_part(arena, "fonts"), &shop.metrics, &err) ||
        !hyphens_open(shop_part(arena, "hyphen/hyph_ru.dic"), &shop.hyphens, &err) ||
        !press_open(shop.metrics, &shop.press, &err))
        fail_msg("%s", err.text);
    diag_free(diag);
    return shop;
}

static inline void shop_close(struct workshop *shop)
{
    standing_free(shop->standing);
    press_free(shop->press);
    hyphens_free(shop->hyphens);
    metrics_free(shop->metrics);
}

#endif
