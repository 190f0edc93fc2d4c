#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/place.h"
#include "base/stopwatch.h"
#include "base/text.h"
#include "commands/access.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/times.h"

/* Russian unless the environment says English; school.ini and --lang come later and win. */
static const char *language_of_environment(void)
{
    static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0')
            return strncmp(value, "en", 2) == 0 ? "en" : "ru";
    }
    return "ru";
}

/* --lang of the command line, so that what is wrong with the line is said in it too; NULL where it has none. */
static const char *language_of_line(int argc, char **argv)
{
    const char *found = NULL;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--lang=", 7) == 0)
            found = argv[i] + 7;
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            found = argv[i + 1];
    }
    return found != NULL && (strcmp(found, "ru") == 0 || strcmp(found, "en") == 0) ? found : NULL;
}

static bool run(struct call *call, int argc, char **argv, struct err *err)
{
    if (!call_parse(call, argc, argv, err))
        return false;
    if (call->language[0] != '\0')
        i18n_start(call->language, call->places.locale);
    if (call_has(call, "version")) {
        printf("paperdiary %s\n", PAPERDIARY_VERSION);
        return true;
    }
    if (call_has(call, "manual") || call_has(call, "completion")) {
        (call_has(call, "manual") ? manual_print : completion_print)();
        return true;
    }
    if (call_has(call, "help")) {
        help_print(call);
        return true;
    }
    if (call->command == NULL)
        return err_set(err, ERR_USAGE, _("name a command; see paperdiary --help"));
    if (call->verbose)
        stopwatch_start();
    return access_start(call, err) && call->command->run(call, err);
}

/* A limit on the size of files is a failed write like any other. A handler, since what is ignored stays so in the
 * programs that are started. */
static void at_the_limit(int number)
{
    (void)number;
}

int main(int argc, char **argv)
{
    signal(SIGXFSZ, at_the_limit);
    umask(077);
    json_start();
    struct arena *arena = arena_new();
    struct call call = {.arena = arena, .places = places_find(arena), .language = ""};
    struct err err = {0};
    const char *language = language_of_line(argc, argv);
    i18n_start(language == NULL ? language_of_environment() : language, call.places.locale);
    bool ok = run(&call, argc, argv, &err);
    if (call.verbose)
        times_print();
    if (fflush(stdout) != 0 && ok)
        ok = err_set(&err, ERR_MACHINE, _("the answer can't be written: is the disk full?"));
    if (!ok)
        fprintf(stderr, "paperdiary: %s\n", text_printable_list(arena, err.text));
    int status = !ok ? (int)err.code : call.attention ? ERR_ATTENTION : ERR_NONE;
    arena_free(arena);
    return status;
}
