#include "base/date.h"
#include "base/text.h"
#include "settings/form.h"
#include "sheets/compose.h"

/* At the right: a line for the signature, one for the date, and what they are for beneath. Thousandths of the page's
 * width: 37, 4 and 23 mm on A4. */
#define SIGN_WIDTH 206
#define SIGN_GAP   22
#define DATE_WIDTH 128
#define LINE_DOWN  MM(85)

static bool is_school_day(const struct composer *composer, int32_t day)
{
    int32_t days = composer->school->school_days;
    if (date_weekday(day) > (days >= 5 && days <= 7 ? days : 6))
        return false;
    const struct school_year *year = composer->year;
    for (size_t i = 0; year != NULL && i < year->holiday_count; i++)
        if (day >= year->holidays[i].span.from && day <= year->holidays[i].span.until)
            return false;
    return true;
}

/* The day by which the slip is to be back: the first school day from slip_days after the sheet's last day on. */
static int32_t due_day(const struct composer *composer)
{
    int32_t first = composer->slip_from + composer->school->slip_days;
    for (int32_t day = first; day < first + 30; day++)
        if (is_school_day(composer, day))
            return day;
    return first;
}

void compose_sign(const struct composer *composer, struct box *drawing, int32_t x, int32_t width, const char *label)
{
    box_draw(drawing,
             (struct prim){
                 .kind = PRIM_LINE, .x = x, .y = LINE_DOWN, .w = width, .fill = -1, .stroke = 0, .stroke_width = 400});
    box_draw(drawing, (struct prim){.kind = PRIM_TEXT,
                                    .x = x,
                                    .y = LINE_DOWN + MM(34),
                                    .fill = 0,
                                    .stroke = -1,
                                    .text = words_plain(composer->arena, label),
                                    .style = composer->style[STYLE_SLIP],
                                    .align = ALIGN_LEFT});
}

static const char *title_line(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const struct pupil *pupil = composer->pupil;
    const char *number = composer->label->number;
    const char *key = number != NULL ? "slip.title" : "slip.title_preview";
    return words_say(words, key, "number", number != NULL ? number : "", "pupil", words_short_name(words, pupil->name),
                     "form", form_printed(composer->arena, pupil->form), "week", composer->period, "period",
                     composer->period, NULL);
}

/* Everything but by hand goes home without the pupil. */
static const char *return_line(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const char *delivery = composer->pupil->delivery;
    bool by_hand = delivery == NULL || delivery[0] == '\0' || delivery[0] == 'h';
    int32_t due = due_day(composer);
    return words_say(words, by_hand ? "slip.return" : "slip.return_other", "week", composer->period, "period",
                     composer->period, "weekday", words_numbered(words, "weekday.of", date_weekday(due)), "date",
                     words_date(words, due), NULL);
}

/* Some air above the line to cut along. */
static struct box *slip_box(const struct composer *composer, struct box *slip)
{
    box_rule_above(slip, 500, 0, 2000);
    box_padding(slip, MM(20), 0);
    box_min_height(slip, MM(250));
    struct box *airy = box_stack(composer->arena);
    box_padding(airy, MM(25), 0);
    box_keep(airy);
    box_add(airy, slip);
    return airy;
}

struct box *slip_front(const struct composer *composer)
{
    const struct words *words = &composer->words;
    const int32_t thousandth = compose_width(composer) / 1000, sign = SIGN_WIDTH * thousandth,
                  date = DATE_WIDTH * thousandth, at = sign + SIGN_GAP * thousandth;
    const struct track tracks[] = {{.share = 1, .gap = MM(60)}, {.width = at + date}};
    struct box *row = box_row(composer->arena, tracks, 2);
    struct box *left = box_stack(composer->arena);
    box_add(left, compose_rich(composer, STYLE_SLIP, STYLE_SLIP_STRONG, title_line(composer)));
    box_add(left, compose_text(composer, STYLE_SLIP, ALIGN_LEFT, return_line(composer)));
    struct box *back = compose_text(composer, STYLE_SLIP_QUIET, ALIGN_LEFT, words_say(words, "slip.question", NULL));
    box_margin(back, MM(8), 0);
    box_add(left, back);
    box_add(row, left);
    struct box *lines = box_drawing(composer->arena, at + date, SIGN_HEIGHT);
    compose_sign(composer, lines, 0, sign, words_say(words, "slip.signature", NULL));
    compose_sign(composer, lines, at, date, words_say(words, "slip.date", NULL));
    box_add(row, lines);
    struct box *slip = box_stack(composer->arena);
    box_add(slip, row);
    return slip_box(composer, slip);
}

struct box *slip_back(const struct composer *composer)
{
    int32_t width = compose_width(composer);
    struct box *slip = box_stack(composer->arena);
    box_add(slip,
            compose_text(composer, STYLE_SLIP_STRONG, ALIGN_LEFT, words_say(&composer->words, "slip.message", NULL)));
    struct box *lines = box_drawing(composer->arena, width, MM(160));
    for (int32_t i = 1; i <= 2; i++)
        box_draw(lines,
                 (struct prim){
                     .kind = PRIM_LINE, .y = i * MM(80), .w = width, .fill = -1, .stroke = 0, .stroke_width = 400});
    box_add(slip, lines);
    return slip_box(composer, slip);
}
