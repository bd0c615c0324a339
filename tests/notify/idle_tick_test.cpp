// What the sender costs while nothing is due, beside how much is queued for later. A program of its own:
// deploy/bench runs it with a million.
#include "db/sqlite/open.hpp"
#include "notify/recurring_mails.hpp"
#include "tests/notify/world.hpp"
#include "tests/support/catch.hpp"

#include <sqlite3.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>

using namespace convoke;
using namespace convoke::notify;
using namespace convoke::notify::samples;

namespace {

const Instant now = at("2024-09-05T09:00:00Z");

std::unique_ptr<db::Store> opened(const std::string& path) {
  db::sqlite::Options options;
  options.path = path;
  auto store = db::sqlite::open(options);
  if (!store) FAIL(store.error().message);
  return std::move(*store);
}

// So many mails that are due tomorrow and later, written by hand while nobody has the database open.
void fill(const std::string& path, long mails) {
  opened(path);
  sqlite3* file = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &file) == SQLITE_OK);
  const std::string sql =
      "PRAGMA synchronous = OFF; INSERT INTO reminder (event, occurrence, rule, recipient, reason, due, "
      "expires,"
      " event_sequence, state, message_id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
      " WHERE i < " +
      std::to_string(mails) +
      ") SELECT NULL, 'day:' || i, 'exact.14d', 'person:' || (i % 5000), 'upcoming', " +
      std::to_string(now.time_since_epoch().count()) +
      " + 86400 + i, 4000000000, 0, 'planned', '<' || i || '@example.org>' FROM n";
  char* why = nullptr;
  CAPTURE(sql);
  if (sqlite3_exec(file, sql.c_str(), nullptr, nullptr, &why) != SQLITE_OK) FAIL(why);
  sqlite3_close(file);
}

// Microseconds of processor time of all threads.
double processor_time() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
  };
  return of(used.ru_utime) + of(used.ru_stime);
}

double tick_with(long mails) {
  constexpr int warming = 50, ticks = 1000;
  tests::TemporaryFolder folder;
  const std::string path = folder.file("convoke.db");
  fill(path, mails);
  const auto store = opened(path);
  FixedClock clock{now};
  ScriptedChannel channel;
  RecurringMails recurring(*store, "example.org");
  DispatcherSettings settings;
  settings.alone = true;
  settings.upkeep = [&recurring](Instant moment) { recurring.tick(moment); };
  Dispatcher dispatcher(*store, clock, channel, settings, mail_settings());
  const auto steady = std::chrono::steady_clock::time_point{};
  for (int i = 0; i < warming; ++i) dispatcher.round(steady);
  const double began = processor_time();
  for (int i = 0; i < ticks; ++i) REQUIRE(dispatcher.round(steady) == settings.tick);
  const double each = (processor_time() - began) / ticks;
  CHECK(channel.mails().empty());
  return each;
}

}  // namespace

TEST_CASE("a tick with nothing due costs the same however much is queued") {
  const char* asked = std::getenv("CONVOKE_QUEUED");
  const long few = 1000, many = asked == nullptr ? 50'000 : std::atol(asked);
  const double with_few = tick_with(few), with_many = tick_with(many);
  const double ratio = with_many / with_few;
  std::printf(
      "a tick with nothing due: %.0f us of processor time with %ld mails queued, %.0f us with %ld,"
      " ratio %.2f, limit 1.50, %s\n",
      with_few, few, with_many, many, ratio, ratio <= 1.5 ? "ok" : "MISSED");
  // The figure is the bench's to judge; what fails here is a tick that goes through all that is queued.
  CHECK(ratio < static_cast<double>(many) / static_cast<double>(few) / 5);
}
