/* Any bytes as school.ini; what is accepted is laid out and asked. */
#include "fuzz_settings.h"

#include "settings/form.h"
#include "settings/school.h"

static void ask(struct arena *arena, const struct school *school)
{
    static const int32_t days[] = {INT32_MIN, -800000, 0, 20700, 20973, 21008, 47600, INT32_MAX};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        const struct school_year *year = school_year_of(school, arena, days[i]);
        if (year->terms < 2 || year->terms > SCHOOL_TERMS)
            abort();
        for (int32_t k = 0; k < year->terms; k++)
            if (year->term[k].from > year->term[k].until || (k > 0 && year->term[k].from <= year->term[k - 1].until))
                abort();
        for (size_t k = 1; k < year->holiday_count; k++)
            if (year->holidays[k].span.from < year->holidays[k - 1].span.from)
                abort();
    }
    for (size_t i = 0; i < school->code_count; i++)
        if (school_lookup_code(school, school->codes[i].shown) != &school->codes[i])
            abort();
    for (size_t i = 0; i < school->mark_count; i++)
        if (school_lookup_mark(school, school->marks[i].text) != &school->marks[i])
            abort();
    for (size_t i = 0; i < school->work_count; i++)
        if (school_weight_of(school, school->works[i].shown) != school->works[i].weight)
            abort();
    for (size_t i = 0; i < school->class_teacher_count; i++)
        if (*school_teacher_of(school, school->class_teachers[2 * i]) == '\0' ||
            *form_printed(arena, school->class_teachers[2 * i]) == '\0')
            abort();
    school_without_marks(school, "1А");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct err err = {0};
    struct school school = {0};
    const char *path = fuzz_write(arena, "", "school.ini", data, size);
    bool loaded = school_load(arena, path, &school, diag, &err);
    fuzz_judge(loaded, &err, diag);
    if (loaded)
        ask(arena, &school);
    char *text = mem_alloc(size + 1);
    memcpy(text, data, size);
    const char *form = form_canonical(arena, text);
    if (strcmp(form_canonical(arena, form), form) != 0)
        abort();
    mem_free(text);
    diag_free(diag);
    arena_free(arena);
    return 0;
}
