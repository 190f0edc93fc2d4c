# The programs of make bench, and their order.
bench: $(B)/tests/press_bench $(B)/bench/backtest
	tests/bench/import.sh
	tests/bench/run.sh
	tests/bench/district.sh
	$(B)/tests/press_bench $(B)/fonts 400
	$(B)/bench/backtest

$(B)/tests/press_bench: tests/bench/press_bench.c tests/bench/floor.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lharfbuzz-subset

# The forecast on a real school's past, where its gradebook is there.
BACKTEST := tests/bench/backtest.c tests/bench/dnevnik.c tests/bench/replay.c

$(B)/bench/backtest: $(BACKTEST) $(wildcard tests/bench/*.h) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests/bench $(CFLAGS) $(LDFLAGS) -MF $@.d -o $@ $(BACKTEST) $(LIB) $(LDLIBS)
