#define _GNU_SOURCE
#include "sites.h"

#include <execinfo.h>
#include <link.h>
#include <stdatomic.h>
#include <stddef.h>

enum { MODULES = 64, DEPTH = 10, SITES = 1 << 15 };

struct module {
    uintptr_t base, end;
};

static struct module modules[MODULES];
static size_t module_count;
static struct {
    uint64_t site, turns;
} found[SITES];
static atomic_flag busy = ATOMIC_FLAG_INIT;

static int add_module(struct dl_phdr_info *info, size_t size, void *unused)
{
    (void)size;
    (void)unused;
    struct module *module = &modules[module_count];
    for (size_t i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_LOAD)
            module->end = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr + info->dlpi_phdr[i].p_memsz;
    module->base = info->dlpi_addr;
    return ++module_count == MODULES;
}

/* Where libraries are loaded differs from run to run: the module's number and the place in it. */
static uint64_t place(const void *address)
{
    uintptr_t at = (uintptr_t)address;
    for (size_t i = 0; i < module_count; i++)
        if (at >= modules[i].base && at < modules[i].end)
            return ((uint64_t)i << 48) + (at - modules[i].base);
    return 0;
}

static uint64_t mixed(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15;
    return hash ^ (hash >> 29);
}

void sites_start(void)
{
    void *stack[2];
    backtrace(stack, 2);
    dl_iterate_phdr(add_module, NULL);
}

uint64_t sites_here(const void *caller)
{
    void *stack[DEPTH + 4];
    int depth = backtrace(stack, DEPTH + 4), first = 0;
    while (first < depth && stack[first] != caller)
        first++;
    uint64_t hash = 1;
    for (int i = first; i < depth && i < first + DEPTH; i++)
        hash = mixed(hash, place(stack[i]));
    return (hash << 16) | (mixed(1, place(caller)) & 0xFFFF);
}

bool sites_may_be(uint64_t site, const void *caller)
{
    return (site & 0xFFFF) == (mixed(1, place(caller)) & 0xFFFF);
}

void sites_note(uint64_t site)
{
    while (atomic_flag_test_and_set(&busy))
        continue;
    size_t i = (site >> 16) % SITES;
    for (size_t tried = 0; tried < SITES && found[i].turns != 0 && found[i].site != site; tried++)
        i = (i + 1) % SITES;
    if (found[i].turns == 0)
        found[i].site = site;
    found[i].turns += found[i].site == site;
    atomic_flag_clear(&busy);
}

void sites_each(void (*give)(uint64_t site, uint64_t turns))
{
    for (size_t i = 0; i < SITES; i++)
        if (found[i].turns != 0)
            give(found[i].site, found[i].turns);
}
