/* Long exports of every kind, and whatever is found out by looking. Corpus: tests/data/intake. */
#include "fuzz_intake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_read(data, size, size > 1 && data[1] % 4 == 3 ? SHAPE_LONG : SHAPE_ANY);
}
