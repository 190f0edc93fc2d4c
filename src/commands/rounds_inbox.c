#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "commands/command.h"
#include "commands/exports.h"
#include "commands/rounds.h"
#include "commands/session.h"
#include "issue/inbox.h"
#include "store/store.h"

/* A file of the inbox that was dealt with. */
struct taken {
    const char *name; /* as it is called now */
    bool refused;
    struct export_outcome outcome;
};

/* Imports the file and moves it; one that is refused, or has warnings, gets a note beside it. A failure of the machine
 * leaves it where it is. */
static bool take_file(struct summary *summary, const char *inbox, const struct inbox_file *file, struct err *err)
{
    struct session *session = summary->session;
    struct taken *taken = &summary->files[summary->file_count];
    struct buffer problems = {0};
    struct export_order order = {.problems = &problems, .outcome = &taken->outcome};
    struct err one = {0};
    taken->refused =
        !export_profile(session, file->path, &order.profile, &one) || !export_take(session, file->path, &order, &one);
    if (taken->refused && one.code == ERR_MACHINE) {
        buffer_free(&problems);
        return err_set(err, one.code, "%s", one.text);
    }
    if (taken->refused && problems.size == 0)
        buffer_format(&problems, "%s\n", one.text);
    if (taken->refused)
        buffer_text(&problems, _("Nothing of this file was imported. Mend it and put it into inbox/ again.\n"));
    bool ok = inbox_move(session->arena, inbox, file, taken->refused ? "refused" : "done",
                         problems.size > 0 ? problems.data : NULL, session->school.group_readable, &taken->name, err);
    buffer_free(&problems);
    summary->file_count += ok ? 1 : 0;
    summary->refused += ok && taken->refused ? 1 : 0;
    return ok;
}

static size_t wrong_rows(const struct taken *file)
{
    return file->outcome.errors > file->outcome.rejected ? file->outcome.errors : file->outcome.rejected;
}

static void say_file(struct summary *summary, const struct taken *file, const char *name)
{
    struct arena *arena = summary->session->arena;
    size_t errors = wrong_rows(file), warnings = file->outcome.warnings;
    const char *parts[] = {
        errors == 0 ? "" : arena_format(arena, ngettext("%zu error", "%zu errors", errors), errors),
        warnings == 0 ? "" : arena_format(arena, ngettext("%zu warning", "%zu warnings", warnings), warnings)};
    const char *between = *parts[0] != '\0' && *parts[1] != '\0' ? ", " : "";
    if (file->refused)
        summary_line(summary, true, _("  refused: inbox/refused/%s (%s%s%s); why: in the .txt beside it"), name,
                     *parts[0] == '\0' && *parts[1] == '\0' ? _("the whole file") : parts[0], between, parts[1]);
    else
        summary_line(summary, true, _("  imported: inbox/done/%s (%s%s%s); see the .txt beside it"), name, parts[0],
                     between, parts[1]);
}

static json_t *file_json(const struct taken *file, const char *name)
{
    json_t *out = json_object();
    bool changed = !file->refused && file->outcome.result.changed;
    const char *state = file->refused ? "refused" : changed ? "imported" : "nothing new";
    json_object_set_new(out, "file", json_string(name));
    json_object_set_new(out, "state", json_string(state));
    json_object_set_new(out, "import", changed ? json_integer(file->outcome.result.import) : json_null());
    json_object_set_new(out, "errors", json_integer((json_int_t)wrong_rows(file)));
    json_object_set_new(out, "warnings", json_integer((json_int_t)file->outcome.warnings));
    return out;
}

static bool say_inbox(struct summary *summary, struct err *err)
{
    struct session *session = summary->session;
    struct pupil *pupils = NULL;
    size_t pupil_count = 0, told = 0, more = 0, count = summary->file_count;
    if (!store_pupils(session->store, session->arena, NULL, &pupils, &pupil_count, err))
        return false;
    if (count == 0)
        summary_line(summary, false, _("Inbox: nothing new."));
    else
        summary_line(summary, false,
                     ngettext("Inbox: %zu file; imported %zu, refused %zu.",
                              "Inbox: %zu files; imported %zu, refused %zu.", count),
                     count, count - summary->refused, summary->refused);
    for (size_t i = 0; i < count; i++) {
        const struct taken *file = &summary->files[i];
        const char *name = inbox_public_name(session->arena, file->name, pupils, pupil_count);
        json_array_append_new(summary->inbox, file_json(file, name));
        if (!file->refused && file->outcome.warnings + wrong_rows(file) == 0)
            continue;
        if (told++ < MOST_FILES)
            say_file(summary, file, name);
        else
            more++;
    }
    if (more > 0)
        summary_line(summary, true,
                     ngettext("  and %zu more file of this kind", "  and %zu more files of this kind", more), more);
    return true;
}

static bool profile_of(void *context, const char *path, struct profile *out, struct err *err)
{
    return export_profile(context, path, out, err);
}

bool rounds_take_inbox(struct summary *summary, struct err *err)
{
    struct session *session = summary->session;
    const char *inbox = file_join(session->arena, session->folder, "inbox");
    struct inbox_file *files = NULL;
    size_t count = 0;
    const struct inbox_order order = {.folder = inbox,
                                      .school = &session->school,
                                      .today = session->call->today,
                                      .profile_of = profile_of,
                                      .context = session};
    if (!export_profiles_check(session, err) || !inbox_list(session->arena, &order, &files, &count, err))
        return false;
    summary->files = arena_alloc(session->arena, (count + 1) * sizeof *summary->files);
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        session_progress(session->call, files[i].name);
        ok = take_file(summary, inbox, &files[i], err);
        session_progress(session->call, NULL);
    }
    return say_inbox(summary, err) && ok;
}
