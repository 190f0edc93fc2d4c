/* The customary order of subjects in a Russian gradebook: languages first, physical education last. */
#ifndef PAPERDIARY_GRADEBOOK_SUBJECT_H
#define PAPERDIARY_GRADEBOOK_SUBJECT_H

/* Ranks a folded name (text_fold); names without a place of their own share one rank. */
int subject_rank(const char *folded);

/* The order of two subjects by rank, then name; never 0 for different names. */
int subject_compare(int rank_a, const char *a, int rank_b, const char *b);

#endif
