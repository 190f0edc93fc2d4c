/* One sheet's pages: made, pressed into a file of its own or into a bundle. */
#ifndef PAPERDIARY_ISSUE_PAGES_H
#define PAPERDIARY_ISSUE_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;
struct err;
struct page;
struct piece;
struct press_job;
struct set_report;
struct sheet_class;
struct sheet_maker;
struct store;
struct workshop;

/* Computes, composes and sets the planned piece; `number` NULL: a specimen. `made` is the day it says. The pages live
 * in the class's arena. */
bool pages_make(const struct workshop *shop, struct store *store, const struct sheet_maker *maker,
                const struct sheet_class *class, struct piece *piece, const char *number, int32_t made,
                struct set_report *report, struct err *err);

/* `backs`: an odd number of pages gets an empty back, so that the next sheet starts on a front side. */
void pages_press(struct press_job *job, const struct page *pages, size_t count, bool backs);

/* The bytes of a file of these pages alone. */
bool pages_bytes(const struct workshop *shop, const char *title, const struct page *pages, size_t count,
                 struct buffer *out, struct err *err);

/* The day of «YYYY-MM-DD HH:MM:SS»; DATE_NONE where it is none. */
int32_t pages_day_of(const char *stamp);

#endif
