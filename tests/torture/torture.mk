# Tests that a database's makers would write: killed at every write, full disks, failing memory, power cuts, many at once,
# clocks, old stores. `make check` takes samples; `make torture` takes everything: of eleven commands 1,400 calls at which the
# program is killed and 800 writes that are torn, 7,000 calls that fail, some 2,000 disks and limits of all sizes, and 16,000
# allocations that fail at 9,000 places. That is about 75 minutes of processor time, 40 minutes on two cores with nothing else
# to do.
FAULT := $(B)/torture/fault.so

$(FAULT): tests/torture/fault.c tests/torture/sites.c tests/torture/sites.h
	@mkdir -p $(@D)
	$(CC) -std=c17 -O1 -g $(WARN) -fPIC -shared -o $@ $(filter %.c,$^)

torture: test-deps
	@$(MAKE) --no-print-directory all $(FAULT)
	@TORTURE=full B=$(B) tests/torture/run.sh
.PHONY: torture
