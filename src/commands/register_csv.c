#include "commands/register_csv.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "store/store.h"

static void cell(const char *text, const char *end)
{
    const char *guard = text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL ? "'" : "";
    if (guard[0] == '\0' && strpbrk(text, ";\"\r\n") == NULL) {
        printf("%s%s", text, end);
        return;
    }
    printf("\"%s", guard);
    for (const char *at = text; *at != '\0'; at++)
        printf(*at == '"' ? "\"\"" : "%c", *at);
    printf("\"%s", end);
}

static void number(int32_t value, const char *end)
{
    printf("%d%s", (int)value, end);
}

const char *register_way(const char *delivery)
{
    return strcmp(delivery, "post") == 0     ? _("by post")
           : strcmp(delivery, "office") == 0 ? _("at the office")
                                             : _("with the pupil");
}

void register_csv(const struct sheet_row *rows, size_t count)
{
    static const char *const heads[] = {N_("Sheet"),  N_("Class"),   N_("Pupil id"), N_("Pupil"),  N_("Period"),
                                        N_("Issued"), N_("By"),      N_("Import"),   N_("Pages"),  N_("Copies"),
                                        N_("Way"),    N_("Printed"), N_("Returned"), N_("SHA-256")};
    enum { HEADS = sizeof heads / sizeof *heads };
    fputs("\xEF\xBB\xBF", stdout);
    for (size_t i = 0; i < HEADS; i++)
        cell(_(heads[i]), i + 1 < HEADS ? ";" : "\r\n");
    for (size_t i = 0; i < count; i++) {
        const struct sheet_row *row = &rows[i];
        const char *const texts[] = {row->number, row->form,  row->code,   row->name,
                                     row->period, row->stamp, row->account};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            cell(texts[k], ";");
        number(row->import, ";");
        number(row->pages, ";");
        number(row->copies, ";");
        cell(register_way(row->delivery), ";");
        cell(row->printed, ";");
        cell(row->returned, ";");
        cell(row->sha256, "\r\n");
    }
}
