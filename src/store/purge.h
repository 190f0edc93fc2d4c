/* Removal of what must not be kept (1.3, 2.4): who and what, and the removal itself. */
#ifndef PAPERDIARY_STORE_PURGE_H
#define PAPERDIARY_STORE_PURGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct err;
struct store;

struct purge_order {
    int32_t left_before; /* pupils whose last day is before it */
    int32_t old_before;  /* days before it are removed of everyone; DATE_NONE: of none */
    const char *stamp, *account;
    int64_t files; /* that are removed with it */
};

/* Rows with their history. */
struct purge_counts {
    int64_t pupils, entries, finals, achievements, announcements, visits, texts, sheets, files;
};

struct leaver {
    int32_t pupil; /* key */
    const char *code;
    int32_t left;
};

enum purge_place_kind { PLACE_COMMENT, PLACE_TOPIC, PLACE_HOMEWORK, PLACE_WORK, PLACE_ANNOUNCEMENT, PLACE_ACHIEVEMENT };

/* Where a text that stays for others names one of them. */
struct purge_place {
    int32_t text; /* its number */
    bool sure;    /* by a name as it is stored: that is blanked */
    bool likely;  /* by an inflected one, or a surname alone: a person decides */
    enum purge_place_kind kind;
    int32_t day;      /* the first */
    const char *form; /* "": of no class, the whole school's where there is no pupil either */
    int32_t pupil;    /* of whom it is said, key; 0: of nobody */
    const char *code;
};

struct purge_find {
    struct leaver *leavers; /* by id */
    size_t count;
    const char **names; /* every name that one of them ever had */
    const char **stems; /* what all cases of its surname have in common, folded */
    size_t name_count;
    /* Names without the patronymic, in both orders, recipients and addresses that nobody has who stays. */
    const char **words;
    size_t word_count;
    const char **codes; /* ids that are not taken for another number */
    size_t code_count;
    struct purge_counts counts;       /* what is to go; texts and files are not counted before */
    bool old;                         /* rows of days before old_before are there */
    const struct purge_place *places; /* by text */
    size_t place_count;
};

/* Changes nothing. */
bool store_purge_find(struct store *store, struct arena *arena, const struct purge_order *order, struct purge_find *out,
                      struct err *err);
/* Opens an act, or goes on with one that a killed run left open; *act is its number. */
bool store_purge_begin(struct store *store, const struct purge_order *order, int32_t *act, struct err *err);
/* Deletes everything in one transaction, with an audit row. */
bool store_purge(struct store *store, int32_t act, const struct purge_order *order, const struct purge_find *find,
                 struct err *err);
/* Writes the store's file anew, so that nothing of what was deleted is left between its rows; closes the act. */
bool store_purge_finish(struct store *store, int32_t act, struct err *err);

/* The places of texts that a person chose by number (all sure); a number that is none, or a subject's, has no place. */
bool store_purge_find_texts(struct store *store, struct arena *arena, const int32_t *texts, size_t count,
                            struct purge_find *out, struct err *err);
bool store_text(struct store *store, struct arena *arena, int32_t text, const char **out, struct err *err);
/* Blanks those texts wherever they stand, with an audit row each, and writes the store's file anew. */
bool store_purge_texts(struct store *store, const struct purge_order *order, const int32_t *texts, size_t count,
                       struct err *err);

struct removal {
    int32_t act; /* 0: there is none */
    const char *stamp, *account;
    int32_t state; /* 2: done */
    struct purge_counts counts;
    int32_t old_before;
};
/* The newest act. */
bool store_removal(struct store *store, struct arena *arena, struct removal *out, struct err *err);

struct audit_row {
    const char *stamp, *account, *what;
};
/* Who did what from a day on (DATE_NONE: all), oldest first. */
bool store_audit_log(struct store *store, struct arena *arena, int32_t since, struct audit_row **out, size_t *count,
                     struct err *err);

#endif
