/* The readers of [access]: accounts of the computer and what they may do (регламент 2.10). */
#include <string.h>

#include "base/diag.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "settings/form.h"
#include "settings/keys.h"
#include "settings/value.h"

#define ACCOUNT_BYTES 64

/* For diag_add: an error at an item of the value. */
#define ITEM_AT(value, item) DIAG_ERROR, (value)->file, (value)->line, (value)->column + (item)->offset

/* A name to log in with; those of a directory («school\anna», «anna@school.local») too. */
static bool is_account(const char *name)
{
    static const char *const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.@\\-";
    size_t length = strlen(name);
    return length > 0 && length <= ACCOUNT_BYTES && *name != '-' && strspn(name, letters) == length;
}

static void add(struct reading *reading, const struct ini_value *value, const struct value_item *item,
                const struct school_account *account)
{
    for (size_t i = 0; i < reading->account_count; i++) {
        if (strcmp(reading->accounts[i].name, account->name) != 0)
            continue;
        diag_add(reading->diag, ITEM_AT(value, item), _("the account '%s' already has a role; keep one"),
                 account->name);
        return;
    }
    reading->accounts =
        mem_grow(reading->accounts, reading->account_count, &reading->account_room, sizeof *reading->accounts);
    reading->accounts[reading->account_count++] = *account;
}

void read_accounts(struct reading *reading, const struct ini_value *value)
{
    const struct value_item *items = NULL;
    enum role role = *value->key == 'a' ? ROLE_ADMINISTRATOR : ROLE_SECRETARY;
    size_t count = value_list(reading->arena, value->text, false, &items);
    for (size_t i = 0; i < count; i++) {
        struct school_account account = {.name = items[i].text, .role = role};
        if (is_account(account.name))
            add(reading, value, &items[i], &account);
        else
            diag_add(reading->diag, ITEM_AT(value, &items[i]),
                     _("'%s' is no account; give the names that people log in with, separated by commas"),
                     items[i].text);
    }
}

/* The class that begins at *at, which moves past it: «3А», and «3 А» or «3 «А»» in two words; NULL at the end. */
static const char *next_class(struct arena *arena, char **at)
{
    char *word = *at + strspn(*at, " ");
    if (*word == '\0')
        return NULL;
    size_t length = strcspn(word, " "), digits = strspn(word, "0123456789");
    const char *next = word + length + strspn(word + length, " ");
    if (digits == length && *next != '\0' && strchr("0123456789", *next) == NULL)
        length = (size_t)(next - word) + strcspn(next, " ");
    *at = word + length;
    return form_canonical(arena, arena_copy_n(arena, word, length));
}

static void read_teacher(struct reading *reading, const struct ini_value *value, const struct value_item *item)
{
    char *rest = arena_copy(reading->arena, item->text);
    size_t length = strcspn(rest, " "), most = strlen(rest) / 2 + 1;
    struct school_account account = {.role = ROLE_TEACHER, .name = arena_copy_n(reading->arena, rest, length)};
    const char **forms = arena_alloc(reading->arena, most * sizeof *forms), *form = NULL;
    bool fine = is_account(account.name) && form_grade(account.name) == 0;
    for (rest += length; fine && (form = next_class(reading->arena, &rest)) != NULL;) {
        fine = form_grade(form) != 0;
        forms[account.form_count++] = form;
    }
    account.forms = forms;
    if (fine && account.form_count > 0)
        add(reading, value, item, &account);
    else
        diag_add(
            reading->diag, ITEM_AT(value, item),
            _("'%s' is no account with its classes; write the account, a blank and the classes, for example ivanova "
              "3A"),
            item->text);
}

void read_teacher_accounts(struct reading *reading, const struct ini_value *value)
{
    const struct value_item *items = NULL;
    size_t count = value_list(reading->arena, value->text, false, &items);
    for (size_t i = 0; i < count; i++)
        read_teacher(reading, value, &items[i]);
}
