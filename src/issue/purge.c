#include "issue/purge.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/seek.h"
#include "base/text.h"
#include "intake/decode.h"
#include "store/store.h"

#define DAY_SECONDS 86400

enum { MOST_BYTES = 1 << 30 };

struct paths {
    const char **items;
    size_t count, room;
};

struct hunt {
    struct arena *arena;
    const char *school;
    const struct purge_order *order;
    const struct purge_find *find;
    const struct sheet_row *rows;
    size_t row_count;
    struct seeker *stems; /* stems of surnames, and ids: of files that were taken */
    struct seeker *names; /* surname and first name, and ids: of files that wait */
    struct paths remove, waiting;
};

static void add(struct paths *paths, const char *path)
{
    paths->items = mem_grow(paths->items, paths->count, &paths->room, sizeof *paths->items);
    paths->items[paths->count++] = path;
}

static const char **keep(struct arena *arena, struct paths *paths, size_t *count)
{
    const char **kept = arena_alloc(arena, (paths->count + 1) * sizeof *kept);
    if (paths->count > 0)
        memcpy(kept, paths->items, paths->count * sizeof *kept);
    *count = paths->count;
    mem_free(paths->items);
    *paths = (struct paths){0};
    return kept;
}

static const char *whole(struct arena *arena, const char *school, const char *path)
{
    return *path == '\0' ? school : file_join(arena, school, path);
}

static bool is_folder(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* Every file below a folder (a path below the school folder; "": all of it). What is not there has none. */
static bool collect(struct arena *arena, const char *school, const char *folder, struct paths *out, struct err *err)
{
    const char **names = NULL, *path = whole(arena, school, folder);
    size_t count = 0;
    if (!is_folder(path))
        return true;
    if (!file_list(arena, path, &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *below = *folder == '\0' ? names[i] : file_join(arena, folder, names[i]);
        if (!is_folder(whole(arena, school, below)))
            add(out, below);
        else if (!collect(arena, school, below, out, err))
            return false;
    }
    return true;
}

/* --- out/ --------------------------------------------------------------------------------------------------------- */

/* A text that is blanked may stand on it: one that is said of the pupil, of the class or of all. */
static bool names_another(const struct hunt *hunt, const struct sheet_row *row)
{
    for (size_t i = 0; i < hunt->find->place_count; i++) {
        const struct purge_place *place = &hunt->find->places[i];
        if (place->sure && (place->pupil != 0 ? place->pupil == row->pupil
                                              : place->form[0] == '\0' || strcmp(place->form, row->form) == 0))
            return true;
    }
    return false;
}

/* A row that lost its person before has no files any more. */
static bool is_gone(const struct hunt *hunt, const struct sheet_row *row)
{
    if (row->pupil == 0)
        return false;
    for (size_t i = 0; i < hunt->find->count; i++)
        if (hunt->find->leavers[i].pupil == row->pupil)
            return true;
    return (hunt->order->old_before != DATE_NONE && row->until != DATE_NONE && row->until < hunt->order->old_before) ||
           names_another(hunt, row);
}

/* True where `name` is the file of the class's sheets. */
static bool is_of_class(struct arena *arena, const char *name, const char *form)
{
    const char *safe = file_safe_name(arena, form);
    size_t length = strlen(safe);
    return strncmp(name, safe, length) == 0 && strcmp(name + length, ".pdf") == 0;
}

/* `path` is below out/: PERIOD/NAME. A file of several pupils' sheets, or a list of them, stays where none of them
 * goes; that of a class, where none of the class does. */
static bool stays(const struct hunt *hunt, const char *path)
{
    const char *slash = strchr(path, '/');
    bool of_period = false, gone = false, own = false, of_class = false, class_gone = false;
    if (strncmp(path, "acts/", 5) == 0)
        return true;
    for (size_t i = 0; slash != NULL && i < hunt->row_count; i++) {
        const struct sheet_row *row = &hunt->rows[i];
        if (strncmp(row->period, path, (size_t)(slash - path)) != 0 || row->period[slash - path] != '\0')
            continue;
        bool goes = is_gone(hunt, row), class = is_of_class(hunt->arena, slash + 1, row->form);
        of_period = true;
        gone = gone || goes;
        of_class = of_class || class;
        class_gone = class_gone || (class && goes);
        own = own || (!goes && strcmp(row->file, path) == 0);
    }
    bool bundle = of_period && slash[1] != '.' && strchr(slash + 1, '/') == NULL;
    return own || (bundle && (of_class ? !class_gone : !gone));
}

static bool hunt_out(struct hunt *hunt, struct err *err)
{
    struct paths all = {0};
    bool ok = collect(hunt->arena, hunt->school, "out", &all, err);
    for (size_t i = 0; ok && i < all.count; i++)
        if (!stays(hunt, all.items[i] + strlen("out/")))
            add(&hunt->remove, all.items[i]);
    mem_free(all.items);
    return ok;
}

/* Where the disk fails, only the folder is named: a file may be called after a child. */
static bool read_file(struct arena *arena, const char *school, const char *path, struct buffer *bytes, struct err *err)
{
    const char *file = whole(arena, school, path);
    if (file_read(file, MOST_BYTES, bytes, err))
        return true;
    if (err->code == ERR_MACHINE) {
        *err = (struct err){0};
        err_set(err, ERR_MACHINE, _("a file in the folder %.*s can't be read: the disk reports an error"),
                (int)(file_base_name(file) - file - 1), file);
    }
    return false;
}

/* --- inbox/ ------------------------------------------------------------------------------------------------------- */

static bool has_hit(const struct hunt *hunt, const struct seeker *seeker, const char *text)
{
    const char *folded = text_fold(hunt->arena, text);
    size_t at = 0, length = 0;
    return seeker_next(seeker, folded, strlen(folded), &at, &length);
}

/* True too where it can't be read as text: then nobody can tell. */
static bool names_someone(struct hunt *hunt, const struct seeker *seeker, const char *path, struct err *err)
{
    struct buffer bytes = {0};
    struct arena *arena = arena_new(), *outer = hunt->arena;
    struct diag *diag = diag_new();
    const char *text = NULL;
    bool hit = true;
    hunt->arena = arena;
    if (!read_file(arena, hunt->school, path, &bytes, err) && err->code == ERR_INPUT)
        *err = (struct err){0};
    else if (err->code == ERR_NONE)
        text = decode_bytes(arena, path, bytes.size == 0 ? "" : bytes.data, bytes.size, diag);
    if (text != NULL)
        hit = has_hit(hunt, seeker, file_base_name(path)) || has_hit(hunt, seeker, text);
    hunt->arena = outer;
    diag_free(diag);
    arena_free(arena);
    buffer_free(&bytes);
    return hit;
}

static bool is_old(const struct hunt *hunt, const char *path)
{
    struct stat info;
    return hunt->order->old_before != DATE_NONE && stat(whole(hunt->arena, hunt->school, path), &info) == 0 &&
           info.st_mtime / DAY_SECONDS < hunt->order->old_before;
}

/* The note beside a file that goes (its name and more) goes with it. */
static bool is_note_of(const char *path, const char *file)
{
    return file != NULL && strncmp(path, file, strlen(file)) == 0;
}

static bool hunt_inbox(struct hunt *hunt, struct err *err)
{
    struct paths all = {0};
    const char *last = NULL;
    bool ok = collect(hunt->arena, hunt->school, "inbox", &all, err);
    for (size_t i = 0; ok && i < all.count; i++) {
        const char *path = all.items[i];
        bool kept = strncmp(path, "inbox/done/", 11) == 0 || strncmp(path, "inbox/refused/", 14) == 0;
        if (!is_note_of(path, last) && !(kept && is_old(hunt, path)) &&
            !names_someone(hunt, kept ? hunt->stems : hunt->names, path, err))
            continue;
        ok = err->code == ERR_NONE;
        add(kept ? &hunt->remove : &hunt->waiting, path);
        last = kept ? path : NULL;
    }
    mem_free(all.items);
    return ok && err->code == ERR_NONE;
}

/* --- copies of the store ------------------------------------------------------------------------------------------ */

/* paperdiary.db.v1, paperdiary.db.v1.new, paperdiary.db.new */
static bool is_copy(const char *name)
{
    static const char store[] = "paperdiary.db.";
    if (strncmp(name, store, strlen(store)) != 0)
        return false;
    const char *rest = name + strlen(store);
    size_t digits = *rest == 'v' ? strspn(rest + 1, "0123456789") : 0;
    rest += digits > 0 ? digits + 1 : 0;
    return (digits > 0 && *rest == '\0') || strcmp(rest, digits > 0 ? ".new" : "new") == 0;
}

static bool hunt_copies(struct hunt *hunt, struct err *err)
{
    const char **names = NULL;
    size_t count = 0;
    if (!file_list(hunt->arena, hunt->school, &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (is_copy(names[i]))
            add(&hunt->remove, names[i]);
    return true;
}

static void add_folded(const struct hunt *hunt, struct seeker *seeker, const char *text, bool word)
{
    const char *folded = text_fold(hunt->arena, text);
    seeker_add(seeker, folded, strlen(folded), word);
}

static void add_names(const struct hunt *hunt)
{
    const struct purge_find *find = hunt->find;
    for (size_t i = 0; i < find->name_count; i++) {
        const char *name = find->names[i], *first = strchr(name, ' ');
        size_t size = first == NULL ? strlen(name) : (size_t)(first + 1 - name) + strcspn(first + 1, " ");
        add_folded(hunt, hunt->stems, find->stems[i], false);
        add_folded(hunt, hunt->names, arena_copy_n(hunt->arena, name, size), true);
    }
    for (size_t i = 0; i < find->count; i++) {
        add_folded(hunt, hunt->stems, find->leavers[i].code, true);
        add_folded(hunt, hunt->names, find->leavers[i].code, true);
    }
}

bool purge_files(struct arena *arena, const char *school, struct store *store, const struct purge_order *order,
                 const struct purge_find *find, struct purge_files *out, struct err *err)
{
    struct hunt hunt = {
        .arena = arena, .school = school, .order = order, .find = find, .stems = seeker_new(), .names = seeker_new()};
    struct sheet_row *rows = NULL;
    *out = (struct purge_files){0};
    add_names(&hunt);
    bool only_texts = find->name_count == 0 && order->old_before == DATE_NONE;
    bool ok = store_register(store, arena, NULL, &rows, &hunt.row_count, err);
    hunt.rows = rows;
    ok = ok && hunt_out(&hunt, err) && (only_texts || hunt_inbox(&hunt, err)) && hunt_copies(&hunt, err);
    out->remove = keep(arena, &hunt.remove, &out->remove_count);
    out->waiting = keep(arena, &hunt.waiting, &out->waiting_count);
    seeker_free(hunt.stems);
    seeker_free(hunt.names);
    return ok;
}

/* --- removal ------------------------------------------------------------------------------------------------------ */

/* So that a power cut does not bring the files back. A folder that is gone needs nothing. */
static bool sync_folder(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return errno == ENOENT;
    bool ok = fsync(folder) == 0;
    close(folder);
    return ok;
}

static const char *parent_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? "" : arena_copy_n(arena, path, (size_t)(slash - path));
}

/* The folder goes where it is empty, and its parents; not out/, inbox/done/ and inbox/refused/ themselves. */
static void drop_folder(struct arena *arena, const char *school, const char *path)
{
    while (strncmp(path, "out/", 4) == 0 && rmdir(whole(arena, school, path)) == 0)
        path = parent_of(arena, path);
}

bool purge_remove(struct arena *arena, const char *school, const struct purge_files *files, struct err *err)
{
    for (size_t i = 0; i < files->remove_count; i++)
        if (!file_remove(whole(arena, school, files->remove[i]), err))
            return false;
    const char *done = NULL;
    for (size_t i = 0; i < files->remove_count; i++) {
        const char *folder = parent_of(arena, files->remove[i]);
        if (done != NULL && strcmp(done, folder) == 0)
            continue;
        done = folder;
        if (!sync_folder(whole(arena, school, folder)))
            return err_set(err, ERR_MACHINE, _("a file in the folder %s can't be removed: %s"),
                           whole(arena, school, folder), strerror(errno));
        drop_folder(arena, school, folder);
    }
    return sync_folder(file_join(arena, school, "out")) ||
           err_set(err, ERR_MACHINE, _("a file in the folder %s can't be removed: %s"), school, strerror(errno));
}

/* --- the proof ---------------------------------------------------------------------------------------------------- */

/* What people save in a folder too: PDF, ZIP and what office programs make of it, gzip, 7z, RAR, old office files. */
static bool is_packed(const char *path, const struct buffer *bytes)
{
    static const char *const starts[] = {"%PDF", "PK\x03\x04", "\x1F\x8B", "7z\xBC\xAF", "Rar!", "\xD0\xCF\x11\xE0"};
    if (strncmp(path, "out/", 4) == 0) /* chosen by the register, not by search */
        return false;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (bytes->size >= strlen(starts[i]) && memcmp(bytes->data, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

static bool holds(const struct seeker *seeker, const char *data, size_t size)
{
    size_t at = 0, length = 0;
    return seeker_next(seeker, data, size, &at, &length);
}

bool purge_search(struct arena *arena, const char *school, const struct purge_find *find, struct purge_proof *out,
                  struct err *err)
{
    struct paths all = {0}, hits = {0}, closed = {0};
    struct buffer bytes = {0};
    struct seeker *seeker = seeker_new();
    for (size_t i = 0; i < find->word_count; i++)
        seeker_add_encoded(seeker, find->words[i]);
    for (size_t i = 0; i < find->code_count; i++)
        seeker_add(seeker, find->codes[i], strlen(find->codes[i]), true);
    bool ok = find->word_count == 0 || collect(arena, school, "", &all, err);
    for (size_t i = 0; ok && i < all.count; i++) {
        const char *path = all.items[i];
        if (strcmp(path, ".lock") == 0)
            continue;
        bool read = read_file(arena, school, path, &bytes, err);
        if (holds(seeker, path, strlen(path)) || (read && holds(seeker, bytes.size == 0 ? "" : bytes.data, bytes.size)))
            add(&hits, path);
        else if ((read && is_packed(path, &bytes)) || (!read && err->code == ERR_INPUT))
            add(&closed, path);
        ok = read || err->code == ERR_INPUT;
        if (ok)
            *err = (struct err){0};
    }
    out->still = keep(arena, &hits, &out->still_count);
    out->closed = keep(arena, &closed, &out->closed_count);
    mem_free(all.items);
    buffer_free(&bytes);
    seeker_free(seeker);
    return ok;
}
