/* Any bytes as an export: what is read must keep to the contract of the records. */
#ifndef PAPERDIARY_TESTS_FUZZ_INTAKE_H
#define PAPERDIARY_TESTS_FUZZ_INTAKE_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "intake/intake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void fuzz_expect(bool holds)
{
    if (!holds)
        abort();
}

static inline void fuzz_lessons(const struct export *out, const struct school *school)
{
    for (size_t i = 0; i < out->count; i++) {
        const struct lesson_row *row = &out->rows.lessons[i];
        const symbol symbols[] = {row->form,  row->code,     row->pupil, row->subject, row->teacher,
                                  row->topic, row->homework, row->work,  row->mark,    row->comment};
        for (size_t n = 0; n < sizeof symbols / sizeof symbols[0]; n++)
            fuzz_expect(symbols[n] < out->symbol_count);
        fuzz_expect(row->form != 0 && row->subject != 0 && row->line > 0);
        fuzz_expect(row->lesson <= 12 && row->reason < REASON_COUNT && row->weight > 0);
        fuzz_expect(date_to_civil(row->day).year >= 1990 && date_to_civil(row->day).year <= 2101);
        const char *mark = out->symbols[row->mark];
        fuzz_expect(*mark == '\0' || strcmp(mark, ".") == 0 || school_lookup_mark(school, mark) != NULL);
        fuzz_expect(row->mark == 0 || row->code != 0 || row->pupil != 0);
        fuzz_expect(*mark == '\0' || !school_without_marks(school, out->symbols[row->form]));
    }
}

static inline void fuzz_finals(const struct export *out)
{
    for (size_t i = 0; i < out->count; i++) {
        const struct final_row *row = &out->rows.finals[i];
        fuzz_expect(row->period >= FINAL_TERM_1 && row->period <= FINAL_FINAL && *row->mark != '\0');
        fuzz_expect(text_is_utf8(row->name, strlen(row->name), NULL) && *row->subject != '\0');
    }
}

/* Reads the bytes; where the first one is odd, wrong rows are put aside. */
static inline int fuzz_read(const uint8_t *data, size_t size, enum profile_shape shape)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct err err = {0};
    struct school school = {0};
    struct export out = {0};
    struct profile profile = profile_default();
    school_defaults(arena, &school);
    profile.shape = shape;
    school.skip_rejects = size > 0 && data[0] % 2 == 1;
    bool ok = intake_read_bytes(arena, "fuzz.csv", (const char *)data, size, &school, &profile,
                                date_from_civil(2026, 11, 21), &out, diag, &err);
    fuzz_expect(ok == (err.code == ERR_NONE) && (ok || diag_count(diag, DIAG_ERROR) > 0));
    fuzz_expect(!ok || school.skip_rejects || diag_count(diag, DIAG_ERROR) == 0);
    for (size_t i = 0; i < out.symbol_count; i++)
        fuzz_expect(text_is_utf8(out.symbols[i], strlen(out.symbols[i]), NULL));
    const struct diag_item *item = NULL;
    for (size_t i = 0; (item = diag_lookup(diag, i)) != NULL; i++)
        fuzz_expect(item->line >= 0 && item->column >= 0);
    if (ok && out.kind == EXPORT_GRADEBOOK)
        fuzz_lessons(&out, &school);
    if (ok && out.kind == EXPORT_FINALS)
        fuzz_finals(&out);
    diag_free(diag);
    arena_free(arena);
    return 0;
}

#endif
