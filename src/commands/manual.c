#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "commands/command.h"

/* Text in troff: what it would read as its own is escaped. */
static void put(const char *text)
{
    bool starts = true;
    for (; *text != '\0'; text++) {
        if (starts && (*text == '.' || *text == '\''))
            fputs("\\&", stdout);
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '-')
            fputs("\\-", stdout);
        else
            putchar(*text);
        starts = *text == '\n';
    }
}

static void section(const char *title)
{
    printf(".SH %s\n", title);
}

static void paragraph(const char *text)
{
    puts(".PP");
    put(text);
    putchar('\n');
}

static void term(const char *name, const char *rest, const char *text)
{
    fputs(".TP\n\\fB", stdout);
    put(name);
    fputs("\\fR ", stdout);
    put(rest);
    putchar('\n');
    put(text);
    putchar('\n');
}

static void list_options(const struct flag *options)
{
    for (; options != NULL && options->name != NULL; options++) {
        char name[80];
        snprintf(name, sizeof name, "%s%.*s%s--%s", options->letter == 0 ? "" : "-", options->letter != 0,
                 &options->letter, options->letter == 0 ? "" : ", ", options->name);
        term(name, options->argument == NULL ? "" : options->argument, _(options->summary));
    }
}

static void list_commands(void)
{
    for (const struct command *const *at = commands; *at != NULL; at++) {
        printf(".SS ");
        put((*at)->name);
        putchar(' ');
        put((*at)->operands);
        putchar('\n');
        put(_((*at)->summary));
        putchar('\n');
        list_options((*at)->options);
    }
}

static void list_statuses(void)
{
    static const char *const meanings[] = {
        N_("done"),
        N_("done, and something needs a person: rejected rows, overdue obligations"),
        N_("wrong usage"),
        N_("the input or the settings are wrong, nothing was changed"),
        N_("the machine failed (disk full, database busy, no font), nothing was lost"),
        N_("not allowed for this account"),
    };
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        char status[] = {(char)('0' + i), '\0'};
        term(status, "", _(meanings[i]));
    }
}

void manual_print(void)
{
    printf(".TH PAPERDIARY 1 \"\" \"paperdiary %s\"\n", PAPERDIARY_VERSION);
    section(_("NAME"));
    printf("paperdiary \\- %s\n", _("printed diary sheets for families who opted out of the electronic diary"));
    section(_("SYNOPSIS"));
    printf("\\fBpaperdiary\\fR [\\-\\-school DIR] [\\-\\-today YYYY\\-MM\\-DD] [\\-\\-lang ru|en] [\\-\\-json] %s …\n",
           _("COMMAND"));
    section(_("DESCRIPTION"));
    paragraph(_("Turns the weekly export of a school's gradebook into printed diary sheets: marks, topics, homework, "
                "attendance, announcements and a forecast, each change told once. P is a pupil's id or a unique part "
                "of the name; W is 2026-W47 or any date in it; SHEET is the number on a sheet, A..B a run of them in "
                "hand-out order."));
    section(_("COMMANDS"));
    list_commands();
    section(_("OPTIONS"));
    list_options(global_flags);
    section(_("EXIT STATUS"));
    list_statuses();
    section(_("FILES"));
    term("school.ini", "", _("the school's settings; each line is explained in it"));
    term("inbox/", "",
         _("exports arrive here; imported ones move to inbox/done/, refused ones to inbox/refused/ with "
           "a .txt that says why"));
    term("out/", "",
         _("what was issued: a file for each sheet, for each class, print.pdf in hand-out order, post.pdf "
           "with address pages, register.pdf to sign"));
    term("layouts/, profiles/", "", _("the school's own layouts and profiles, over the installed ones"));
    term("paperdiary.db", "", _("all that was imported and issued"));
    section(_("ENVIRONMENT"));
    term("PAPERDIARY_SCHOOL", "", _("the school folder where neither --school nor the current folder names one"));
}

static void list_words(const struct flag *options)
{
    for (; options != NULL && options->name != NULL; options++)
        printf(" --%s", options->name);
}

void completion_print(void)
{
    puts("# bash completion for paperdiary\n"
         "_paperdiary() {\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= at words\n"
         "    for ((at = 1; at < COMP_CWORD; at++)); do\n"
         "        case ${COMP_WORDS[at]} in\n"
         "        --school | --today | --lang) ((at++)) ;;\n"
         "        -*) ;;\n"
         "        *) command=${COMP_WORDS[at]}; break ;;\n"
         "        esac\n"
         "    done\n"
         "    case $before in\n"
         "    --school) compopt -o dirnames; return ;;\n"
         "    --lang) COMPREPLY=($(compgen -W 'ru en' -- \"$word\")); return ;;\n"
         "    --delivery) COMPREPLY=($(compgen -W 'hand office post' -- \"$word\")); return ;;\n"
         "    --ground) COMPREPLY=($(compgen -W 'transfer graduation' -- \"$word\")); return ;;\n"
         "    esac\n"
         "    case $command in");
    for (const struct command *const *at = commands; *at != NULL; at++) {
        printf("    %s) words='", (*at)->name);
        list_words((*at)->options);
        puts("' ;;");
    }
    fputs("    '') words='", stdout);
    for (const struct command *const *at = commands; *at != NULL; at++)
        printf(" %s", (*at)->name);
    fputs("' ;;\n    esac\n    words+='", stdout);
    list_words(global_flags);
    puts("'\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "    case $command in init | demo) compopt -o dirnames ;; check | import) compopt -o default ;; esac\n"
         "}\n"
         "complete -F _paperdiary paperdiary");
}
