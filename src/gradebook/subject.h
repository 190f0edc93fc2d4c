/* The customary order of subjects in a Russian gradebook: languages first, physical education last. */
#ifndef PAPERDIARY_GRADEBOOK_SUBJECT_H
#define PAPERDIARY_GRADEBOOK_SUBJECT_H

/* Ranks a folded name (text_fold); names without a place of their own share one rank. */
int subject_rank(const char *folded);

#endif
