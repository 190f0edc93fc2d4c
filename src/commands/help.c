#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"

enum { LEFT = 30, WIDTH = 96 };

/* «  name      summary», the summary wrapped under itself. */
static void print_entry(const char *name, const char *summary)
{
    size_t at = text_length(name) + 2;
    printf("  %s", name);
    if (at + 2 > LEFT) {
        putchar('\n');
        at = 0;
    }
    printf("%*s", (int)(LEFT - at), "");
    for (at = LEFT; *summary != '\0';) {
        size_t length = strcspn(summary, " ");
        char word[256];
        snprintf(word, sizeof word, "%.*s", (int)length, summary);
        size_t width = text_length(word);
        if (at > LEFT && at + 1 + width > WIDTH) {
            printf("\n%*s", LEFT, "");
            at = LEFT;
        } else if (at > LEFT) {
            putchar(' ');
            at++;
        }
        fputs(word, stdout);
        at += width;
        summary += length;
        summary += strspn(summary, " ");
    }
    putchar('\n');
}

static void print_options(const struct flag *options)
{
    for (; options != NULL && options->name != NULL; options++) {
        char name[80], letter[8] = "";
        if (options->letter != 0)
            snprintf(letter, sizeof letter, "-%c, ", options->letter);
        snprintf(name, sizeof name, "%s--%s%s%s", letter, options->name, options->argument == NULL ? "" : " ",
                 options->argument == NULL ? "" : options->argument);
        print_entry(name, _(options->summary));
    }
}

void help_print(const struct call *call)
{
    if (call->command != NULL) {
        printf("%s: paperdiary %s%s%s\n\n%s\n", _("Usage"), call->command->name,
               *call->command->operands == '\0' ? "" : " ", call->command->operands, _(call->command->summary));
        if (call->command->options != NULL) {
            printf("\n%s\n", _("Options:"));
            print_options(call->command->options);
        }
    } else {
        printf("%s: paperdiary [--school DIR] [--today YYYY-MM-DD] [--lang ru|en] [--json] %s …\n\n%s\n\n%s\n",
               _("Usage"), _("COMMAND"), _("Printed diary sheets for families who opted out of the electronic diary."),
               _("Commands:"));
        for (const struct command *const *at = commands; *at != NULL; at++) {
            char name[80];
            snprintf(name, sizeof name, "%s %s", (*at)->name, (*at)->operands);
            print_entry(name, _((*at)->summary));
        }
    }
    printf("\n%s\n", _("Options of every command:"));
    print_options(global_flags);
    printf("\n%s\n", _("Exit status: 0 done; 1 done, and something needs a person; 2 wrong usage; 3 the input or the "
                       "settings are wrong, nothing was changed; 4 the machine failed, nothing was lost; 5 not "
                       "allowed."));
}
