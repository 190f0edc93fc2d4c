#include "issue/ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "issue/order.h"
#include "settings/form.h"
#include "store/forecast.h"
#include "store/store.h"

/* struct sheet_forecast with the subject by its place among the words. */
struct small_forecast {
    uint32_t subject;
    int16_t year;
    uint16_t chance[FORECAST_CHANCES];
    uint8_t term, done, low, high;
};

/* A sheet of the run. */
struct sheet {
    const char *delivery; /* of the words */
    int32_t pupil, running, issue, until, import, told_import, told_until, pages, copies;
    uint8_t sha256[32];
    uint16_t forecast_count;
    struct small_forecast forecasts[]; /* and number, code, name and file after them */
};

/* The sheets of a class. */
struct section {
    const char *form;
    size_t from, to;
};

struct ledger {
    struct arena *arena;
    const struct sheet_row *rows; /* issued before */
    size_t row_count;
    const struct sheet_row **newest; /* of each pupil, by pupil */
    size_t newest_count;
    bool *replaced;        /* of the newest: this run has issued another */
    struct sheet_row like; /* what all sheets have alike */
    struct sheet **sheets;
    size_t count, room;
    struct section *sections;
    size_t section_count, section_room;
    const char **words; /* that many sheets share */
    size_t word_count, word_room;
};

struct ledger *ledger_new(void)
{
    struct ledger *ledger = mem_alloc(sizeof *ledger);
    ledger->arena = arena_new();
    return ledger;
}

void ledger_free(struct ledger *ledger)
{
    if (ledger == NULL)
        return;
    mem_free(ledger->sheets);
    mem_free(ledger->sections);
    mem_free(ledger->words);
    arena_free(ledger->arena);
    mem_free(ledger);
}

bool ledger_load(struct ledger *ledger, struct store *store, const char *period, struct err *err)
{
    struct sheet_row *rows = NULL;
    if (!store_register(store, ledger->arena, period, &rows, &ledger->row_count, err))
        return false;
    ledger->rows = rows;
    ledger->newest = arena_alloc(ledger->arena, (ledger->row_count + 1) * sizeof *ledger->newest);
    ledger->newest_count = order_latest(rows, ledger->row_count, ledger->newest);
    ledger->replaced = arena_alloc(ledger->arena, ledger->newest_count + 1);
    return true;
}

/* --- issued before ---------------------------------------------------------------------------------------------- */

size_t ledger_before(const struct ledger *ledger, const char *form, const struct sheet_row **rows)
{
    const struct sheet_row *all = ledger->rows;
    size_t from = 0, to = ledger->row_count;
    *rows = all;
    if (form == NULL)
        return ledger->row_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (form_compare(all[middle].form, form) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    while (to < ledger->row_count && strcmp(all[to].form, form) == 0)
        to++;
    if (to > from)
        *rows = &all[from];
    return to - from;
}

static int compare_pupil(const void *key, const void *row)
{
    int32_t pupil = *(const int32_t *)key, other = (*(const struct sheet_row *const *)row)->pupil;
    return (pupil > other) - (pupil < other);
}

static const struct sheet_row **find_newest(const struct ledger *ledger, int32_t pupil)
{
    if (ledger->newest_count == 0)
        return NULL;
    return bsearch(&pupil, ledger->newest, ledger->newest_count, sizeof *ledger->newest, compare_pupil);
}

const struct sheet_row *ledger_newest(const struct ledger *ledger, int32_t pupil)
{
    const struct sheet_row **found = find_newest(ledger, pupil);
    return found == NULL ? NULL : *found;
}

/* --- of this run ------------------------------------------------------------------------------------------------ */

static uint32_t word_of(struct ledger *ledger, const char *text)
{
    size_t at = 0;
    while (at < ledger->word_count && strcmp(ledger->words[at], text) != 0)
        at++;
    if (at == ledger->word_count) {
        ledger->words = mem_grow(ledger->words, at, &ledger->word_room, sizeof *ledger->words);
        ledger->words[ledger->word_count++] = arena_copy(ledger->arena, text);
    }
    return (uint32_t)at;
}

static struct small_forecast small(struct ledger *ledger, const struct sheet_forecast *said)
{
    struct small_forecast out = {.subject = word_of(ledger, said->subject),
                                 .year = (int16_t)said->year,
                                 .term = (uint8_t)said->term,
                                 .done = (uint8_t)said->done,
                                 .low = (uint8_t)said->low,
                                 .high = (uint8_t)said->high};
    for (int i = 0; i < FORECAST_CHANCES; i++)
        out.chance[i] = (uint16_t)said->chance[i];
    return out;
}

static char *put_text(char *at, const char *text)
{
    size_t size = strlen(text) + 1;
    memcpy(at, text, size);
    return at + size;
}

static uint8_t nibble(char digit)
{
    return (uint8_t)(digit > '9' ? digit - 'a' + 10 : digit - '0');
}

static struct sheet *keep(struct ledger *ledger, const struct sheet_row *row)
{
    const char *number = row->number == NULL ? "" : row->number;
    size_t texts = strlen(number) + strlen(row->code) + strlen(row->name) + strlen(row->file) + 4;
    struct sheet *sheet =
        arena_room(ledger->arena, sizeof *sheet + row->forecast_count * sizeof *sheet->forecasts + texts);
    uint32_t delivery = word_of(ledger, row->delivery);
    *sheet = (struct sheet){.delivery = ledger->words[delivery],
                            .pupil = row->pupil,
                            .running = row->running,
                            .issue = row->issue,
                            .until = row->until,
                            .import = row->import,
                            .told_import = row->told_import,
                            .told_until = row->told_until,
                            .pages = row->pages,
                            .copies = row->copies,
                            .forecast_count = (uint16_t)row->forecast_count};
    for (size_t i = 0; i < sizeof sheet->sha256; i++)
        sheet->sha256[i] = (uint8_t)(nibble(row->sha256[2 * i]) << 4 | nibble(row->sha256[2 * i + 1]));
    for (size_t i = 0; i < row->forecast_count; i++)
        sheet->forecasts[i] = small(ledger, &row->forecasts[i]);
    char *at = put_text((char *)&sheet->forecasts[row->forecast_count], number);
    at = put_text(put_text(at, row->code), row->name);
    put_text(at, row->file);
    return sheet;
}

static const char *next_text(const char *text)
{
    return text + strlen(text) + 1;
}

static const char *number_of(const struct sheet *sheet)
{
    return (const char *)&sheet->forecasts[sheet->forecast_count];
}

const char *ledger_file(const struct ledger *ledger, size_t index)
{
    return next_text(next_text(next_text(number_of(ledger->sheets[index]))));
}

static void open_section(struct ledger *ledger, const char *form)
{
    if (ledger->section_count > 0 && strcmp(ledger->sections[ledger->section_count - 1].form, form) == 0)
        return;
    ledger->sections =
        mem_grow(ledger->sections, ledger->section_count, &ledger->section_room, sizeof *ledger->sections);
    ledger->sections[ledger->section_count++] =
        (struct section){.form = arena_copy(ledger->arena, form), .from = ledger->count, .to = ledger->count};
}

const char *ledger_add(struct ledger *ledger, const struct sheet_row *row)
{
    const struct sheet_row **before = find_newest(ledger, row->pupil);
    if (before != NULL)
        ledger->replaced[before - ledger->newest] = true;
    if (ledger->count == 0)
        ledger->like = *row;
    open_section(ledger, row->form);
    ledger->sheets = mem_grow(ledger->sheets, ledger->count, &ledger->room, sizeof(struct sheet *));
    ledger->sheets[ledger->count++] = keep(ledger, row);
    ledger->sections[ledger->section_count - 1].to = ledger->count;
    return ledger_file(ledger, ledger->count - 1);
}

size_t ledger_count(const struct ledger *ledger)
{
    return ledger->count;
}

static struct sheet_row row_of(const struct ledger *ledger, const struct section *section, size_t index)
{
    const struct sheet *sheet = ledger->sheets[index];
    struct sheet_row row = ledger->like;
    row.number = number_of(sheet);
    row.code = next_text(row.number);
    row.name = next_text(row.code);
    row.file = next_text(row.name);
    row.form = section->form;
    row.delivery = sheet->delivery;
    row.pupil = sheet->pupil;
    row.running = sheet->running;
    row.issue = sheet->issue;
    row.until = sheet->until;
    row.import = sheet->import;
    row.told_import = sheet->told_import;
    row.told_until = sheet->told_until;
    row.pages = sheet->pages;
    row.copies = sheet->copies;
    for (size_t i = 0; i < sizeof sheet->sha256; i++)
        snprintf(&row.sha256[2 * i], 3, "%02x", sheet->sha256[i]);
    row.forecasts = NULL;
    row.forecast_count = 0;
    return row;
}

/* --- the register's part ---------------------------------------------------------------------------------------- */

struct reading {
    const struct ledger *ledger;
    size_t section, index;
    struct sheet_forecast *forecasts; /* of the row in hand */
    size_t room;
};

static void read_forecasts(struct reading *reading, const struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->forecast_count; i++) {
        const struct small_forecast *small = &sheet->forecasts[i];
        reading->forecasts = mem_grow(reading->forecasts, i, &reading->room, sizeof *reading->forecasts);
        struct sheet_forecast *said = &reading->forecasts[i];
        *said = (struct sheet_forecast){.subject = reading->ledger->words[small->subject],
                                        .year = small->year,
                                        .term = small->term,
                                        .done = small->done,
                                        .low = small->low,
                                        .high = small->high};
        for (int k = 0; k < FORECAST_CHANCES; k++)
            said->chance[k] = small->chance[k];
    }
}

static bool next_row(void *context, struct sheet_row *out)
{
    struct reading *reading = context;
    const struct ledger *ledger = reading->ledger;
    if (reading->index == ledger->count)
        return false;
    if (reading->index == ledger->sections[reading->section].to)
        reading->section++;
    const struct sheet *sheet = ledger->sheets[reading->index];
    *out = row_of(ledger, &ledger->sections[reading->section], reading->index++);
    read_forecasts(reading, sheet);
    out->forecasts = reading->forecasts;
    out->forecast_count = sheet->forecast_count;
    return true;
}

bool ledger_store(const struct ledger *ledger, struct store *store, struct err *err)
{
    struct reading reading = {.ledger = ledger};
    bool ok = ledger->count == 0 || store_add_sheets(store, next_row, &reading, err);
    mem_free(reading.forecasts);
    return ok;
}

/* --- both ------------------------------------------------------------------------------------------------------- */

size_t ledger_class(const struct ledger *ledger, struct arena *arena, const char *form, struct sheet_row **rows)
{
    const struct sheet_row *before = NULL;
    size_t count = ledger_before(ledger, form, &before), at = 0;
    while (at < ledger->section_count && strcmp(ledger->sections[at].form, form) != 0)
        at++;
    struct section section = {0};
    if (at < ledger->section_count)
        section = ledger->sections[at];
    *rows = arena_alloc(arena, (count + section.to - section.from + 1) * sizeof **rows);
    if (count > 0)
        memcpy(*rows, before, count * sizeof **rows);
    for (size_t i = section.from; i < section.to; i++)
        (*rows)[count++] = row_of(ledger, &section, i);
    return count;
}

static int by_hand_out(const void *a, const void *b)
{
    return order_hand_out(*(const struct sheet_row *const *)a, *(const struct sheet_row *const *)b);
}

size_t ledger_by_post(const struct ledger *ledger, struct arena *arena, const struct sheet_row ***rows)
{
    const struct sheet_row **found =
        arena_alloc(arena, (ledger->newest_count + ledger->count + 1) * sizeof(const struct sheet_row *));
    size_t count = 0;
    for (size_t i = 0; i < ledger->newest_count; i++)
        if (!ledger->replaced[i] && strcmp(ledger->newest[i]->delivery, "post") == 0)
            found[count++] = ledger->newest[i];
    for (size_t k = 0; k < ledger->section_count; k++) {
        for (size_t i = ledger->sections[k].from; i < ledger->sections[k].to; i++) {
            if (strcmp(ledger->sheets[i]->delivery, "post") != 0)
                continue;
            struct sheet_row *row = arena_alloc(arena, sizeof *row);
            *row = row_of(ledger, &ledger->sections[k], i);
            found[count++] = row;
        }
    }
    if (count > 1)
        qsort(found, count, sizeof *found, by_hand_out);
    *rows = found;
    return count;
}
