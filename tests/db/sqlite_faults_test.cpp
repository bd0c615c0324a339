#include "base/id.hpp"
#include "db/sqlite/process_lock.hpp"
#include "tests/db/sqlite_fixture.hpp"

#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <random>
#include <set>
#include <thread>

namespace convoke::tests {
namespace {

using db::Unit;

auto try_insert(db::Store& store, const std::string& name) {
  return store.write(author(), [=](Unit& unit) { return insert_person(unit, name); }).wait();
}

// A child process that writes people for ever and tells each acknowledged number through a pipe.
class WritingChild {
 public:
  enum class Acknowledge { when_done, too_early };

  WritingChild(const std::string& path, Acknowledge acknowledge) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    child_ = ::fork();
    REQUIRE(child_ >= 0);
    if (child_ == 0) {
      ::close(ends[0]);
      write_for_ever(path, ends[1], acknowledge);
    }
    ::close(ends[1]);
    pipe_ = ends[0];
  }
  ~WritingChild() { kill(); }
  WritingChild(const WritingChild&) = delete;
  WritingChild& operator=(const WritingChild&) = delete;

  // The next acknowledged number; 0 at the end.
  std::int64_t next() {
    std::int64_t number = 0;
    return ::read(pipe_, &number, sizeof number) == sizeof number ? number : 0;
  }
  void kill() {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
    child_ = 0;
  }
  void close() { ::close(pipe_); }

 private:
  [[noreturn]] static void write_for_ever(const std::string& path, int pipe, Acknowledge acknowledge) {
    auto store = db::sqlite::open(options_for(path, db::sqlite::Role::server));
    if (!store) ::_exit(1);
    const auto tell = [pipe](std::int64_t number) {
      if (::write(pipe, &number, sizeof number) != sizeof number) ::_exit(2);
    };
    std::atomic<int> under_way = 0;
    for (;;) {
      if (under_way >= 40) {
        std::this_thread::yield();
        continue;
      }
      ++under_way;
      auto id = std::make_shared<std::int64_t>(0);
      (*store)->submit_write(
          author(),
          [=](Unit& unit) {
            *id = insert_person(unit, random_token(30)).value;
            if (acknowledge == Acknowledge::too_early) tell(*id);
            return true;
          },
          [=, &under_way](std::exception_ptr failure) {
            if (!failure && acknowledge == Acknowledge::when_done) tell(*id);
            --under_way;
          });
    }
  }

  pid_t child_ = 0;
  int pipe_ = -1;
};

// Lets a child write, kills it at a random moment, and counts acknowledged rows that are gone afterwards.
std::size_t lost_rows(const std::string& path, WritingChild::Acknowledge acknowledge,
                      unsigned acknowledgements) {
  std::set<std::int64_t> acknowledged;
  WritingChild child(path, acknowledge);
  for (unsigned i = 0; i < acknowledgements; ++i) acknowledged.insert(child.next());
  child.kill();
  while (const auto number = child.next()) acknowledged.insert(number);
  child.close();
  REQUIRE(acknowledged.count(0) == 0);
  const auto store = open_store(path, db::sqlite::Role::server);
  const auto problems = store->check().wait();
  REQUIRE(problems);
  CHECK(*problems == "");
  for (const auto& person : read(*store, [](Unit& unit) { return unit.people().list(); }))
    acknowledged.erase(person.id.value);
  CHECK(store->last_change() == read(*store, [](Unit& unit) { return unit.changes().last(); }));
  return acknowledged.size();
}

// SQLite's file layer with a sync() that counts and can fail.
class SyncSpy {
 public:
  SyncSpy() {
    real = sqlite3_vfs_find(nullptr);
    spy = *real;
    spy.zName = "sync-spy";
    spy.xOpen = [](sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
      const int result = real->xOpen(real, name, file, flags, out);
      if (result == SQLITE_OK && file->pMethods && (flags & SQLITE_OPEN_WAL)) {
        real_sync = file->pMethods->xSync;
        patched = *file->pMethods;
        patched.xSync = [](sqlite3_file* f, int how) {
          ++count;
          return failing ? SQLITE_IOERR_FSYNC : real_sync(f, how);
        };
        file->pMethods = &patched;
      }
      return result;
    };
    count = 0;
    failing = false;
    sqlite3_vfs_register(&spy, 1);
  }
  ~SyncSpy() {
    sqlite3_vfs_register(real, 1);
    sqlite3_vfs_unregister(&spy);
  }
  SyncSpy(const SyncSpy&) = delete;
  SyncSpy& operator=(const SyncSpy&) = delete;

  static inline std::atomic<int> count = 0;
  static inline std::atomic<bool> failing = false;

 private:
  static inline sqlite3_vfs* real = nullptr;
  static inline sqlite3_vfs spy{};
  static inline sqlite3_io_methods patched{};
  static inline int (*real_sync)(sqlite3_file*, int) = nullptr;
};

}  // namespace

TEST_CASE("a database locked by another program is busy within the time-out and usable afterwards") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  const auto store = open_store(path);
  REQUIRE(try_insert(*store, "перший"));
  RawDatabase other(path);
  other.run("BEGIN IMMEDIATE");
  const auto begin = std::chrono::steady_clock::now();
  const auto refused = try_insert(*store, "другий");
  const auto waited = std::chrono::steady_clock::now() - begin;
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::storage_unavailable);
  CHECK(refused.error().message.find("busy") != std::string::npos);
  CHECK(waited >= std::chrono::milliseconds{150});
  CHECK(waited < std::chrono::seconds{5});
  CHECK(count_people(*store) == 1);  // reads go on
  other.run("ROLLBACK");
  CHECK(try_insert(*store, "третій"));
  CHECK(count_people(*store) == 2);
}

TEST_CASE("a write waits for the turn of another process and gives up within the time-out") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  const auto store = open_store(path);
  const auto turn = db::sqlite::ProcessLock::open(path).value();
  REQUIRE(turn->lock_writing(std::chrono::milliseconds{0}));
  const auto refused = try_insert(*store, "перший");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::storage_unavailable);
  const auto opened = db::sqlite::open(options_for(path));
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == Errc::storage_unavailable);
  turn->unlock_writing();
  CHECK(try_insert(*store, "другий"));
}

TEST_CASE("a command gets its turn beside a server that writes without a pause") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  std::atomic<bool> stop = false;
  std::atomic<int> under_way = 0;
  const auto server = open_store(path, db::sqlite::Role::server);
  std::thread busy([&] {
    while (!stop) {
      if (under_way >= 200) {
        std::this_thread::yield();
        continue;
      }
      ++under_way;
      server->submit_write(
          author(), [](Unit& unit) { return insert_person(unit, "з сервера").value > 0; },
          [&under_way](std::exception_ptr) { --under_way; });
    }
  });
  auto options = options_for(path);
  options.busy_timeout = std::chrono::seconds{2};
  int refused = 0;
  {
    const auto command = db::sqlite::open(options);
    if (!command) ++refused;
    for (int i = 0; command && i < 20; ++i) refused += !try_insert(**command, "з командного рядка");
  }
  stop = true;
  busy.join();
  CHECK(refused == 0);
}

TEST_CASE("a change whose process died before telling is noticed all the same") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  auto options = options_for(path);
  options.compare_every = std::chrono::milliseconds{1};
  const auto store = db::sqlite::open(options).value();
  REQUIRE(try_insert(*store, "перший"));
  RawDatabase(path).run("INSERT INTO change_log VALUES (2, 0, 'cli', 'person', 1, 'update', 2)");
  for (int reads = 0; reads < 10'000 && store->last_change() < 2; ++reads) count_people(*store);
  CHECK(store->last_change() == 2);
}

TEST_CASE("a database that may not grow says the disk is full and loses nothing it acknowledged") {
  const TemporaryFolder folder;
  const auto store = open_store(folder.file("convoke.db"));
  const auto limit_pages = [&](std::int64_t more) {
    return write(*store, [=](Unit& unit) {
      auto& connection = connection_of(unit);
      const auto pages = connection.integer("PRAGMA page_count") + more;
      return connection.integer("PRAGMA max_page_count=" + std::to_string(pages));
    });
  };
  limit_pages(30);
  std::size_t stored = 0;
  auto result = try_insert(*store, std::string(2000, 'a'));
  for (; result && stored < 1000; ++stored) result = try_insert(*store, std::string(2000, 'a'));
  REQUIRE_FALSE(result);
  CHECK(result.error().code == Errc::storage_unavailable);
  CHECK(result.error().message.find("full") != std::string::npos);
  CHECK(stored > 5);
  CHECK(count_people(*store) == stored);
  limit_pages(100'000);
  CHECK(try_insert(*store, std::string(2000, 'b')));
  CHECK(count_people(*store) == stored + 1);
  CHECK(*store->check().wait() == "");
}

TEST_CASE("a full disk refuses writes and lets reads go on and takes writes again when space returns") {
  const TemporaryFolder folder;
  const auto disk = folder.file("disk");
  std::filesystem::create_directory(disk);
  if (::mount("none", disk.c_str(), "tmpfs", 0, "size=2m") != 0) {
    WARN("skipped: cannot mount a small disk here: " << std::strerror(errno));
    return;
  }
  {
    const auto store = open_store(disk + "/convoke.db");
    put_bytes(disk + "/ballast", std::string(700'000, 'x'));
    std::set<std::int64_t> acknowledged;
    int refused = 0;
    for (int i = 0; i < 2000 && refused < 20; ++i) {
      const auto result = try_insert(*store, std::string(3000, 'a'));
      if (result) {
        acknowledged.insert(result->value);
      } else {
        ++refused;
        CHECK(result.error().code == Errc::storage_unavailable);
        CHECK(result.error().message.find("full") != std::string::npos);
      }
    }
    CHECK(refused == 20);
    CHECK(acknowledged.size() > 10);
    CHECK(count_people(*store) == acknowledged.size());
    std::filesystem::remove(disk + "/ballast");
    CHECK(try_insert(*store, "знову є місце"));
    CHECK(count_people(*store) == acknowledged.size() + 1);
    CHECK(*store->check().wait() == "");
  }
  CHECK(::umount(disk.c_str()) == 0);
}

TEST_CASE("no commit is acknowledged before its log is on the disk") {
  const SyncSpy spy;
  const TemporaryFolder folder;
  const auto store = open_store(folder.file("convoke.db"));
  for (int i = 0; i < 5; ++i) {
    const int before = SyncSpy::count;
    REQUIRE(try_insert(*store, "читач"));
    CHECK(SyncSpy::count > before);
  }
  // The guard off: without synchronous=FULL the same count stands still.
  db::sqlite::Connection careless(folder.file("convoke.db"), db::sqlite::Access::writer,
                                  std::chrono::seconds{1});
  careless.execute("PRAGMA synchronous=NORMAL");
  const int before = SyncSpy::count;
  careless.execute("INSERT INTO change_log VALUES (100, 0, 'cli', 'person', 1, 'update', 100)");
  CHECK(SyncSpy::count == before);
}

TEST_CASE("a disk that cannot sync acknowledges nothing and the store recovers with it") {
  const SyncSpy spy;
  const TemporaryFolder folder;
  const auto store = open_store(folder.file("convoke.db"));
  REQUIRE(try_insert(*store, "перший"));
  SyncSpy::failing = true;
  for (int i = 0; i < 3; ++i) {
    const auto refused = try_insert(*store, "другий");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::storage_unavailable);
    CHECK(count_people(*store) == 1);
  }
  CHECK(store->last_change() == 1);
  SyncSpy::failing = false;
  CHECK(try_insert(*store, "третій"));
  CHECK(count_people(*store) == 2);
  CHECK(store->last_change() == 2);
  CHECK(*store->check().wait() == "");
}

TEST_CASE("a process killed at thirty random moments loses nothing that it acknowledged") {
  const TemporaryFolder folder;
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  std::size_t lost = 0;
  for (int round = 0; round < 30; ++round)
    lost += lost_rows(folder.file("convoke.db"), WritingChild::Acknowledge::when_done, 1 + random() % 400);
  CHECK(lost == 0);
}

// The guard off: the same harness must notice a process that acknowledges before its COMMIT.
TEST_CASE("rows that were acknowledged too early are seen to be lost when the process is killed") {
  const TemporaryFolder folder;
  std::size_t lost = 0;
  for (unsigned round = 0; round < 50 && lost == 0; ++round)
    lost += lost_rows(folder.file("convoke.db"), WritingChild::Acknowledge::too_early, 1 + 37 * round % 100);
  CHECK(lost > 0);
}

}  // namespace convoke::tests
