/* Who calls, and what that account may do here (регламент 2.10).
 *
 * The school folder belongs to a service account; sudo lets others run this program as that account, and nothing else.
 * What a caller can't fake: his uid, and under sudo SUDO_UID, which sudo itself sets. Whoever sets SUDO_UID without
 * sudo keeps his own uid and can't read the folder. What he can choose is the folder, so through sudo a school has to
 * belong to the service account, where nobody else could put another one in its place: its school.ini names the roles
 * and the printing command. */
#ifndef PAPERDIARY_COMMANDS_ACCESS_H
#define PAPERDIARY_COMMANDS_ACCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "settings/school.h"

struct arena;
struct call;
struct command;
struct err;
struct session;

struct caller {
    uid_t uid;
    const char *account; /* «ivanova», or «uid 1234» where it has no name */
    bool known;          /* false: sudo's word of the caller makes no sense */
    bool lent;           /* runs as a service account, which is not his own */
};

struct access {
    enum role role;
    const char *const *forms; /* of a teacher */
    size_t form_count;
};

/* From the uids of the process and SUDO_UID's text (NULL: not set); `account` is left NULL. */
struct caller caller_of(uid_t real, uid_t effective, const char *through_sudo);
struct caller caller_find(struct arena *arena);

/* What [access] gives the caller. `owner`: the school folder is his own. */
struct access access_of(const struct school *school, const struct caller *caller, bool owner);
bool access_allows(const struct access *access, const struct command *command);
bool access_sees(const struct access *access, const char *form);

/* Before any command: one that makes a school folder does so only in the caller's own name (ERR_DENIED). */
bool access_start(const struct call *call, struct err *err);
/* Where a service account is lent: *folder becomes its real path, if it is safe to use (ERR_DENIED). */
bool access_folder(const struct caller *caller, struct arena *arena, const char **folder, struct err *err);
/* Finds the session's access, and holds the call's command against it. A denial is put into the audit log. */
bool access_check(struct session *session, const struct caller *caller, struct err *err);

/* «WHAT» (a class, ids, counts; never a name) is not for this account: an audit row, and ERR_DENIED. */
bool session_deny(struct session *session, const char *what, struct err *err);
/* True where the account sees the class. */
bool session_sees(const struct session *session, const char *form);
/* True where the account sees only some classes: what holds all of them (print.pdf) is not for it. */
bool session_sees_part(const struct session *session);

#endif
