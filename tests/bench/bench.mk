# The programs of make bench, and their order.
bench: $(B)/tests/press_bench
	tests/bench/import.sh
	$(B)/tests/press_bench $(B)/fonts 200

$(B)/tests/press_bench: tests/bench/press_bench.c tests/bench/floor.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lharfbuzz-subset
