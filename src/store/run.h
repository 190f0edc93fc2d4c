/* Within the store only: one import under way. */
#ifndef PAPERDIARY_STORE_RUN_H
#define PAPERDIARY_STORE_RUN_H

#include "store/store.h"

/* What the file would withdraw of what is stored in its range. Values are marks and absences; tables without them count
 * rows only. */
struct loss {
    int64_t rows, stored_rows;
    int64_t values, stored_values;
};

struct holds;

struct run {
    struct store *store;
    const struct export *export;
    const struct import_order *order;
    struct import_result *result;
    struct diag *diag;
    struct arena *arena; /* of the run */
    int32_t number;      /* of this import, should it change anything */
    struct loss loss;
    const struct holds *holds; /* of a gradebook */
    int64_t made;              /* pupils who were not known before */
    int32_t *refused;          /* lines of the rows of which it can't be told whose they are */
    size_t refused_count, refused_room;
};

/* One for each kind of export. What is wrong in the file is only added to run->diag; false is a failure of the
 * machine. */
bool import_gradebook(struct run *run, struct err *err);
bool import_pupils(struct run *run, struct err *err);
bool import_finals(struct run *run, struct err *err);
bool import_timetable(struct run *run, struct err *err);
bool import_announcements(struct run *run, struct err *err);
bool import_achievements(struct run *run, struct err *err);
bool import_visits(struct run *run, struct err *err);

#endif
