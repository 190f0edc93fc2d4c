#include "commands/exports.h"

#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/session.h"
#include "gradebook/record.h"
#include "intake/intake.h"
#include "store/store.h"

static bool load(struct session *session, const char *name, bool quiet, struct profile *out, struct err *err)
{
    struct diag *diag = diag_new();
    bool ok = profile_load(session->arena, session->folder, session->call->places.profiles, name, out, diag, err);
    if (!quiet)
        session_report(session->call, diag);
    diag_free(diag);
    return ok;
}

bool export_profile(struct session *session, const char *path, struct profile *out, struct err *err)
{
    const char *name = call_option(session->call, "profile");
    if (name == NULL)
        name = school_profile_of(&session->school, file_base_name(path));
    *out = profile_default();
    return name == NULL || load(session, name, true, out, err);
}

bool export_profiles_check(struct session *session, struct err *err)
{
    struct profile profile = {0};
    const char *given = call_option(session->call, "profile");
    if (given != NULL)
        return load(session, given, false, &profile, err);
    for (size_t i = 0; i < session->school.profile_count; i++)
        if (!load(session, session->school.profiles[i].profile, false, &profile, err))
            return false;
    return true;
}

/* What came of a file, for --json. */
struct answer {
    const char *path;
    struct export export;
    struct import_result result;
    bool ok;
};

/* The name of a kind of table, as formats.md has it. */
static const char *kind_key(enum export_kind kind)
{
    static const char *const keys[] = {[EXPORT_GRADEBOOK] = "gradebook",
                                       [EXPORT_PUPILS] = "pupils",
                                       [EXPORT_FINALS] = "finals",
                                       [EXPORT_TIMETABLE] = "timetable",
                                       [EXPORT_ANNOUNCEMENTS] = "announcements",
                                       [EXPORT_ACHIEVEMENTS] = "achievements",
                                       [EXPORT_VISITS] = "visits"};
    return kind == EXPORT_NONE ? NULL : keys[kind];
}

const char *export_kind_name(enum export_kind kind)
{
    switch (kind) {
    case EXPORT_GRADEBOOK:
        return _("gradebook");
    case EXPORT_PUPILS:
        return _("pupils");
    case EXPORT_FINALS:
        return _("finals");
    case EXPORT_TIMETABLE:
        return _("timetable");
    case EXPORT_ANNOUNCEMENTS:
        return _("announcements");
    case EXPORT_ACHIEVEMENTS:
        return _("achievements");
    case EXPORT_VISITS:
        return _("visits");
    case EXPORT_NONE:
        break;
    }
    return _("unknown");
}

static void say_result(const struct session *session, const char *path, const struct export *export,
                       const struct export_order *order, const struct import_result *result)
{
    const char *name = text_printable(session->arena, file_base_name(path));
    const char *kind = export_kind_name(export->kind);
    if (order->dry)
        session_say(session->call,
                    ngettext("%s: %s, %zu row, can be imported", "%s: %s, %zu rows, can be imported", export->count),
                    name, kind, export->count);
    else if (!result->changed)
        session_say(session->call, _("%s: %s, nothing new"), name, kind);
    else
        session_say(session->call,
                    ngettext("%s: %s, import %d: %ld row; %ld added, %ld corrected, %ld withdrawn",
                             "%s: %s, import %d: %ld rows; %ld added, %ld corrected, %ld withdrawn",
                             (unsigned long)result->rows),
                    name, kind, (int)result->import, (long)result->rows, (long)result->added, (long)result->corrected,
                    (long)result->withdrawn);
    if (export->rejected > 0)
        session_say(session->call,
                    ngettext("%s: %zu row with an error was put aside", "%s: %zu rows with errors were put aside",
                             export->rejected),
                    name, export->rejected);
}

static json_t *problems_json(const struct diag *diag)
{
    static const char *const levels[] = {"note", "warning", "error"};
    json_t *out = json_array();
    const struct diag_item *item = NULL;
    for (size_t i = 0; (item = diag_lookup(diag, i)) != NULL; i++) {
        json_t *problem = json_object();
        json_object_set_new(problem, "level", json_string(levels[item->level]));
        json_object_set_new(problem, "line", item->line > 0 ? json_integer(item->line) : json_null());
        json_object_set_new(problem, "column", item->column > 0 ? json_integer(item->column) : json_null());
        json_object_set_new(problem, "text", json_string(item->text));
        json_array_append_new(out, problem);
    }
    return out;
}

static void answer(const struct export_order *order, const struct answer *answer, const struct diag *diag)
{
    const struct export *export = &answer->export;
    const struct import_result *result = &answer->result;
    const char *kind = kind_key(export->kind);
    json_t *out = json_object();
    json_object_set_new(out, "file", json_string(answer->path));
    json_object_set_new(out, "kind", kind == NULL ? json_null() : json_string(kind));
    json_object_set_new(out, "ok", json_boolean(answer->ok));
    json_object_set_new(out, "rows", json_integer((json_int_t) export->count));
    json_object_set_new(out, "put_aside", json_integer((json_int_t) export->rejected));
    if (!order->dry) {
        json_object_set_new(out, "import", result->changed ? json_integer(result->import) : json_null());
        json_object_set_new(out, "added", json_integer(result->added));
        json_object_set_new(out, "corrected", json_integer(result->corrected));
        json_object_set_new(out, "withdrawn", json_integer(result->withdrawn));
    }
    json_object_set_new(out, "errors", json_integer((json_int_t)diag_count(diag, DIAG_ERROR)));
    json_object_set_new(out, "problems", problems_json(diag));
    json_array_append_new(order->answers, out);
}

static bool take(struct session *session, struct arena *arena, const char *path, const struct export_order *order,
                 struct answer *answer, struct diag *diag, struct err *err)
{
    struct export *export = &answer->export;
    struct import_result *result = &answer->result;
    const struct call *call = session->call;
    if (!intake_read(arena, path, &session->school, &order->profile, call->today, export, diag, err))
        return false;
    struct import_order import = {.stamp = session->stamp,
                                  .account = session->account,
                                  .accept_withdrawals = order->accept_withdrawals,
                                  .dry = order->dry};
    if (session->store != NULL && !store_import(session->store, export, &session->school, &import, result, diag, err))
        return false;
    if (order->outcome != NULL)
        *order->outcome =
            (struct export_outcome){.kind = export->kind, .result = *result, .rejected = export->rejected};
    else if (order->answers == NULL)
        say_result(session, path, export, order, result);
    if (diag_count(diag, DIAG_WARNING) > 0 || export->rejected > 0)
        session->call->attention = true;
    return true;
}

bool export_take(struct session *session, const char *path, const struct export_order *order, struct err *err)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct answer of_file = {.path = path};
    of_file.ok = take(session, arena, path, order, &of_file, diag, err);
    bool ok = of_file.ok;
    if (order->problems != NULL)
        session_report_text(session->call, diag, order->problems);
    else
        session_report(session->call, diag);
    if (order->outcome != NULL) {
        order->outcome->errors = diag_count(diag, DIAG_ERROR);
        order->outcome->warnings = diag_count(diag, DIAG_WARNING);
    }
    if (!ok && diag_count(diag, DIAG_ERROR) > 0 && err->code == ERR_INPUT)
        err_add(err, "%s", text_printable(session->arena, path));
    if (order->answers != NULL)
        answer(order, &of_file, diag);
    diag_free(diag);
    arena_free(arena);
    return ok;
}
