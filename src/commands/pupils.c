#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/pupil_json.h"
#include "commands/register_csv.h"
#include "commands/session.h"
#include "gradebook/book.h"
#include "store/store.h"

static const char *day_text(struct arena *arena, int32_t day)
{
    char text[DATE_TEXT];
    return day == DATE_NONE ? "" : arena_copy(arena, date_format(text, day));
}

/* «1042  Вокуева Дарья Ивановна  3А  paper from 2026-09-01, with the pupil» */
static void print_pupil(struct arena *arena, const struct pupil *pupil, int32_t today)
{
    const char *name = text_printable(arena, pupil->name);
    size_t width = text_length(name);
    printf("%-10s %s%*s %-4s", text_printable(arena, pupil->code), name, (int)(width < 36 ? 36 - width : 0), "",
           pupil->form);
    if (pupil->left != DATE_NONE && pupil->left < today) /* on the last day he is still here */
        printf(_("  left %s"), day_text(arena, pupil->left));
    else if (pupil->paper_from != DATE_NONE &&
             (pupil->paper_until == DATE_NONE || pupil->paper_until >= pupil->paper_from)) {
        printf(_("  on paper from %s"), day_text(arena, pupil->paper_from));
        if (pupil->paper_until != DATE_NONE)
            printf(_(" until %s"), day_text(arena, pupil->paper_until));
        printf(", %s", register_way(pupil->delivery));
        if (pupil->copies > 1)
            printf(ngettext(", %d copy", ", %d copies", (unsigned long)pupil->copies), (int)pupil->copies);
    }
    putchar('\n');
}

static bool list(struct session *session, struct err *err)
{
    const struct call *call = session->call;
    struct pupil *pupils = NULL;
    size_t count = 0;
    const char **classes = NULL;
    size_t class_count = 0;
    if (!session_classes(session, &classes, &class_count, err))
        return false;
    json_t *array = json_array();
    for (size_t c = 0; c < class_count; c++) {
        if (!store_pupils(session->store, session->arena, classes[c], &pupils, &count, err))
            break;
        for (size_t i = 0; i < count; i++) {
            if (call_has(call, "paper") && !pupil_on_paper(&pupils[i], call->today))
                continue;
            if (call->json)
                json_array_append_new(array, pupil_json(&pupils[i], call->today));
            else
                print_pupil(session->arena, &pupils[i], call->today);
        }
    }
    if (call->json && err->code == ERR_NONE)
        json_print(array);
    json_decref(array);
    return err->code == ERR_NONE;
}

static bool run(struct call *call, struct err *err)
{
    return session_run(call, false, list, err);
}

static const struct flag flags[] = {
    {"paper", NULL, N_("only families on paper today"), 0},
    {"class", "C", N_("only this class; may be repeated"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_pupils = {
    .name = "pupils",
    .operands = "",
    .summary = N_("the pupils, their classes and who is on paper"),
    .options = flags,
    .right = RIGHT_CLASS,
    .run = run,
};
