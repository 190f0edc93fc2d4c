/* What the store knows of finals and of the term sheets that told them. */
#ifndef PAPERDIARY_STORE_TERM_H
#define PAPERDIARY_STORE_TERM_H

#include "store/store.h"

/* What the pupil's term sheets of a school year have told; import 0: none yet. */
bool store_told_of_year(struct store *store, int32_t pupil, int32_t year, int32_t *import, int32_t *until,
                        struct err *err);

struct final_kind {
    int32_t year, period; /* school year's first, enum final_period */
};
/* The periods of which finals are stored now, the newest first. */
bool store_final_kinds(struct store *store, struct arena *arena, struct final_kind **out, size_t *count,
                       struct err *err);

/* Classes with families on paper on `day` who have no term sheet of the year that tells of days up to `until`, or whose
 * finals of the year came or changed after their last one. In order of grade and letter. */
bool store_classes_untold(struct store *store, struct arena *arena, int32_t year, int32_t until, int32_t day,
                          const char ***out, size_t *count, struct err *err);

/* The newest import on or before the day. False without error (err->code ERR_NONE) where there is none. */
bool store_import_on(struct store *store, struct arena *arena, int32_t day, struct import_info *out, struct err *err);

#endif
