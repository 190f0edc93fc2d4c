#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/purge_texts.h"
#include "commands/session.h"
#include "commands/workshop.h"
#include "issue/purge.h"
#include "press/press.h"
#include "sheets/act.h"
#include "typeset/set.h"

struct purge {
    struct session *session;
    struct purge_order order;
    struct purge_find find;
    struct purge_files files;
    bool due, done; /* there is something to remove; something was removed */
    struct purge_proof proof;
    struct removal act;   /* the newest */
    const char *act_file; /* NULL: not printed */
};

static bool is_due(const struct purge_counts *counts)
{
    return counts->pupils + counts->entries + counts->finals + counts->achievements + counts->announcements +
               counts->sheets >
           0;
}

/* The first day of the oldest school year that is kept. */
static int32_t old_before(const struct session *session)
{
    const struct school *school = &session->school;
    if (school->retention_years == 0)
        return DATE_NONE;
    int32_t year = school_year_of(school, session->arena, session->call->today)->year - school->retention_years + 1;
    return school_year_of(school, session->arena, date_from_civil(year, 12, 1))->whole.from;
}

static bool look(struct purge *purge, struct err *err)
{
    struct session *session = purge->session;
    purge->order = (struct purge_order){.left_before = session->call->today - session->school.retention_left,
                                        .old_before = old_before(session),
                                        .stamp = session->stamp,
                                        .account = session->account};
    if (!store_purge_find(session->store, session->arena, &purge->order, &purge->find, err) ||
        !store_removal(session->store, session->arena, &purge->act, err))
        return false;
    if (!purge->find.old)
        purge->order.old_before = DATE_NONE;
    purge->due = is_due(&purge->find.counts);
    if (!purge->due)
        return true;
    bool ok =
        purge_files(session->arena, session->folder, session->store, &purge->order, &purge->find, &purge->files, err);
    purge->find.counts.files = purge->order.files = (int64_t)purge->files.remove_count;
    return ok;
}

/* The files first: while the store knows whose they are, a killed run can begin again. */
static bool remove_all(struct purge *purge, struct err *err)
{
    struct session *session = purge->session;
    int32_t act = purge->act.act;
    if (purge->due) {
        if (!store_purge_begin(session->store, &purge->order, &act, err) ||
            !purge_remove(session->arena, session->folder, &purge->files, err) ||
            !store_purge(session->store, act, &purge->order, &purge->find, err))
            return false;
    } else if (act == 0 || purge->act.state == 2)
        return true;
    purge->done = true;
    return store_purge_finish(session->store, act, err) &&
           purge_search(session->arena, session->folder, &purge->find, &purge->proof, err) &&
           store_removal(session->store, session->arena, &purge->act, err);
}

static int32_t act_day(const struct purge *purge)
{
    char text[DATE_TEXT] = "";
    int32_t day = purge->session->call->today;
    strncpy(text, purge->act.stamp, sizeof text - 1);
    date_parse(text, &day);
    return day;
}

static bool press_act(const struct purge *purge, const struct workshop *shop, struct buffer *bytes, struct err *err)
{
    const struct session *session = purge->session;
    struct document document = {0};
    struct page *pages = NULL;
    size_t count = 0;
    struct set_report report = {0};
    struct set_tools tools = {.metrics = shop->metrics, .hyphens = shop->hyphens};
    act_compose(session->arena, &purge->act, act_day(purge), &session->school, &shop->layout, &document);
    if (!set_document(session->arena, &document, &tools, &pages, &count, &report, err))
        return false;
    struct press_job *job = press_begin(shop->press, document.title);
    for (size_t i = 0; i < count; i++)
        press_page(job, &pages[i]);
    return press_finish(job, bytes, err);
}

static bool print_act(struct purge *purge, const struct workshop *shop, struct err *err)
{
    struct session *session = purge->session;
    struct buffer bytes = {0};
    const char *folder = file_join(session->arena, session->folder, "out/acts");
    const char *name = arena_format(session->arena, "act-%d.pdf", (int)purge->act.act);
    bool ok = press_act(purge, shop, &bytes, err) && file_keep_folder(folder, session->school.group_readable, err) &&
              file_write(file_join(session->arena, folder, name), bytes.data, bytes.size,
                         session->school.group_readable, err);
    buffer_free(&bytes);
    purge->act_file = arena_format(session->arena, "out/acts/%s", name);
    return ok;
}

/* --- the answer --------------------------------------------------------------------------------------------------- */

static json_t *counts_json(const struct purge_counts *counts)
{
    json_t *out = json_object();
    json_object_set_new(out, "pupils", json_integer(counts->pupils));
    json_object_set_new(out, "entries", json_integer(counts->entries));
    json_object_set_new(out, "finals", json_integer(counts->finals));
    json_object_set_new(out, "achievements", json_integer(counts->achievements));
    json_object_set_new(out, "announcements", json_integer(counts->announcements));
    json_object_set_new(out, "visits", json_integer(counts->visits));
    json_object_set_new(out, "texts", json_integer(counts->texts));
    json_object_set_new(out, "sheets", json_integer(counts->sheets));
    json_object_set_new(out, "files", json_integer(counts->files));
    return out;
}

static json_t *paths_json(const char *const *paths, size_t count)
{
    json_t *out = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(out, json_string(paths[i]));
    return out;
}

static void print_json(const struct purge *purge, bool dry)
{
    json_t *out = json_object();
    json_object_set_new(out, "dry_run", json_boolean(dry));
    if (dry) {
        json_t *pupils = json_array();
        for (size_t i = 0; i < purge->find.count; i++) {
            json_t *pupil = json_object();
            json_object_set_new(pupil, "pupil_id", json_string(purge->find.leavers[i].code));
            json_object_set_new(pupil, "left", json_day(purge->find.leavers[i].left));
            json_array_append_new(pupils, pupil);
        }
        json_object_set_new(out, "pupils", pupils);
        json_object_set_new(out, "files", paths_json(purge->files.remove, purge->files.remove_count));
    } else {
        json_object_set_new(out, "act", purge->done ? json_integer(purge->act.act) : json_null());
        json_object_set_new(out, "file", purge->act_file == NULL ? json_null() : json_string(purge->act_file));
        json_object_set_new(out, "still", paths_json(purge->proof.still, purge->proof.still_count));
        json_object_set_new(out, "closed", paths_json(purge->proof.closed, purge->proof.closed_count));
    }
    json_object_set_new(out, "old_before", json_day(purge->order.old_before));
    json_object_set_new(out, "counts", counts_json(purge->done ? &purge->act.counts : &purge->find.counts));
    json_object_set_new(out, "texts", purge_texts_json(&purge->find));
    json_object_set_new(out, "waiting", paths_json(purge->files.waiting, purge->files.waiting_count));
    json_print(out);
    json_decref(out);
}

static void say_count(const struct call *call, const char *what, int64_t count)
{
    if (count > 0)
        session_say(call, "  %s: %lld", what, (long long)count);
}

static void say_counts(const struct call *call, const struct purge_counts *counts)
{
    say_count(call, _("pupils: name, id, class, dates, recipient and address"), counts->pupils);
    say_count(call, _("marks, attendance and comments, with their history"), counts->entries);
    say_count(call, _("finals"), counts->finals);
    say_count(call, _("achievements"), counts->achievements);
    say_count(call, _("announcements"), counts->announcements);
    say_count(call, _("visits"), counts->visits);
    say_count(call, _("texts that nobody needs any more"), counts->texts);
    say_count(call, _("sheets in the register, now without a person"), counts->sheets);
    say_count(call, _("files"), counts->files);
}

static void say_dry(const struct purge *purge)
{
    const struct call *call = purge->session->call;
    char day[DATE_TEXT];
    if (!purge->due) {
        session_say(call, _("Nothing is to be removed."));
        return;
    }
    session_say(call, _("To be removed (nothing was changed):"));
    say_counts(call, &purge->find.counts);
    for (size_t i = 0; i < purge->find.count; i++)
        session_say(call, _("pupil %s, left %s"), text_printable(purge->session->arena, purge->find.leavers[i].code),
                    date_format(day, purge->find.leavers[i].left));
    for (size_t i = 0; i < purge->files.remove_count; i++)
        session_say(call, "%s", text_printable(purge->session->arena, purge->files.remove[i]));
}

static void say_done(const struct purge *purge)
{
    const struct session *session = purge->session;
    char day[DATE_TEXT];
    if (!purge->done)
        session_say(session->call, _("Nothing is to be removed."));
    else {
        session_say(session->call, _("Act No. %d of the removal of personal data, %s, by %s. Removed:"),
                    (int)purge->act.act, date_format(day, act_day(purge)), purge->act.account);
        say_counts(session->call, &purge->act.counts);
        session_say(session->call,
                    _("From: the store and its copies, out/, inbox/done/ and inbox/refused/. The store's "
                      "file was written anew."));
        if (purge->find.word_count > 0)
            session_say(session->call,
                        ngettext("%zu name, recipient or address was sought in every file of the school folder; files "
                                 "that hold one: %zu.",
                                 "%zu names, recipients and addresses were sought in every file of the school folder; "
                                 "files that hold one: %zu.",
                                 purge->find.word_count),
                        purge->find.word_count, purge->proof.still_count);
    }
    if (purge->act_file != NULL)
        session_say(session->call, _("The act to sign: %s"), purge->act_file);
    if (purge->done && purge->files.remove_count > 0)
        session_say(session->call, _("Print files and lists in which one of them stood are gone; paperdiary weekly "
                                     "--week W makes those of a week again without them."));
}

static void warn(const struct purge *purge)
{
    struct call *call = purge->session->call;
    const struct purge_proof *proof = &purge->proof;
    for (size_t i = 0; i < proof->still_count; i++)
        fprintf(stderr, _("warning: %s still holds a name, recipient or address of a removed pupil; see to it\n"),
                text_printable(call->arena, proof->still[i]));
    for (size_t i = 0; i < proof->closed_count; i++)
        fprintf(stderr, _("warning: %s is packed and can't be searched; see whether it names a removed pupil\n"),
                text_printable(call->arena, proof->closed[i]));
    for (size_t i = 0; i < purge->files.waiting_count; i++)
        fprintf(stderr,
                _("warning: %s was not imported yet and names a removed pupil; imported as it is, it brings the pupil "
                  "back\n"),
                text_printable(call->arena, purge->files.waiting[i]));
    if (proof->still_count + proof->closed_count + purge->files.waiting_count > 0)
        call->attention = true;
    if (purge->due)
        purge_warn_of_texts(call, &purge->find);
}

static bool act(struct purge *purge, struct err *err)
{
    struct workshop shop = {0};
    bool pdf = call_has(purge->session->call, "pdf");
    bool ok = (!pdf || workshop_open(purge->session, "act", &shop, err)) && remove_all(purge, err) &&
              (!pdf || purge->act.act == 0 || print_act(purge, &shop, err));
    workshop_close(&shop);
    return ok;
}

static bool purge(struct session *session, struct err *err)
{
    const struct call *call = session->call;
    struct purge purge = {.session = session};
    bool dry = call_has(call, "dry-run");
    if (call_has(call, "text"))
        return purge_texts(session, err);
    if (!look(&purge, err) || (!dry && !act(&purge, err)))
        return false;
    if (call->json)
        print_json(&purge, dry);
    else if (dry)
        say_dry(&purge);
    else
        say_done(&purge);
    warn(&purge);
    return true;
}

static bool run(struct call *call, struct err *err)
{
    return session_run(call, !call_has(call, "dry-run"), purge, err);
}

static const struct flag flags[] = {
    {"dry-run", NULL, N_("only list what would be removed"), 0},
    {"text", "N", N_("remove this text of others, which purge said may name a removed pupil; may be repeated"), 0},
    {"pdf", NULL, N_("the act of the removal as a PDF to sign; without a removal, the last one's"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_purge = {
    .name = "purge",
    .operands = "",
    .summary = N_("remove what must not be kept: pupils who left, old school years; with an act"),
    .options = flags,
    .run = run,
};
