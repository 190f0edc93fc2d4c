/* The store: paperdiary.db. What is stored is never overwritten: every value keeps from which import until which it
 * held. A store is used by one thread at a time. */
#ifndef PAPERDIARY_STORE_STORE_H
#define PAPERDIARY_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gradebook/book.h"
#include "gradebook/record.h"

struct arena;
struct diag;
struct err;
struct sheet_forecast;
struct store;

/* A new, empty store (ERR_USAGE where one is there); file mode 0600, or 0640 with `group`. */
bool store_create(const char *path, bool group, struct err *err);
/* Checks application id and schema version; migrates an older one after a backup beside it; refuses a newer one. */
bool store_open(const char *path, struct store **out, struct err *err);
/* The same. Where another process holds the database for longer than a second, `waiting` is called, once a wait; after
 * ten seconds what waits fails. */
bool store_open_telling(const char *path, void (*waiting)(void *context), void *context, struct store **out,
                        struct err *err);
bool store_close(struct store *store, struct err *err); /* NULL is legal */

/* Until store_release all questions see one state, and each costs less; nobody can write meanwhile. */
bool store_hold(struct store *store, struct err *err);
/* Whether `ok`, and nothing failed. */
bool store_release(struct store *store, bool ok, struct err *err);

/* --- imports ------------------------------------------------------------------------------------------------ */

struct import_order {
    const char *stamp;   /* «YYYY-MM-DD HH:MM:SS», of the register */
    const char *account; /* who */
    bool accept_withdrawals;
    bool dry; /* check only: everything is rolled back */
};

struct import_result {
    int32_t import; /* number of the import; that of the last one where nothing changed */
    bool changed;
    int64_t rows; /* of the file */
    /* Values: marks and absences of a gradebook, as sheets tell them; rows of the other kinds, pupils with anything
     * new. */
    int64_t added, corrected, withdrawn, unchanged;
    int64_t texts; /* rows of a gradebook that came, went or changed (topic, homework, comment) without a value doing so
                    */
    int32_t classes, pupils;
};

/* One transaction for the whole file, by export->kind. What only the store can see (a pupil of the roster missing from
 * the export: a warning with the id; a name that is not unique; a pupil in another class on the same day; more than a
 * fifth withdrawn) goes to diag; errors there fail with ERR_INPUT and nothing is stored.
 * With rejects = skip, rows of which it can't be told whose they are are put aside: they leave export->rows, and are
 * counted as rejected. */
bool store_import(struct store *store, struct export *export, const struct school *school,
                  const struct import_order *order, struct import_result *out, struct diag *diag, struct err *err);

struct import_info {
    int32_t import;
    const char *stamp, *file, *kind, *profile, *state, *sha256;
};
/* Of a given import; 0: the newest. False without error (err->code ERR_NONE) where there is none. */
bool store_import_info(struct store *store, struct arena *arena, int32_t import, struct import_info *out,
                       struct err *err);

/* --- reading ------------------------------------------------------------------------------------------------ */

/* Canonical class names in order of grade and letter. */
bool store_classes(struct store *store, struct arena *arena, const char ***out, size_t *count, struct err *err);
/* All that sheets of the class need, with entries from `from` on (day number), finals of the school year that holds it.
 */
bool store_load_book(struct store *store, struct arena *arena, const char *form, int32_t from, struct book *out,
                     struct err *err);
/* The same as of import `as_of`: pupils, their names and class as they were then, nothing that came later. */
bool store_load_book_at(struct store *store, struct arena *arena, const char *form, int32_t from, int32_t as_of,
                        struct book *out, struct err *err);
/* The pupils of a class as of an import, by name. */
bool store_pupils_at(struct store *store, struct arena *arena, const char *form, int32_t as_of, struct pupil **out,
                     size_t *count, struct err *err);
/* All pupils, by class and name. `form` NULL: every class. */
bool store_pupils(struct store *store, struct arena *arena, const char *form, struct pupil **out, size_t *count,
                  struct err *err);
/* Pupils whose id is `what`, or else whose folded name holds the folded `what`. */
bool store_find_pupils(struct store *store, struct arena *arena, const char *what, struct pupil **out, size_t *count,
                       struct err *err);
/* The last day ≤ today on which any lesson stands; DATE_NONE: none. */
bool store_last_lesson(struct store *store, int32_t today, int32_t *out, struct err *err);

/* Changes a pupil's data by command (opt-out, opt-in, leave): kept as versions like an import's. Fields that say
 * nothing (DATE_NONE, "" or 0) stay, but `clear_paper` takes paper_until away. */
bool store_change_pupil(struct store *store, const struct pupil_row *change, bool clear_paper_until,
                        const struct import_order *order, const char *command, struct err *err);

/* --- sheets and their register ------------------------------------------------------------------------------ */

enum sheet_kind { SHEET_WEEKLY = 1, SHEET_TERM = 2 };

/* What a sheet was made with: versions, and SHA-256 of what took effect; "" or NULL where it was not noted. */
struct made_with {
    const char *program, *layout, *fonts, *settings;
    /* What stands behind two of them, to be kept: the school's own layout, its settings. Reading leaves them out. */
    const char *layout_text, *settings_text;
};

struct sheet_row {
    const char *number; /* 2026-W47-3А-07, 2026-W47-3А-07-2 */
    int32_t pupil;      /* key; 0: removed by purge, then code, name, delivery and file are "" */
    const char *code, *name, *form;
    int32_t kind;
    const char *period;              /* 2026-W47 */
    int32_t running;                 /* 7 */
    int32_t issue;                   /* 1, 2 … */
    int32_t until;                   /* last day that the sheet tells of */
    int32_t import;                  /* the state it shows */
    int32_t told_import, told_until; /* what was told before: with the above, the sheet can be made again */
    const char *stamp, *account;
    int32_t pages;
    char sha256[65];
    const char *delivery;
    int32_t copies;
    const char *file; /* below out/ */
    const char *layout;
    const char *returned; /* "" or a date */
    const char *printed;  /* "" or the date on which the print queue took it */
    bool to_print;        /* issued with --print, and the queue has not taken it yet */
    struct made_with made;
    /* To be stored with it (store/forecast.h); reading leaves them out. */
    const struct sheet_forecast *forecasts;
    size_t forecast_count;
};

/* What the pupil's sheets of a kind have told; import 0: none yet. */
bool store_told(struct store *store, int32_t pupil, int32_t kind, int32_t *import, int32_t *until, struct err *err);
/* Rows of a period (NULL: all), by class, running number and issue. */
bool store_register(struct store *store, struct arena *arena, const char *period, struct sheet_row **out, size_t *count,
                    struct err *err);
/* Periods with sheets whose newest issue is still to be printed (sheet_row.to_print). */
bool store_periods_to_print(struct store *store, struct arena *arena, const char ***out, size_t *count,
                            struct err *err);
/* The number's next running number in period and class. */
bool store_next_running(struct store *store, const char *period, const char *form, int32_t *out, struct err *err);
/* All rows that `next` gives, until it returns false, in one transaction, with an audit row. A row's texts live until
 * this returns, its forecasts until the next. */
bool store_add_sheets(struct store *store, bool (*next)(void *context, struct sheet_row *out), void *context,
                      struct err *err);

/* Audit: who did what; `what` carries ids and counts, never names. */
bool store_audit(struct store *store, const char *stamp, const char *account, const char *what, struct err *err);

#endif
