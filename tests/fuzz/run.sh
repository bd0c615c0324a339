#!/usr/bin/env bash
# A bounded run of one libFuzzer program: first its corpus, then new inputs, CONVOKE_FUZZ_RUNS of them in all (default
# 20000) but no longer than CONVOKE_FUZZ_SECONDS (default 10). Seed and number are fixed, so that what one run finds the
# next one finds too, and a slower machine sees the beginning of the same run. To look for something new:
# CONVOKE_FUZZ_SEED=0 (random) CONVOKE_FUZZ_RUNS=-1 CONVOKE_FUZZ_SECONDS=600.
# New inputs go to a throw-away folder; a crash leaves its input beside the build and fails the test.
set -euo pipefail
program=$1 corpus=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$program" -runs="${CONVOKE_FUZZ_RUNS:-20000}" -max_total_time="${CONVOKE_FUZZ_SECONDS:-10}" \
  -seed="${CONVOKE_FUZZ_SEED:-1}" -verbosity=0 -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
  -print_final_stats=1 "$scratch" "$corpus"
