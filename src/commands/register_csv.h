/* The register as a table for Excel. */
#ifndef PAPERDIARY_COMMANDS_REGISTER_CSV_H
#define PAPERDIARY_COMMANDS_REGISTER_CSV_H

#include <stddef.h>

struct sheet_row;

/* «with the pupil», for what the store calls "hand" or leaves empty. */
const char *register_way(const char *delivery);

/* To stdout: UTF-8 with BOM, «;», RFC 4180 quotes; a cell that Excel would take for a formula has an apostrophe in
 * front. */
void register_csv(const struct sheet_row *rows, size_t count);

#endif
