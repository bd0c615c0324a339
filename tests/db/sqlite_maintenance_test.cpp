#include "db/sqlite/maintenance.hpp"

#include "db/sqlite/migrations.hpp"
#include "db/sqlite/period_columns.hpp"
#include "tests/db/sqlite_fixture.hpp"

#include <sys/stat.h>

#include <atomic>
#include <thread>

namespace convoke::tests {
namespace {

using db::Unit;
using db::sqlite::restore;
using db::sqlite::Role;

// A database of `people` and a backup of it.
struct Backed {
  TemporaryFolder folder;
  std::string path = folder.file("convoke.db");
  std::string backup = folder.file("backup.db");

  explicit Backed(int people) {
    const auto store = open_store(path);
    add(*store, people);
    REQUIRE(store->backup(backup).wait());
  }
  static void add(db::Store& store, int people) {
    write(store, [=](Unit& unit) {
      for (int i = 0; i < people; ++i) insert_person(unit, "Читач " + std::to_string(i));
      return 0;
    });
  }
};

}  // namespace

TEST_CASE("a backup is one sound file for its owner alone and never replaces another") {
  const Backed backed(40);
  struct stat status {};
  REQUIRE(::stat(backed.backup.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0600U);
  CHECK_FALSE(std::filesystem::exists(backed.backup + ".part"));
  CHECK_FALSE(std::filesystem::exists(backed.backup + "-wal"));
  CHECK(count_people(*open_store(backed.backup)) == 40);
  const auto before = bytes_of(backed.backup);
  const auto again = open_store(backed.path)->backup(backed.backup).wait();
  REQUIRE_FALSE(again);
  CHECK(again.error().code == Errc::invalid_input);
  CHECK((bytes_of(backed.backup) == before));
  const auto nowhere = open_store(backed.path)->backup(backed.folder.file("no/such/folder.db")).wait();
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().code == Errc::storage_unavailable);
}

TEST_CASE("sessions and links of a backup open nothing once it is restored") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db"), backup = folder.file("backup.db");
  {
    const auto store = open_store(path);
    write(*store, [](Unit& unit) {
      Account account;
      account.login = "olena@library.example";
      account.name = "Олена";
      Session session;
      session.account = unit.accounts().insert(account);
      session.hash = std::string(64, 'a');
      unit.sessions().insert(session);
      OneTimeLink link;
      link.hash = std::string(64, 'b');
      link.purpose = "password";
      link.expires = at(1000);
      unit.one_time_links().insert(link);
      return 0;
    });
    REQUIRE(store->backup(backup).wait());
  }
  const auto there = [](const std::string& file) {
    const auto store = open_store(file);
    return read(*store, [](Unit& unit) {
      return std::pair(unit.sessions().find_by_hash(std::string(64, 'a')).has_value(),
                       unit.one_time_links().find(std::string(64, 'b')).has_value());
    });
  };
  CHECK((there(backup) == std::pair(true, true)));
  REQUIRE(restore(backup, path, author()));
  CHECK((there(path) == std::pair(false, false)));
  CHECK(read(*open_store(path), [](Unit& unit) { return unit.accounts().list().size(); }) == 1);
}

TEST_CASE("a backup taken while others write holds one moment whole") {
  const TemporaryFolder folder;
  const auto store = open_store(folder.file("convoke.db"));
  std::atomic<bool> stop = false;
  std::thread writing([&] {
    // Two rows a unit: a backup with an odd number would hold half of one.
    while (!stop) Backed::add(*store, 2);
  });
  for (int i = 0; i < 10; ++i) {
    const auto file = folder.file("backup-" + std::to_string(i) + ".db");
    const auto before = store->last_change();
    const auto result = store->backup(file).wait();
    REQUIRE(result);
    const auto copy = open_store(file);
    CHECK(count_people(*copy) % 2 == 0);
    CHECK(static_cast<std::int64_t>(count_people(*copy)) == copy->last_change());
    CHECK(copy->last_change() >= before);
  }
  stop = true;
  writing.join();
}

TEST_CASE("a restored backup is what it was and its changes are numbered beyond all that was shown") {
  const Backed backed(3);
  {
    const auto store = open_store(backed.path);
    Backed::add(*store, 4);
    CHECK(store->last_change() == 7);
  }
  const auto restored = restore(backed.backup, backed.path, {"cli", at(99)});
  REQUIRE(restored);
  const auto store = open_store(backed.path);
  CHECK(count_people(*store) == 3);
  CHECK(store->last_change() == 8);
  const auto visible = read(*store, [](Unit& unit) { return unit.changes().last_visible(); });
  REQUIRE(visible);
  CHECK(visible->number == 8);
  CHECK(visible->author == "cli");
  CHECK(visible->at == at(99));
  Backed::add(*store, 1);
  CHECK(store->last_change() == 9);
  CHECK(*store->check().wait() == "");
  CHECK(count_people(*open_store(backed.path + ".replaced")) == 7);
}

TEST_CASE("a backup replaces a database that is damaged or gone") {
  const Backed backed(3);
  SECTION("damaged") {
    put_bytes(backed.path, bytes_of(backed.path).substr(0, 5000));
  }
  SECTION("empty") {
    put_bytes(backed.path, "");
  }
  SECTION("gone") {
    std::filesystem::remove(backed.path);
  }
  SECTION("only its log left") {
    std::filesystem::remove(backed.path);
    put_bytes(backed.path + "-wal", std::string(5000, 'x'));
  }
  REQUIRE(restore(backed.backup, backed.path, author()));
  const auto store = open_store(backed.path);
  CHECK(count_people(*store) == 3);
  CHECK(store->last_change() == 4);
}

TEST_CASE("a damaged or foreign or newer backup is refused and the database stays") {
  const Backed backed(300);
  const auto whole = bytes_of(backed.backup);
  const auto bad = backed.folder.file("bad.db");
  SECTION("truncated") {
    put_bytes(bad, whole.substr(0, whole.size() - 4096));
  }
  SECTION("overwritten") {
    auto broken = whole;
    std::fill_n(broken.begin() + static_cast<std::ptrdiff_t>(whole.size() / 2 / 4096 * 4096), 64, '\x5a');
    put_bytes(bad, broken);
  }
  SECTION("no database") {
    put_bytes(bad, "план");
  }
  SECTION("empty") {
    put_bytes(bad, "");
  }
  SECTION("foreign") {
    RawDatabase(bad).run("CREATE TABLE photo (id INTEGER)");
  }
  SECTION("newer") {
    put_bytes(bad, whole);
    RawDatabase(bad).run("PRAGMA user_version=" + std::to_string(db::sqlite::newest_version() + 1));
  }
  const auto result = restore(bad, backed.path, author());
  REQUIRE_FALSE(result);
  CHECK(result.error().code == Errc::invalid_input);
  CHECK_FALSE(std::filesystem::exists(backed.path + ".restoring"));
  CHECK(count_people(*open_store(backed.path)) == 300);
}

TEST_CASE("a database in use is not replaced") {
  const Backed backed(3);
  for (const auto role : {Role::server, Role::command}) {
    const auto store = open_store(backed.path, role);
    const auto result = restore(backed.backup, backed.path, author());
    REQUIRE_FALSE(result);
    CHECK(result.error().code == Errc::conflict);
    Backed::add(*store, 1);
  }
  CHECK(count_people(*open_store(backed.path)) == 5);
  const auto missing = restore(backed.folder.file("none.db"), backed.path, author());
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == Errc::not_found);
}

TEST_CASE("damage that came after opening is found by the check") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  { Backed::add(*open_store(path), 300); }
  const auto store = open_store(path);
  auto broken = bytes_of(path);
  std::fill_n(broken.end() - 4096, 64, '\x5a');
  {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.write(broken.data(), static_cast<std::streamsize>(broken.size()));
  }
  const auto problems = store->check().wait();
  REQUIRE(problems);
  CHECK_FALSE(problems->empty());
}

TEST_CASE("a stored recurrence that nobody wrote is refused") {
  using db::sqlite::parse_recurrence_json;
  for (const char* text : {"",
                           "null",
                           "[]",
                           "{}",
                           R"({"frequency":"hourly"})",
                           R"({"frequency":4})",
                           R"({"frequency":"monthly","more":1})",
                           R"({"frequency":"monthly","weekdays":[{"weekday":0}]})",
                           R"({"frequency":"monthly","weekdays":[{"weekday":8}]})",
                           R"({"frequency":"monthly","weekdays":[{"nth":1}]})",
                           R"({"frequency":"monthly","weekdays":[{"weekday":1,"nth":6}]})",
                           R"({"frequency":"monthly","weekdays":[{"weekday":1,"nth":-2}]})",
                           R"({"frequency":"monthly","weekdays":[1]})",
                           R"({"frequency":"monthly","weekdays":{}})",
                           R"({"frequency":"monthly","day_of_month":0})",
                           R"({"frequency":"monthly","day_of_month":32})",
                           R"({"frequency":"monthly","day_of_month":1.5})",
                           R"({"frequency":"list","dates":["2026-02-30"]})",
                           R"({"frequency":"list","dates":[20260201]})",
                           R"({"frequency":"list","list_of_months":1})",
                           R"({"frequency":"list"} x)"}) {
    CAPTURE(text);
    const auto result = parse_recurrence_json(text);
    REQUIRE_FALSE(result);
    CHECK(result.error().code == Errc::invalid_input);
  }
  CHECK(parse_recurrence_json(R"({"frequency":"monthly","day_of_month":31})"));
  const std::string fits = R"({"frequency":"daily"})";
  const auto padded = [&](std::size_t size) { return fits + std::string(size - fits.size(), ' '); };
  CHECK(parse_recurrence_json(padded(db::sqlite::max_recurrence_bytes)));
  CHECK_FALSE(parse_recurrence_json(padded(db::sqlite::max_recurrence_bytes + 1)));
}

}  // namespace convoke::tests
