# make bench: every figure as a ratio to something plain that runs in the same minute.
bench: all $(B)/tests/press_bench
	tests/bench/import.sh
	$(B)/tests/press_bench $(B)/fonts 200

$(B)/tests/press_bench: tests/bench/press_bench.c tests/bench/floor.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lharfbuzz-subset

.PHONY: bench
