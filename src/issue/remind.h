/* The list and the slips of a class as a file: out/remind-2026-11-21/3А.pdf. */
#ifndef PAPERDIARY_ISSUE_REMIND_H
#define PAPERDIARY_ISSUE_REMIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "issue/batch.h"
#include "sheets/remind.h"

struct arena;
struct err;

/* A file for each class that has slips, whole or not at all; sets the classes' `file`. */
bool remind_print(struct arena *arena, const struct workshop *shop, const char *folder, const struct remind_day *day,
                  struct remind_class *classes, size_t count, struct err *err);

#endif
