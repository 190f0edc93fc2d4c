/* Pages → PDF. One press a run, one job a file; jobs are independent of each other. */
#ifndef PAPERDIARY_PRESS_PRESS_H
#define PAPERDIARY_PRESS_PRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "typeset/page.h"

struct arena;
struct buffer;
struct err;
struct metrics;
struct press;
struct press_job;

/* Reads the faces; what a PDF embeds of them is prepared once and shared by all jobs, of any thread. */
bool press_open(const struct metrics *metrics, struct press **out, struct err *err);
void press_free(struct press *press);

/* A PDF to be made; one thread at a time draws a job. `title` goes into its properties. */
struct press_job *press_begin(struct press *press, const char *title);
/* Draws the items in order. A stroke of width 0 is none; a text without a grey is black; a character that the face
 * lacks fails the job. */
void press_page(struct press_job *job, const struct page *page);
void press_blank(struct press_job *job, const struct page *like); /* an empty back, of the same size */
/* A bookmark to the page that comes next: level 0 a class, level 1 a pupil under it. */
void press_bookmark(struct press_job *job, int level, const char *text);
size_t press_page_count(const struct press_job *job);
/* The bytes of the finished PDF into *out (cleared first); the same pages give the same bytes. Ends the job, also on
 * failure: the first error of the job is told here (ERR_MACHINE). */
bool press_finish(struct press_job *job, struct buffer *out, struct err *err);
void press_drop(struct press_job *job); /* NULL is legal */

/* «libharu 2.4.3, zlib 1.2.13»: other versions may write the same pages in other bytes. */
const char *press_versions(struct arena *arena);

/* For golden tests: one line per item («text 51.0 80.2 SerifBold 19.0 0 16–21 ноября 2026»). */
void press_trace(const struct page *pages, size_t count, struct buffer *out);

#endif
