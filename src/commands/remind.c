#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/session.h"
#include "commands/workshop.h"
#include "issue/remind.h"
#include "settings/form.h"
#include "store/office.h"
#include "store/store.h"

enum { OLD_EXPORT = 7 }; /* days after which the visits may well be out of date */

/* A family with electronic access that did not look. */
struct family {
    const struct pupil *pupil;
    int32_t last; /* DATE_NONE: never */
};

struct reminder {
    struct session *session;
    int32_t days, as_of;
    const struct visit *visits;
    size_t visit_count;
    struct family *families; /* by class, then name */
    size_t family_count;
    size_t unknown;              /* families of whom the visits export says nothing */
    const struct pupil **others; /* those of them in classes that it knows; by class, then name */
    size_t other_count;
    struct remind_class *classes;
    size_t class_count;
};

static const struct visit *lookup_visit(const struct reminder *reminder, int32_t pupil)
{
    for (size_t i = 0; i < reminder->visit_count; i++)
        if (reminder->visits[i].pupil == pupil)
            return &reminder->visits[i];
    return NULL;
}

static bool is_here(const struct pupil *pupil, int32_t today)
{
    return (pupil->enrolled == DATE_NONE || pupil->enrolled <= today) &&
           (pupil->left == DATE_NONE || pupil->left >= today);
}

static void add_others(struct reminder *reminder, struct remind_class *class, const struct pupil *const *unknown,
                       size_t count)
{
    struct arena *arena = reminder->session->arena;
    const struct pupil **all = arena_alloc(arena, (reminder->other_count + count + 1) * sizeof *all);
    const char **names = arena_alloc(arena, (count + 1) * sizeof *names);
    if (reminder->other_count > 0)
        memcpy(all, reminder->others, reminder->other_count * sizeof *all);
    for (size_t i = 0; i < count; i++) {
        all[reminder->other_count++] = unknown[i];
        names[i] = unknown[i]->name;
    }
    reminder->others = all;
    class->others = names;
    class->other_count = count;
}

static bool find_class(struct reminder *reminder, struct remind_class *class, struct err *err)
{
    struct session *session = reminder->session;
    struct pupil *pupils = NULL;
    size_t count = 0;
    int32_t today = session->call->today;
    if (!store_pupils(session->store, session->arena, class->form, &pupils, &count, err))
        return false;
    struct family *families = arena_alloc(session->arena, (reminder->family_count + count + 1) * sizeof *families);
    struct remind_slip *slips = arena_alloc(session->arena, (count + 1) * sizeof *slips);
    if (reminder->family_count > 0)
        memcpy(families, reminder->families, reminder->family_count * sizeof *families);
    const struct pupil **unknown = arena_alloc(session->arena, (count + 1) * sizeof *unknown);
    size_t unknown_count = 0, known_count = 0;
    reminder->families = families;
    class->slips = slips;
    for (size_t i = 0; i < count; i++) {
        const struct visit *visit = lookup_visit(reminder, pupils[i].key);
        known_count += visit != NULL;
        if (!is_here(&pupils[i], today) || pupil_on_paper(&pupils[i], today))
            continue;
        if (visit == NULL) {
            unknown[unknown_count++] = &pupils[i];
            continue;
        }
        if (visit->last != DATE_NONE && today - visit->last < reminder->days)
            continue;
        slips[class->slip_count++] = (struct remind_slip){.pupil = pupils[i].name, .last = visit->last};
        families[reminder->family_count++] = (struct family){.pupil = &pupils[i], .last = visit->last};
    }
    reminder->unknown += unknown_count;
    if (known_count > 0)
        add_others(reminder, class, unknown, unknown_count);
    return true;
}

/* --- answers ------------------------------------------------------------------------------------------------------ */

static json_t *others_json(size_t count, const struct pupil *const **other)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++, ++*other) {
        json_t *one = json_object();
        json_object_set_new(one, "pupil_id", json_string((**other)->code));
        json_object_set_new(one, "pupil", json_string((**other)->name));
        json_array_append_new(list, one);
    }
    return list;
}

static void print_json(const struct reminder *reminder)
{
    json_t *out = json_object(), *classes = json_array();
    const struct family *family = reminder->families;
    const struct pupil *const *other = reminder->others;
    json_object_set_new(out, "as_of", json_day(reminder->as_of));
    json_object_set_new(out, "days", json_integer(reminder->days));
    json_object_set_new(out, "unknown", json_integer((json_int_t)reminder->unknown));
    for (size_t c = 0; c < reminder->class_count; c++) {
        const struct remind_class *class = &reminder->classes[c];
        json_t *entry = json_object(), *list = json_array();
        json_object_set_new(entry, "class", json_string(class->form));
        json_object_set_new(entry, "teacher", json_string(school_teacher_of(&reminder->session->school, class->form)));
        for (size_t i = 0; i < class->slip_count; i++, family++) {
            json_t *one = json_object();
            json_object_set_new(one, "pupil_id", json_string(family->pupil->code));
            json_object_set_new(one, "pupil", json_string(family->pupil->name));
            json_object_set_new(one, "last_visit", json_day(family->last));
            json_object_set_new(
                one, "days",
                family->last == DATE_NONE ? json_null() : json_integer(reminder->session->call->today - family->last));
            json_array_append_new(list, one);
        }
        json_object_set_new(entry, "families", list);
        json_object_set_new(entry, "unknown", others_json(class->other_count, &other));
        json_object_set_new(entry, "file", class->file == NULL ? json_null() : json_string(class->file));
        json_array_append_new(classes, entry);
    }
    json_object_set_new(out, "classes", classes);
    json_print(out);
    json_decref(out);
}

static void print_line(struct arena *arena, const struct pupil *pupil, const char *says)
{
    const char *name = text_printable(arena, pupil->name);
    size_t width = text_length(name);
    printf("  %-10s %s%*s  %s\n", text_printable(arena, pupil->code), name, (int)(width < 36 ? 36 - width : 0), "",
           says);
}

static void print_family(const struct session *session, const struct family *family)
{
    int32_t days = session->call->today - family->last;
    char day[DATE_TEXT];
    print_line(session->arena, family->pupil,
               family->last == DATE_NONE ? _("never looked")
                                         : arena_format(session->arena,
                                                        ngettext("last visit %s, %d day ago",
                                                                 "last visit %s, %d days ago", (unsigned long)days),
                                                        date_format(day, family->last), (int)days));
}

static void print_text(const struct reminder *reminder)
{
    const struct session *session = reminder->session;
    const struct family *family = reminder->families;
    const struct pupil *const *other = reminder->others;
    char day[DATE_TEXT];
    for (size_t c = 0; c < reminder->class_count; c++) {
        const struct remind_class *class = &reminder->classes[c];
        const char *teacher = school_teacher_of(&session->school, class->form);
        if (class->slip_count + class->other_count == 0)
            continue;
        printf("%s%s%s\n", class->form, teacher[0] == '\0' ? "" : ", ", teacher);
        for (size_t i = 0; i < class->slip_count; i++)
            print_family(session, family++);
        for (size_t i = 0; i < class->other_count; i++)
            print_line(session->arena, *other++, _("not in the visits export"));
        if (class->file != NULL)
            printf(_("  list and slips: %s\n"), class->file);
    }
    const char *days =
        arena_format(session->arena, ngettext("%d day", "%d days", (unsigned long)reminder->days), (int)reminder->days);
    session_say(session->call,
                ngettext("%zu family did not look for %s or more; visits as of %s.",
                         "%zu families did not look for %s or more; visits as of %s.", reminder->family_count),
                reminder->family_count, days, date_format(day, reminder->as_of));
    if (reminder->unknown > 0)
        session_say(session->call,
                    ngettext("Of %zu more family the visits export says nothing.",
                             "Of %zu more families the visits export says nothing.", reminder->unknown),
                    reminder->unknown);
}

/* --- the command -------------------------------------------------------------------------------------------------- */

static bool read_days(const struct call *call, int32_t *days, struct err *err)
{
    const char *given = call_option(call, "days");
    if (given == NULL)
        return true;
    char *end = NULL;
    long value = strtol(given, &end, 10);
    if (*given < '1' || *given > '9' || *end != '\0' || value > 365)
        return err_set(err, ERR_USAGE, _("--days is a number from 1 to 365"));
    *days = (int32_t)value;
    return true;
}

static bool print_slips(struct reminder *reminder, struct err *err)
{
    struct session *session = reminder->session;
    struct workshop shop = {0};
    const struct remind_day on = {.as_of = reminder->as_of, .today = session->call->today};
    char day[DATE_TEXT];
    const char *folder = arena_format(session->arena, "%s/remind-%s", file_join(session->arena, session->folder, "out"),
                                      date_format(day, session->call->today));
    bool ok = workshop_open(session, "remind", &shop, err) &&
              remind_print(session->arena, &shop, folder, &on, reminder->classes, reminder->class_count, err);
    workshop_close(&shop);
    char what[100];
    snprintf(what, sizeof what, "remind: slips for %zu families", reminder->family_count);
    return ok && store_audit(session->store, session->stamp, session->account, what, err);
}

static bool load(struct reminder *reminder, struct err *err)
{
    struct session *session = reminder->session;
    struct visit *visits = NULL;
    const char **forms = NULL;
    if (!session_classes(session, &forms, &reminder->class_count, err) ||
        !store_visits(session->store, session->arena, &visits, &reminder->visit_count, &reminder->as_of, err))
        return false;
    if (reminder->as_of == DATE_NONE)
        return err_set(err, ERR_INPUT, _("there is no visits export in the store; import one first"));
    reminder->visits = visits;
    reminder->classes = arena_alloc(session->arena, (reminder->class_count + 1) * sizeof *reminder->classes);
    for (size_t i = 0; i < reminder->class_count; i++) {
        reminder->classes[i].form = forms[i];
        if (!find_class(reminder, &reminder->classes[i], err))
            return false;
    }
    return true;
}

static bool remind(struct session *session, struct err *err)
{
    struct call *call = session->call;
    struct reminder reminder = {.session = session, .days = session->school.remind_days};
    char day[DATE_TEXT];
    if (!read_days(call, &reminder.days, err) || !load(&reminder, err) ||
        (call_has(call, "pdf") && reminder.family_count > 0 && !print_slips(&reminder, err)))
        return false;
    if (call->json)
        print_json(&reminder);
    else
        print_text(&reminder);
    if (call->today - reminder.as_of > OLD_EXPORT) {
        fprintf(stderr, _("warning: the newest visits export is of %s; families may have looked since\n"),
                date_format(day, reminder.as_of));
        call->attention = true;
    }
    return true;
}

static bool run(struct call *call, struct err *err)
{
    return session_run(call, call_has(call, "pdf"), remind, err);
}

static const struct flag flags[] = {
    {"class", "C", N_("only this class; may be repeated"), 0},
    {"days", "N", N_("who did not look for so many days (school.ini, [remind] days)"), 0},
    {"pdf", NULL, N_("the class teacher's list and slips to cut and hand out, a file for each class"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_remind = {
    .name = "remind",
    .right = RIGHT_CLASS,
    .operands = "",
    .summary = N_("families with electronic access who do not use it: a list and slips for each class"),
    .options = flags,
    .run = run,
};
