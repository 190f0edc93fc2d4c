/* Reminder slips as files: out/remind-2026-11-21/3А.pdf. */
#ifndef PAPERDIARY_ISSUE_REMIND_H
#define PAPERDIARY_ISSUE_REMIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "issue/batch.h"
#include "sheets/remind.h"

struct arena;
struct err;

/* The slips of one class. */
struct remind_class {
    const char *form;
    const struct remind_slip *slips;
    size_t slip_count;
    const char *file; /* set by remind_print: where they stand */
};

/* A file for each class that has slips, whole or not at all. */
bool remind_print(struct arena *arena, const struct workshop *shop, const char *folder, int32_t as_of,
                  struct remind_class *classes, size_t count, struct err *err);

#endif
