/* One sheet's pages: made, pressed into a file of its own or into a bundle. */
#ifndef PAPERDIARY_ISSUE_PAGES_H
#define PAPERDIARY_ISSUE_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buffer;
struct err;
struct piece;
struct press_pack;
struct set_report;
struct sheet_class;
struct sheet_label;
struct sheet_maker;
struct store;
struct workshop;

/* What the head of the planned piece says; `number` NULL: a specimen. `made` is the day it says. Asks the store. */
bool pages_label(struct store *store, struct arena *arena, const struct piece *piece, const char *number, int32_t made,
                 struct sheet_label *out, struct err *err);

/* Computes, composes, sets and draws the planned piece. What it needs is taken from the class's arena, which nobody
 * else may use meanwhile; sheets with an arena each can be made by several threads. */
bool pages_make(const struct workshop *shop, const struct sheet_maker *maker, const struct sheet_class *class,
                struct piece *piece, const struct sheet_label *label, struct set_report *report,
                struct press_pack **out, struct err *err);

/* The bytes of a file of these pages alone. */
bool pages_bytes(const struct workshop *shop, const char *title, const struct press_pack *pack, struct buffer *out,
                 struct err *err);

/* The day of «YYYY-MM-DD HH:MM:SS»; DATE_NONE where it is none. */
int32_t pages_day_of(const char *stamp);

#endif
