# Tests that a database's makers would write: killed at every write, full disks, failing memory, power cuts, many at once,
# clocks, old stores. `make check` takes samples; `make torture` takes everything.
FAULT := $(B)/torture/fault.so

$(FAULT): tests/torture/fault.c tests/torture/sites.c tests/torture/sites.h
	@mkdir -p $(@D)
	$(CC) -std=c17 -O1 -g $(WARN) -fPIC -shared -o $@ $(filter %.c,$^)

torture: test-deps
	@$(MAKE) --no-print-directory all $(FAULT)
	@TORTURE=full B=$(B) tests/torture/run.sh
.PHONY: torture
