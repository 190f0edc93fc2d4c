/* The weekly export in long form: a row is a pupil in a lesson. */
#ifndef PAPERDIARY_INTAKE_GRADEBOOK_H
#define PAPERDIARY_INTAKE_GRADEBOOK_H

struct reader;

/* Reads the rows under the header into the export. */
void gradebook_read(struct reader *reader);

#endif
