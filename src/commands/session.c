#include "commands/session.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/lock.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/group.h"
#include "settings/form.h"
#include "store/store.h"

/* `given`: that of --school, or "". */
static const char *school_folder(const char *given)
{
    if (given[0] != '\0')
        return given;
    const char *from_environment = getenv("PAPERDIARY_SCHOOL");
    if (file_exists("school.ini") || from_environment == NULL || from_environment[0] == '\0')
        return ".";
    return from_environment;
}

static const char *settings_path(struct arena *arena, const char *folder)
{
    return strcmp(folder, ".") == 0 ? "school.ini" : file_join(arena, folder, "school.ini");
}

const char *session_language(struct arena *arena, const char *given)
{
    struct school school = {0};
    struct err err = {0};
    struct caller caller = caller_find(arena);
    const char *folder = arena_copy(arena, school_folder(given));
    if (!access_folder(&caller, arena, &folder, &err) || !file_exists(settings_path(arena, folder)))
        return "";
    struct diag *diag = diag_new();
    bool ok = school_load(arena, settings_path(arena, folder), &school, diag, &err);
    diag_free(diag);
    return ok ? school.language : "";
}

bool session_settings(struct session *session, struct call *call, bool optional, struct err *err)
{
    session->call = call;
    session->arena = call->arena;
    session->lock = -1;
    struct caller caller = caller_find(call->arena);
    session->folder = arena_copy(call->arena, school_folder(call->folder));
    session->account = caller.account;
    session->lent = caller.lent;
    date_stamp(session->stamp, call->today);
    if (!access_folder(&caller, call->arena, &session->folder, err))
        return false;
    const char *path = settings_path(call->arena, session->folder);
    if (access(path, R_OK) != 0 && errno == EACCES)
        return err_set(err, ERR_DENIED, _("the account «%s» can't read the school folder %s"), session->account,
                       session->folder);
    if (!file_exists(path)) {
        school_defaults(call->arena, &session->school);
        return (optional && access_check(session, &caller, err)) ||
               err_set(err, ERR_INPUT,
                       _("%s is not a school folder: it has no school.ini; «paperdiary init DIR» makes one, "
                         "--school DIR names one"),
                       session->folder);
    }
    struct diag *diag = diag_new();
    bool ok = school_load(call->arena, path, &session->school, diag, err);
    if (ok && call->language[0] == '\0' && session->school.language[0] != '\0')
        i18n_start(session->school.language, call->places.locale);
    session_report(call, diag);
    diag_free(diag);
    return ok && access_check(session, &caller, err);
}

static void say_waiting(void *context, const char *other)
{
    const struct call *call = context;
    fprintf(stderr, _("paperdiary: waiting for another run to end: %s\n"), text_printable(call->arena, other));
}

/* What is noted below bears the day of --today: through sudo the clock's is noted too. */
static bool note_clock(struct session *session, struct err *err)
{
    const struct call *call = session->call;
    char stamp[20], day[DATE_TEXT];
    if (!session->lent || call->today == date_now())
        return true;
    date_stamp(stamp, date_now());
    return store_audit(
        session->store, stamp, session->account,
        arena_format(session->arena, "%s: with --today %s", call->command->name, date_format(day, call->today)), err);
}

/* Another process holds the database: a run that writes, or (where this one writes) one that reads. */
static void say_store_waiting(void *context)
{
    struct session *session = context;
    char other[LOCK_HOLDER] = "";
    if (session->lock < 0 && lock_holder(file_join(session->arena, session->folder, ".lock"), other))
        say_waiting(session->call, other);
    else
        fputs(_("paperdiary: waiting for another program that uses the store\n"), stderr);
}

static bool open_store(struct session *session, struct err *err)
{
    return store_open_telling(file_join(session->arena, session->folder, "paperdiary.db"), say_store_waiting, session,
                              &session->store, err);
}

bool session_open(struct session *session, struct call *call, struct err *err)
{
    return session_settings(session, call, false, err) && open_store(session, err);
}

bool session_open_to_write(struct session *session, struct call *call, struct err *err)
{
    if (!session_settings(session, call, false, err))
        return false;
    const char *holder = arena_format(call->arena, "%s, %s, %s, %ld", call->command->name, session->account,
                                      session->stamp, (long)getpid());
    const char *path = file_join(call->arena, session->folder, ".lock");
    return lock_take(path, holder, say_waiting, call, &session->lock, err) && group_grant(session, err) &&
           open_store(session, err) && note_clock(session, err);
}

bool session_store_if_any(struct session *session, struct err *err)
{
    return !file_exists(file_join(session->arena, session->folder, "paperdiary.db")) || open_store(session, err);
}

bool session_close(struct session *session, struct err *err)
{
    struct store *store = session->store;
    session->store = NULL;
    bool ok = store_close(store, err);
    lock_free(session->lock);
    return ok;
}

bool session_run(struct call *call, bool write, bool (*body)(struct session *session, struct err *err), struct err *err)
{
    struct session session = {.lock = -1};
    bool ok = write ? session_open_to_write(&session, call, err) : session_open(&session, call, err);
    ok = ok && body(&session, err);
    return session_close(&session, err) && ok;
}

bool week_parse(const char *text, struct iso_week *out)
{
    int32_t day = DATE_NONE;
    if (date_parse(text, &day)) {
        *out = date_iso_week(day);
        return true;
    }
    struct iso_week week = {0};
    for (int i = 0; i < 4; i++, text++) {
        if (*text < '0' || *text > '9')
            return false;
        week.year = week.year * 10 + (*text - '0');
    }
    if (text[0] != '-' || (text[1] != 'W' && text[1] != 'w'))
        return false;
    if (text[2] < '0' || text[2] > '9' || text[3] < '0' || text[3] > '9' || text[4] != '\0')
        return false;
    week.week = (text[2] - '0') * 10 + (text[3] - '0');
    if (date_of_week(week, 1) == DATE_NONE)
        return false;
    *out = week;
    return true;
}

const char *week_text(struct arena *arena, struct iso_week week)
{
    return arena_format(arena, "%04d-W%02d", (int)week.year, (int)week.week);
}

bool session_week(struct session *session, struct iso_week *out, struct err *err)
{
    const char *given = call_option(session->call, "week");
    if (given != NULL)
        return week_parse(given, out) ||
               err_set(err, ERR_USAGE,
                       _("--week «%s» is no week; write 2026-W47, or any date in it such as 2026-11-16"),
                       text_printable(session->arena, given));
    int32_t last = DATE_NONE, end = date_of_week(date_iso_week(session->call->today), 7);
    if (!store_last_lesson(session->store, end, &last, err))
        return false;
    if (last == DATE_NONE)
        return err_set(err, ERR_INPUT, _("there are no lessons up to today in the store; import an export first"));
    *out = date_iso_week(last);
    return true;
}

/* Only those whom the account sees stay. Where none does, it is not said whether there is such a pupil. */
static bool keep_seen(struct session *session, struct pupil *found, size_t *count, struct err *err)
{
    struct buffer codes = {0};
    size_t seen = 0;
    for (size_t i = 0; i < *count; i++) {
        if (session_sees(session, found[i].form))
            found[seen++] = found[i];
        else if (seen == 0 && i < 10)
            buffer_format(&codes, "%s%s", codes.size == 0 ? "pupil " : ", ", found[i].code);
    }
    bool ok = seen > 0 || !session_sees_part(session) ||
              session_deny(session, codes.size == 0 ? "no such pupil" : codes.data, err);
    buffer_free(&codes);
    *count = seen;
    return ok;
}

bool session_pupil(struct session *session, const char *what, const struct pupil **out, struct err *err)
{
    struct pupil *found = NULL;
    size_t count = 0;
    if (!store_find_pupils(session->store, session->arena, what, &found, &count, err) ||
        !keep_seen(session, found, &count, err))
        return false;
    const char *shown = text_printable(session->arena, what);
    if (count == 0)
        return err_set(err, ERR_USAGE, _("there is no pupil «%s»; see paperdiary pupils"), shown);
    if (count == 1) {
        *out = found;
        return true;
    }
    struct buffer list = {0};
    for (size_t i = 0; i < count && i < 10; i++)
        buffer_format(&list, "\n  %s  %s  %s", found[i].code, text_printable(session->arena, found[i].name),
                      found[i].form);
    if (count > 10)
        buffer_text(&list, "\n  …");
    err_set(err, ERR_USAGE, _("«%s» fits %zu pupils; name one by id:%s"), shown, count, list.data);
    buffer_free(&list);
    return false;
}

bool session_pupils(struct session *session, const struct pupil *const **out, size_t *count, struct err *err)
{
    const struct call *call = session->call;
    const struct pupil **pupils = arena_alloc(session->arena, (call->given_count + 1) * sizeof *pupils);
    *count = 0;
    for (size_t i = 0; i < call->given_count; i++)
        if (strcmp(call->given[i].name, "pupil") == 0 &&
            !session_pupil(session, call->given[i].value, &pupils[(*count)++], err))
            return false;
    *out = *count == 0 ? NULL : pupils;
    return true;
}

bool session_classes(struct session *session, const char ***out, size_t *count, struct err *err)
{
    const struct call *call = session->call;
    const char **all = NULL;
    size_t all_count = 0;
    *count = 0;
    if (!store_classes(session->store, session->arena, &all, &all_count, err))
        return false;
    if (!call_has(call, "class")) {
        *out = all;
        for (size_t i = 0; i < all_count; i++)
            if (session_sees(session, all[i]))
                all[(*count)++] = all[i];
        return true;
    }
    const char **chosen = arena_alloc(session->arena, (all_count + 1) * sizeof *chosen);
    bool *take = arena_alloc(session->arena, all_count + 1);
    for (size_t g = 0; g < call->given_count; g++) {
        if (strcmp(call->given[g].name, "class") != 0)
            continue;
        const char *form = form_canonical(session->arena, call->given[g].value);
        size_t at = 0;
        while (at < all_count && strcmp(all[at], form) != 0)
            at++;
        if (at == all_count)
            return err_set(err, ERR_USAGE, _("there is no class «%s» in the store"),
                           text_printable(session->arena, call->given[g].value));
        if (!session_sees(session, form))
            return session_deny(session, arena_format(session->arena, "class %s", form), err);
        take[at] = true;
    }
    for (size_t i = 0; i < all_count; i++)
        if (take[i])
            chosen[(*count)++] = all[i];
    *out = chosen;
    return true;
}

enum { NOTES_SHOWN = 10 }; /* of a file, unless --verbose */

static bool is_shown(const struct call *call, enum diag_level level, size_t number)
{
    return level != DIAG_NOTE || (!call->quiet && (call->verbose || number <= NOTES_SHOWN));
}

static void report_more(const struct call *call, const struct diag *diag, const size_t *shown, struct buffer *out)
{
    size_t notes = diag_count(diag, DIAG_NOTE) - shown[DIAG_NOTE];
    size_t warnings = diag_count(diag, DIAG_WARNING) - shown[DIAG_WARNING];
    size_t errors = diag_count(diag, DIAG_ERROR) - shown[DIAG_ERROR];
    if (notes > 0 && !call->quiet)
        buffer_format(out, ngettext("and %zu more note\n", "and %zu more notes\n", notes), notes);
    if (warnings > 0)
        buffer_format(out, ngettext("and %zu more warning\n", "and %zu more warnings\n", warnings), warnings);
    if (errors > 0)
        buffer_format(out, ngettext("and %zu more error\n", "and %zu more errors\n", errors), errors);
}

static void report(const struct call *call, const struct diag *diag, bool base_names, struct buffer *out)
{
    static const char *const names[] = {N_("note"), N_("warning"), N_("error")};
    size_t shown[DIAG_ERROR + 1] = {0};
    const struct diag_item *item = NULL;
    for (size_t i = 0; (item = diag_lookup(diag, i)) != NULL; i++) {
        if (!is_shown(call, item->level, shown[item->level] + 1))
            continue;
        shown[item->level]++;
        buffer_text(out, text_printable(call->arena, base_names ? file_base_name(item->file) : item->file));
        if (item->line > 0)
            buffer_format(out, ":%d", (int)item->line);
        if (item->line > 0 && item->column > 0)
            buffer_format(out, ":%d", (int)item->column);
        buffer_format(out, ": %s%s%s\n", item->level == DIAG_ERROR ? "" : _(names[item->level]),
                      item->level == DIAG_ERROR ? "" : ": ", text_printable(call->arena, item->text));
    }
    report_more(call, diag, shown, out);
}

void session_report_text(const struct call *call, const struct diag *diag, struct buffer *out)
{
    report(call, diag, true, out);
}

void session_report(const struct call *call, const struct diag *diag)
{
    struct buffer lines = {0};
    report(call, diag, false, &lines);
    if (lines.size > 0)
        fputs(lines.data, stderr);
    buffer_free(&lines);
}

void session_say(const struct call *call, const char *format, ...)
{
    if (call->quiet)
        return;
    va_list args;
    va_start(args, format);
    puts(text_printable_list(call->arena, arena_format_list(call->arena, format, args)));
    va_end(args);
}

void session_progress(const struct call *call, const char *text)
{
    if (call->quiet || !isatty(STDERR_FILENO))
        return;
    fprintf(stderr, "\r\033[K%s", text == NULL ? "" : text_printable(call->arena, text));
    fflush(stderr);
}
