#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "gradebook/rows.h"
#include "gradebook/subject.h"

/* Distinct texts, numbered as they come. */
struct names {
    const char **texts;
    uint32_t count, room; /* room: of the table, a power of two */
    uint32_t *table;      /* number + 1; 0: free */
};

static void names_insert(struct names *names, uint32_t number)
{
    const char *text = names->texts[number];
    uint64_t at = text_hash(text, strlen(text)) & (names->room - 1);
    while (names->table[at] != 0)
        at = (at + 1) & (names->room - 1);
    names->table[at] = number + 1;
}

static void names_grow(struct arena *arena, struct names *names)
{
    uint32_t room = names->room == 0 ? 64 : names->room * 2;
    const char **texts = arena_alloc(arena, room / 2 * sizeof *texts);
    if (names->count > 0)
        memcpy(texts, names->texts, names->count * sizeof *texts);
    names->texts = texts;
    names->room = room;
    names->table = arena_alloc(arena, room * sizeof *names->table);
    for (uint32_t i = 0; i < names->count; i++)
        names_insert(names, i);
}

static uint32_t names_number(struct arena *arena, struct names *names, const char *text)
{
    if (names->room == 0)
        names_grow(arena, names);
    uint64_t at = text_hash(text, strlen(text)) & (names->room - 1);
    for (; names->table[at] != 0; at = (at + 1) & (names->room - 1))
        if (strcmp(names->texts[names->table[at] - 1], text) == 0)
            return names->table[at] - 1;
    if (names->count == names->room / 2)
        names_grow(arena, names);
    names->texts[names->count] = text;
    names_insert(names, names->count);
    return names->count++;
}

struct subject_place {
    const char *text, *folded;
    int rank;
    uint32_t number; /* of the spelling */
    size_t rows;     /* that have it, of the index's import and before */
};

static int compare_subjects(const void *a, const void *b)
{
    const struct subject_place *left = a, *right = b;
    int order = subject_compare(left->rank, left->folded, right->rank, right->folded);
    if (order != 0)
        return order;
    return left->rows != right->rows ? (left->rows > right->rows ? -1 : 1) : strcmp(left->text, right->text);
}

/* Numbers the subjects by their printed order, spellings that fold alike as one, which is named as most rows name it:
 * rows of later imports do not count, so that a reprint says the same. `subject_of` still holds numbers of spellings as
 * they came. */
static void order_subjects(struct arena *arena, struct week_index *index, const struct names *names,
                           uint32_t *subject_of)
{
    uint32_t count = names->count;
    struct subject_place *places = arena_alloc(arena, (count + 1) * sizeof *places);
    for (uint32_t i = 0; i < count; i++) {
        const char *folded = text_fold(arena, names->texts[i]);
        places[i] = (struct subject_place){names->texts[i], folded, subject_rank(folded), i, 0};
    }
    for (size_t i = 0; i < index->book->entry_count; i++)
        places[subject_of[i]].rows += index->book->entries[i].held.since <= index->import ? 1 : 0;
    if (count > 1)
        qsort(places, count, sizeof *places, compare_subjects);
    const char **subjects = arena_alloc(arena, (count + 1) * sizeof *subjects);
    struct names folded = {0};
    uint32_t *place_of = arena_alloc(arena, (count + 1) * sizeof *place_of);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t known = folded.count, number = names_number(arena, &folded, places[i].folded);
        if (number == known)
            subjects[number] = places[i].text;
        place_of[places[i].number] = number;
    }
    for (size_t i = 0; i < index->book->entry_count; i++)
        subject_of[i] = place_of[subject_of[i]];
    index->subjects = subjects;
    index->folded = folded.texts;
    index->subject_count = folded.count;
    index->subject_of = subject_of;
}

static void name_entries(struct arena *arena, const struct school *school, struct week_index *index)
{
    const struct book *book = index->book;
    struct names subjects = {0}, forms = {0};
    uint32_t *subject_of = arena_alloc(arena, (book->entry_count + 1) * sizeof *subject_of);
    uint32_t *form_of = arena_alloc(arena, (book->entry_count + 1) * sizeof *form_of);
    for (size_t i = 0; i < book->entry_count; i++) {
        const struct entry *entry = &book->entries[i];
        bool same = i > 0 && entry[-1].form == entry->form;
        form_of[i] = same ? form_of[i - 1] : names_number(arena, &forms, entry->form);
        same = i > 0 && entry[-1].subject == entry->subject;
        subject_of[i] = same ? subject_of[i - 1] : names_number(arena, &subjects, entry->subject);
    }
    order_subjects(arena, index, &subjects, subject_of);
    bool *without = arena_alloc(arena, forms.count + 1);
    for (uint32_t i = 0; i < forms.count; i++)
        without[i] = school_without_marks(school, forms.texts[i]);
    index->forms = forms.texts;
    index->without_marks = without;
    index->form_count = forms.count;
    index->form_of = form_of;
}

/* What pupils' rows say of one lesson slot of a class. Slot 0 is the whole day, rows of the class included. */
struct slot {
    const struct entry *entry; /* NULL: free */
    uint32_t subject, form;
    uint32_t pupils; /* who have rows here */
    int32_t pupil;   /* the last of them */
    bool whole;      /* the class has a row */
    uint8_t lesson;
    bool agreed;
    bool
        plain; /* a pupil's row says nothing but that the lesson was: the export names all, not only those with marks */
};

struct slots {
    struct slot *table;
    size_t room, count, days;
};

static struct slot *slot_find(const struct slots *slots, int32_t day, uint32_t form, uint8_t lesson)
{
    uint64_t key = ((uint64_t)(uint32_t)day << 32) ^ ((uint64_t)form << 8) ^ lesson;
    key *= UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(key >> 32) & (slots->room - 1);
    for (;; at = (at + 1) & (slots->room - 1)) {
        struct slot *slot = &slots->table[at];
        if (slot->entry == NULL || (slot->entry->day == day && slot->form == form && slot->lesson == lesson))
            return slot;
    }
}

static bool same_lesson(const struct entry *a, const struct entry *b)
{
    return strcmp(a->teacher, b->teacher) == 0 && strcmp(a->topic, b->topic) == 0 &&
           strcmp(a->homework, b->homework) == 0;
}

static void slots_grow(struct arena *arena, struct slots *slots)
{
    struct slots larger = {.room = slots->room == 0 ? 1024 : slots->room * 2};
    larger.table = arena_alloc(arena, larger.room * sizeof *larger.table);
    for (size_t i = 0; i < slots->room; i++) {
        const struct slot *slot = &slots->table[i];
        if (slot->entry != NULL)
            *slot_find(&larger, slot->entry->day, slot->form, slot->lesson) = *slot;
    }
    slots->table = larger.table;
    slots->room = larger.room;
}

static void slots_note(struct arena *arena, struct slots *slots, const struct week_index *index, size_t place,
                       uint8_t lesson)
{
    const struct entry *entry = &index->book->entries[place];
    if (2 * (slots->count + 1) > slots->room)
        slots_grow(arena, slots);
    struct slot *slot = slot_find(slots, entry->day, index->form_of[place], lesson);
    uint32_t subject = index->subject_of[place];
    if (slot->entry == NULL) {
        *slot = (struct slot){
            .entry = entry, .subject = subject, .form = index->form_of[place], .lesson = lesson, .agreed = lesson != 0};
        slots->count++;
        slots->days += lesson == 0 ? 1 : 0;
    } else if (slot->agreed) {
        slot->agreed = slot->subject == subject && same_lesson(slot->entry, entry);
    }
    slot->whole = slot->whole || entry->pupil == 0;
    if (entry->pupil == 0)
        return;
    slot->pupils += slot->pupil != entry->pupil ? 1 : 0; /* a pupil's rows stand together */
    slot->pupil = entry->pupil;
    slot->plain =
        slot->plain || (entry->mark[0] == '\0' && entry->reason == REASON_PRESENT && entry->comment[0] == '\0');
}

/* True where so many pupils have the lesson that it is the class's: what is of one child, or of a few, is told nobody
 * else (регламент 1.3). */
static bool is_class_lesson(const struct slot *slot, const struct slot *day)
{
    if (!slot->agreed || slot->pupils < 2)
        return false;
    return day->plain ? 2 * slot->pupils > day->pupils : 4 * slot->pupils >= day->pupils;
}

/* A lone child's row makes no day of lessons of a class, unless it is a very small one. */
static bool is_class_day(const struct week_index *index, const struct slot *day)
{
    if (day->whole || day->pupils > 1)
        return true;
    size_t size = 0;
    for (size_t i = 0; i < index->book->pupil_count; i++)
        size += strcmp(index->book->pupils[i].form, index->forms[day->form]) == 0 ? 1 : 0;
    return size <= 4;
}

static int compare_shared(const void *a, const void *b)
{
    const struct shared_row *left = a, *right = b;
    if (left->entry->day != right->entry->day)
        return left->entry->day < right->entry->day ? -1 : 1;
    if (left->entry->lesson != right->entry->lesson)
        return left->entry->lesson < right->entry->lesson ? -1 : 1;
    if (left->subject != right->subject)
        return left->subject < right->subject ? -1 : 1;
    return left->entry < right->entry ? -1 : left->entry > right->entry;
}

static int compare_days(const void *a, const void *b)
{
    const struct class_day *left = a, *right = b;
    if (left->day != right->day)
        return left->day < right->day ? -1 : 1;
    return left->form < right->form ? -1 : left->form > right->form;
}

static void collect_slots(struct arena *arena, struct week_index *index, const struct slots *slots,
                          struct shared_row *shared, size_t shared_count)
{
    struct class_day *days = arena_alloc(arena, (slots->days + 1) * sizeof *days);
    for (size_t i = 0; i < slots->room; i++) {
        const struct slot *slot = &slots->table[i];
        if (slot->entry == NULL)
            continue;
        if (slot->lesson == 0 && is_class_day(index, slot))
            days[index->day_count++] = (struct class_day){slot->entry->day, slot->form};
        else if (slot->lesson != 0 && is_class_lesson(slot, slot_find(slots, slot->entry->day, slot->form, 0)))
            shared[shared_count++] = (struct shared_row){slot->entry, slot->subject, slot->form, false};
    }
    if (shared_count > 1)
        qsort(shared, shared_count, sizeof *shared, compare_shared);
    if (index->day_count > 1)
        qsort(days, index->day_count, sizeof *days, compare_days);
    index->shared = shared;
    index->shared_count = shared_count;
    index->days = days;
}

const struct week_index *week_index_new(struct arena *arena, const struct school *school, const struct book *book,
                                        int32_t import)
{
    struct week_index *index = arena_alloc(arena, sizeof *index);
    index->arena = arena;
    index->school = school;
    index->outlook = arena_alloc(arena, sizeof *index->outlook);
    index->book = book;
    index->import = import;
    name_entries(arena, school, index);
    struct slots slots = {0};
    size_t of_class = 0;
    for (size_t i = 0; i < book->entry_count; i++) {
        const struct entry *entry = &book->entries[i];
        if (!held_at(entry->held, import))
            continue;
        slots_note(arena, &slots, index, i, 0);
        if (entry->pupil == 0)
            of_class++;
        else if (entry->lesson != 0)
            slots_note(arena, &slots, index, i, entry->lesson);
    }
    struct shared_row *shared = arena_alloc(arena, (slots.count + of_class + 1) * sizeof *shared);
    size_t used = 0;
    for (size_t i = 0; of_class > 0 && i < book->entry_count; i++) {
        const struct entry *entry = &book->entries[i];
        if (entry->pupil == 0 && held_at(entry->held, import))
            shared[used++] = (struct shared_row){entry, index->subject_of[i], index->form_of[i], true};
    }
    collect_slots(arena, index, &slots, shared, used);
    return index;
}
