#include "gradebook_fixture.h"

static struct fixture f;
static const struct told none = {0, 0};

static int open_book(void **state)
{
    (void)state;
    fixture_open(&f);
    return 0;
}

static int close_book(void **state)
{
    (void)state;
    fixture_close(&f);
    return 0;
}

static void add_weighted(int32_t day, int lesson, const char *subject, const char *mark, const char *work,
                         int32_t weight)
{
    struct entry *entry = add_mark(&f, 1, day, lesson, subject, mark);
    entry->work = work;
    entry->weight = weight;
}

/* Математика of the drawing: 4 5 4 3 5 4 before, this week 5, 3, and 4 for a test of weight 3. */
static void add_mathematics(void)
{
    static const char *const earlier[] = {"4", "5", "4", "3", "5", "4"};
    for (int i = 0; i < 6; i++)
        add_mark(&f, 1, on(2026, 10, 5) + 2 * i - i / 3, 2, "Математика", earlier[i]);
    add_weighted(on(2026, 11, 16), 2, "Математика", "5", "устный ответ", 1000);
    add_weighted(on(2026, 11, 17), 1, "Математика", "3", "самост. работа", 1000);
    add_weighted(on(2026, 11, 20), 3, "Математика", "4", "контр. раб.", 3000);
}

static void the_head_of_the_sheet(void **state)
{
    (void)state;
    add_mathematics();
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 18), 1, none);
    assert_int_equal(sheet.span.from, on(2026, 11, 16));
    assert_int_equal(sheet.span.until, on(2026, 11, 21));
    assert_int_equal(sheet.day_count, 6);
    assert_int_equal(sheet.days[5].lesson_count, 0); /* Saturday: no lessons */
    assert_int_equal(sheet.term, 1);
    assert_int_equal(sheet.week_of_term, 12);
    assert_int_equal(sheet.days_left, 7);
    assert_int_equal(sheet.year->year, 2026);
    assert_false(sheet.by_subject);
    assert_false(sheet.without_marks);
    assert_int_equal(sheet.ahead_count, 4);
}

static int32_t left_after(int32_t day)
{
    return fixture_sheet(&f, day, 1, none).days_left;
}

static void school_days_that_are_left(void **state)
{
    (void)state;
    assert_int_equal(left_after(on(2026, 11, 16)), 7);
    assert_int_equal(left_after(on(2026, 10, 19)), 25); /* holidays do not count */
    for (int32_t weekday = 1; weekday <= 5; weekday++)
        f.timetable[f.timetable_count++] = (struct timetable_entry){.day = DATE_NONE,
                                                                    .weekday = weekday,
                                                                    .lesson = 1,
                                                                    .subject = "Музыка",
                                                                    .room = "",
                                                                    .starts = "",
                                                                    .held = {1, 0}};
    assert_int_equal(left_after(on(2026, 11, 16)), 6); /* the class has no lessons on Saturdays */
    f.timetable[5] = f.timetable[0];
    f.timetable[5].day = on(2026, 11, 28); /* but on this one */
    f.timetable[5].weekday = 0;
    f.timetable_count = 6;
    assert_int_equal(left_after(on(2026, 11, 16)), 7);
    f.timetable_count = 0;
    f.school.school_days = 5;
    assert_int_equal(left_after(on(2026, 11, 16)), 6);
    add_entry(&f, 1, on(2026, 11, 30), 1, "Музыка");
    assert_int_equal(left_after(on(2026, 11, 23)), 1);
}

static void marks_and_mean_of_a_subject(void **state)
{
    (void)state;
    add_mathematics();
    add_mark(&f, 1, on(2026, 11, 23), 1, "Математика", "2"); /* after the week: not yet */
    add_mark(&f, 1, on(2026, 11, 19), 1, "Математика", ".");
    add_mark(&f, 1, on(2026, 11, 19), 4, "Музыка", "зачёт");
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 16), 1, none);
    const struct subject_line *line = find_subject(&sheet, "Математика");
    assert_int_equal(line->mark_count, 10);
    assert_false(line->marks[5].this_week);
    assert_true(line->marks[6].this_week);
    assert_string_equal(line->marks[9].text, "4");
    assert_int_equal(line->marks[9].weight, 3000);
    assert_int_equal(line->marks[8].value, -1);
    assert_int_equal(line->debts, 1);
    assert_int_equal(line->weight_sum, 11000);
    assert_int_equal(line->weighted_sum, 45000);
    assert_int_equal(line->mean, 409);
    assert_int_equal(line->need_mark, 5);
    assert_int_equal(line->need_best, 5);
    assert_int_equal(line->need_count, 9);
    assert_int_equal(line->need_weight, WEIGHT_ONE);
    line = find_subject(&sheet, "Музыка");
    assert_int_equal(line->mark_count, 1);
    assert_int_equal(line->mean, -1);
    assert_int_equal(line->debts, 0);
    assert_int_equal(line->need_mark, 0);
}

static void nothing_is_needed_at_the_best_mark(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 11, 17), 1, "Музыка", "5");
    add_mark(&f, 1, on(2026, 11, 18), 1, "Музыка", "4"); /* 4.50 gives a 5 at .50 */
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 16), 1, none);
    assert_int_equal(find_subject(&sheet, "Музыка")->mean, 450);
    assert_int_equal(find_subject(&sheet, "Музыка")->need_mark, 0);
    f.school.threshold = 60;
    sheet = fixture_sheet(&f, on(2026, 11, 16), 1, none);
    assert_int_equal(find_subject(&sheet, "Музыка")->need_mark, 5);
    assert_int_equal(find_subject(&sheet, "Музыка")->need_count, 1);
}

static void subjects_stand_in_customary_order(void **state)
{
    (void)state;
    static const char *const given[] = {"Физическая культура", "Шахматы",        "Музыка",
                                        "Окружающий мир",      "Математика",     "Коми язык",
                                        "Литературное чтение", "Алтайский край", "Русский язык"};
    static const char *const wanted[] = {"Русский язык",       "Литературное чтение", "Математика", "Окружающий мир",
                                         "Коми язык",          "Алтайский край",      "Шахматы",    "Музыка",
                                         "Физическая культура"};
    for (int i = 0; i < 9; i++)
        add_entry(&f, 1, on(2026, 11, 17), i + 1, given[i]);
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 16), 1, none);
    assert_int_equal(sheet.subject_count, 9);
    for (int i = 0; i < 9; i++)
        assert_string_equal(sheet.subjects[i].subject, wanted[i]);
}

static void a_subject_in_two_spellings_is_one(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 11, 9), 1, "русский язык", "3");
    add_entry(&f, 0, on(2026, 11, 9), 1, "Русский язык");
    add_mark(&f, 1, on(2026, 11, 16), 1, "Русский язык", "5");
    add_mark(&f, 1, on(2026, 11, 16), 1, "русский язык", "4"); /* two marks of one lesson */
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 16), 1, none);
    assert_int_equal(sheet.subject_count, 1);
    assert_string_equal(sheet.subjects[0].subject, "Русский язык");
    assert_int_equal(sheet.subjects[0].mean, 400);
    assert_int_equal(sheet.subjects[0].lessons, 2);
    assert_int_equal(sheet.days[0].lesson_count, 1);
    assert_int_equal(sheet.days[0].lessons[0].mark_count, 2);
    for (int32_t day = 0; day < 3; day++) /* a reprint is named as then */
        add_mark(&f, 2, on(2026, 11, 9) + day, 1, "РУССКИЙ ЯЗЫК", "3")->held = (struct held){2, 0};
    assert_string_equal(fixture_sheet(&f, on(2026, 11, 16), 1, none).subjects[0].subject, "Русский язык");
    assert_string_equal(fixture_sheet(&f, on(2026, 11, 16), 2, none).subjects[0].subject, "РУССКИЙ ЯЗЫК");
}

static void lessons_stand_by_number_with_all_their_marks(void **state)
{
    (void)state;
    int32_t day = on(2026, 11, 17);
    struct entry *entry = add_mark(&f, 1, day, 2, "Математика", "5");
    entry->topic = "Деление";
    entry->homework = "с. 58 № 4";
    entry->teacher = "Осипова Н. П.";
    entry = add_mark(&f, 1, day, 2, "Математика", "4");
    entry->topic = "Деление";
    entry->homework = "карточка";
    add_entry(&f, 1, day, 1, "Русский язык");
    struct week_sheet sheet = fixture_sheet(&f, day, 1, none);
    const struct week_day *tuesday = &sheet.days[1];
    assert_int_equal(tuesday->lesson_count, 2);
    assert_string_equal(tuesday->lessons[0].subject, "Русский язык");
    assert_int_equal(tuesday->lessons[0].mark_count, 0);
    assert_int_equal(tuesday->lessons[1].mark_count, 2);
    assert_string_equal(tuesday->lessons[1].topic, "Деление");
    assert_string_equal(tuesday->lessons[1].homework, "с. 58 № 4; карточка");
    assert_string_equal(tuesday->lessons[1].teacher, "Осипова Н. П.");
    assert_int_equal(find_subject(&sheet, "Математика")->lessons, 1);
}

static void rows_of_the_class_fill_what_own_rows_lack(void **state)
{
    (void)state;
    int32_t day = on(2026, 11, 17);
    struct entry *entry = add_entry(&f, 0, day, 1, "Русский язык");
    entry->topic = "Корень слова";
    entry->mark = "2"; /* a class has no marks */
    entry->reason = REASON_ILL;
    entry = add_entry(&f, 0, day, 2, "Математика");
    entry->topic = "Сложение";
    entry->homework = "с. 5";
    entry = add_mark(&f, 1, day, 2, "Математика", "4");
    entry->topic = "Вычитание";
    add_entry(&f, 0, day, 3, "Пение")->form = "3Б";
    struct week_sheet sheet = fixture_sheet(&f, day, 1, none);
    const struct week_day *tuesday = &sheet.days[1];
    assert_int_equal(tuesday->lesson_count, 2);
    assert_string_equal(tuesday->lessons[0].topic, "Корень слова");
    assert_int_equal(tuesday->lessons[0].mark_count, 0);
    assert_int_equal(tuesday->lessons[0].reason, REASON_PRESENT);
    assert_string_equal(tuesday->lessons[1].topic, "Вычитание");
    assert_string_equal(tuesday->lessons[1].homework, "с. 5");
    assert_int_equal(tuesday->lessons[1].mark_count, 1);
    assert_int_equal(sheet.of_week.lessons, 2);
}

static void classmates_agree_on_a_lesson(void **state)
{
    (void)state;
    int32_t day = on(2026, 11, 17);
    for (int32_t pupil = 2; pupil <= 3; pupil++) {
        struct entry *entry = add_mark(&f, pupil, day, 1, "Русский язык", "2");
        entry->topic = "Корень слова";
        entry->comment = "о другом ребёнке";
        entry->reason = REASON_LATE;
        entry = add_entry(&f, pupil, day, 2, "Английский язык");
        entry->teacher = pupil == 2 ? "А." : "Б."; /* groups */
        add_entry(&f, pupil, day, 3, "Музыка");
        add_entry(&f, pupil, day, 0, "Шахматы"); /* no slot */
        add_entry(&f, pupil, day, 4, "Пение")->held = (struct held){2, 0};
    }
    add_mark(&f, 1, day, 3, "Технология", "5"); /* his slot is taken */
    add_entry(&f, 0, day, 5, "Классный час");
    add_entry(&f, 2, day, 5, "Логопед");
    struct week_sheet sheet = fixture_sheet(&f, day, 1, none);
    const struct week_day *tuesday = &sheet.days[1];
    assert_int_equal(tuesday->lesson_count, 3);
    assert_string_equal(tuesday->lessons[0].subject, "Русский язык");
    assert_string_equal(tuesday->lessons[0].topic, "Корень слова");
    assert_int_equal(tuesday->lessons[0].mark_count, 0);
    assert_int_equal(tuesday->lessons[0].reason, REASON_PRESENT);
    assert_string_equal(tuesday->lessons[1].subject, "Технология");
    assert_string_equal(tuesday->lessons[2].subject, "Классный час");
    assert_int_equal(sheet.remark_count, 0);
    assert_int_equal(sheet.of_term.lessons, 3);
    assert_int_equal(find_subject(&sheet, "Русский язык")->mark_count, 0);
}

/* регламент 1.3: what one child has in a slot, or a few, is no lesson of the others, nor his text on their sheets. */
static void a_lesson_of_one_child_is_his(void **state)
{
    (void)state;
    int32_t day = on(2026, 11, 17);
    for (int lesson = 1; lesson <= 2; lesson++) {
        add_absence(&f, 1, day, lesson, lesson == 1 ? "Математика" : "Чтение", REASON_ILL);
        add_entry(&f, 2, day, lesson, lesson == 1 ? "Математика" : "Чтение");
    }
    struct entry *entry = add_entry(&f, 2, day, 6, "Логопед");
    entry->topic = "Речевое дыхание";
    entry->homework = "упражнения дома";
    f.timetable[f.timetable_count++] = (struct timetable_entry){
        .day = DATE_NONE, .weekday = 2, .lesson = 6, .subject = "Логопед", .room = "", .starts = "", .held = {1, 0}};
    struct week_sheet sheet = fixture_sheet(&f, day, 1, none);
    assert_int_equal(sheet.days[1].lesson_count, 2);
    assert_true(sheet.days[1].away);
    assert_int_equal(sheet.of_week.lessons, 2);
    assert_null(find_subject(&sheet, "Логопед"));
    assert_int_equal(sheet.plan[1].lesson_count, 1);
    assert_string_equal(sheet.plan[1].lessons[0].due, "");
}

/* Pupils 2 … `last` of 9 on one day: all have a row in lesson 1, those up to `few` one in lesson 2. */
static size_t lessons_of_a_pupil_without_rows(int32_t last, int32_t few, const char *mark)
{
    int32_t day = on(2026, 11, 17);
    f.entry_count = 0;
    for (int32_t pupil = 2; pupil <= last; pupil++) {
        add_mark(&f, pupil, day, 1, "Математика", mark);
        if (pupil <= few)
            add_mark(&f, pupil, day, 2, "Логопед", mark);
    }
    return fixture_sheet(&f, day, 1, none).days[1].lesson_count;
}

/* Where all pupils have rows, more than half make a lesson the class's; where only those with marks have, a quarter. */
static void how_many_make_a_lesson(void **state)
{
    (void)state;
    assert_int_equal(lessons_of_a_pupil_without_rows(9, 5, ""), 1);
    assert_int_equal(lessons_of_a_pupil_without_rows(9, 6, ""), 2);
    assert_int_equal(lessons_of_a_pupil_without_rows(9, 2, "4"), 1);
    assert_int_equal(lessons_of_a_pupil_without_rows(9, 3, "4"), 2);
    assert_int_equal(lessons_of_a_pupil_without_rows(2, 2, "4"), 0); /* one says nothing of the others */
}

static void only_while_he_is_enrolled(void **state)
{
    (void)state;
    for (int32_t day = on(2026, 11, 16); day <= on(2026, 11, 20); day++)
        for (int32_t pupil = 2; pupil <= 3; pupil++)
            add_entry(&f, pupil, day, 1, "Музыка");
    add_mark(&f, 1, on(2026, 11, 16), 2, "Математика", "5"); /* his own row proves that he was there */
    add_mark(&f, 1, on(2026, 11, 20), 2, "Математика", "2");
    f.pupils[0].enrolled = on(2026, 11, 17);
    f.pupils[0].left = on(2026, 11, 19);
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 16), 1, none);
    assert_int_equal(sheet.days[0].lesson_count, 1);
    assert_string_equal(sheet.days[0].lessons[0].subject, "Математика");
    assert_int_equal(sheet.days[1].lesson_count, 1);
    assert_int_equal(sheet.days[3].lesson_count, 1);
    assert_int_equal(sheet.days[4].lesson_count, 0);
    assert_true(sheet.days[4].outside);
    assert_false(sheet.days[0].outside);
    assert_false(sheet.days[4].untold);
    assert_int_equal(find_subject(&sheet, "Математика")->mark_count, 1);
}

/* Rows without lesson numbers tell nothing of who has none. */
static void lessons_that_nothing_tells_of(void **state)
{
    (void)state;
    for (int32_t pupil = 2; pupil <= 3; pupil++)
        add_mark(&f, pupil, on(2026, 11, 17), 0, "Музыка", "5");
    add_mark(&f, 1, on(2026, 11, 18), 0, "Музыка", "5")->topic = "Опера";
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 16), 1, none);
    assert_false(sheet.days[0].untold);
    assert_true(sheet.days[1].untold);
    assert_false(sheet.days[1].outside);
    assert_false(sheet.days[2].untold);
}

/* A Saturday of one child is none of the class, where that is not a very small one. */
static void a_day_of_one_child_is_his(void **state)
{
    (void)state;
    f.school.school_days = 5;
    add_entry(&f, 1, on(2026, 11, 16), 1, "Музыка");
    add_entry(&f, 2, on(2026, 11, 21), 1, "Музыка");
    assert_int_equal(fixture_sheet(&f, on(2026, 11, 16), 1, none).span.until, on(2026, 11, 21));
    for (int32_t i = 3; i < 5; i++) {
        f.pupils[i] = f.pupils[2];
        f.pupils[i].key = i + 1;
    }
    struct week_sheet sheet;
    struct week_order order = {.week = date_iso_week(on(2026, 11, 16)), .import = 1};
    f.book.pupil_count = 5;
    week_compute(f.arena, &f.school, &f.book, 0, &order, &sheet);
    assert_int_equal(sheet.span.until, on(2026, 11, 20));
}

static void lessons_of_the_class_he_was_in(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 11, 9), 1, "Музыка", "5")->form = "3Б";
    add_mark(&f, 1, on(2026, 11, 11), 1, "Музыка", "4")->form = "3Б";
    add_mark(&f, 1, on(2026, 11, 12), 1, "Музыка", "3");
    for (int32_t day = on(2026, 11, 9); day <= on(2026, 11, 13); day++) {
        add_entry(&f, 0, day, 2, "Чтение")->form = "3Б";
        add_entry(&f, 0, day, 2, "Письмо");
    }
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 9), 1, none);
    static const char *const wanted[] = {"Чтение", "Чтение", "Чтение", "Письмо", "Письмо"};
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(sheet.days[i].lessons[sheet.days[i].lesson_count - 1].subject, wanted[i]);
    assert_int_equal(find_subject(&sheet, "Музыка")->mark_count, 3);
}

static void a_day_of_absence_is_away(void **state)
{
    (void)state;
    int32_t monday = on(2026, 11, 16);
    for (int lesson = 1; lesson <= 5; lesson++) {
        add_absence(&f, 1, monday, lesson, "Музыка", REASON_ILL);
        add_absence(&f, 1, monday + 1, lesson, "Музыка", lesson == 5 ? REASON_EXCUSED : REASON_ILL);
        add_absence(&f, 1, monday + 2, lesson, "Музыка", REASON_LATE);
        add_absence(&f, 1, monday + 3, lesson, "Музыка", REASON_ILL)->mark = lesson == 2 ? "4" : "";
        add_absence(&f, 1, monday + 4, lesson, "Музыка", lesson == 1 ? REASON_PRESENT : REASON_ILL);
    }
    struct week_sheet sheet = fixture_sheet(&f, monday, 1, none);
    assert_true(sheet.days[0].away);
    assert_int_equal(sheet.days[0].reason, REASON_ILL);
    for (size_t i = 1; i < 6; i++)
        assert_false(sheet.days[i].away);
    assert_int_equal(sheet.of_week.count[REASON_ILL], 18);
    assert_int_equal(sheet.of_week.count[REASON_EXCUSED], 1);
    assert_int_equal(sheet.of_week.count[REASON_LATE], 5);
    assert_int_equal(sheet.of_week.lessons, 25);
    const struct subject_line *line = find_subject(&sheet, "Музыка");
    assert_int_equal(line->missed, 19);
    assert_int_equal(line->late, 5);
}

/* Late to one row and missed in another of the same lesson: the graver stands, once. */
static void one_absence_a_lesson(void **state)
{
    (void)state;
    int32_t day = on(2026, 11, 17);
    add_absence(&f, 1, day, 1, "Музыка", REASON_UNEXCUSED)->held = (struct held){1, 0};
    add_absence(&f, 1, day, 1, "Музыка", REASON_LATE)->held = (struct held){2, 0};
    add_absence(&f, 1, day, 2, "Пение", REASON_LATE)->held = (struct held){1, 0};
    add_absence(&f, 1, day, 2, "Пение", REASON_ILL)->held = (struct held){2, 0};
    struct week_sheet sheet = fixture_sheet(&f, day, 2, none);
    assert_int_equal(sheet.days[1].lesson_count, 2);
    assert_int_equal(sheet.days[1].lessons[0].reason, REASON_UNEXCUSED);
    assert_int_equal(sheet.days[1].lessons[1].reason, REASON_ILL);
    assert_int_equal(sheet.of_week.count[REASON_LATE], 0);
    assert_int_equal(sheet.of_week.lessons, 2);
}

static void a_report_by_subject(void **state)
{
    (void)state;
    int32_t day = on(2026, 11, 17);
    add_absence(&f, 1, day, 0, "Математика", REASON_ILL); /* the cell «Б Б 3» */
    add_absence(&f, 1, day, 0, "Математика", REASON_ILL)->mark = "3";
    add_absence(&f, 1, day, 0, "Химия", REASON_UNEXCUSED); /* «Н О 4» */
    add_absence(&f, 1, day, 0, "Химия", REASON_LATE)->mark = "4";
    add_mark(&f, 1, day, 0, "Физика", "5"); /* «5/4» */
    add_mark(&f, 1, day, 0, "Физика", "4");
    add_absence(&f, 1, day + 1, 0, "Физика", REASON_ILL);
    struct week_sheet sheet = fixture_sheet(&f, day, 1, none);
    assert_true(sheet.by_subject);
    const struct week_day *tuesday = &sheet.days[1];
    assert_int_equal(tuesday->lesson_count, 4);
    assert_string_equal(tuesday->lessons[0].subject, "Математика");
    assert_int_equal(tuesday->lessons[0].missed, 2);
    assert_int_equal(tuesday->lessons[0].mark_count, 1);
    assert_string_equal(tuesday->lessons[1].subject, "Физика");
    assert_int_equal(tuesday->lessons[1].mark_count, 2);
    assert_int_equal(tuesday->lessons[2].reason, REASON_LATE);
    assert_int_equal(tuesday->lessons[2].mark_count, 1);
    assert_int_equal(tuesday->lessons[2].missed, 0);
    assert_int_equal(tuesday->lessons[2].times, 1);
    assert_int_equal(tuesday->lessons[3].reason, REASON_UNEXCUSED);
    assert_int_equal(tuesday->lessons[3].mark_count, 0);
    assert_false(sheet.days[2].away); /* who knows of the other lessons */
    assert_int_equal(find_subject(&sheet, "Математика")->lessons, 2);
    assert_int_equal(find_subject(&sheet, "Математика")->missed, 2);
    assert_int_equal(find_subject(&sheet, "Физика")->lessons, 2);
    for (size_t i = 0; i < f.entry_count; i++) /* he himself has no row, the class has */
        f.entries[i].pupil = 2;
    assert_true(fixture_sheet(&f, day, 1, none).by_subject);
    add_entry(&f, 2, day, 0, "Музыка")->topic = "Опера";
    assert_false(fixture_sheet(&f, day, 1, none).by_subject);
}

static void a_class_without_marks(void **state)
{
    (void)state;
    struct entry *entry = add_mark(&f, 1, on(2026, 11, 17), 1, "Математика", "5");
    entry->form = "1А";
    entry->topic = "Счёт до десяти";
    entry->comment = "Молодец";
    add_absence(&f, 1, on(2026, 11, 18), 1, "Математика", REASON_ILL)->form = "1А";
    f.pupils[0].form = "1А";
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 16), 1, none);
    assert_true(sheet.without_marks);
    assert_int_equal(sheet.days[1].lessons[0].mark_count, 0);
    assert_string_equal(sheet.days[1].lessons[0].topic, "Счёт до десяти");
    const struct subject_line *line = find_subject(&sheet, "Математика");
    assert_int_equal(line->mark_count, 0);
    assert_int_equal(line->mean, -1);
    assert_int_equal(line->need_mark, 0);
    assert_int_equal(line->missed, 1);
    assert_int_equal(sheet.remark_count, 1);
    struct week_sheet next = fixture_sheet(&f, on(2026, 11, 23), 1, none);
    assert_int_equal(next.change_count, 1); /* the absence; never a mark */
    assert_int_equal(next.changes[0].what, CHANGE_ATTENDANCE);
}

static void a_week_reaches_to_where_lessons_are(void **state)
{
    (void)state;
    add_entry(&f, 1, on(2026, 11, 16), 1, "Музыка");
    f.school.school_days = 5;
    assert_int_equal(fixture_sheet(&f, on(2026, 11, 16), 1, none).span.until, on(2026, 11, 20));
    for (int32_t pupil = 2; pupil <= 3; pupil++)
        add_entry(&f, pupil, on(2026, 11, 21), 1, "Музыка");
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 16), 1, none);
    assert_int_equal(sheet.span.until, on(2026, 11, 21));
    assert_int_equal(sheet.days[5].lesson_count, 1);
    add_entry(&f, 1, on(2026, 11, 22), 1, "Музыка")->held = (struct held){1, 2};
    assert_int_equal(fixture_sheet(&f, on(2026, 11, 16), 1, none).span.until, on(2026, 11, 22));
    assert_int_equal(fixture_sheet(&f, on(2026, 11, 16), 2, none).span.until, on(2026, 11, 21));
}

static void holidays_say_so(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 10, 23), 1, "Музыка", "5");
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 10, 26), 1, none);
    assert_int_equal(sheet.day_count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(sheet.days[i].holiday, "осенние каникулы");
    assert_int_equal(sheet.term, 1);
    assert_int_equal(sheet.subject_count, 1);
    assert_int_equal(sheet.of_week.lessons, 0);
    assert_null(fixture_sheet(&f, on(2026, 10, 23), 1, none).days[4].holiday);
}

static void a_week_across_terms(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 11, 30), 1, "Музыка", "5");
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 30), 1, none);
    assert_int_equal(sheet.term, 1); /* the last lesson is in the first term */
    assert_int_equal(sheet.days_left, 0);
    assert_int_equal(find_subject(&sheet, "Музыка")->mark_count, 1);
    add_mark(&f, 1, on(2026, 12, 3), 1, "Музыка", "4");
    sheet = fixture_sheet(&f, on(2026, 11, 30), 1, none);
    assert_int_equal(sheet.term, 2);
    assert_int_equal(sheet.week_of_term, 1);
    assert_int_equal(find_subject(&sheet, "Музыка")->mark_count, 1); /* a mark belongs to the term of its day */
    assert_string_equal(find_subject(&sheet, "Музыка")->marks[0].text, "4");
    assert_int_equal(sheet.of_week.lessons, 2);
    assert_int_equal(sheet.of_term.lessons, 1);
    assert_int_equal(fixture_sheet(&f, on(2026, 12, 28), 1, none).term, 2);
}

static void between_terms_the_last_one_begun(void **state)
{
    (void)state;
    fixture_kind = TERM_QUARTER;
    add_mark(&f, 1, on(2026, 10, 23), 1, "Музыка", "5");
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 10, 28), 1, none);
    assert_int_equal(sheet.term, 1);
    assert_int_equal(sheet.days_left, 0);
    assert_int_equal(sheet.week_of_term, 8);
    assert_int_equal(find_subject(&sheet, "Музыка")->mean, 500);
}

static void across_new_year_and_leap_day(void **state)
{
    (void)state;
    add_mark(&f, 1, on(2026, 12, 29), 1, "Музыка", "5");
    struct week_sheet sheet = fixture_sheet(&f, on(2027, 1, 2), 1, none); /* 2026-W53 */
    assert_int_equal(sheet.week.year, 2026);
    assert_int_equal(sheet.week.week, 53);
    assert_int_equal(sheet.span.from, on(2026, 12, 28));
    assert_int_equal(sheet.year->year, 2026);
    assert_int_equal(sheet.term, 2);
    assert_null(sheet.days[2].holiday);
    assert_non_null(sheet.days[3].holiday);
    add_mark(&f, 1, on(2028, 2, 29), 1, "Музыка", "4");
    sheet = fixture_sheet(&f, on(2028, 2, 29), 1, none);
    assert_int_equal(sheet.span.from, on(2028, 2, 28));
    assert_int_equal(sheet.term, 2);
    assert_int_equal(find_subject(&sheet, "Музыка")->mark_count, 1);
}

static void the_grid_of_the_term(void **state)
{
    (void)state;
    add_entry(&f, 2, on(2026, 9, 1), 1, "Музыка");
    add_absence(&f, 1, on(2026, 9, 2), 1, "Музыка", REASON_LATE);
    add_absence(&f, 1, on(2026, 9, 3), 1, "Музыка", REASON_LATE);
    add_absence(&f, 1, on(2026, 9, 3), 2, "Музыка", REASON_EXCUSED);
    add_absence(&f, 1, on(2026, 9, 3), 3, "Музыка", REASON_EXCUSED);
    add_absence(&f, 1, on(2026, 9, 3), 4, "Музыка", REASON_ILL);
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 9, 7), 1, none);
    assert_int_equal(sheet.grid_count, 11); /* 1–5 and 7–12 September */
    assert_int_equal(sheet.grid[0].day, on(2026, 9, 1));
    assert_true(sheet.grid[0].school);
    assert_int_equal(sheet.grid[0].reason, REASON_PRESENT);
    assert_int_equal(sheet.grid[1].reason, REASON_LATE);
    assert_int_equal(sheet.grid[1].missed, 0);
    assert_int_equal(sheet.grid[2].reason, REASON_EXCUSED);
    assert_int_equal(sheet.grid[2].missed, 3);
    assert_int_equal(sheet.grid[2].lessons, 4);
    assert_false(sheet.grid[3].school);
    f.pupils[0].enrolled = on(2026, 9, 2);
    assert_false(fixture_sheet(&f, on(2026, 9, 7), 1, none).grid[0].school);
}

static void the_state_of_an_import(void **state)
{
    (void)state;
    int32_t day = on(2026, 11, 17);
    add_mark(&f, 1, day, 1, "Музыка", "3")->held = (struct held){1, 3};
    add_mark(&f, 1, day, 1, "Музыка", "4")->held = (struct held){3, 0};
    assert_string_equal(fixture_sheet(&f, day, 2, none).days[1].lessons[0].marks[0].text, "3");
    assert_string_equal(fixture_sheet(&f, day, 3, none).days[1].lessons[0].marks[0].text, "4");
}

static void an_index_changes_nothing_but_the_time(void **state)
{
    (void)state;
    add_mathematics();
    add_entry(&f, 2, on(2026, 11, 19), 1, "Музыка");
    struct week_sheet plain = fixture_sheet(&f, on(2026, 11, 16), 1, none), quick;
    struct week_order order = {.week = date_iso_week(on(2026, 11, 16)), .import = 1};
    order.index = week_index_new(f.arena, &f.school, &f.book, 1);
    week_compute(f.arena, &f.school, &f.book, 0, &order, &quick);
    assert_int_equal(quick.subject_count, plain.subject_count);
    assert_int_equal(quick.of_term.lessons, plain.of_term.lessons);
    order.import = 2; /* an index of another state is not used */
    week_compute(f.arena, &f.school, &f.book, 0, &order, &quick);
    assert_int_equal(quick.of_term.lessons, plain.of_term.lessons);
}

static void the_last_week_with_lessons(void **state)
{
    (void)state;
    add_entry(&f, 1, on(2026, 11, 13), 1, "Музыка");
    add_entry(&f, 2, on(2026, 11, 21), 1, "Музыка");
    add_entry(&f, 2, on(2026, 11, 30), 1, "Музыка")->held = (struct held){1, 2};
    assert_int_equal(week_last(fixture_book(&f, 1), on(2026, 11, 15)).week, 46);
    assert_int_equal(week_last(fixture_book(&f, 1), on(2026, 11, 16)).week, 47); /* it has begun */
    assert_int_equal(week_last(fixture_book(&f, 1), on(2026, 11, 29)).week, 47);
    assert_int_equal(week_last(fixture_book(&f, 1), on(2026, 12, 1)).week, 49);
    assert_int_equal(week_last(fixture_book(&f, 2), on(2026, 12, 1)).week, 47);
    assert_int_equal(week_last(fixture_book(&f, 1), on(2026, 9, 1)).week, 0);
}

static void on_paper(void **state)
{
    (void)state;
    struct pupil *pupil = &f.pupils[0];
    pupil->paper_from = on(2026, 10, 1);
    pupil->paper_until = on(2026, 12, 31);
    assert_false(pupil_on_paper(pupil, on(2026, 9, 30)));
    assert_true(pupil_on_paper(pupil, on(2026, 10, 1)));
    assert_true(pupil_on_paper(pupil, on(2026, 12, 31)));
    assert_false(pupil_on_paper(pupil, on(2027, 1, 1)));
    pupil->paper_until = DATE_NONE;
    assert_true(pupil_on_paper(pupil, on(2027, 1, 1)));
    pupil->left = on(2026, 12, 1);
    assert_false(pupil_on_paper(pupil, on(2027, 1, 1))); /* регламент 2.3: no sheets after the date */
    pupil->paper_from = DATE_NONE;
    assert_false(pupil_on_paper(pupil, on(2026, 11, 1)));
}

static void an_empty_book_and_a_week_that_is_none(void **state)
{
    (void)state;
    struct week_sheet sheet = fixture_sheet(&f, on(2026, 11, 16), 1, none);
    assert_int_equal(sheet.day_count, 6);
    assert_int_equal(sheet.subject_count, 0);
    assert_int_equal(sheet.change_count, 0);
    assert_false(sheet.by_subject);
    struct week_order order = {.week = {2027, 53}, .import = 1};
    week_compute(f.arena, &f.school, &f.book, 0, &order, &sheet);
    assert_int_equal(sheet.day_count, 0);
}

#define WITH_BOOK(test) cmocka_unit_test_setup_teardown(test, open_book, close_book)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_BOOK(the_head_of_the_sheet),
        WITH_BOOK(school_days_that_are_left),
        WITH_BOOK(marks_and_mean_of_a_subject),
        WITH_BOOK(nothing_is_needed_at_the_best_mark),
        WITH_BOOK(subjects_stand_in_customary_order),
        WITH_BOOK(a_subject_in_two_spellings_is_one),
        WITH_BOOK(lessons_stand_by_number_with_all_their_marks),
        WITH_BOOK(rows_of_the_class_fill_what_own_rows_lack),
        WITH_BOOK(classmates_agree_on_a_lesson),
        WITH_BOOK(a_lesson_of_one_child_is_his),
        WITH_BOOK(how_many_make_a_lesson),
        WITH_BOOK(only_while_he_is_enrolled),
        WITH_BOOK(lessons_that_nothing_tells_of),
        WITH_BOOK(a_day_of_one_child_is_his),
        WITH_BOOK(lessons_of_the_class_he_was_in),
        WITH_BOOK(a_day_of_absence_is_away),
        WITH_BOOK(one_absence_a_lesson),
        WITH_BOOK(a_report_by_subject),
        WITH_BOOK(a_class_without_marks),
        WITH_BOOK(a_week_reaches_to_where_lessons_are),
        WITH_BOOK(holidays_say_so),
        WITH_BOOK(a_week_across_terms),
        WITH_BOOK(between_terms_the_last_one_begun),
        WITH_BOOK(across_new_year_and_leap_day),
        WITH_BOOK(the_grid_of_the_term),
        WITH_BOOK(the_state_of_an_import),
        WITH_BOOK(an_index_changes_nothing_but_the_time),
        WITH_BOOK(the_last_week_with_lessons),
        WITH_BOOK(on_paper),
        WITH_BOOK(an_empty_book_and_a_week_that_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
