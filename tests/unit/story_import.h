/* A story under way: a random school, its store, and the files that go into it. */
#ifndef PAPERDIARY_TESTS_STORY_IMPORT_H
#define PAPERDIARY_TESTS_STORY_IMPORT_H

#include <stdio.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "intake/intake.h"
#include "settings/profile.h"
#include "store/store.h"
#include "story_events.h"
#include "story_family.h"
#include "story_report.h"
#include "story_school.h"

struct again;
struct workshop;

enum { SHEETS_MOST = 400 };

/* A sheet that the register has. */
struct issued {
    const char *number;
    struct iso_week week;
};

struct story {
    struct arena *arena;
    char folder[64];
    struct school school;
    struct store *store;
    struct workshop *shop;
    struct again *again;
    struct arena *sheet_arena; /* of the sheet that is read */
    struct source live, imported;
    struct source told[PUPILS]; /* as imported when the pupil's last sheet was issued */
    bool numbered, together;
    unsigned reports; /* classes that export reports, one bit each */
    bool mixed;       /* and now and then a gradebook */
    int moves_told;   /* by tables of pupils: there; and back */
    bool ended_early; /* the newest export ended within the week */
    int32_t start, moves, back;
    struct family families[PUPILS];
    struct issued sheets[SHEETS_MOST];
    size_t sheet_count, imports;
};

static inline void must(bool ok, const struct err *err)
{
    if (!ok)
        fail_msg("%s", err->text);
}

/* --- import ---------------------------------------------------------------------------------------------------- */

static inline int32_t newest_import(struct story *story)
{
    struct import_info info = {0};
    struct err err = {0};
    store_import_info(story->store, story->arena, 0, &info, &err);
    assert_int_equal(err.code, ERR_NONE);
    return info.import;
}

static inline bool import_bytes(struct story *story, const struct buffer *bytes, bool accept, int32_t today,
                                struct import_result *result, struct diag *diag)
{
    struct profile profile = profile_default();
    struct export export = {0};
    struct import_order order = {.stamp = "2026-11-21 10:00:00", .account = "tester", .accept_withdrawals = accept};
    struct err err = {0};
    if (!intake_read_bytes(story->arena, "story.csv", bytes->data, bytes->size, &story->school, &profile, today,
                           &export, diag, &err))
        fail_msg("%s: %s", err.text, diag_lookup(diag, 0) == NULL ? "" : diag_lookup(diag, 0)->text);
    bool ok = store_import(story->store, &export, &story->school, &order, result, diag, &err);
    assert_true(ok || err.code == ERR_INPUT);
    return ok;
}

/* The rows of the classes (one bit each) and days, in an order of its own. */
static inline void choose_rows(const struct source *live, unsigned classes, struct span days, struct source *out)
{
    out->count = 0;
    for (size_t i = 0; i < live->count; i++)
        for (unsigned form = 0; form < CLASSES; form++)
            if ((classes >> form & 1) != 0 && strcmp(live->rows[i].form, story_classes[form]) == 0 &&
                live->rows[i].day >= days.from && live->rows[i].day <= days.until)
                source_add(out, live->rows[i]);
    for (size_t i = out->count; i > 1 && seed % 3 == 0; i--) {
        size_t other = rnd((uint32_t)i);
        struct source_row row = out->rows[other];
        out->rows[other] = out->rows[i - 1];
        out->rows[i - 1] = row;
    }
}

/* A file in a dress of its own. */
static inline void write_file(struct story *story, const struct source *file, const struct report_of *reports,
                              struct buffer *out)
{
    if (reports != NULL) {
        struct report_dress dress = report_dress_random();
        write_reports(story->arena, file, reports, &dress, out);
        return;
    }
    struct dress dress = dress_random(story->moves == INT32_MAX);
    write_export(story->arena, file, &dress, out);
}

/* One file with these rows: a gradebook, or `reports`. A refused one has changed nothing. */
static inline bool import_rows(struct story *story, const struct source *file, const struct report_of *reports,
                               int32_t today, bool accept)
{
    struct buffer bytes = {0};
    struct import_result result = {0}, again = {0};
    struct diag *diag = diag_new();
    int32_t before = newest_import(story);
    write_file(story, file, reports, &bytes);
    bool ok = import_bytes(story, &bytes, accept, today, &result, diag);
    story->imports++;
    if (!ok)
        happens(EVENT_REFUSED);
    if (ok && reports != NULL)
        source_take_reports(&story->imported, file, reports);
    else if (ok)
        source_take(&story->imported, file);
    if (ok) {
        write_file(story, file, reports, &bytes);
        if (chance(20)) {
            assert_true(import_bytes(story, &bytes, false, today, &again, diag));
            happens(EVENT_SAME_AGAIN);
        }
        assert_false(again.changed);
    }
    assert_int_equal(newest_import(story), before + (ok && result.changed));
    buffer_free(&bytes);
    diag_free(diag);
    return ok;
}

static inline void lose_rows(struct source *file)
{
    for (size_t i = file->count; i-- > 0;)
        if (chance(40))
            source_remove(file, i);
}

static inline void keep_pupil(struct source *file, struct report_of *of)
{
    int pupil = (int)rnd(PUPILS);
    while ((of->classes >> form_number(story_forms[pupil]) & 1) == 0)
        pupil = (pupil + 1) % PUPILS;
    of->pupils = 1U << pupil;
    for (size_t i = file->count; i-- > 0;)
        if (file->rows[i].pupil != pupil)
            source_remove(file, i);
}

/* Reports of all pupils of the classes, or of one pupil. */
static inline bool import_reports(struct story *story, unsigned classes, struct span days, bool accept, bool cut)
{
    static struct source file;
    struct report_of of = {.classes = classes,
                           .days = days,
                           .moves = story->moves <= days.until && story->back > days.from,
                           .year = date_to_civil(story->start - 220).year};
    choose_rows(&story->live, classes, days, &file);
    report_rows(&file);
    for (int pupil = 0; pupil < PUPILS; pupil++)
        of.pupils |= 1U << pupil;
    if (!accept && chance(40)) {
        keep_pupil(&file, &of);
        happens(EVENT_REPORT_ALONE);
    }
    if (cut)
        lose_rows(&file);
    happens(EVENT_REPORTS);
    return import_rows(story, &file, &of, days.until, accept);
}

static inline bool import_gradebooks(struct story *story, unsigned classes, struct span days, bool accept, bool cut)
{
    static struct source file;
    choose_rows(&story->live, classes, days, &file);
    if (cut)
        lose_rows(&file);
    return import_rows(story, &file, NULL, days.until, accept);
}

/* A file of each kind that the classes export; a short one has lost rows. A child is in one class on one day, and some
 * move from the first class to the second: that of the first comes first. */
static inline bool import_file(struct story *story, unsigned classes, struct span days, bool accept, bool cut)
{
    unsigned reports = story->mixed && chance(40) ? 0 : classes & story->reports;
    bool ok = true;
    if ((reports & 1) != 0)
        ok = import_reports(story, reports, days, accept, cut);
    if ((classes & ~reports) != 0)
        ok = import_gradebooks(story, classes & ~reports, days, accept, cut) && ok;
    if (reports != 0 && (reports & 1) == 0)
        ok = import_reports(story, reports, days, accept, cut) && ok;
    return ok;
}

/* Files of a week up to a day: of the week alone, the term so far, or earlier days; all classes together, each in its
 * own, or only some of them. */
static inline void import_week(struct story *story, int32_t monday, int32_t last)
{
    struct span days = {monday, last};
    uint32_t what = rnd(10);
    bool whole = last == monday + 6;
    if (what < 5)
        days.from = story->start;
    else if (what == 5)
        days.from -= 7 * (int32_t)(1 + rnd(3));
    else if (what == 6 && monday > story->start && whole)
        days = (struct span){monday - 7, monday - 1};
    if (days.until < monday)
        happens(EVENT_PART_OF_DAYS);
    if (chance(15) && what < 6 && whole)
        days.until += 7;
    days.from = days.from < story->start ? story->start : days.from;
    bool together = story->together || chance(60), ok = true;
    unsigned files = together ? 1 : chance(25) ? 1 + rnd(CLASSES - 1) : CLASSES;
    if (!together && files < CLASSES)
        happens(EVENT_PART_OF_CLASSES);
    if (chance(10))
        import_file(story, 7, days, chance(30), true);
    for (unsigned i = 0, first = rnd(CLASSES); i < files && ok; i++)
        ok = import_file(story, together ? 7 : 1U << (first + i) % CLASSES, days, chance(70), false);
    story->together = false;
    story->ended_early = ok && !whole;
    /* Refused are more than a fifth withdrawn, and a class alone whose pupil came from another: all, then. */
    if (!ok)
        assert_true(import_file(story, 7, (struct span){story->start, monday + 13}, true, false));
}

static inline void import_roster(struct story *story)
{
    struct buffer bytes = {0};
    struct import_result result = {0};
    struct diag *diag = diag_new();
    buffer_text(&bytes, "pupil_id;pupil;class;paper_from;delivery;copies\n");
    for (int i = 0; i < PUPILS; i++) {
        struct family *family = &story->families[i];
        char day[DATE_TEXT] = "";
        if (family->from != DATE_NONE)
            date_format(day, family->from);
        buffer_format(&bytes, "%s;%s;%s;%s;%s;\n", story_codes[i], story_names[i], story_forms[i], day,
                      family->from != DATE_NONE ? "hand" : "");
    }
    assert_true(import_bytes(story, &bytes, false, story->start, &result, diag));
    for (int i = 0; i < PUPILS; i++) {
        struct pupil *found = NULL;
        size_t count = 0;
        struct err err = {0};
        must(store_find_pupils(story->store, story->arena, story_codes[i], &found, &count, &err), &err);
        assert_int_equal(count, 1);
        story->families[i].key = found->key;
    }
    buffer_free(&bytes);
    diag_free(diag);
}

/* By a table of pupils: reports know a pupil by name and class. */
static inline void import_class_of(struct story *story, int pupil, const char *form)
{
    struct buffer bytes = {0};
    struct import_result result = {0};
    struct diag *diag = diag_new();
    buffer_format(&bytes, "pupil_id;pupil;class\n%s;%s;%s\n", story_codes[pupil], story_names[pupil], form);
    assert_true(import_bytes(story, &bytes, false, story->start, &result, diag));
    buffer_free(&bytes);
    diag_free(diag);
}

/* A family goes on paper, or back to electronic access, by command. */
static inline void change_paper(struct story *story, int pupil, int32_t from, int32_t until)
{
    struct family *family = &story->families[pupil];
    struct import_order order = {.stamp = "2026-11-21 10:00:00", .account = "tester"};
    struct pupil_row change = {.code = story_codes[pupil],
                               .name = "",
                               .form = "",
                               .enrolled = DATE_NONE,
                               .left = DATE_NONE,
                               .ground = "",
                               .consent = DATE_NONE,
                               .paper_from = from,
                               .paper_until = until,
                               .delivery = "office",
                               .recipient = "",
                               .address = ""};
    struct err err = {0};
    must(store_change_pupil(story->store, &change, until == DATE_NONE, &order, "opt-out", &err), &err);
    family->came_back = family->until != DATE_NONE && until == DATE_NONE;
    family->from = from == DATE_NONE ? family->from : from;
    family->until = until;
}

#endif
