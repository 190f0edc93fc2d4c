/* A command describes itself; parsing, help, completion and the man page's list come from these tables. */
#ifndef PAPERDIARY_COMMANDS_COMMAND_H
#define PAPERDIARY_COMMANDS_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/place.h"

struct arena;
struct err;
struct call;

/* An option of the command line. */
struct flag {
    const char *name;     /* "week" */
    const char *argument; /* "W", or NULL: a switch */
    const char *summary;  /* N_("…") */
    char letter;          /* 'h', or 0 */
};

/* Who may run a command where school.ini binds accounts (commands/access.h). */
enum right {
    RIGHT_ADMINISTER, /* the administrator: what says nothing */
    RIGHT_OFFICE,     /* the secretary too: what reads or changes the whole school */
    RIGHT_CLASS,      /* a teacher too: session_classes(), session_pupil() and session_sees() keep to the own classes */
    RIGHT_SETUP,      /* makes a school folder of its own */
};

struct command {
    const char *name;
    const char *operands; /* "FILE…", "" */
    const char *summary;
    const struct flag *options; /* ends with a NULL name; NULL: none */
    size_t least, most;         /* number of operands */
    enum right right;
    bool (*run)(struct call *call, struct err *err);
};

/* An option as given; a repeated one is there several times. */
struct given {
    const char *name, *value;
};

/* One run of the program. */
struct call {
    const struct command *command;
    struct arena *arena;
    struct places places;
    const char *folder; /* of the school */
    int32_t today;
    const char *language; /* "": not given */
    bool json, quiet, verbose;
    struct given *given;
    size_t given_count;
    const char **operands;
    size_t operand_count;
    bool attention; /* done, but something needs a person: exit 1 */
};

extern const struct command *const commands[]; /* ends with NULL */
extern const struct flag global_flags[];

/* Parses the command line; `call->command` stays NULL where only help was asked for. ERR_USAGE. */
bool call_parse(struct call *call, int argc, char **argv, struct err *err);

/* The last value given, or NULL. */
const char *call_option(const struct call *call, const char *name);
bool call_has(const struct call *call, const char *name);
/* An option whose value is a date: *out stays as it is where not given; ERR_USAGE. */
bool call_date(const struct call *call, const char *name, int32_t *out, struct err *err);

/* Help of the program, or of call->command. To stdout. */
void help_print(const struct call *call);
/* The manual page, in troff; the completion of bash. The build keeps both in files. To stdout. */
void manual_print(void);
void completion_print(void);

#endif
