#include "commands/command.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

const struct flag global_flags[] = {
    {"school", "DIR", N_("the school folder (default: this folder, then $PAPERDIARY_SCHOOL)"), 0},
    {"today", "YYYY-MM-DD", N_("take this day for today"), 0},
    {"lang", "ru|en", N_("language of the messages"), 0},
    {"json", NULL, N_("answer as JSON"), 0},
    {"quiet", NULL, N_("say only what is wrong"), 'q'},
    {"verbose", NULL, N_("say more: every note on the input, in status what was done before"), 'v'},
    {"help", NULL, N_("this help"), 'h'},
    {"version", NULL, N_("the version"), 0},
    {"manual", NULL, N_("the manual page, for man"), 0},
    {"completion", NULL, N_("the completion, for bash"), 0},
    {NULL, NULL, NULL, 0},
};

enum { MOST_OPTIONS = 32, FIRST_VALUE = 256 };

/* Our tables in the form that getopt_long reads; value FIRST_VALUE + i stands for source[i]. */
struct table {
    const struct flag *source[MOST_OPTIONS];
    struct option longs[MOST_OPTIONS + 1];
    char letters[2 * MOST_OPTIONS + 3];
    size_t count;
};

static void table_add(struct table *table, const struct flag *options)
{
    for (; options != NULL && options->name != NULL && table->count < MOST_OPTIONS; options++) {
        size_t i = table->count++;
        table->source[i] = options;
        table->longs[i] = (struct option){options->name, options->argument != NULL, NULL, (int)(FIRST_VALUE + i)};
        if (options->letter != 0)
            strncat(table->letters, &options->letter, 1);
    }
}

static const struct flag *table_lookup(const struct table *table, int value)
{
    if (value >= FIRST_VALUE && (size_t)(value - FIRST_VALUE) < table->count)
        return table->source[value - FIRST_VALUE];
    for (size_t i = 0; i < table->count; i++)
        if (table->source[i]->letter == value)
            return table->source[i];
    return NULL;
}

/* The nearest name of a table to a mistyped word, or NULL. */
static const char *nearest_option(const struct table *table, const char *word)
{
    const char *best = NULL;
    size_t least = 3;
    for (size_t i = 0; i < table->count; i++) {
        size_t distance = text_distance(table->source[i]->name, word);
        if (distance < least) {
            least = distance;
            best = table->source[i]->name;
        }
    }
    return best;
}

static bool wrong_option(const struct call *call, const struct table *table, const char *word, struct err *err)
{
    const char *shown = text_printable(call->arena, word);
    const char *name = word;
    while (*name == '-')
        name++;
    const char *near = nearest_option(table, name);
    if (near != NULL)
        return err_set(err, ERR_USAGE, _("there is no option %s; did you mean --%s?"), shown, near);
    return err_set(err, ERR_USAGE, _("there is no option %s; see paperdiary --help"), shown);
}

/* Reads options until the first operand (`stop`) or the end; operands are left for optind. */
static bool read_options(struct call *call, const struct table *table, int argc, char **argv, struct err *err)
{
    for (int value; (value = getopt_long(argc, argv, table->letters, table->longs, NULL)) != -1;) {
        const char *word = argv[optind - 1];
        if (value == ':')
            return err_set(err, ERR_USAGE, _("the option %s wants a value"), text_printable(call->arena, word));
        const struct flag *option = table_lookup(table, value);
        if (option == NULL)
            return wrong_option(call, table, word, err);
        struct given *all = arena_alloc(call->arena, (call->given_count + 1) * sizeof *all);
        if (call->given_count > 0)
            memcpy(all, call->given, call->given_count * sizeof *all);
        all[call->given_count++] = (struct given){option->name, optarg};
        call->given = all;
    }
    return true;
}

static const struct command *find_command(const char *name)
{
    for (const struct command *const *at = commands; *at != NULL; at++)
        if (strcmp((*at)->name, name) == 0)
            return *at;
    return NULL;
}

static bool wrong_command(const struct call *call, const char *word, struct err *err)
{
    const char *best = NULL;
    size_t length = text_length(word), least = length < 6 ? length / 2 + 1 : 4;
    for (const struct command *const *at = commands; *at != NULL; at++) {
        size_t distance = text_distance((*at)->name, word);
        if (distance < least) {
            least = distance;
            best = (*at)->name;
        }
    }
    const char *shown = text_printable(call->arena, word);
    if (best != NULL)
        return err_set(err, ERR_USAGE, _("there is no command «%s»; did you mean «%s»?"), shown, best);
    return err_set(err, ERR_USAGE, _("there is no command «%s»; see paperdiary --help"), shown);
}

static bool take_globals(struct call *call, struct err *err)
{
    const char *language = call_option(call, "lang");
    if (language != NULL && strcmp(language, "ru") != 0 && strcmp(language, "en") != 0)
        return err_set(err, ERR_USAGE, _("--lang is ru or en"));
    call->language = language == NULL ? "" : language;
    call->json = call_has(call, "json");
    call->quiet = call_has(call, "quiet");
    call->verbose = call_has(call, "verbose");
    call->today = date_now();
    const char *folder = call_option(call, "school");
    call->folder = folder == NULL ? "" : folder;
    return call_date(call, "today", &call->today, err);
}

bool call_parse(struct call *call, int argc, char **argv, struct err *err)
{
    struct table table = {.letters = "+:"};
    table_add(&table, global_flags);
    opterr = optind = 0;
    bool ok = read_options(call, &table, argc, argv, err) && take_globals(call, err);
    if (!ok || optind >= argc)
        return ok;
    call->command = find_command(argv[optind]);
    if (call->command == NULL)
        return wrong_command(call, argv[optind], err);
    int rest = argc - optind;
    char **words = argv + optind;
    struct table full = {.letters = ":"};
    table_add(&full, call->command->options);
    table_add(&full, global_flags);
    optind = 0;
    if (!read_options(call, &full, rest, words, err) || !take_globals(call, err))
        return false;
    call->operands = arena_alloc(call->arena, sizeof *call->operands * (size_t)(rest - optind + 1));
    while (optind < rest)
        call->operands[call->operand_count++] = words[optind++];
    if (call_has(call, "help"))
        return true;
    if (call->operand_count < call->command->least || call->operand_count > call->command->most)
        return err_set(err, ERR_USAGE, _("it goes: paperdiary %s %s"), call->command->name, call->command->operands);
    return true;
}

const char *call_option(const struct call *call, const char *name)
{
    for (size_t i = call->given_count; i > 0; i--)
        if (strcmp(call->given[i - 1].name, name) == 0)
            return call->given[i - 1].value;
    return NULL;
}

bool call_has(const struct call *call, const char *name)
{
    for (size_t i = 0; i < call->given_count; i++)
        if (strcmp(call->given[i].name, name) == 0)
            return true;
    return false;
}

bool call_date(const struct call *call, const char *name, int32_t *out, struct err *err)
{
    const char *text = call_option(call, name);
    if (text == NULL || date_parse(text, out))
        return true;
    return err_set(err, ERR_USAGE, _("--%s «%s» is no date; a date is written 2026-11-16"), name,
                   text_printable(call->arena, text));
}
