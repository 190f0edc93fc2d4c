/* What the composers of a sheet's blocks share. Inside sheets/ only. */
#ifndef PAPERDIARY_SHEETS_COMPOSE_H
#define PAPERDIARY_SHEETS_COMPOSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gradebook/term.h"
#include "gradebook/trail.h"
#include "sheets/weekly.h"
#include "sheets/words.h"

/* Styles of the layouts; compose_style_names has their names. Those of term.ini alone come last. */
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
    STYLE_FORECAST,
    STYLE_FORECAST_OR,
    STYLE_ADVICE,
    STYLE_DIGEST,
    STYLE_DIGEST_STRONG,
    STYLE_SMALL,
    STYLE_GRID,
    STYLE_SLIP,
    STYLE_SLIP_STRONG,
    STYLE_SLIP_QUIET,
    STYLE_FOOT,
    STYLE_WATERMARK,
    STYLE_FINAL, /* of term.ini, as what follows */
    STYLE_FINAL_NOW,
    STYLE_FINAL_WORD,
    STYLE_MEAN,
    STYLE_COUNT
};

struct composer {
    struct arena *arena;
    const struct week_sheet *week;         /* of a weekly sheet, and of one of the forecast: */
    const struct forecast_sheet *forecast; /* NULL on others */
    const struct term_sheet *term;         /* of a term or year sheet */
    const struct pupil *pupil;
    const struct school_year *year; /* may be NULL */
    const char *period;             /* what the sheet is of */
    int32_t slip_from;              /* the slip is due so many days after this one */
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
/* Fills what follows from arena, school, layout and label. */
void compose_start(struct composer *composer);

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

/* Between the margins; and whether that is too narrow for what stands side by side on A4: A5. */
int32_t compose_width(const struct composer *composer);
bool compose_is_narrow(const struct composer *composer);

/* Padding above and below each row of a table, so that a table of few rows fills `height` of the page. */
int32_t compose_row_padding(size_t rows, int32_t height);

static inline bool compose_is_debt(const char *mark)
{
    return mark != NULL && mark[0] == '.' && mark[1] == '\0';
}

/* Lessons missed, whatever the reason. */
int32_t compose_missed(const struct attendance *attendance);
bool compose_reason_is_missed(enum reason reason);

/* Lines at the left and the right edge, the last ones on one baseline, and a strong rule below. */
struct head_line {
    enum sheet_style style;
    const char *text;
};
struct box *head_compose(const struct composer *composer, const struct head_line *left, size_t left_count,
                         const struct head_line *right, size_t right_count);
/* The head of a part's further pages: whose sheet it is. */
struct box *head_next(const struct composer *composer);
/* «МАОУ …, г. Сыктывкар · бумажный дневник», «3 «А» класс · кл. руководитель …», «лист № …», pupil and class. */
const char *head_school(const struct composer *composer);
const char *head_form(const struct composer *composer);
const char *head_number(const struct composer *composer);
const char *head_pupil(const struct composer *composer);
/* Title, foot, watermark and slips of the document; its parts are the sheet's own. */
void head_document(const struct composer *composer, struct document *out);

/* A side of the sheet: narrow blocks flow through two columns, wide ones go across. */
struct flow {
    const struct composer *composer;
    struct box *body;
    struct box *columns; /* where narrow blocks go now, or NULL */
    enum move narrow;    /* of such columns on the back */
    struct box *last;    /* comes after all other blocks, or NULL */
    size_t blocks;
};

void flow_narrow(struct flow *flow, struct box *block);
void flow_wide(struct flow *flow, struct box *block);
/* A heading and its items: in the column where one is open, else, or where `across`, in two columns under the heading.
 */
void flow_list(struct flow *flow, const char *title, struct box *const *items, size_t count, bool across);

/* A sheet has one table of blocks: a layout names them in the order in which they are printed. */
struct block {
    const char *name;
    void (*compose)(struct flow *flow);
};
struct flow flow_blocks(const struct composer *composer, const struct block *blocks, size_t block_count,
                        const char *const *order, size_t count);

/* What stands on both kinds of sheets. */
void flow_remarks(struct flow *flow, const struct remark *remarks, size_t count);
void flow_portfolio(struct flow *flow, const struct achievement *const *achievements, size_t count);
struct box *compose_paragraph(const struct composer *composer, const char *text);

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

/* The blocks of a term sheet. */
void block_finals(struct flow *flow);
void block_term_attendance(struct flow *flow);
void block_term_portfolio(struct flow *flow);
void block_term_remarks(struct flow *flow);
void block_corrected(struct flow *flow);
void block_promotion(struct flow *flow);
void block_topics(struct flow *flow);
void block_sign(struct flow *flow);

/* A line to write on, `width` wide at x of a drawing, and small words beneath; SIGN_HEIGHT is the drawing's height. */
#define SIGN_HEIGHT MM(130)
void compose_sign(const struct composer *composer, struct box *drawing, int32_t x, int32_t width, const char *label);

struct box *slip_front(const struct composer *composer);
struct box *slip_back(const struct composer *composer);

#endif
