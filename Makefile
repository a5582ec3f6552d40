# The two commands of the README.
.PHONY: demo test

demo: tieout ## Check the shipped samples of all five documents; leaves report.xlsx.
	@./tieout check testdata/samples -o report.xlsx --fail-on none
	@echo "The report is in report.xlsx."

test: ## Run all tests.
	go test ./...

.PHONY: tieout golden docs fuzz lint bench profile bench-peers locate-report
tieout:
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o tieout ./cmd/tieout

golden: ## Rewrite the expected outputs; read the difference before committing it.
	go test ./report ./ingest -update
	UPDATE_SCRIPTS=1 go test ./cmd/tieout

docs: ## Write docs/rules.md from the rules.
	go run ./cmd/tieout rules --format markdown > docs/rules.md.new
	mv docs/rules.md.new docs/rules.md

FUZZTIME ?= 60s
fuzz: ## Run every fuzzer for FUZZTIME.
	@for package in $$(go list ./...); do \
	  for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz'); do \
	    echo "$$package $$target"; \
	    go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x $$package || exit 1; \
	  done; \
	done

bench: ## Benchmarks with allocation counts.
	go test -run '^$$' -bench . -benchmem ./...

profile: ## Write the profile by which the compiler builds tieout; go build finds it by its name.
	go test -run '^$$' -bench . -benchtime 4s -cpuprofile cmd/tieout/default.pgo -o /dev/null ./cmd/bench

PEERS_RECORDS ?= 1000000
PEERS_RUNS ?= 9
PEERS_FLAGS ?=
bench-peers: ## Times tieout beside DuckDB on the same documents and checks; needs npm, and cc or node.
	go run ./cmd/bench -records $(PEERS_RECORDS) -runs $(PEERS_RUNS) $(PEERS_FLAGS)

LOCATE_RUNS ?= 12
locate-report: ## Plant errors in clean documents and print which are located; LOCATE_RUNS of each kind.
	go test ./properties -run '^TestLocateReport$$' -count 1 -timeout 2h -v -locate-report -locate-runs $(LOCATE_RUNS)

GOLANGCI = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
lint: ## Run the linters of .golangci.yml.
	go run $(GOLANGCI) run
