/* The rounds of `run`: the inbox, the sheets that are due, the printer, the obligations. Each adds its lines to one
 * summary, which fits a mail. */
#ifndef PAPERDIARY_COMMANDS_ROUNDS_H
#define PAPERDIARY_COMMANDS_ROUNDS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct err;
struct session;
struct taken;

/* Of each part of the summary so many lines, and one for what is left; with those on inbox, printing, exports that are
 * waited for, warnings and the heading 15 in all, so that it fits a mail. */
enum { MOST_FILES = 2, MOST_PERIODS = 3, MOST_OVERDUE = 2, MOST_FORMS = 8 };

struct summary {
    struct session *session;
    struct buffer good, bad; /* lines: what was done, what needs a person; ids and counts, never a child's name */
    json_t *inbox, *issued, *overdue;
    struct taken *files; /* of the inbox, that were dealt with */
    size_t file_count, refused;
    size_t periods, sheets;
    const char *warning; /* the first of what the sheets have to warn of */
    size_t warnings;
};

/* Adds a line: `bad` needs a person. */
void summary_line(struct summary *summary, bool bad, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Imports what is in inbox/ and moves it. */
bool rounds_take_inbox(struct summary *summary, struct err *err);
/* Issues everything that is due, kind by kind. */
bool rounds_issue(struct summary *summary, struct err *err);
/* Hands what was issued to the printer, where --print asks for it; last of all: a queue that fails keeps nothing from
 * being issued. */
bool rounds_print(struct summary *summary, struct err *err);
/* What is overdue, and whose export is waited for. */
bool rounds_look_at_duties(struct summary *summary, struct err *err);

#endif
