/* The print queue: files are handed to the configured command (lp). */
#ifndef PAPERDIARY_ISSUE_QUEUE_H
#define PAPERDIARY_ISSUE_QUEUE_H

#include <stdbool.h>

struct err;

/* Runs `command options… path` and waits. `options` are words parted by spaces; no shell reads them. A command that is
 * missing or fails is ERR_MACHINE: the sheets stay issued. */
bool queue_print(const char *command, const char *options, const char *path, struct err *err);

#endif
