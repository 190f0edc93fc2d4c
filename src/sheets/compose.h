/* What the composers of a weekly sheet's blocks share. Inside sheets/ only. */
#ifndef PAPERDIARY_SHEETS_COMPOSE_H
#define PAPERDIARY_SHEETS_COMPOSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sheets/weekly.h"
#include "sheets/words.h"

/* Styles of layouts/weekly.ini; STYLE_NAMES in compose.c has their names. */
enum sheet_style {
    STYLE_BODY,
    STYLE_EYEBROW,
    STYLE_TITLE,
    STYLE_TITLE_BACK,
    STYLE_WHO,
    STYLE_HEAD,
    STYLE_HEAD_QUIET,
    STYLE_DAY,
    STYLE_DAY_DATE,
    STYLE_NUMBER,
    STYLE_SUBJECT,
    STYLE_TOPIC,
    STYLE_HOMEWORK,
    STYLE_LABEL,
    STYLE_MARK,
    STYLE_MARK_WORD,
    STYLE_MARK_CELL,
    STYLE_WORK,
    STYLE_CODE,
    STYLE_QUIET,
    STYLE_SECTION,
    STYLE_NOTE,
    STYLE_NOTE_STRONG,
    STYLE_NOTE_NAME,
    STYLE_COLUMN,
    STYLE_MARKS,
    STYLE_MARKS_WEEK,
    STYLE_DIGEST,
    STYLE_DIGEST_STRONG,
    STYLE_SMALL,
    STYLE_GRID,
    STYLE_SLIP,
    STYLE_SLIP_STRONG,
    STYLE_SLIP_QUIET,
    STYLE_FOOT,
    STYLE_WATERMARK,
    STYLE_COUNT
};

struct composer {
    struct arena *arena;
    const struct week_sheet *week;
    const struct school *school;
    const struct layout *layout;
    const struct sheet_label *label;
    struct words words;
    uint16_t style[STYLE_COUNT];
};

/* Lengths on the sheet, in millimetres × DOC_MM. */
#define RULE_HAIR   250
#define RULE_STRONG 600
#define RULE_HEAD   900
#define GREY_RULE   153 /* of hairlines */

#define MM(tenths) ((int32_t)((int64_t)(tenths)*DOC_MM / 10)) /* tenths of a millimetre */

const char *const *compose_style_names(void); /* STYLE_COUNT of them */

/* A text of one run; in the second, what is *strong* has a style of its own. */
struct box *compose_text(const struct composer *composer, enum sheet_style style, enum align align, const char *text);
struct box *compose_rich(const struct composer *composer, enum sheet_style plain, enum sheet_style strong,
                         const char *text);
void compose_runs(const struct composer *composer, struct box *text, enum sheet_style plain, enum sheet_style strong,
                  const char *words);
/* A heading within the sheet: spaced, and kept with what follows. */
struct box *compose_section(const struct composer *composer, const char *text);
/* A stack with a heading and nothing else yet. */
struct box *compose_block(const struct composer *composer, const char *title);
struct box *compose_empty(const struct composer *composer); /* an empty cell */

/* The text of a mark for a reader: a debt in words. */
const char *compose_mark(const struct composer *composer, const char *text);
/* «диктант ×2»; "" where the mark has neither work nor a weight of its own. */
const char *compose_work(const struct composer *composer, const char *work, int32_t weight);
/* The pieces with a separator between, empty ones left out. */
const char *compose_join(const struct composer *composer, const char *const *pieces, size_t count,
                         const char *separator);

/* Padding above and below each row of a table, so that a table of few rows fills `height` of the page. */
int32_t compose_row_padding(size_t rows, int32_t height);

static inline bool compose_is_debt(const char *mark)
{
    return mark != NULL && mark[0] == '.' && mark[1] == '\0';
}

/* Lessons missed, whatever the reason. */
int32_t compose_missed(const struct attendance *attendance);
bool compose_reason_is_missed(enum reason reason);

/* A side of the sheet: narrow blocks flow through two columns, wide ones go across. */
struct flow {
    const struct composer *composer;
    struct box *body;
    struct box *columns; /* where narrow blocks go now, or NULL */
    size_t blocks;
};

void flow_narrow(struct flow *flow, struct box *block);
void flow_wide(struct flow *flow, struct box *block);
/* A heading and its items: in the column where one is open, else, or where `across`, in two columns under the heading.
 */
void flow_list(struct flow *flow, const char *title, struct box *const *items, size_t count, bool across);

/* The blocks; each adds what it has to say, or nothing. */
void block_days(struct flow *flow);
void block_changes(struct flow *flow);
void block_remarks(struct flow *flow);
void block_announcements(struct flow *flow);
void block_subjects(struct flow *flow);
void block_attendance(struct flow *flow);
void block_portfolio(struct flow *flow);
void block_dates(struct flow *flow);
void block_plan(struct flow *flow);

/* The table of subjects and days: the days of a sheet whose lessons are not known. */
void compose_week_table(struct flow *flow);
/* What was told of the term by subject: the first sheet, or very many changes. */
void compose_digest(struct flow *flow, const char *title);
/* «отметка 3 → 4 (диктант)» */
const char *compose_change(const struct composer *composer, const struct change *change);
/* The changes as lines («12 ноября, Русский язык: отметка 3 → 4»), those of a subject on a day together, and absences
 * of one kind on whole days together. */
const char **compose_changes(const struct composer *composer, bool absences_only, size_t *count);
struct box *compose_bullet(const struct composer *composer, const char *line);

struct box *slip_front(const struct composer *composer);
struct box *slip_back(const struct composer *composer);

#endif
