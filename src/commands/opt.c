#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/pupil_json.h"
#include "commands/session.h"
#include "gradebook/book.h"
#include "store/store.h"

enum { TEXT_MOST = 500 }; /* characters of a recipient or an address: they go on an envelope */

static bool from_date(const struct call *call, int32_t *from, struct err *err)
{
    *from = DATE_NONE;
    if (!call_date(call, "from", from, err))
        return false;
    return *from != DATE_NONE ||
           err_set(err, ERR_USAGE, _("--from is needed: the first day, such as --from 2026-11-16"));
}

static bool read_delivery(const struct call *call, struct pupil_row *row, struct err *err)
{
    static const char *const known[] = {"hand", "office", "post"};
    const char *given = call_option(call, "delivery");
    if (given == NULL)
        return err_set(err, ERR_USAGE, _("--delivery is needed: hand, office or post"));
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(given, known[i]) == 0)
            row->delivery = known[i];
    if (row->delivery[0] == '\0')
        return err_set(err, ERR_USAGE, _("--delivery «%s» is unknown; hand, office or post would be right"),
                       text_printable(call->arena, given));
    return true;
}

static bool read_text(const struct call *call, const char *name, const char **out, struct err *err)
{
    const char *given = call_option(call, name);
    if (given == NULL)
        return true;
    if (text_length(given) > TEXT_MOST)
        return err_set(err, ERR_USAGE, _("--%s is longer than %d characters"), name, TEXT_MOST);
    if (!text_is_utf8(given, strlen(given), NULL))
        return err_set(err, ERR_USAGE, _("--%s is not UTF-8 text"), name);
    char *copy = arena_copy(call->arena, text_nfc(call->arena, given));
    *out = text_printable(call->arena, text_trim(copy));
    return true;
}

static bool read_opt_out(const struct call *call, struct pupil_row *row, struct err *err)
{
    if (!from_date(call, &row->paper_from, err) || !read_delivery(call, row, err) ||
        !call_date(call, "consent", &row->consent, err) || !read_text(call, "recipient", &row->recipient, err) ||
        !read_text(call, "address", &row->address, err))
        return false;
    char day[DATE_TEXT];
    if (row->consent != DATE_NONE && row->consent > call->today)
        return err_set(err, ERR_USAGE, _("--consent %s is not here yet: it is the day of the family's application"),
                       date_format(day, row->consent));
    const char *copies = call_option(call, "copies");
    if (copies != NULL) {
        if (copies[0] < '1' || copies[0] > '9' || copies[1] != '\0')
            return err_set(err, ERR_USAGE, _("--copies is a number from 1 to 9"));
        row->copies = copies[0] - '0';
    }
    return true;
}

static bool needs_address(const struct pupil *pupil, const struct pupil_row *row)
{
    return strcmp(row->delivery, "post") == 0 && row->address[0] == '\0' && pupil->address[0] == '\0';
}

/* With --json the answer is the pupil as `pupils` has it. */
static bool answer_json(struct session *session, const char *code, struct err *err)
{
    json_t *out = pupil_json_now(session, code, err);
    if (out != NULL)
        json_finish(out);
    return out != NULL;
}

static bool opt_out(struct session *session, struct err *err)
{
    struct call *call = session->call;
    const struct pupil *pupil = NULL;
    if (!session_pupil(session, call->operands[0], &pupil, err))
        return false;
    struct pupil_row row = pupil_row_blank();
    row.code = pupil->code;
    if (!read_opt_out(call, &row, err))
        return false;
    char day[DATE_TEXT];
    if (pupil->left != DATE_NONE && pupil->left < row.paper_from &&
        (pupil->enrolled == DATE_NONE || pupil->enrolled <= pupil->left))
        return err_set(err, ERR_USAGE, _("pupil %s left on %s; --from can't be after that day"), pupil->code,
                       date_format(day, pupil->left));
    if (needs_address(pupil, &row))
        return err_set(err, ERR_USAGE, _("delivery by post needs --address (and --recipient)"));
    struct import_order order = {.stamp = session->stamp, .account = session->account};
    if (!store_change_pupil(session->store, &row, true, &order, "opt-out", err))
        return false;
    if (call->json)
        return answer_json(session, row.code, err);
    session_say(call, _("Pupil %s (%s) is on paper from %s."), pupil->code, pupil->form,
                date_format(day, row.paper_from));
    return true;
}

static bool opt_in(struct session *session, struct err *err)
{
    struct call *call = session->call;
    const struct pupil *pupil = NULL;
    int32_t from = DATE_NONE;
    if (!from_date(call, &from, err) || !session_pupil(session, call->operands[0], &pupil, err))
        return false;
    if (pupil->paper_from == DATE_NONE || (pupil->paper_until != DATE_NONE && pupil->paper_until < from))
        return err_set(err, ERR_USAGE, _("pupil %s is not on paper on that day; nothing was changed"), pupil->code);
    struct pupil_row row = pupil_row_blank();
    row.code = pupil->code;
    row.paper_until = from - 1;
    struct import_order order = {.stamp = session->stamp, .account = session->account};
    if (!store_change_pupil(session->store, &row, false, &order, "opt-in", err))
        return false;
    if (call->json)
        return answer_json(session, row.code, err);
    char day[DATE_TEXT];
    session_say(call, _("Pupil %s (%s) uses the electronic diary again from %s."), pupil->code, pupil->form,
                date_format(day, from));
    return true;
}

static bool run_opt_out(struct call *call, struct err *err)
{
    return session_run(call, true, opt_out, err);
}

static bool run_opt_in(struct call *call, struct err *err)
{
    return session_run(call, true, opt_in, err);
}

static const struct flag out_flags[] = {
    {"from", "DATE", N_("the first day on paper"), 0},
    {"delivery", "hand|office|post", N_("with the pupil, at the office, or by post"), 0},
    {"recipient", "TEXT", N_("to whom it is addressed"), 0},
    {"address", "TEXT", N_("postal address"), 0},
    {"copies", "N", N_("how many copies (two households), 1 to 9"), 0},
    {"consent", "DATE", N_("date of the family's application"), 0},
    {NULL, NULL, NULL, 0},
};

static const struct flag in_flags[] = {
    {"from", "DATE", N_("the first day with electronic access again"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_opt_out = {
    .name = "opt-out",
    .operands = "P --from DATE --delivery hand|office|post",
    .summary = N_("a family goes on paper"),
    .options = out_flags,
    .least = 1,
    .most = 1,
    .right = RIGHT_OFFICE,
    .run = run_opt_out,
};

const struct command command_opt_in = {
    .name = "opt-in",
    .operands = "P --from DATE",
    .summary = N_("a family uses the electronic diary again"),
    .options = in_flags,
    .least = 1,
    .most = 1,
    .right = RIGHT_OFFICE,
    .run = run_opt_in,
};
