#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/access.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/register_csv.h"
#include "commands/session.h"
#include "commands/workshop.h"
#include "issue/handout.h"
#include "issue/order.h"
#include "issue/print.h"
#include "store/store.h"

static json_t *row_json(const struct sheet_row *row)
{
    json_t *out = json_object();
    json_object_set_new(out, "number", json_string(row->number));
    json_object_set_new(out, "pupil_id", json_string(row->code));
    json_object_set_new(out, "pupil", json_string(row->name));
    json_object_set_new(out, "class", json_string(row->form));
    json_object_set_new(out, "kind", json_string(row->kind == SHEET_WEEKLY ? "weekly" : "term"));
    json_object_set_new(out, "period", json_string(row->period));
    json_object_set_new(out, "issued", json_string(row->stamp));
    json_object_set_new(out, "by", json_string(row->account));
    json_object_set_new(out, "import", json_integer(row->import));
    json_object_set_new(out, "pages", json_integer(row->pages));
    json_object_set_new(out, "copies", json_integer(row->copies));
    json_object_set_new(out, "sha256", json_string(row->sha256));
    json_object_set_new(out, "delivery", json_string(row->delivery));
    json_object_set_new(out, "returned", row->returned[0] == '\0' ? json_null() : json_string(row->returned));
    json_object_set_new(out, "printed", row->printed[0] == '\0' ? json_null() : json_string(row->printed));
    json_object_set_new(out, "file", json_string(row->file));
    return out;
}

static void print_row(struct arena *arena, const struct sheet_row *row)
{
    const char *name = text_printable(arena, row->name);
    const char *way = register_way(row->delivery);
    size_t number_width = text_length(row->number), name_width = text_length(name), way_width = text_length(way);
    printf("%s%*s  %s%*s  %s%*s  %2d × %d  %.16s\n", row->number, (int)(number_width < 18 ? 18 - number_width : 0), "",
           name, (int)(name_width < 36 ? 36 - name_width : 0), "", way, (int)(way_width < 14 ? 14 - way_width : 0), "",
           (int)row->pages, (int)row->copies, row->stamp);
}

/* The period of --term: whole («2026-T1», «2026-Y»), or in the school year of today. */
static bool term_period(struct session *session, const char *given, const char **out, struct err *err)
{
    const struct school_year *year = school_year_of(&session->school, session->arena, session->call->today), *of = NULL;
    int32_t term = 0;
    *out = given;
    if (order_term_of(&session->school, session->arena, given, &of, &term))
        return true;
    bool is_term = given[0] >= '1' && given[0] <= '0' + year->terms && given[1] == '\0';
    if (!is_term && strcmp(given, "year") != 0)
        return err_set(err, ERR_USAGE, _("--term «%s» is none; a number from 1 to %d, year, or 2026-T1 would be right"),
                       text_printable(session->arena, given), (int)year->terms);
    *out = is_term ? arena_format(session->arena, "%d-T%s", (int)year->year, given)
                   : arena_format(session->arena, "%d-Y", (int)year->year);
    return true;
}

/* The period asked for; NULL: all of them. A PDF is always of one: the last week with lessons. */
static bool choose_period(struct session *session, bool one, const char **out, struct err *err)
{
    const struct call *call = session->call;
    const char *term = call_option(call, "term");
    struct iso_week week = {0};
    *out = NULL;
    if (term != NULL && call_has(call, "week"))
        return err_set(err, ERR_USAGE, _("--week and --term exclude each other"));
    if (term != NULL)
        return term_period(session, term, out, err);
    if (!one && !call_has(call, "week"))
        return true;
    if (!session_week(session, &week, err))
        return false;
    *out = week_text(session->arena, week);
    return true;
}

/* «register.pdf»; an excerpt for one who sees only some classes is «register-3А.pdf», of the classes that are in it. */
static const char *pdf_name(const struct session *session, const struct sheet_row *rows, size_t count)
{
    struct buffer forms = {0};
    if (!session_sees_part(session))
        return "register.pdf";
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(rows[i].form, rows[i - 1].form) != 0)
            buffer_format(&forms, "%s%s", i == 0 ? "" : "+", rows[i].form);
    const char *name = arena_format(session->arena, "register-%s.pdf", file_safe_name(session->arena, forms.data));
    buffer_free(&forms);
    return name;
}

/* The list to sign as it was written; below out/, as the files of issued sheets are named. NULL: none was. */
static void say_pdf(const struct session *session, const char *period, size_t count, const char *path)
{
    const struct call *call = session->call;
    if (!call->json && path == NULL) {
        session_say(call, _("%s: no sheets were issued."), period);
    } else if (!call->json) {
        session_say(call, "%s", path);
    } else {
        const char *file = path == NULL ? NULL : arena_format(session->arena, "%s/%s", period, file_base_name(path));
        json_t *out = json_object();
        json_object_set_new(out, "period", json_string(period));
        json_object_set_new(out, "sheets", json_integer((json_int_t)count));
        json_object_set_new(out, "file", file == NULL ? json_null() : json_string(file));
        json_finish(out);
    }
}

static bool write_pdf(struct session *session, const struct sheet_row *rows, size_t count, struct err *err)
{
    struct workshop shop = {0};
    struct file_writing *file = NULL;
    const char *folder = arena_format(session->arena, "%s/out/%s", session->folder, rows[0].period);
    const char *path = file_join(session->arena, folder, pdf_name(session, rows, count));
    bool group = session->school.group_readable;
    bool ok = workshop_open(session, "weekly", &shop, err) && file_keep_folder(folder, group, err) &&
              file_begin(path, group, &file, err) &&
              file_end(file, handout_register(&shop, rows, count, file, err), err);
    workshop_close(&shop);
    if (!ok)
        return false;
    say_pdf(session, rows[0].period, count, path);
    const char *what = arena_format(session->arena, "printed: %s/%s", rows[0].period, file_base_name(path));
    return !call_has(session->call, "print") ||
           (print_file(&session->school, PRINT_REGISTER, 0, path, err) &&
            store_audit(session->store, session->stamp, session->account, what, err));
}

static void print_list(const struct session *session, const struct sheet_row *rows, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        if (session->call->json)
            json_array_append_new(array, row_json(&rows[i]));
        else
            print_row(session->arena, &rows[i]);
    }
    if (session->call->json)
        json_print(array);
    else
        session_say(session->call, ngettext("%zu sheet", "%zu sheets", count), count);
    json_decref(array);
}

/* Keeps the rows of classes that the caller may see; how many. */
static size_t seen_rows(const struct session *session, struct sheet_row *rows, size_t count)
{
    size_t seen = 0;
    for (size_t i = 0; i < count; i++)
        if (session_sees(session, rows[i].form))
            rows[seen++] = rows[i];
    return seen;
}

static bool list(struct session *session, struct err *err)
{
    const struct call *call = session->call;
    struct sheet_row *rows = NULL;
    size_t count = 0;
    const char *period = NULL;
    bool pdf = call_has(call, "pdf") || call_has(call, "print");
    if (pdf && call_has(call, "csv"))
        return err_set(err, ERR_USAGE, _("--pdf and --csv exclude each other"));
    if (!choose_period(session, pdf, &period, err) ||
        !store_register(session->store, session->arena, period, &rows, &count, err))
        return false;
    count = seen_rows(session, rows, count);
    if (call_has(call, "csv"))
        register_csv(rows, count);
    else if (pdf && count > 0)
        return write_pdf(session, rows, count, err);
    else if (pdf)
        say_pdf(session, period, 0, NULL);
    else
        print_list(session, rows, count);
    return true;
}

static bool run(struct call *call, struct err *err)
{
    return session_run(call, call_has(call, "pdf") || call_has(call, "print"), list, err);
}

static const struct flag flags[] = {
    {"week", "W", N_("only this week: 2026-W47, or any date in it"), 0},
    {"term", "T", N_("only this term of the school year: 1, 2 … or year; or 2026-T1, 2026-Y"), 0},
    {"pdf", NULL, N_("as a PDF for signatures: out/PERIOD/register.pdf"), 0},
    {"csv", NULL, N_("as a table for Excel"), 0},
    {"print", NULL, N_("make the PDF and hand it to the printer"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_register = {
    .name = "register",
    .operands = "",
    .summary = N_("what was issued to whom and when"),
    .options = flags,
    .right = RIGHT_CLASS,
    .run = run,
};
