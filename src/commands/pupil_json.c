#include "commands/pupil_json.h"

#include "base/err.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/session.h"
#include "gradebook/book.h"

json_t *pupil_json(const struct pupil *pupil, int32_t today)
{
    json_t *out = json_object();
    json_object_set_new(out, "pupil_id", json_string(pupil->code));
    json_object_set_new(out, "pupil", json_string(pupil->name));
    json_object_set_new(out, "class", json_string(pupil->form));
    json_object_set_new(out, "paper", json_boolean(pupil_on_paper(pupil, today)));
    json_object_set_new(out, "enrolled", json_day(pupil->enrolled));
    json_object_set_new(out, "left", json_day(pupil->left));
    json_object_set_new(out, "consent", json_day(pupil->consent));
    json_object_set_new(out, "paper_from", json_day(pupil->paper_from));
    json_object_set_new(out, "paper_until", json_day(pupil->paper_until));
    json_object_set_new(out, "delivery", json_string(pupil->delivery[0] == '\0' ? "hand" : pupil->delivery));
    json_object_set_new(out, "recipient", json_string(pupil->recipient));
    json_object_set_new(out, "address", json_string(pupil->address));
    json_object_set_new(out, "copies", json_integer(pupil->copies));
    return out;
}

json_t *pupil_json_now(struct session *session, const char *code, struct err *err)
{
    const struct pupil *pupil = NULL;
    return session_pupil(session, code, &pupil, err) ? pupil_json(pupil, session->call->today) : NULL;
}
