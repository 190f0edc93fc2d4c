/* Where a run's time went, for --verbose. */
#ifndef PAPERDIARY_COMMANDS_TIMES_H
#define PAPERDIARY_COMMANDS_TIMES_H

/* A line on stderr with the milliseconds of each stage; of several threads together. Nothing where none was measured.
 */
void times_print(void);

#endif
