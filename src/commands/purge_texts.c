#include "commands/purge_texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/session.h"
#include "issue/purge.h"
#include "store/purge.h"

static const struct {
    const char *key, *title;
} kinds[] = {
    [PLACE_COMMENT] = {"comment", N_("comment of %s")},
    [PLACE_TOPIC] = {"topic", N_("topic of %s")},
    [PLACE_HOMEWORK] = {"homework", N_("homework of %s")},
    [PLACE_WORK] = {"work", N_("kind of work, %s")},
    [PLACE_ANNOUNCEMENT] = {"announcement", N_("announcement from %s")},
    [PLACE_ACHIEVEMENT] = {"achievement", N_("achievement of %s")},
};

/* «comment of 2026-11-16, 3А, pupil 103» */
static const char *place_text(struct arena *arena, const struct purge_place *place)
{
    char day[DATE_TEXT];
    struct buffer out = {0};
    buffer_format(&out, _(kinds[place->kind].title), date_format(day, place->day));
    if (place->form[0] != '\0')
        buffer_format(&out, ", %s", place->form);
    if (place->code[0] != '\0')
        buffer_format(&out, _(", pupil %s"), text_printable(arena, place->code));
    const char *text = arena_copy(arena, out.data);
    buffer_free(&out);
    return text;
}

/* The first place of each text. */
static bool is_first(const struct purge_find *find, size_t at)
{
    return at == 0 || find->places[at - 1].text != find->places[at].text;
}

void purge_warn_of_texts(struct call *call, const struct purge_find *find)
{
    bool some = false;
    for (size_t i = 0; i < find->place_count; i++) {
        const struct purge_place *place = &find->places[i];
        if (!place->likely || !is_first(find, i))
            continue;
        fprintf(stderr, _("warning: text %d may name one of them and stays: %s\n"), (int)place->text,
                place_text(call->arena, place));
        some = true;
    }
    if (!some)
        return;
    fputs(_("A person decides: «paperdiary purge --dry-run --text N» shows a text, without --dry-run it is removed.\n"),
          stderr);
    call->attention = true;
}

static json_t *place_json(const struct purge_place *place)
{
    json_t *out = json_object();
    json_object_set_new(out, "text", json_integer(place->text));
    json_object_set_new(out, "kind", json_string(kinds[place->kind].key));
    json_object_set_new(out, "day", json_day(place->day));
    json_object_set_new(out, "class", place->form[0] == '\0' ? json_null() : json_string(place->form));
    json_object_set_new(out, "pupil_id", place->code[0] == '\0' ? json_null() : json_string(place->code));
    return out;
}

json_t *purge_texts_json(const struct purge_find *find)
{
    json_t *out = json_array();
    for (size_t i = 0; i < find->place_count; i++)
        if (find->places[i].likely)
            json_array_append_new(out, place_json(&find->places[i]));
    return out;
}

/* --- purge --text ------------------------------------------------------------------------------------------------- */

static bool read_text(const char *given, int32_t *out, struct err *err)
{
    size_t length = strlen(given);
    *out = (int32_t)strtol(given, NULL, 10);
    return (length > 0 && length <= 9 && strspn(given, "0123456789") == length) ||
           err_set(err, ERR_USAGE, _("--text is the number of a text, as purge names it"));
}

/* The numbers in the order given; *out has room for all of them, also where none is given. */
static bool read_texts(const struct call *call, int32_t **out, size_t *count, struct err *err)
{
    *out = arena_alloc(call->arena, (call->given_count + 1) * sizeof **out);
    for (size_t i = 0; i < call->given_count; i++)
        if (strcmp(call->given[i].name, "text") == 0 && !read_text(call->given[i].value, &(*out)[(*count)++], err))
            return false;
    return true;
}

static bool has_place(const struct purge_find *find, int32_t text)
{
    for (size_t i = 0; i < find->place_count; i++)
        if (find->places[i].text == text)
            return true;
    return false;
}

static bool show(struct session *session, const struct purge_find *find, const struct purge_files *files,
                 struct err *err)
{
    struct arena *arena = session->arena;
    json_t *array = json_array();
    for (size_t i = 0; i < find->place_count; i++) {
        const struct purge_place *place = &find->places[i];
        const char *text = "";
        if (!store_text(session->store, arena, place->text, &text, err))
            break;
        if (session->call->json) {
            json_t *one = place_json(place);
            json_object_set_new(one, "words", json_string(text));
            json_array_append_new(array, one);
        } else {
            printf("%d  %s: %s\n", (int)place->text, place_text(arena, place), text_printable(arena, text));
        }
    }
    if (session->call->json && err->code == ERR_NONE)
        json_print(array);
    json_decref(array);
    for (size_t i = 0; !session->call->json && i < files->remove_count; i++)
        session_say(session->call, "%s", text_printable(arena, files->remove[i]));
    return err->code == ERR_NONE;
}

/* Numbers only: a file may be called after a child. */
static void answer_json(const int32_t *texts, size_t count, size_t files)
{
    json_t *out = json_object(), *removed = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(removed, json_integer(texts[i]));
    json_object_set_new(out, "removed_texts", removed);
    json_object_set_new(out, "removed_files", json_integer((json_int_t)files));
    json_finish(out);
}

bool purge_texts(struct session *session, struct err *err)
{
    const struct call *call = session->call;
    struct purge_order order = {
        .left_before = DATE_NONE, .old_before = DATE_NONE, .stamp = session->stamp, .account = session->account};
    struct purge_find find = {0};
    struct purge_files files = {0};
    int32_t *texts = NULL;
    size_t count = 0;
    if (!read_texts(call, &texts, &count, err) ||
        !store_purge_find_texts(session->store, session->arena, texts, count, &find, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!has_place(&find, texts[i]))
            return err_set(err, ERR_USAGE, _("there is no text %d that could be removed; nothing was changed"),
                           (int)texts[i]);
    if (!purge_files(session->arena, session->folder, session->store, &order, &find, &files, err))
        return false;
    if (call_has(call, "dry-run"))
        return show(session, &find, &files, err);
    if (!purge_remove(session->arena, session->folder, &files, err) ||
        !store_purge_texts(session->store, &order, texts, count, err))
        return false;
    if (call->json) {
        answer_json(texts, count, files.remove_count);
        return true;
    }
    session_say(call,
                ngettext("%zu text is removed, and each file on which it may stand: %zu.",
                         "%zu texts are removed, and each file on which they may stand: %zu.", count),
                count, files.remove_count);
    return true;
}
