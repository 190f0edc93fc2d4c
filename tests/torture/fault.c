/* To be preloaded: kills the program at a call that writes, or lets that call or an allocation fail.
 *
 * - FAULT: what and when: «kill:17» acts at the 17th call that counts; «alloc:SITE:2» at the second allocation of a
 * site (sites.h; «sites:0» reports «site SITE TURNS»); see `modes`
 * - FAULT_ROOT: the folder below which calls count, absolute
 * - FAULT_REPORT: a file that gets a line when it acts («17 rename /school/…»), and one at the end («end 90»)
 * - FAULT_CLOCK: what time() says, in seconds since 1970
 *
 * Calls are counted over all threads. The real work is done by bare system calls, so nothing else can get between. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "sites.h"

enum { MOST_FILES = 4096 };

enum mode {
    OFF,
    COUNT,   /* only counts the calls that write */
    KILL,    /* dies before the call */
    TORN,    /* writes half of the bytes and dies */
    NOSPACE, /* the call fails with ENOSPC */
    IO,      /* the call fails with EIO */
    SHORT,   /* half of the bytes are written and the call says so */
    FULL,    /* this and each later call that takes room fails with ENOSPC */
    DEAD,    /* this and each later call that writes fails with EIO */
    LOG, /* nothing fails; each call that writes is reported: «> CALL PATH [OLD]» before, «< RESULT CALL …» after, tabs
            between */
    READ,  /* the call that reads fails with EIO: reads count, not writes */
    SITES, /* only tells the sites of allocations */
    ALLOC, /* the allocation fails: turns of the site count */
    STARVE /* this and each later allocation fails */
};

static const char *const modes[] = {
    [OFF] = "off",   [COUNT] = "count", [KILL] = "kill",   [TORN] = "torn",    [NOSPACE] = "nospace",
    [IO] = "io",     [SHORT] = "short", [FULL] = "full",   [DEAD] = "dead",    [LOG] = "log",
    [READ] = "read", [SITES] = "sites", [ALLOC] = "alloc", [STARVE] = "starve"};

enum effect { WRITES, NAMES, ROOM, READS }; /* bytes that may be halved; names; names and lengths that need room */

static enum mode mode;
static uint64_t at, site;
static char root[4096], report[4096];
static size_t root_length;
static time_t clock_says = -1;
static atomic_uint_fast64_t calls;
static atomic_bool watched[MOST_FILES];

/* --- what happens ------------------------------------------------------------------------------------------------- */

static void note(const char *line)
{
    long fd =
        report[0] == '\0' ? -1 : syscall(SYS_openat, AT_FDCWD, report, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        return;
    syscall(SYS_write, fd, line, strlen(line));
    syscall(SYS_close, fd);
}

static void note_act(uint64_t number, const char *call, const char *path)
{
    char line[4400];
    snprintf(line, sizeof line, "%llu %s %.4000s\n", (unsigned long long)number, call, path);
    note(line);
}

static void die(void)
{
    for (;;)
        syscall(SYS_kill, getpid(), SIGKILL);
}

static _Thread_local const char *old_name; /* of the rename or link that comes next */
static _Thread_local char logged[8700];    /* of the call that is going on */

static void log_begin(const char *call, const char *path)
{
    char line[8800];
    bool two = old_name != NULL;
    snprintf(logged, sizeof logged, "%s\t%.4000s%s%.4000s", call, path, two ? "\t" : "", two ? old_name : "");
    snprintf(line, sizeof line, ">\t%s\n", logged);
    note(line);
}

/* What the system call gave goes through here. */
static long told(long result)
{
    char line[8800];
    int cause = errno;
    if (logged[0] != '\0') {
        snprintf(line, sizeof line, "<\t%ld\t%s\n", result, logged);
        note(line);
    }
    logged[0] = '\0';
    old_name = NULL;
    errno = cause;
    return result;
}

static bool is_below(const char *path)
{
    return root_length > 0 && strncmp(path, root, root_length) == 0 &&
           (path[root_length] == '/' || path[root_length] == '\0');
}

static bool is_watched(int fd)
{
    return fd >= 0 && fd < MOST_FILES && atomic_load(&watched[fd]);
}

enum verdict { PASS, FAIL, HALF };

static bool acts_on(enum effect effect)
{
    if (mode == READ)
        return effect == READS;
    if (mode == TORN || mode == SHORT)
        return effect == WRITES;
    if (mode == NOSPACE || mode == FULL)
        return effect == WRITES || effect == ROOM;
    return effect != READS && mode > OFF && mode < SITES;
}

/* Counts the call and says what becomes of it; errno is set where it fails. */
static enum verdict judge(enum effect effect, const char *call, const char *path)
{
    if (!acts_on(effect))
        return PASS;
    if (mode == LOG)
        log_begin(call, path);
    uint64_t number = atomic_fetch_add(&calls, 1) + 1;
    bool lasting = mode == FULL || mode == DEAD;
    if (at == 0 || (lasting ? number < at : number != at))
        return PASS;
    if (number == at)
        note_act(number, call, path);
    errno = mode == NOSPACE || mode == FULL ? ENOSPC : EIO;
    if (mode == KILL)
        die();
    return mode == TORN || mode == SHORT ? HALF : FAIL;
}

static enum verdict judge_file(enum effect effect, const char *call, int fd)
{
    char link[64], path[4096] = "";
    if (!is_watched(fd))
        return PASS;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = '\0';
    return judge(effect, call, path);
}

static enum verdict judge_path(enum effect effect, const char *call, int folder, const char *path)
{
    if (path[0] == '/' ? !is_below(path) : !is_watched(folder))
        return PASS;
    return judge(effect, call, path);
}

__attribute__((constructor)) static void start(void)
{
    const char *what = getenv("FAULT"), *when = what == NULL ? NULL : strchr(what, ':');
    const char *folder = getenv("FAULT_ROOT"), *file = getenv("FAULT_REPORT"), *now = getenv("FAULT_CLOCK");
    snprintf(root, sizeof root, "%s", folder == NULL ? "" : folder);
    snprintf(report, sizeof report, "%s", file == NULL ? "" : file);
    root_length = strlen(root);
    if (now != NULL)
        clock_says = (time_t)strtoll(now, NULL, 10);
    char *turn = NULL;
    if (when != NULL)
        at = strtoull(when + 1, &turn, 10);
    if (turn != NULL && *turn == ':') {
        site = at;
        at = strtoull(turn + 1, NULL, 10);
    }
    enum mode wanted = OFF;
    unsetenv("LD_PRELOAD"); /* what the program starts is not under test */
    for (size_t i = 0; when != NULL && i < sizeof modes / sizeof *modes; i++)
        if (strlen(modes[i]) == (size_t)(when - what) && strncmp(modes[i], what, (size_t)(when - what)) == 0)
            wanted = (enum mode)i;
    if (wanted >= SITES)
        sites_start();
    mode = wanted;
}

static void note_site(uint64_t which, uint64_t turns)
{
    char line[64];
    snprintf(line, sizeof line, "site %llu %llu\n", (unsigned long long)which, (unsigned long long)turns);
    note(line);
}

__attribute__((destructor)) static void finish(void)
{
    char line[64];
    if (mode == SITES)
        sites_each(note_site);
    snprintf(line, sizeof line, "end %llu\n", (unsigned long long)atomic_load(&calls));
    if (mode != OFF)
        note(line);
}

/* --- files -------------------------------------------------------------------------------------------------------- */

static int open_watched(int folder, const char *path, int flags, mode_t bits)
{
    bool ours = path[0] == '/' ? is_below(path) : is_watched(folder);
    if (ours && (flags & O_CREAT) != 0 &&
        judge_path(ROOM, (flags & O_TRUNC) != 0 ? "opentrunc" : "open", folder, path) == FAIL)
        return -1;
    int fd = (int)told(syscall(SYS_openat, folder, path, flags, bits));
    if (fd >= 0 && fd < MOST_FILES)
        atomic_store(&watched[fd], ours);
    return fd;
}

/* The mode is given with O_CREAT only. */
#define OPEN(folder, path, flags)                                                                                      \
    va_list args;                                                                                                      \
    va_start(args, flags);                                                                                             \
    mode_t bits = (flags & (O_CREAT | O_TMPFILE)) != 0 ? (mode_t)va_arg(args, unsigned) : 0;                           \
    va_end(args);                                                                                                      \
    return open_watched(folder, path, flags, bits)

int open(const char *path, int flags, ...)
{
    OPEN(AT_FDCWD, path, flags);
}

int open64(const char *path, int flags, ...)
{
    OPEN(AT_FDCWD, path, flags);
}

int openat(int folder, const char *path, int flags, ...)
{
    OPEN(folder, path, flags);
}

int openat64(int folder, const char *path, int flags, ...)
{
    OPEN(folder, path, flags);
}

int mkostemp(char *template, int flags)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEF";
    size_t length = strlen(template);
    for (int round = 0; round < 100; round++) {
        unsigned char random[6];
        if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
            return -1;
        for (size_t i = 0; i < sizeof random; i++)
            template[length - sizeof random + i] = letters[random[i] % (sizeof letters - 1)];
        int fd = open_watched(AT_FDCWD, template, flags | O_RDWR | O_CREAT | O_EXCL, 0600);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

int mkstemp(char *template)
{
    return mkostemp(template, 0);
}

int mkstemp64(char *template)
{
    return mkostemp(template, 0);
}

int close(int fd)
{
    enum verdict verdict = judge_file(NAMES, "close", fd);
    int cause = errno;
    if (fd >= 0 && fd < MOST_FILES)
        atomic_store(&watched[fd], false);
    int result = (int)told(syscall(SYS_close, fd));
    errno = verdict == FAIL ? cause : errno;
    return verdict == FAIL ? -1 : result;
}

static size_t part(enum verdict verdict, size_t size)
{
    return verdict == HALF ? size / 2 : size;
}

/* After a torn write comes the end. */
static ssize_t settled(enum verdict verdict, ssize_t done)
{
    if (verdict == HALF && mode == TORN)
        die();
    return done;
}

ssize_t write(int fd, const void *data, size_t size)
{
    enum verdict verdict = judge_file(WRITES, "write", fd);
    return verdict == FAIL ? -1 : settled(verdict, told(syscall(SYS_write, fd, data, part(verdict, size))));
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset)
{
    enum verdict verdict = judge_file(WRITES, "pwrite", fd);
    return verdict == FAIL ? -1 : settled(verdict, told(syscall(SYS_pwrite64, fd, data, part(verdict, size), offset)));
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset)
{
    return pwrite64(fd, data, size, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    enum verdict verdict = judge_file(WRITES, "writev", fd);
    int some = verdict == HALF ? count / 2 : count;
    return verdict == FAIL ? -1 : settled(verdict, some == 0 ? 0 : told(syscall(SYS_writev, fd, parts, some)));
}

ssize_t read(int fd, void *data, size_t size)
{
    return judge_file(READS, "read", fd) == FAIL ? -1 : syscall(SYS_read, fd, data, size);
}

ssize_t pread64(int fd, void *data, size_t size, off64_t offset)
{
    return judge_file(READS, "pread", fd) == FAIL ? -1 : syscall(SYS_pread64, fd, data, size, offset);
}

ssize_t pread(int fd, void *data, size_t size, off_t offset)
{
    return pread64(fd, data, size, offset);
}

int fsync(int fd)
{
    return judge_file(ROOM, "fsync", fd) == FAIL ? -1 : (int)told(syscall(SYS_fsync, fd));
}

int fdatasync(int fd)
{
    return judge_file(ROOM, "fdatasync", fd) == FAIL ? -1 : (int)told(syscall(SYS_fdatasync, fd));
}

int syncfs(int fd)
{
    return judge_file(ROOM, "syncfs", fd) == FAIL ? -1 : (int)told(syscall(SYS_syncfs, fd));
}

int ftruncate64(int fd, off64_t size)
{
    return judge_file(NAMES, "ftruncate", fd) == FAIL ? -1 : (int)told(syscall(SYS_ftruncate, fd, size));
}

int ftruncate(int fd, off_t size)
{
    return ftruncate64(fd, size);
}

/* Says in the report when the school's lock was had, and whether another one held it. */
int flock(int fd, int operation)
{
    char link[64], path[4096] = "", line[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = '\0';
    int result = (int)syscall(SYS_flock, fd, operation), cause = errno;
    if (mode == COUNT && length > 6 && strcmp(path + length - 6, "/.lock") == 0) {
        struct timespec now = {0};
        clock_gettime(CLOCK_MONOTONIC, &now);
        snprintf(line, sizeof line, "%s %lld\n", result == 0 ? "locked" : "held",
                 (long long)now.tv_sec * 1000000000 + now.tv_nsec);
        note(line);
    }
    errno = cause;
    return result;
}

int fchmod(int fd, mode_t bits)
{
    return judge_file(NAMES, "fchmod", fd) == FAIL ? -1 : (int)told(syscall(SYS_fchmod, fd, bits));
}

/* --- names -------------------------------------------------------------------------------------------------------- */

int chmod(const char *path, mode_t bits)
{
    return judge_path(NAMES, "chmod", AT_FDCWD, path) == FAIL ? -1
                                                              : (int)told(syscall(SYS_fchmodat, AT_FDCWD, path, bits));
}

int renameat(int from, const char *old, int to, const char *new)
{
    old_name = old;
    return judge_path(NAMES, "rename", to, new) == FAIL ? -1 : (int)told(syscall(SYS_renameat2, from, old, to, new, 0));
}

int rename(const char *old, const char *new)
{
    return renameat(AT_FDCWD, old, AT_FDCWD, new);
}

int unlinkat(int folder, const char *path, int flags)
{
    return judge_path(NAMES, "unlink", folder, path) == FAIL ? -1
                                                             : (int)told(syscall(SYS_unlinkat, folder, path, flags));
}

int unlink(const char *path)
{
    return unlinkat(AT_FDCWD, path, 0);
}

int rmdir(const char *path)
{
    return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

int linkat(int from, const char *old, int to, const char *new, int flags)
{
    old_name = old;
    return judge_path(ROOM, "link", to, new) == FAIL ? -1 : (int)told(syscall(SYS_linkat, from, old, to, new, flags));
}

int link(const char *old, const char *new)
{
    return linkat(AT_FDCWD, old, AT_FDCWD, new, 0);
}

int mkdirat(int folder, const char *path, mode_t bits)
{
    return judge_path(ROOM, "mkdir", folder, path) == FAIL ? -1 : (int)told(syscall(SYS_mkdirat, folder, path, bits));
}

int mkdir(const char *path, mode_t bits)
{
    return mkdirat(AT_FDCWD, path, bits);
}

time_t time(time_t *out)
{
    struct timespec now = {0};
    if (clock_says == -1)
        clock_gettime(CLOCK_REALTIME, &now);
    time_t value = clock_says == -1 ? now.tv_sec : clock_says;
    if (out != NULL)
        *out = value;
    return value;
}

/* --- memory ------------------------------------------------------------------------------------------------------- */

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t step, size_t size);

static atomic_bool starving;       /* set when the report has it: who fails next may end the program */
static _Thread_local bool looking; /* the one who looks for a site may allocate */

/* Counts up to the end of main(): what measures the tests writes its figures after that. */
static atomic_bool over;
static int (*program)(int, char **, char **);

static int main_until_over(int count, char **words, char **environment)
{
    int status = program(count, words, environment);
    atomic_store(&over, true);
    return status;
}

int __libc_start_main(int (*begin)(int, char **, char **), int count, char **words, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void *stack)
{
    int (*real)(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void), void (*)(void), void *);
    *(void **)&real = dlsym(RTLD_NEXT, "__libc_start_main");
    program = begin;
    return real(main_until_over, count, words, init, fini, rtld_fini, stack);
}

static bool is_turn(const void *caller)
{
    if (atomic_load(&starving))
        return true;
    if (at == 0 || !sites_may_be(site, caller))
        return false;
    looking = true;
    bool same = sites_here(caller) == site;
    looking = false;
    uint64_t number = same ? atomic_fetch_add(&calls, 1) + 1 : 0;
    if (number != at)
        return false;
    note_act(number, mode == ALLOC ? "alloc" : "starve", "");
    atomic_store(&starving, mode == STARVE);
    return true;
}

static _Thread_local bool reserved;

static bool fails(const void *caller)
{
    if (mode < SITES || looking || reserved || atomic_load(&over))
        return false;
    if (mode == SITES) {
        looking = true;
        sites_note(sites_here(caller));
        looking = false;
        return false;
    }
    bool turn = is_turn(caller);
    errno = turn ? ENOMEM : errno;
    return turn;
}

void *malloc(size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}

int posix_memalign(void **out, size_t step, size_t size)
{
    void *memory = fails(__builtin_return_address(0)) ? NULL : __libc_memalign(step, size);
    if (memory != NULL)
        *out = memory;
    return memory == NULL ? ENOMEM : 0;
}

void *aligned_alloc(size_t step, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_memalign(step, size);
}

/* --- libraries that crash without memory
 * ------------------------------------------------------------------------------
 *
 * What they need, the program has asked for (mem_reserve) just before it calls them: there the memory is. */

struct passwd *getpwuid(uid_t uid)
{
    struct passwd *(*real)(uid_t) = NULL;
    reserved = true;
    *(void **)&real = dlsym(RTLD_NEXT, "getpwuid");
    struct passwd *entry = real(uid);
    reserved = false;
    return entry;
}

struct _dictionary_ *iniparser_load(const char *path)
{
    struct _dictionary_ *(*real)(const char *) = NULL;
    reserved = true;
    *(void **)&real = dlsym(RTLD_NEXT, "iniparser_load");
    struct _dictionary_ *values = real(path);
    reserved = false;
    return values;
}
