/* A fuzz program without a fuzzer: runs the files that it is given, in make check. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
    static uint8_t bytes[MOST];
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (file == NULL)
            return 1;
        size_t size = fread(bytes, 1, MOST, file);
        fclose(file);
        uint8_t *input = malloc(size == 0 ? 1 : size); /* its own size, so that reading beyond it is seen */
        for (size_t n = 0; n < size; n++)
            input[n] = bytes[n];
        LLVMFuzzerTestOneInput(input, size);
        free(input);
    }
    return 0;
}
