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
#include "commands/session.h"
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

/* The last value of an option of the command line, where the line can't be parsed yet; NULL where it has none. */
static const char *value_of_line(int argc, char **argv, const char *option)
{
    const char *found = NULL;
    size_t length = strlen(option);
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], option, length) == 0 && argv[i][length] == '=')
            found = argv[i] + length + 1;
        else if (strcmp(argv[i], option) == 0 && i + 1 < argc)
            found = argv[i + 1];
    }
    return found;
}

/* --lang of the command line, so that what is wrong with the line is said in it too; NULL where it has none. */
static const char *language_of_line(int argc, char **argv)
{
    const char *found = value_of_line(argc, argv, "--lang");
    return found != NULL && (strcmp(found, "ru") == 0 || strcmp(found, "en") == 0) ? found : NULL;
}

/* Without --lang the school's language, where the line leads to a school. True where it was set. */
static bool speak_as_school(struct call *call, int argc, char **argv)
{
    if (language_of_line(argc, argv) != NULL)
        return false;
    const char *folder = value_of_line(argc, argv, "--school");
    const char *language = session_language(call->arena, folder == NULL ? "" : folder);
    if (language[0] != '\0')
        i18n_start(language, call->places.locale);
    return language[0] != '\0';
}

/* What is wrong with the line is said in the school's language. */
static bool parse(struct call *call, int argc, char **argv, struct err *err)
{
    const struct call before = *call;
    if (call_parse(call, argc, argv, err))
        return true;
    if (!speak_as_school(call, argc, argv))
        return false;
    *call = before;
    *err = (struct err){0};
    return call_parse(call, argc, argv, err);
}

static bool run(struct call *call, int argc, char **argv, struct err *err)
{
    if (!parse(call, argc, argv, err))
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
    if (call->command == NULL || call_has(call, "help"))
        speak_as_school(call, argc, argv);
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
    mem_start();
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
