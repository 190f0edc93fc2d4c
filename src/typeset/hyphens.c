#include "typeset/hyphens.h"

#include <errno.h>
#include <hyphen.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "typeset/set.h"

#define LEAST_BEFORE 2
#define LEAST_AFTER  3
#define LEAST_WORD   5

struct hyphens {
    HyphenDict *dictionary;
};

/* Where memory fails, libhyphen calls exit(1). In it, that end becomes the one that it is everywhere else. */
static atomic_int inside;

static void end_inside(void)
{
    if (atomic_load(&inside) > 0)
        mem_end();
}

static HyphenDict *load(const char *path)
{
    static atomic_flag watched = ATOMIC_FLAG_INIT;
    if (!atomic_flag_test_and_set(&watched))
        atexit(end_inside);
    atomic_fetch_add(&inside, 1);
    HyphenDict *read = hnj_hyphen_load(path);
    atomic_fetch_sub(&inside, 1);
    return read;
}

bool hyphens_open(const char *dictionary, struct hyphens **out, struct err *err)
{
    errno = 0;
    HyphenDict *read = load(dictionary);
    mem_check();
    if (read == NULL || strcmp(read->cset, "KOI8-R") != 0) {
        if (read != NULL)
            hnj_hyphen_free(read);
        return err_set(err, ERR_MACHINE,
                       _("%s: this is no hyphenation dictionary in KOI8-R; the build makes it from hyphen-ru"),
                       dictionary);
    }
    struct hyphens *hyphens = mem_alloc(sizeof *hyphens);
    hyphens->dictionary = read;
    *out = hyphens;
    return true;
}

void hyphens_free(struct hyphens *hyphens)
{
    if (hyphens == NULL)
        return;
    hnj_hyphen_free(hyphens->dictionary);
    mem_free(hyphens);
}

/* The letter in KOI8-R, small; 0: none of ours. ё is read as е, Komi і and ӧ as и and о. */
static char koi8_small(uint32_t code)
{
    static const unsigned char small[32] = {0xC1, 0xC2, 0xD7, 0xC7, 0xC4, 0xC5, 0xD6, 0xDA, 0xC9, 0xCA, 0xCB,
                                            0xCC, 0xCD, 0xCE, 0xCF, 0xD0, 0xD2, 0xD3, 0xD4, 0xD5, 0xC6, 0xC8,
                                            0xC3, 0xDE, 0xDB, 0xDD, 0xDF, 0xD9, 0xD8, 0xDC, 0xC0, 0xD1};
    switch (code) {
    case 0x401:
    case 0x451:
        code = 0x435;
        break;
    case 0x406:
    case 0x456:
        code = 0x438;
        break;
    case 0x4E6:
    case 0x4E7:
        code = 0x43E;
        break;
    default:
        break;
    }
    if (code >= 0x410 && code <= 0x42F)
        code += 0x20;
    return code >= 0x430 && code <= 0x44F ? (char)small[code - 0x430] : 0;
}

static bool is_capital(uint32_t code)
{
    return (code >= 0x400 && code <= 0x42F) || code == 0x4E6;
}

void hyphens_find(const struct hyphens *hyphens, const uint32_t *letters, size_t count, bool *after)
{
    memset(after, 0, count * sizeof *after);
    if (hyphens == NULL || count < LEAST_WORD || count > HYPHENS_LONGEST)
        return;
    char word[HYPHENS_LONGEST + 1] = {0};
    size_t capitals = 0;
    for (size_t i = 0; i < count; i++) {
        word[i] = koi8_small(letters[i]);
        capitals += is_capital(letters[i]);
        if (word[i] == 0)
            return;
    }
    if (capitals > 1 || (capitals == 1 && !is_capital(letters[0])))
        return;
    char points[HYPHENS_LONGEST + 8] = {0};
    char **replaced = NULL;
    int *at = NULL, *cut = NULL;
    atomic_fetch_add(&inside, 1);
    int failure = hnj_hyphen_hyphenate2(hyphens->dictionary, word, (int)count, points, NULL, &replaced, &at, &cut);
    atomic_fetch_sub(&inside, 1);
    if (failure == 0)
        for (size_t i = LEAST_BEFORE - 1; i + LEAST_AFTER < count; i++)
            after[i] = (points[i] & 1) != 0;
    free(replaced);
    free(at);
    free(cut);
}
