#define _GNU_SOURCE /* syncfs */
#include "base/flush.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/mem.h"

struct flush {
    pthread_t thread;
    atomic_bool done;
    int fd, cause;
};

static void *work(void *context)
{
    struct flush *flush = context;
    flush->cause = syncfs(flush->fd) == 0 ? 0 : errno;
    atomic_store(&flush->done, true);
    return NULL;
}

struct flush *flush_begin(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    struct flush *flush = mem_alloc(sizeof *flush);
    flush->fd = fd;
    if (pthread_create(&flush->thread, NULL, work, flush) == 0)
        return flush;
    close(fd);
    mem_free(flush);
    return NULL;
}

bool flush_done(struct flush *flush)
{
    return atomic_load(&flush->done);
}

int flush_end(struct flush *flush)
{
    if (flush == NULL)
        return 0;
    pthread_join(flush->thread, NULL);
    int cause = flush->cause;
    close(flush->fd);
    mem_free(flush);
    return cause;
}
