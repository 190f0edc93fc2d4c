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

static bool take(struct session *session, struct arena *arena, const char *path, const struct export_order *order,
                 struct diag *diag, struct err *err)
{
    struct export export = {0};
    const struct call *call = session->call;
    if (!intake_read(arena, path, &session->school, &order->profile, call->today, &export, diag, err))
        return false;
    struct import_order import = {.stamp = session->stamp,
                                  .account = session->account,
                                  .accept_withdrawals = order->accept_withdrawals,
                                  .dry = order->dry};
    struct import_result result = {0};
    if (session->store != NULL && !store_import(session->store, &export, &session->school, &import, &result, diag, err))
        return false;
    if (order->outcome == NULL)
        say_result(session, path, &export, order, &result);
    else
        *order->outcome = (struct export_outcome){.kind = export.kind, .result = result, .rejected = export.rejected};
    if (diag_count(diag, DIAG_WARNING) > 0 || export.rejected > 0)
        session->call->attention = true;
    return true;
}

bool export_take(struct session *session, const char *path, const struct export_order *order, struct err *err)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    bool ok = take(session, arena, path, order, diag, err);
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
    diag_free(diag);
    arena_free(arena);
    return ok;
}
