#include "commands/issued.h"

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "commands/command.h"
#include "commands/printing.h"
#include "commands/session.h"
#include "issue/batch.h"
#include "issue/print.h"
#include "store/store.h"

void issued_say(const struct session *session, const struct batch_order *order, const struct batch_result *result)
{
    const struct call *call = session->call;
    if (result->issued == 0 && result->standing == 0) {
        session_say(call, _("%s: no family on paper among those chosen; nothing was issued."), order->period);
        return;
    }
    if (result->issued == 0) {
        session_say(call,
                    ngettext("%s: %zu sheet was issued before and nothing has changed since.",
                             "%s: %zu sheets were issued before and nothing has changed since.", result->standing),
                    order->period, result->standing);
        return;
    }
    if (order->aside != NULL) {
        for (size_t i = 0; i < result->issued; i++)
            session_say(call, "%s/%s", order->folder, result->files[i]);
        return;
    }
    const char *sheets =
        arena_format(session->arena, ngettext("%zu sheet", "%zu sheets", result->issued), result->issued);
    const char *pages = arena_format(session->arena, ngettext("%zu page", "%zu pages", result->pages), result->pages);
    session_say(call, _("%s: issued %s, %s. To print: %s/%s"), order->period, sheets, pages, order->folder,
                result->print);
}

json_t *issued_json(const struct batch_order *order, const struct batch_result *result)
{
    json_t *out = json_object(), *files = json_array();
    json_object_set_new(out, "period", json_string(order->period));
    json_object_set_new(out, "issued", json_integer((json_int_t)result->issued));
    json_object_set_new(out, "standing", json_integer((json_int_t)result->standing));
    json_object_set_new(out, "pages", json_integer((json_int_t)result->pages));
    for (size_t i = 0; i < result->issued; i++)
        json_array_append_new(files, json_string(result->files[i]));
    json_object_set_new(out, "files", files);
    json_object_set_new(out, "print", result->print == NULL ? json_null() : json_string(result->print));
    return out;
}

/* «printed: 2026-W47, preview, 1 sheet, pupil 1042»: ids and classes only. */
static bool note_copies(const struct session *session, const struct batch_order *order, size_t count, struct err *err)
{
    struct buffer what = {0};
    bool some = call_has(session->call, "class") || session_sees_part(session);
    buffer_format(&what, "printed: %s, %s, %zu %s", order->period, order->aside, count,
                  count == 1 ? "sheet" : "sheets");
    for (size_t i = 0; i < order->pupil_count; i++)
        buffer_format(&what, "%s%s", i == 0 ? ", pupil " : ", ", order->pupils[i]->code);
    for (size_t i = 0; some && order->pupil_count == 0 && i < order->class_count; i++)
        buffer_format(&what, "%s%s", i == 0 ? ", class " : ", ", order->classes[i]);
    bool ok = store_audit(session->store, session->stamp, session->account, what.data, err);
    buffer_free(&what);
    return ok;
}

bool issued_print(struct session *session, const struct workshop *shop, const struct batch_order *order,
                  const struct batch_result *result, struct err *err)
{
    size_t printed = 0;
    if (order->aside == NULL)
        return printing_pending(session, shop, order, err);
    while (printed < result->issued &&
           print_file(&session->school, PRINT_SHEETS, 0,
                      file_join(session->arena, order->folder, result->files[printed]), err))
        printed++;
    struct err unnoted = {0}; /* what was printed is noted also where the rest was not; that one counts */
    bool noted = printed == 0 || note_copies(session, order, printed, &unnoted);
    return err->code == ERR_NONE && (noted || err_set(err, unnoted.code, "%s", unnoted.text));
}
