#include "commands/printing.h"

#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "commands/access.h"
#include "commands/command.h"
#include "commands/session.h"
#include "issue/batch.h"
#include "issue/order.h"
#include "issue/print.h"

struct choice {
    const struct session *session;
    const struct batch_order *order;
    bool some;
};

/* The sheets asked for, of classes that the caller may see. */
static bool is_chosen(const void *context, const struct sheet_row *row)
{
    const struct choice *choice = context;
    const struct batch_order *order = choice->order;
    if (!session_sees(choice->session, row->form))
        return false;
    if (!choice->some)
        return true;
    if (order->pupils != NULL)
        return batch_names(order, row->pupil);
    for (size_t i = 0; i < order->class_count; i++)
        if (strcmp(order->classes[i], row->form) == 0)
            return true;
    return false;
}

bool printing_quietly(struct session *session, const struct workshop *shop, const struct batch_order *order,
                      struct print_result *out, struct err *err)
{
    struct choice choice = {session, order, order->pupils != NULL || call_has(session->call, "class")};
    struct sheet_row *rows = NULL;
    size_t count = 0;
    if (!store_register(session->store, session->arena, order->period, &rows, &count, err))
        return false;
    const struct sheet_row **newest = arena_alloc(session->arena, (count + 1) * sizeof *newest);
    struct print_order print = {.store = session->store,
                                .shop = shop,
                                .folder = order->folder,
                                .period = order->period,
                                .rows = newest,
                                .row_count = order_newest(rows, count, newest),
                                .chosen = choice.some || session_sees_part(session) ? is_chosen : NULL,
                                .context = &choice,
                                .stamp = session->stamp,
                                .account = session->account};
    return print_pending(session->arena, &print, out, err);
}

bool printing_pending(struct session *session, const struct workshop *shop, const struct batch_order *order,
                      struct err *err)
{
    const struct call *call = session->call;
    struct print_result result = {0};
    bool ok = printing_quietly(session, shop, order, &result, err);
    if (!call->json && result.printed > 0)
        session_say(call,
                    ngettext("%s: %zu sheet was handed to the printer.", "%s: %zu sheets were handed to the printer.",
                             result.printed),
                    order->period, result.printed);
    else if (ok && !call->json && result.before > 0)
        session_say(
            call, _("%s: nothing is waiting to be printed; «paperdiary reprint SHEET… --print» prints a sheet again."),
            order->period);
    return ok;
}
