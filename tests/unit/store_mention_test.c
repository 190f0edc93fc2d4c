/* Names of removed pupils in free text (1.3): the cases of Russian surnames and first names. */
#include "store/mention.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static enum mention_kind found(const char *text)
{
    struct mention *mention = mention_new();
    static const char *const gone[] = {"Вокуева Дарья Ивановна",
                                       "Белов Пётр Ильич",
                                       "Толстой Павел Олегович",
                                       "Кузнецова-Белоголовская Анна Львовна",
                                       "Иваненко Лев",
                                       "Азарова Анна Ильинична",
                                       "Югов Яков Ильич",
                                       "Мороз Семён Игоревич",
                                       "Ли Ян"};
    static const char *const stay[] = {"Азарова Анна Ивановна", "Югова Ева Ильинична", "Кузнецов Олег Ильич"};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        mention_add(mention, gone[i], false);
    for (size_t i = 0; i < sizeof stay / sizeof *stay; i++)
        mention_add(mention, stay[i], true);
    mention_add_teacher(mention, "Н. П. Белова");
    enum mention_kind kind = mention_find(mention, text);
    mention_free(mention);
    return kind;
}

static void beside_the_first_name(void **state)
{
    (void)state;
    static const char *const texts[] = {"Передайте Вокуевой Дарье учебник",
                                        "Дарью Вокуеву ждут в библиотеке",
                                        "ВОКУЕВА ДАРЬЯ – молодец",
                                        "Сидеть с Д. Вокуевой",
                                        "Вокуевой Д. И. – грамота",
                                        "Диплом Белова Петра",
                                        "Белову\xC2\xA0Пётру",
                                        "вместе с Павлом Толстым",
                                        "у Льва Иваненко",
                                        "Анне Кузнецовой-Белоголовской",
                                        "Семен Мороз",
                                        "поздравляем: Вокуеву нашу Дарью"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (found(texts[i]) != MENTION_NAME)
            fail_msg("not found: %s", texts[i]);
}

static void a_surname_alone(void **state)
{
    (void)state;
    assert_int_equal(found("Подралась с Вокуевой."), MENTION_SURNAME);
    assert_int_equal(found("Толстому вернуть книгу"), MENTION_SURNAME);
    assert_int_equal(found("мороз и солнце"), MENTION_NONE);
    assert_int_equal(found("Мороз и солнце"), MENTION_SURNAME);
}

static void of_nobody_else(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "Вокуевский район",
                                        "Азаровой Анне – роль",  /* a namesake stays */
                                        "Юговой – роль",         /* his sister stays */
                                        "Белова просит тетради", /* a teacher */
                                        "толстая тетрадь",
                                        "Даше и Пете молока",
                                        "Ли, ли, или",
                                        "Дарья, принеси форму"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (found(texts[i]) != MENTION_NONE)
            fail_msg("found: %s", texts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beside_the_first_name),
        cmocka_unit_test(a_surname_alone),
        cmocka_unit_test(of_nobody_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
