/* Reports of «Сетевой город». Corpus: tests/data/intake. */
#include "fuzz_intake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_read(data, size, SHAPE_NETSCHOOL_REPORT);
}
