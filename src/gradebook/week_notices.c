#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "gradebook/calendar.h"
#include "gradebook/rows.h"

/* Without a last day an announcement runs on its first day only. */
static int32_t last_day(const struct announcement *notice)
{
    return notice->until == DATE_NONE ? notice->from : notice->until;
}

static int compare_notices(const void *a, const void *b)
{
    const struct announcement *left = *(const struct announcement *const *)a;
    const struct announcement *right = *(const struct announcement *const *)b;
    if (left->from != right->from)
        return left->from < right->from ? -1 : 1;
    if (last_day(left) != last_day(right))
        return last_day(left) < last_day(right) ? -1 : 1;
    return left < right ? -1 : left > right;
}

/* Announcements that run in the week or start within the next, its Sunday included. */
static void fill_announcements(const struct view *view, struct week_sheet *out)
{
    const struct book *book = view->book;
    int32_t sunday = view->span.from + 13;
    const struct announcement **list = arena_alloc(view->arena, (book->announcement_count + 1) * sizeof *list);
    for (size_t i = 0; i < book->announcement_count; i++) {
        const struct announcement *notice = &book->announcements[i];
        if (held_at(notice->held, view->order->import) && (notice->pupil == 0 || notice->pupil == view->pupil->key) &&
            notice->from <= sunday && last_day(notice) >= view->span.from)
            list[out->announcement_count++] = notice;
    }
    if (out->announcement_count > 1)
        qsort(list, out->announcement_count, sizeof *list, compare_notices);
    out->announcements = list;
}

static bool same_achievement(const struct achievement *a, const struct achievement *b)
{
    return a->pupil == b->pupil && a->day == b->day && strcmp(a->title, b->title) == 0 &&
           strcmp(a->result, b->result) == 0;
}

/* True where an earlier sheet has told it in these words. */
static bool achievement_was_told(const struct view *view, const struct achievement *achievement)
{
    const struct told *told = &view->order->told;
    if (told->import == 0 || achievement->day > told->until)
        return false;
    for (size_t i = 0; i < view->book->achievement_count; i++)
        if (held_at(view->book->achievements[i].held, told->import) &&
            same_achievement(&view->book->achievements[i], achievement))
            return true;
    return false;
}

static int compare_achievements(const void *a, const void *b)
{
    const struct achievement *left = *(const struct achievement *const *)a;
    const struct achievement *right = *(const struct achievement *const *)b;
    if (left->day != right->day)
        return left->day < right->day ? -1 : 1;
    return left < right ? -1 : left > right;
}

const struct achievement *const *view_achievements(const struct view *view, struct span days, bool untold,
                                                   size_t *count)
{
    const struct book *book = view->book;
    const struct achievement **list = arena_alloc(view->arena, (book->achievement_count + 1) * sizeof *list);
    *count = 0;
    for (size_t i = 0; i < book->achievement_count; i++) {
        const struct achievement *achievement = &book->achievements[i];
        if (achievement->pupil == view->pupil->key && held_at(achievement->held, view->order->import) &&
            span_holds(days, achievement->day) && !(untold && achievement_was_told(view, achievement)))
            list[(*count)++] = achievement;
    }
    if (*count > 1)
        qsort(list, *count, sizeof *list, compare_achievements);
    return list;
}

void week_fill_notices(const struct view *view, struct week_sheet *out)
{
    fill_announcements(view, out);
    struct span days = {view->year->whole.from, view_told_until(view)};
    out->achievements = view_achievements(view, days, true, &out->achievement_count);
}
