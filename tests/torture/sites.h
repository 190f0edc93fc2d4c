/* Where in the program an allocation stands: its call stack as a number that is the same in every run. */
#ifndef PAPERDIARY_TESTS_TORTURE_SITES_H
#define PAPERDIARY_TESTS_TORTURE_SITES_H

#include <stdbool.h>
#include <stdint.h>

/* Before the first allocation that counts; allocates itself. */
void sites_start(void);

/* Of the allocation that is called from `caller`. */
uint64_t sites_here(const void *caller);

/* Whether that site can be called from there: cheap, and wrong in one of 65536 cases. */
bool sites_may_be(uint64_t site, const void *caller);

/* Notes one more turn of the site. */
void sites_note(uint64_t site);

/* Gives each site and how often it had a turn. */
void sites_each(void (*give)(uint64_t site, uint64_t turns));

#endif
