#include "store/open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "schema.h"
#include "store/book.h"
#include "store/db.h"
#include "store/names.h"
#include "store/store.h"

enum { BUSY_STEP = 20, BUSY_TOLD = 1000, BUSY_MOST = 10000 }; /* milliseconds */

/* What data/schema.sql gives a new store, for those of earlier versions. */
static const struct migration migrations[] = {
    {1, "CREATE TABLE made_text (digest TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID"},
};

/* SQLite refuses links anywhere in a path; only the store's own file is meant. So its folder is resolved first. */
static char *resolved(const char *path, struct err *err)
{
    const char *base = file_base_name(path);
    char *folder = base == path ? mem_copy(".") : mem_copy(path);
    if (base != path)
        folder[base == path + 1 ? 1 : base - path - 1] = '\0';
    errno = 0;
    char *real = realpath(folder, NULL);
    mem_check();
    mem_free(folder);
    if (real == NULL) {
        err_set(err, ERR_INPUT, _("there is no folder for «%s»; `paperdiary init` makes a school folder"), path);
        return NULL;
    }
    size_t size = strlen(real) + strlen(base) + 2;
    char *whole = mem_alloc(size);
    snprintf(whole, size, "%s/%s", strcmp(real, "/") == 0 ? "" : real, base);
    free(real);
    return whole;
}

/* SQLite asks whether it shall wait once more for another process; `times` it was told so before. */
static int wait_more(void *context, int times)
{
    const struct store *store = context;
    if (times >= BUSY_MOST / BUSY_STEP)
        return 0;
    if (times == BUSY_TOLD / BUSY_STEP && store->waiting != NULL)
        store->waiting(store->context);
    nanosleep(&(struct timespec){.tv_nsec = BUSY_STEP * 1000000L}, NULL);
    return 1;
}

static bool configure(struct store *store, struct err *err)
{
    static const struct {
        int option, value;
    } options[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},   {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}, {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},     {SQLITE_DBCONFIG_ENABLE_FKEY, 1},    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        int result = sqlite3_db_config(store->db, options[i].option, options[i].value, NULL);
        if (result != SQLITE_OK)
            return db_fail(store, result, err);
    }
    sqlite3_busy_handler(store->db, wait_more, store);
    return db_script(store,
                     "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL;"
                     "PRAGMA secure_delete = ON; PRAGMA cache_size = -4096",
                     err);
}

static void drop(struct store *store)
{
    for (size_t i = 0; i < store->count; i++)
        sqlite3_finalize(store->statements[i].handle);
    sqlite3_close_v2(store->db);
    mem_free(store->statements);
    mem_free(store->path);
    mem_free(store);
}

/* Takes `path` over. NULL: failed. */
static struct store *open_file(char *path, void (*waiting)(void *context), void *context, struct err *err)
{
    struct store *store = mem_alloc(sizeof *store);
    *store = (struct store){.path = path, .waiting = waiting, .context = context};
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX;
    int result = sqlite3_open_v2(path, &store->db, flags, NULL);
    if ((result == SQLITE_OK || db_fail(store, result, err)) && configure(store, err) && feed_open(store, err) &&
        book_open(store, err))
        return store;
    drop(store);
    return NULL;
}

/* The name under which a file is made before it appears whole. */
static char *name_beside(const char *path, const char *suffix)
{
    size_t size = strlen(path) + strlen(suffix) + 1;
    char *name = mem_alloc(size);
    snprintf(name, size, "%s%s", path, suffix);
    return name;
}

static bool make_empty(const char *path, mode_t mode, struct err *err)
{
    unlink(path);
    int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, mode);
    if (file < 0)
        return err_set(err, ERR_MACHINE, _("«%s» can't be made: %s"), path, strerror(errno));
    bool ok = fchmod(file, mode) == 0 || err_set(err, ERR_MACHINE, _("«%s» can't be made: %s"), path, strerror(errno));
    close(file);
    return ok;
}

/* Pages twice as large as SQLite's own: a class is read in half as many pieces, and writing costs the same. */
static bool write_schema(struct store *store, struct err *err)
{
    bool ok = db_script(store, "PRAGMA page_size = 8192", err) && db_begin_write(store, err) &&
              db_script(store, (const char *)schema_sql, err);
    char pragmas[96];
    snprintf(pragmas, sizeof pragmas, "PRAGMA application_id = %d; PRAGMA user_version = %d", DB_APPLICATION,
             DB_VERSION);
    ok = ok && db_script(store, pragmas, err);
    return db_end(store, ok, err);
}

static bool keep_name(const char *path, struct err *err)
{
    return file_keep_name(path) || err_set(err, ERR_MACHINE, _("«%s» can't be made: %s"), path, strerror(errno));
}

/* Gives the finished file its name, if that is free. A file system without hard links has no such step: there the name
 * was free a moment ago. */
static bool appear(const char *temporary, const char *path, struct err *err)
{
    if (link(temporary, path) == 0) {
        unlink(temporary);
        return keep_name(path, err);
    }
    if (errno == EEXIST)
        return err_set(err, ERR_USAGE, _("there is a store at «%s» already"), path);
    if (rename(temporary, path) != 0)
        return err_set(err, ERR_MACHINE, _("«%s» can't be made: %s"), path, strerror(errno));
    return keep_name(path, err);
}

bool store_create(const char *path, bool group, struct err *err)
{
    struct stat there;
    if (lstat(path, &there) == 0)
        return err_set(err, ERR_USAGE, _("there is a store at «%s» already"), path);
    char *whole = resolved(path, err);
    if (whole == NULL)
        return false;
    char *temporary = name_beside(whole, ".new");
    bool ok = make_empty(temporary, group ? 0640 : 0600, err);
    if (ok) {
        struct store *store = open_file(mem_copy(temporary), NULL, NULL, err);
        ok = store != NULL && write_schema(store, err);
        ok = (store == NULL || store_close(store, err)) && ok && appear(temporary, whole, err);
        unlink(temporary);
    }
    mem_free(temporary);
    mem_free(whole);
    return ok;
}

/* A copy of the store beside it, with the mode of the store itself. */
static bool back_up(struct store *store, int version, struct err *err)
{
    char suffix[24];
    snprintf(suffix, sizeof suffix, ".v%d", version);
    struct stat mode = {0};
    char *copy = name_beside(store->path, suffix), *temporary = name_beside(copy, ".new");
    bool ok = stat(store->path, &mode) == 0 || db_fail(store, SQLITE_CANTOPEN, err);
    ok = ok && make_empty(temporary, mode.st_mode & 0660, err);
    struct store *target = ok ? open_file(mem_copy(temporary), NULL, NULL, err) : NULL;
    ok = target != NULL;
    sqlite3_backup *backup = ok ? sqlite3_backup_init(target->db, "main", store->db, "main") : NULL;
    if (ok) {
        int result = backup == NULL ? sqlite3_extended_errcode(target->db) : sqlite3_backup_step(backup, -1);
        int finished = sqlite3_backup_finish(backup);
        ok = (result == SQLITE_DONE && finished == SQLITE_OK) || db_fail(target, result, err);
    }
    ok = (target == NULL || store_close(target, err)) && ok;
    if (ok && rename(temporary, copy) != 0)
        ok = err_set(err, ERR_MACHINE, _("«%s» can't be made: %s"), copy, strerror(errno));
    unlink(temporary);
    mem_free(temporary);
    mem_free(copy);
    return ok;
}

bool store_migrate(struct store *store, int found, int target, const struct migration *list, size_t count,
                   struct err *err)
{
    bool ok = back_up(store, found, err) && db_begin_write(store, err);
    if (!ok)
        return false;
    for (size_t i = 0; ok && i < count; i++)
        if (list[i].from >= found && list[i].from < target)
            ok = db_script(store, list[i].script, err);
    char pragma[48];
    snprintf(pragma, sizeof pragma, "PRAGMA user_version = %d", target);
    return db_end(store, ok && db_script(store, pragma, err), err);
}

static bool check_version(struct store *store, struct err *err)
{
    int64_t application = 0, version = 0;
    if (!db_number(store, err, &application, "PRAGMA application_id", "") ||
        !db_number(store, err, &version, "PRAGMA user_version", ""))
        return false;
    if (application != DB_APPLICATION || version < 1)
        return err_set(err, ERR_MACHINE, _("«%s» is not a paperdiary store; put back the last good copy of it"),
                       store->path);
    if (version > DB_VERSION)
        return err_set(err, ERR_MACHINE,
                       _("«%s» was written by a newer paperdiary (store version %d, this one reads %d); install that "
                         "version here too"),
                       store->path, (int)version, DB_VERSION);
    return version == DB_VERSION ||
           store_migrate(store, (int)version, DB_VERSION, migrations, sizeof migrations / sizeof *migrations, err);
}

bool store_open(const char *path, struct store **out, struct err *err)
{
    return store_open_telling(path, NULL, NULL, out, err);
}

bool store_open_telling(const char *path, void (*waiting)(void *context), void *context, struct store **out,
                        struct err *err)
{
    *out = NULL;
    struct stat there;
    if (lstat(path, &there) != 0 && errno == ENOENT)
        return err_set(err, ERR_INPUT, _("there is no store at «%s»; `paperdiary init` makes a school folder"), path);
    char *whole = resolved(path, err);
    if (whole == NULL)
        return false;
    struct store *store = open_file(whole, waiting, context, err);
    if (store == NULL)
        return false;
    if (!check_version(store, err) || !db_script(store, "PRAGMA journal_mode = DELETE", err)) {
        drop(store);
        return false;
    }
    *out = store;
    return true;
}

bool store_hold(struct store *store, struct err *err)
{
    return db_begin_read(store, err);
}

bool store_release(struct store *store, bool ok, struct err *err)
{
    return db_end(store, ok, err);
}

bool store_close(struct store *store, struct err *err)
{
    if (store == NULL)
        return true;
    for (size_t i = 0; i < store->count; i++)
        sqlite3_finalize(store->statements[i].handle);
    store->count = 0;
    names_forget(store);
    bool kept = db_keep(store);
    int cause = errno, result = sqlite3_close(store->db);
    bool ok = result == SQLITE_OK || db_fail(store, result, err);
    if (!kept)
        err_set(
            err, ERR_MACHINE,
            _("«%s»: what was done is stored, but the disk did not confirm it (%s); check the disk before you go on"),
            store->path, strerror(cause));
    if (ok)
        store->db = NULL;
    drop(store);
    return ok && kept;
}
