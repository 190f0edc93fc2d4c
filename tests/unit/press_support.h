/* What the press tests share: the faces beside the test program, and foreign readers of PDF. */
#ifndef PAPERDIARY_TESTS_PRESS_SUPPORT_H
#define PAPERDIARY_TESTS_PRESS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "press/press.h"
#include "typeset/metrics.h"

/* Stands in for typeset's: press asks it for paths only, and the tests need paths that lead nowhere. */
struct metrics {
    const char *folder;
    const char *broken; /* this file is taken from broken_folder */
    const char *broken_folder;
};

static const char *const face_files[FACE_COUNT] = {"sans.ttf",        "sans-bold.ttf", "sans-italic.ttf", "narrow.ttf",
                                                   "narrow-bold.ttf", "serif.ttf",     "serif-bold.ttf"};

static char face_path[FACE_COUNT][4200];

const char *metrics_path(const struct metrics *metrics, enum face face)
{
    const char *file = face_files[face];
    bool broken = metrics->broken && strcmp(metrics->broken, file) == 0;
    snprintf(face_path[face], sizeof face_path[face], "%s/%s", broken ? metrics->broken_folder : metrics->folder, file);
    return face_path[face];
}

/* The build's fonts/ beside its tests/. */
static inline const char *fonts_folder(void)
{
    static char folder[4096];
    ssize_t size = readlink("/proc/self/exe", folder, sizeof folder - 32);
    assert_true(size > 0);
    folder[size] = '\0';
    *strrchr(folder, '/') = '\0';
    *strrchr(folder, '/') = '\0';
    strcat(folder, "/fonts");
    return folder;
}

static inline struct press *open_press(void)
{
    static struct metrics metrics;
    struct err err = {0};
    struct press *press = NULL;
    metrics.folder = fonts_folder();
    if (!press_open(&metrics, &press, &err))
        fail_msg("%s", err.text);
    return press;
}

static inline struct item text_item(int32_t x, int32_t y, enum face face, int32_t size, const char *text)
{
    return (struct item){
        .kind = ITEM_TEXT, .x = x, .y = y, .face = face, .size = size, .text = text, .fill = 0, .stroke = -1};
}

static inline struct page page_of(const struct item *items, size_t count)
{
    return (struct page){.width = 595276, .height = 841890, .items = items, .item_count = count};
}

/* A PDF of these pages. */
static inline void print_pages(struct press *press, const struct page *pages, size_t count, struct buffer *out)
{
    struct err err = {0};
    struct press_job *job = press_begin(press, "Лист № 2026-W47-3А-07");
    for (size_t i = 0; i < count; i++)
        press_page(job, &pages[i]);
    if (!press_finish(job, out, &err))
        fail_msg("%s", err.text);
}

static inline void keep(const char *path, const struct buffer *pdf)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(pdf->data, 1, pdf->size, file), pdf->size);
    assert_int_equal(fclose(file), 0);
}

static inline bool have(const char *tool)
{
    char command[128];
    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", tool);
    bool found = system(command) == 0;
    if (!found)
        print_message("%s is not installed: its checks are left out\n", tool);
    return found;
}

/* What a command prints, standard error too; its exit status into *status. */
static inline char *output_of(const char *command, int *status)
{
    struct buffer all = {0};
    char part[4096];
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    for (size_t got; (got = fread(part, 1, sizeof part, pipe)) > 0;)
        buffer_add(&all, part, got);
    buffer_char(&all, '\0');
    *status = pclose(pipe);
    return all.data;
}

/* Runs «TOOL PATH» and expects its output to hold each of the words (up to a NULL). */
static inline void expect(const char *command, ...)
{
    int status = 0;
    char *printed = output_of(command, &status);
    va_list words;
    va_start(words, command);
    for (const char *word; (word = va_arg(words, const char *)) != NULL;) {
        if (!strstr(printed, word))
            fail_msg("«%s» does not print «%s» but:\n%s", command, word, printed);
    }
    va_end(words);
    free(printed);
    assert_int_equal(status, 0);
}

static inline size_t count_of(const char *text, const char *word)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, word)) != NULL; at += strlen(word))
        count++;
    return count;
}

#endif
