/* Files that appear whole or not at all. */
#ifndef PAPERDIARY_BASE_FILE_H
#define PAPERDIARY_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buffer;
struct err;

bool file_exists(const char *path);

/* The whole file into *out (cleared first). More than `most` bytes, a directory, unreadable: ERR_INPUT. */
bool file_read(const char *path, size_t most, struct buffer *out, struct err *err);

/* The same in steps. Opening gives a descriptor, or -1; a failure of reading is ERR_MACHINE. */
int file_open(const char *path, struct err *err);
bool file_read_open(int fd, const char *path, size_t most, struct buffer *out, struct err *err);
bool file_not_read(const char *path, int cause, struct err *err);
bool file_too_large(const char *path, size_t most, struct err *err);

/* Temporary name beside the target (`.NAME.new`), write, fsync, rename, fsync of the folder; every step is checked
 * (ERR_MACHINE). `group`: 0640 and of the group of its folder, instead of 0600. */
bool file_write(const char *path, const void *data, size_t size, bool group, struct err *err);

/* The same in parts. file_add keeps the first failure for file_end, which tells it. file_end with `whole` false, like
 * file_drop, leaves no trace of the file; it returns false, without an error of its own. */
struct file_writing;
bool file_begin(const char *path, bool group, struct file_writing **out, struct err *err);
/* One that nobody reads yet, in place and not synced: file_sync_all puts any number of them on the disk at the price of
 * one. */
bool file_begin_aside(const char *path, bool group, struct file_writing **out, struct err *err);
void file_add(struct file_writing *file, const void *data, size_t size);
bool file_end(struct file_writing *file, bool whole, struct err *err);
void file_drop(struct file_writing *file); /* NULL is legal */
const char *file_path(const struct file_writing *file);

/* Everything that was written to the folder's file system, names too, is on the disk. ERR_MACHINE. */
bool file_sync_all(const char *folder, struct err *err);

/* That the file has its name, or no longer has it, is on the disk. False: errno says why. */
bool file_keep_name(const char *path);

/* Gives the file that name; that it has it is on the disk, and the old name gone from it. False: errno says why. */
bool file_move(const char *from, const char *to);

/* A file that came from elsewhere gets the mode of those that are written here. One of another account keeps its own,
 * which nobody else may change. False: errno says why. */
bool file_adopt(const char *path, bool group);

/* Where there is none, nothing is to be done. ERR_MACHINE; names the folder only. */
bool file_remove(const char *path, struct err *err);

/* The failure of writing a file: names the folder, and the reason (errno). */
bool file_not_written(const char *path, int cause, struct err *err);

/* Makes the folder and its parents, 0700 (with `group` 0750 and of the parent's group); existing ones stay as they are.
 */
bool file_make_folder(const char *path, bool group, struct err *err);

/* The same, and the names of those that were made are on the disk: for single files, which no file_sync_all follows. */
bool file_keep_folder(const char *path, bool group, struct err *err);

/* Names in a folder (without . and ..), sorted bytewise, in the arena; *count of them. */
bool file_list(struct arena *arena, const char *path, const char ***names, size_t *count, struct err *err);

const char *file_join(struct arena *arena, const char *folder, const char *name);
const char *file_base_name(const char *path); /* lends the part after the last slash */

/* A text as one component of a file name: spaces become '_', and so do slashes, controls, leading points and '_'
 * itself; at most 80 bytes, cut between characters; never empty. A text that is changed by more than its spaces gets a
 * sign of its own («3_А~91d3a0c2»), so that it does not become the name of another («3_А»). */
const char *file_safe_name(struct arena *arena, const char *text);

/* SHA-256 as 64 hexadecimal digits. */
void file_sha256(const void *data, size_t size, char out[65]);
void file_digest_text(const uint8_t digest[32], char out[65]);

#endif
