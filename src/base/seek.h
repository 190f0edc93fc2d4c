/* Many short texts sought in many bytes at once. */
#ifndef PAPERDIARY_BASE_SEEK_H
#define PAPERDIARY_BASE_SEEK_H

#include <stdbool.h>
#include <stddef.h>

struct seeker;

struct seeker *seeker_new(void);
void seeker_free(struct seeker *seeker); /* NULL is legal */
/* Copies the bytes; empty ones are not sought. `word`: no letter or digit may stand beside it. */
void seeker_add(struct seeker *seeker, const void *bytes, size_t size, bool word);
/* The UTF-8 text as it stands in files: in UTF-8, Windows-1251 (where it can be) and UTF-16 of both byte orders. */
void seeker_add_encoded(struct seeker *seeker, const char *text);
/* The first hit from *at on: its place and length, the longest of those that begin there. */
bool seeker_next(const struct seeker *seeker, const char *data, size_t size, size_t *at, size_t *length);

#endif
