#include "commands/access.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/session.h"
#include "store/store.h"

enum { ACCOUNTS_BYTES = 64 * 1024 }; /* what glibc takes at most for one account of /etc/passwd */

static bool read_uid(const char *text, uid_t *out)
{
    size_t length = strlen(text);
    if (length == 0 || length > 10 || strspn(text, "0123456789") != length)
        return false;
    unsigned long long number = strtoull(text, NULL, 10);
    *out = (uid_t)number;
    return number < (uid_t)-1;
}

struct caller caller_of(uid_t real, uid_t effective, const char *through_sudo)
{
    struct caller caller = {.uid = real, .known = true};
    if (real == effective && through_sudo != NULL && *through_sudo != '\0')
        caller.known = read_uid(through_sudo, &caller.uid);
    caller.lent = effective != 0 && (!caller.known || caller.uid != effective);
    return caller;
}

struct caller caller_find(struct arena *arena)
{
    struct caller caller = caller_of(getuid(), geteuid(), getenv("SUDO_UID"));
    mem_reserve(ACCOUNTS_BYTES);
    errno = 0;
    struct passwd *entry = caller.known ? getpwuid(caller.uid) : NULL;
    mem_check();
    if (entry != NULL)
        caller.account = arena_copy(arena, text_printable(arena, entry->pw_name));
    else
        caller.account = caller.known ? arena_format(arena, "uid %lu", (unsigned long)caller.uid) : "uid ?";
    return caller;
}

struct access access_of(const struct school *school, const struct caller *caller, bool owner)
{
    struct access access = {.role = ROLE_NONE};
    const struct school_account *bound = caller->known ? school_lookup_account(school, caller->account) : NULL;
    bool root = caller->known && caller->uid == 0;
    if (bound != NULL)
        access = (struct access){.role = bound->role, .forms = bound->forms, .form_count = bound->form_count};
    else if (root || owner || (school->account_count == 0 && !caller->lent))
        access.role = ROLE_ADMINISTRATOR;
    return access;
}

bool access_allows(const struct access *access, const struct command *command)
{
    switch (command->right) {
    case RIGHT_CLASS:
        return access->role >= ROLE_TEACHER;
    case RIGHT_OFFICE:
        return access->role >= ROLE_SECRETARY;
    case RIGHT_ADMINISTER:
    case RIGHT_SETUP:
        break;
    }
    return access->role == ROLE_ADMINISTRATOR;
}

bool access_sees(const struct access *access, const char *form)
{
    for (size_t i = 0; i < access->form_count; i++)
        if (strcmp(access->forms[i], form) == 0)
            return true;
    return access->role >= ROLE_SECRETARY;
}

bool access_start(const struct call *call, struct err *err)
{
    struct caller caller = caller_find(call->arena);
    if (!caller.lent)
        return true;
    /* The printing command runs as the service account: which one that is, is not the caller's choice. */
    if (setenv("PATH", "/usr/local/bin:/usr/bin:/bin", 1) != 0)
        return err_set(err, ERR_MACHINE, _("the environment can't be set: %s"), strerror(errno));
    if (call->command->right != RIGHT_SETUP || (caller.known && caller.uid == 0))
        return true;
    return err_set(err, ERR_DENIED,
                   _("«%s» makes a school folder, and through sudo only root does that for another account"),
                   call->command->name);
}

/* True where only root and this process can change what the folder holds; above the school's own (`last`) a sticky
 * folder such as /tmp will do: nobody can take away there what is not his. */
static bool is_guarded(const char *path, bool last)
{
    struct stat info;
    if (lstat(path, &info) != 0 || !S_ISDIR(info.st_mode) || (last && info.st_uid != geteuid()))
        return false;
    if (info.st_uid != 0 && info.st_uid != geteuid())
        return false;
    return (info.st_mode & (S_IWGRP | S_IWOTH)) == 0 || (!last && (info.st_mode & S_ISVTX) != 0);
}

static bool is_guarded_file(const char *path)
{
    struct stat info;
    if (lstat(path, &info) != 0)
        return errno == ENOENT;
    return S_ISREG(info.st_mode) && info.st_uid == geteuid() && (info.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

bool access_folder(const struct caller *caller, struct arena *arena, const char **folder, struct err *err)
{
    if (!caller->lent)
        return true;
    errno = 0;
    char *real = realpath(*folder, NULL);
    mem_check();
    bool safe = real != NULL;
    if (safe) {
        *folder = arena_copy(arena, real);
        safe =
            is_guarded(real, true) && is_guarded("/", false) && is_guarded_file(file_join(arena, real, "school.ini"));
        for (char *slash = strchr(real + 1, '/'); safe && slash != NULL; slash = strchr(slash + 1, '/')) {
            *slash = '\0';
            safe = is_guarded(real, false);
            *slash = '/';
        }
        free(real);
    }
    return safe || err_set(err, ERR_DENIED,
                           _("%s is not a school folder of the account that sudo runs this program as; name one that "
                             "belongs to it, and that nobody else can change"),
                           text_printable(arena, *folder));
}

static bool is_owner(const struct session *session, const struct caller *caller)
{
    struct stat info;
    return caller->known && !caller->lent && stat(session->folder, &info) == 0 && info.st_uid == caller->uid;
}

/* The day and time of an attempt are the clock's, not those of --today. A log that can't be written changes nothing of
 * the denial. */
static void audit(struct session *session, const char *what)
{
    struct err ignored = {0};
    struct store *own = NULL, *store = session->store;
    const char *path = file_join(session->arena, session->folder, "paperdiary.db");
    char stamp[20];
    date_stamp(stamp, date_now());
    if (store == NULL && file_exists(path) && store_open(path, &own, &ignored))
        store = own;
    if (store != NULL)
        store_audit(store, stamp, session->account, what, &ignored);
    store_close(own, &ignored);
}

bool access_check(struct session *session, const struct caller *caller, struct err *err)
{
    const char *name = session->call->command->name;
    session->access = access_of(&session->school, caller, is_owner(session, caller));
    if (access_allows(&session->access, session->call->command))
        return true;
    audit(session, arena_format(session->arena, "denied: %s", name));
    if (session->access.role == ROLE_NONE)
        return err_set(
            err, ERR_DENIED,
            _("the account «%s» may not use this school; the administrator gives it a role under [access] in "
              "school.ini"),
            session->account);
    return err_set(err, ERR_DENIED, _("«%s» is not allowed for the account «%s»; ask the school office"), name,
                   session->account);
}

bool session_deny(struct session *session, const char *what, struct err *err)
{
    struct buffer list = {0};
    for (size_t i = 0; i < session->access.form_count; i++)
        buffer_format(&list, "%s%s", i == 0 ? "" : ", ", session->access.forms[i]);
    audit(session, arena_format(session->arena, "denied: %s: %s", session->call->command->name, what));
    err_set(err, ERR_DENIED, _("that is not of the classes of the account «%s» (%s)"), session->account,
            list.size == 0 ? "–" : list.data);
    buffer_free(&list);
    return false;
}

bool session_sees(const struct session *session, const char *form)
{
    return access_sees(&session->access, form);
}

bool session_sees_part(const struct session *session)
{
    return session->access.role < ROLE_SECRETARY;
}
