#include "db/sqlite/migrations.hpp"
#include "tests/db/sqlite_fixture.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace convoke::tests {
namespace {

using db::Unit;
using db::sqlite::Role;

unsigned permissions(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777U;
}

// The error of opening `path`, which must not change a byte of the file.
Error refusal(const std::string& path) {
  const auto before = bytes_of(path);
  auto store = db::sqlite::open(options_for(path));
  REQUIRE_FALSE(store);
  CHECK((bytes_of(path) == before));
  CHECK(store.error().message.find('\n') == std::string::npos);
  return store.error();
}

// A closed database with `people` rows.
void fill(const std::string& path, int people) {
  const auto store = open_store(path);
  write(*store, [=](Unit& unit) {
    for (int i = 0; i < people; ++i) insert_person(unit, "Читач " + std::to_string(i));
    return 0;
  });
}

}  // namespace

TEST_CASE("a new database is made with its folder and only its owner may read it") {
  const TemporaryFolder folder;
  const auto path = folder.file("deep/er/convoke.db");
  const auto store = open_store(path);
  write(*store, [](Unit& unit) { return insert_person(unit, "Ковтун В.И."); });
  for (const char* suffix : {"", "-wal", "-shm", ".lock"}) CHECK(permissions(path + suffix) == 0600);
}

TEST_CASE("a database that is not there is not made when nobody asked for it") {
  const TemporaryFolder folder;
  auto options = options_for(folder.file("convoke.db"));
  options.create = false;
  const auto store = db::sqlite::open(options);
  REQUIRE_FALSE(store);
  CHECK(store.error().code == Errc::not_found);
  CHECK_FALSE(std::filesystem::exists(options.path));
}

TEST_CASE("a second server on one database is refused until the first has ended") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  auto server = open_store(path, Role::server);
  const auto second = db::sqlite::open(options_for(path, Role::server));
  REQUIRE_FALSE(second);
  CHECK(second.error().code == Errc::conflict);
  CHECK(second.error().message == "another server uses this database");
  server.reset();
  CHECK(db::sqlite::open(options_for(path, Role::server)));
}

TEST_CASE("a server that was killed leaves no lock behind") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  const pid_t child = ::fork();
  if (child == 0) {
    const auto server = db::sqlite::open(options_for(path, Role::server));
    ::_exit(server ? 0 : 1);  // without closing anything
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  REQUIRE(WEXITSTATUS(status) == 0);
  CHECK(db::sqlite::open(options_for(path, Role::server)));
}

TEST_CASE("a command writes beside a server and the server sees it") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  const auto server = open_store(path, Role::server);
  {
    const auto command = open_store(path, Role::command);
    write(*command, [](Unit& unit) { return insert_person(unit, "Ковтун В.И."); });
    CHECK(server->last_change() == 1);
  }
  CHECK(count_people(*server) == 1);
  write(*server, [](Unit& unit) { return insert_person(unit, "Ясень В.И."); });
  CHECK(count_people(*server) == 2);
}

TEST_CASE("the last change is known again after everybody has closed the database") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  fill(path, 3);
  CHECK(open_store(path)->last_change() == 3);
  std::filesystem::remove(path + ".lock");
  CHECK(open_store(path)->last_change() == 3);
}

TEST_CASE("a clean end leaves everything in the one file") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  fill(path, 50);
  CHECK(std::filesystem::file_size(path + "-wal") == 0);
  std::filesystem::copy_file(path, folder.file("copy.db"));
  CHECK(count_people(*open_store(folder.file("copy.db"))) == 50);
}

TEST_CASE("a file that is no database is refused and left as it is") {
  const TemporaryFolder folder;
  for (const auto& content : {std::string("Це план, а не база"), std::string("x"), std::string(5000, '\0')}) {
    put_bytes(folder.file("plan.txt"), content);
    CHECK(refusal(folder.file("plan.txt")).code == Errc::invalid_input);
  }
  std::filesystem::create_directory(folder.file("folder"));
  CHECK(db::sqlite::open(options_for(folder.file("folder"))).error().code == Errc::invalid_input);
}

TEST_CASE("a database of another program is refused and left as it is") {
  const TemporaryFolder folder;
  const auto path = folder.file("other.db");
  SECTION("with tables") {
    RawDatabase(path).run("CREATE TABLE photo (id INTEGER); INSERT INTO photo VALUES (1)");
  }
  SECTION("with a number of its own") {
    RawDatabase(path).run("PRAGMA application_id=77; CREATE TABLE a (b)");
  }
  SECTION("with a version of its own") {
    RawDatabase(path).run("PRAGMA user_version=1; CREATE TABLE a (b)");
  }
  const auto error = refusal(path);
  CHECK(error.code == Errc::invalid_input);
  CHECK(error.message.find("another program") != std::string::npos);
}

TEST_CASE("a database of a newer version is refused and left as it is") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  fill(path, 1);
  RawDatabase(path).run("PRAGMA user_version=" + std::to_string(db::sqlite::newest_version() + 1));
  const auto error = refusal(path);
  CHECK(error.code == Errc::invalid_input);
  CHECK(error.message.find("newer version") != std::string::npos);
}

TEST_CASE("a truncated database is refused and left as it is") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  fill(path, 500);
  const auto whole = bytes_of(path);
  for (const std::size_t size :
       {whole.size() - 1, whole.size() - 4096, whole.size() / 2, std::size_t{4096}, std::size_t{100}}) {
    CAPTURE(size);
    put_bytes(path, whole.substr(0, size));
    const auto error = refusal(path);
    CHECK(error.code == Errc::storage_unavailable);
    CHECK(error.message.find("damaged") != std::string::npos);
  }
  put_bytes(path, whole);
  CHECK(count_people(*open_store(path)) == 500);
}

TEST_CASE("a database emptied to nothing is not taken for a new one") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  fill(path, 5);
  put_bytes(path, "");
  const auto error = refusal(path);
  CHECK(error.code == Errc::storage_unavailable);
  CHECK(error.message.find("damaged") != std::string::npos);
}

TEST_CASE("a log without its database is not taken for a new one") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  put_bytes(path + "-wal", std::string(5000, 'x'));
  const auto store = db::sqlite::open(options_for(path));
  REQUIRE_FALSE(store);
  CHECK(store.error().code == Errc::storage_unavailable);
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("a database with overwritten pages is refused and left as it is") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  fill(path, 500);
  const auto whole = bytes_of(path);
  // The schema, and every tree that has pages of its own.
  std::size_t refused = 0;
  const std::size_t pages = whole.size() / 4096;
  for (std::size_t page = 0; page < pages; ++page) {
    auto broken = whole;
    const std::size_t begin = page * 4096 + (page == 0 ? 100 : 0);
    std::fill_n(broken.begin() + static_cast<std::ptrdiff_t>(begin), 64, '\x5a');
    put_bytes(path, broken);
    refused += !db::sqlite::open(options_for(path));
    CHECK((bytes_of(path) == broken));
  }
  CHECK(refused == pages);
}

TEST_CASE("a folder that may not be written is said so") {
  const TemporaryFolder folder;
  const auto locked = folder.file("locked");
  std::filesystem::create_directory(locked);
  ::chmod(locked.c_str(), 0555);
  ::chmod(folder.path().c_str(), 0755);
  // Root may write everywhere: the attempt is made as nobody.
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(100);
    const auto inside = db::sqlite::open(options_for(locked + "/convoke.db"));
    const auto deeper = db::sqlite::open(options_for(locked + "/new/convoke.db"));
    ::_exit(!inside && !deeper && inside.error().code == Errc::storage_unavailable &&
                    deeper.error().code == Errc::storage_unavailable
                ? 0
                : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(std::filesystem::is_empty(locked));
}

TEST_CASE("a migration that was killed half way begins again") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  // As far as a first start comes before its first transaction commits.
  put_bytes(path, "");
  RawDatabase(path).run("PRAGMA journal_mode=WAL");
  CHECK(count_people(*open_store(path)) == 0);
}

TEST_CASE("the writer keeps to the settings that make a commit durable") {
  const TemporaryFolder folder;
  const auto store = open_store(folder.file("convoke.db"));
  const auto setting = [&](const std::string& name) {
    return write(*store, [=](Unit& unit) { return connection_of(unit).text("PRAGMA " + name); });
  };
  CHECK(setting("journal_mode") == "wal");
  CHECK(setting("synchronous") == "2");  // FULL
  CHECK(setting("foreign_keys") == "1");
  CHECK(setting("trusted_schema") == "0");
  CHECK(setting("cell_size_check") == "1");
  CHECK(setting("secure_delete") == "1");
  CHECK(setting("temp_store") == "2");  // memory
  CHECK(setting("busy_timeout") == "200");
  CHECK(setting("wal_autocheckpoint") == "1000");
  CHECK(setting("query_only") == "0");
  const auto of_reader = [&](const std::string& name) {
    return read(*store, [=](Unit& unit) { return connection_of(unit).text("PRAGMA " + name); });
  };
  CHECK(of_reader("query_only") == "1");
  CHECK(of_reader("wal_autocheckpoint") == "0");
  CHECK(of_reader("trusted_schema") == "0");
}

TEST_CASE("a database of the first version is brought up to date with its events") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  RawDatabase(path).run(
      std::string(db::sqlite::migration_steps().front()) +
      "PRAGMA user_version=1; PRAGMA application_id=" + std::to_string(db::sqlite::application_id) +
      "; INSERT INTO event (uid, position, section, number, title, kind, involvement, status,"
      " period_precision, period_deadline, period_source, zone, place, online_url, note, description,"
      " responsible_text, sequence, created, modified) VALUES ('u-1', 1, '', '', 'Засідання', 'meeting',"
      " 'host', 'planned', 'none', 0, '', 'Europe/Kyiv', '', '', '', '', '', 4, 0, 0)");
  const auto store = open_store(path);
  const auto event = read(*store, [](Unit& unit) { return unit.events().find_by_uid("u-1"); });
  REQUIRE(event);
  CHECK(event->title == "Засідання");
  CHECK(event->sequence == 4);
  CHECK_FALSE(event->as_read);
  const auto found = read(*store, [](Unit& unit) { return unit.events().search({"засидан"}, 10); });
  CHECK(found == std::vector{event->id});
}

TEST_CASE("the queue of an older database is taken over with its claims and its numbers") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  const auto& steps = db::sqlite::migration_steps();
  std::string schema;
  for (std::size_t i = 0; i < 5; ++i) schema += std::string(steps[i]);
  RawDatabase(path).run(
      schema + "PRAGMA user_version=5; PRAGMA application_id=" + std::to_string(db::sqlite::application_id) +
      "; INSERT INTO event (uid, position, section, number, title, kind, involvement, status,"
      " period_precision, period_deadline, period_source, zone, place, online_url, note, description,"
      " responsible_text, sequence, created, modified) VALUES ('u-1', 1, '', '', 'Звіт', 'report', 'host',"
      " 'planned', 'none', 0, '', 'Europe/Kyiv', '', '', '', '', '', 0, 0, 0);"
      " INSERT INTO reminder (id, event, occurrence, rule, recipient, reason, due, expires, event_sequence,"
      " state, message_id, attempts, lease_until, claimed_by) VALUES"
      " (7, 1, '2026-03-01', 'exact.3d', 'person:1', 'deadline', 100, 200, 0, 'sending', '<a@b>', 2, 900, "
      "'x'),"
      " (9, 1, '2026-03-01', 'exact.1d', 'person:1', 'deadline', 150, 200, 0, 'planned', '<c@d>', 0, NULL, "
      "'')");
  const auto store = open_store(path);
  const auto rows = read(*store, [](Unit& unit) { return unit.reminders().list({}); });
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].id == ReminderId{7});
  CHECK(rows[0].state == ReminderState::claimed);
  CHECK(rows[0].attempts == 2);
  CHECK(rows[0].claimed_by == "x");
  CHECK(rows[1].state == ReminderState::planned);
  CHECK(rows[1].key.event == EventId{1});
  // The old key still tells the same mail from another one, and new numbers begin after the old.
  Reminder again = rows[1];
  CHECK_FALSE(write(*store, [=](Unit& unit) { return unit.reminders().enqueue(again); }));
  again.key.rule = "exact.0d";
  CHECK(write(*store, [=](Unit& unit) { return unit.reminders().enqueue(again); }));
  CHECK(read(*store, [](Unit& unit) { return unit.reminders().list({}); }).back().id > ReminderId{9});
}

TEST_CASE("whoever came before there were days is marked on the first day of the event") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  constexpr std::size_t before_marks = 16;
  const auto& steps = db::sqlite::migration_steps();
  std::string schema;
  for (std::size_t i = 0; i < before_marks; ++i) schema += std::string(steps[i]);
  const std::string person =
      "INSERT INTO registration (event, code, party, state, format, holds_place, name, email, institution, "
      "words,"
      " language, answers, queued, submitted, settled, consent_version, consent_purpose, consent_at,"
      " consent_channel) VALUES ";
  const std::string rest = "'hall', 1, 'Явір', '', '', '', 'uk', '[]', 0, 100, 1727169000, '', '', 0, '')";
  RawDatabase(path).run(
      schema + "PRAGMA user_version=" + std::to_string(before_marks) +
      "; PRAGMA application_id=" + std::to_string(db::sqlite::application_id) +
      "; INSERT INTO event (uid, position, section, number, title, kind, involvement, status,"
      " period_precision, period_first, period_last, period_deadline, period_source, zone, place, "
      "online_url, note,"
      " description, responsible_text, sequence, created, modified) VALUES ('u-1', 1, '', '', 'Читання',"
      " 'conference', 'host', 'planned', 'date_range', '2024-09-23', '2024-09-25', 0, '', 'Europe/Kyiv', '', "
      "'',"
      " '', '', '', 0, 0, 0); " +
      person + "(1, 'c1', 'p1', 'attended', " + rest + "; " + person + "(1, 'c2', 'p2', 'registered', " +
      rest + "; " + person + "(99, 'c3', 'p3', 'attended', " + rest);
  const auto store = open_store(path);
  const auto marks = read(*store, [](Unit& unit) { return unit.registrations().marks(EventId{1}); });
  REQUIRE(marks.size() == 1);
  CHECK(marks[0].registration == RegistrationId{1});
  CHECK(marks[0].day == make_date(2024, 9, 23));
  CHECK(marks[0].here);
  CHECK(marks[0].seen == Instant{std::chrono::seconds{1727169000}});
  // Of an event that is not there any more, by the clock.
  const auto orphans = read(*store, [](Unit& unit) { return unit.registrations().marks(EventId{99}); });
  REQUIRE(orphans.size() == 1);
  CHECK(orphans[0].day == make_date(2024, 9, 24));
}

TEST_CASE("a form of an older database knows the keys that were given and those that were answered") {
  const TemporaryFolder folder;
  const auto path = folder.file("convoke.db");
  constexpr std::size_t before = 18;
  const auto& steps = db::sqlite::migration_steps();
  std::string schema;
  for (std::size_t i = 0; i < before; ++i) schema += std::string(steps[i]);
  const auto form = [](const std::string& event, const std::string& fields) {
    return " INSERT INTO registration_form (event, switched_on, moderated, waiting_list, fields, consent,"
           " keep_months, told, join_url) VALUES (" +
           event + ", 1, 0, 1, '" + fields + "', '[\"\", \"\", \"\", \"\"]', 12, '', '');";
  };
  const auto person = [](const std::string& event, const std::string& code, const std::string& answers) {
    return " INSERT INTO registration (event, code, party, state, format, holds_place, name, email, "
           "institution,"
           " words, language, answers, queued, submitted, settled, consent_version, consent_purpose, "
           "consent_at,"
           " consent_channel) VALUES (" +
           event + ", '" + code + "', '" + code + "', 'registered', 'hall', 1, 'Явір', '', '', '', 'uk', '" +
           answers + "', 0, 100, 100, '', '', 0, '');";
  };
  const std::string words = R"({"label": "", "help": "", "choices": []})";
  const std::string field = R"([{"key": "f2", "kind": "text", "required": false, "words": [)" + words + "," +
                            words + "," + words + "," + words + "]}]";
  RawDatabase(path).run(schema + "PRAGMA user_version=" + std::to_string(before) +
                        "; PRAGMA application_id=" + std::to_string(db::sqlite::application_id) + ";" +
                        form("1", "[]") + form("2", field) + form("3", field) +
                        person("1", "c1", R"([["f1", "a"], ["f12", "b"]])") + person("1", "c2", "[]") +
                        person("2", "c3", R"([["f1", "a"]])"));
  const auto store = open_store(path);
  const auto last = [&](EventId event) {
    return read(*store, [=](Unit& unit) { return unit.registrations().form(event)->last_field; });
  };
  CHECK(last(EventId{1}) == 12);
  CHECK(last(EventId{2}) == 2);
  CHECK(last(EventId{3}) == 2);
}

}  // namespace convoke::tests
