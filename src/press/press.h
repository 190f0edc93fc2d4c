/* Pages → PDF. One press a run, one job a file; jobs are independent of each other. */
#ifndef PAPERDIARY_PRESS_PRESS_H
#define PAPERDIARY_PRESS_PRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "typeset/page.h"

struct arena;
struct buffer;
struct err;
struct file_writing;
struct metrics;
struct press;
struct press_job;
struct press_pack;

/* Reads the faces; what a PDF embeds of them is prepared once and shared by all jobs, of any thread. */
bool press_open(const struct metrics *metrics, struct press **out, struct err *err);
void press_free(struct press *press);

/* Pages drawn and deflated, for any number of PDFs: in each they are the same bytes. Items are drawn in order. A stroke
 * of width 0 is none; a text without a grey is black. A character that the face lacks: ERR_MACHINE. Any thread may ask.
 */
bool press_draw(struct press *press, const struct page *pages, size_t count, struct press_pack **out, struct err *err);
size_t press_pack_count(const struct press_pack *pack); /* of its pages */
void press_pack_free(struct press_pack *pack);          /* NULL is legal */

/* A PDF to be made; one thread at a time adds to a job. `title` goes into its properties. */
struct press_job *press_begin(struct press *press, const char *title);
/* Pages go into the file as they come, instead of staying in memory: what a job holds does not grow with its pages but
 * for some ten bytes each. Before the first page. The file is lent until press_finish or press_drop. */
void press_into(struct press_job *job, struct file_writing *file);
/* `backs`: an odd number of pages gets an empty back, so that what follows starts on a front side. */
void press_add(struct press_job *job, const struct press_pack *pack, bool backs);
/* Draws the page and adds it; what press_draw would tell fails the job. */
void press_page(struct press_job *job, const struct page *page);
void press_blank(struct press_job *job, const struct page *like); /* an empty back, of the same size */
/* A bookmark to the page that comes next: level 0 a class, level 1 a pupil under it. */
void press_bookmark(struct press_job *job, int level, const char *text);
size_t press_page_count(const struct press_job *job);
/* The bytes of the finished PDF into *out (cleared first), or the rest of them into the file (`out` NULL); the same
 * pages give the same bytes. Ends the job, also on failure: the first error of the job is told here (ERR_MACHINE). An
 * error of the file itself is told where it is closed. */
bool press_finish(struct press_job *job, struct buffer *out, struct err *err);
void press_drop(struct press_job *job); /* NULL is legal */

/* «press 3, libharu 2.4.3, zlib 1.2.13»: other versions may write the same pages in other bytes. */
const char *press_versions(struct arena *arena);

/* For golden tests: one line per item («text 51.0 80.2 SerifBold 19.0 0 16–21 ноября 2026»). */
void press_trace(const struct page *pages, size_t count, struct buffer *out);

#endif
