#!/usr/bin/env bash
# g++ 12 destroys some temporaries twice when they live across a co_await: aggregates made on the spot, lambdas with
# captures, and whatever stands in a ?: around one. This finds them in the syntax tree.
#
#   coro_lint.sh FILE…       names every such place; exit 1 when there is one, 77 without clang-query-14
#   coro_lint.sh --control   plants one of each kind and expects all three to be found
#
# The remedy: give the temporary a name and move it in; if/else instead of ?:.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
command -v clang-query-14 >/dev/null || { echo "skipped: clang-query-14 is not installed"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/queries" <<'QUERIES'
set output diag
set traversal AsIs
set bind-root false
m exprWithCleanups(unless(isExpansionInSystemHeader()), hasDescendant(coawaitExpr()), unless(has(lambdaExpr())), unless(has(cxxBindTemporaryExpr(has(lambdaExpr())))), forEachDescendant(lambdaExpr(hasAnyCapture(lambdaCapture())).bind("a lambda with captures made beside co_await")))
m exprWithCleanups(unless(isExpansionInSystemHeader()), hasDescendant(coawaitExpr()), unless(has(lambdaExpr())), unless(has(cxxBindTemporaryExpr(has(lambdaExpr())))), forEachDescendant(materializeTemporaryExpr(hasDescendant(initListExpr().bind("an aggregate made beside co_await")))))
m expr(conditionalOperator(unless(isExpansionInSystemHeader()), hasDescendant(coawaitExpr()))).bind("co_await inside ?:")
QUERIES

flags=(-std=c++20 -Wno-everything -I"$root" -I"$root/src" -DCONVOKE_VERSION='"0"' -DBOOST_ASIO_NO_DEPRECATED
  -DBOOST_ASIO_SEPARATE_COMPILATION -DBOOST_BEAST_SEPARATE_COMPILATION)

# Prints what is found in one file; fails when the file cannot be read as C++.
look_at() {
  local said
  said=$(clang-query-14 -f "$work/queries" "$1" -- "${flags[@]}" 2>&1)
  if grep -q ' error: ' <<<"$said"; then grep ' error: ' <<<"$said" | head -3; return 1; fi
  grep ' binds here' <<<"$said" | sed -E 's/: note: "(.*)" binds here/: \1/' | sort -u
  return 0
}

if [ "${1-}" = --control ]; then
  cat >"$work/planted.cpp" <<'PLANTED'
#include <boost/asio/awaitable.hpp>
#include <string>
struct Pair { std::string a, b; };
boost::asio::awaitable<int> use(Pair) { co_return 1; }
template<class F> boost::asio::awaitable<int> call(F f) { co_return f(); }
boost::asio::awaitable<int> all(std::string s, bool b) {
  int n = co_await use(Pair{s, s});
  n += co_await call([s] { return static_cast<int>(s.size()); });
  n += b ? co_await use(Pair()) : 0;
  auto named = [s] { return 1; };
  co_return n + co_await call(std::move(named));
}
PLANTED
  found=$(look_at "$work/planted.cpp")
  echo "$found"
  for line in 7 8 9; do grep -q "planted.cpp:$line:" <<<"$found" || { echo "line $line was not found"; exit 1; }; done
  ! grep -q 'planted.cpp:1[01]:' <<<"$found"
  exit
fi

failed=0
for file in "$@"; do
  grep -q co_await "$file" || continue
  found=$(look_at "$file") || failed=1
  [ -z "$found" ] || { echo "$found"; failed=1; }
done
exit $failed
