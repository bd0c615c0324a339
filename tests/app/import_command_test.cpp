// What `convoke import` says and stores for a calendar file.
#include "app/commands.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_store.hpp"

#include <boost/json.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

using namespace convoke;

namespace {

// Runs a command with what it prints kept aside.
class Run {
 public:
  explicit Run(const std::vector<std::string>& arguments) {
    auto* const shown = std::cout.rdbuf(out_.rdbuf());
    auto* const warned = std::cerr.rdbuf(err_.rdbuf());
    code = app::run_command(arguments);
    std::cout.rdbuf(shown);
    std::cerr.rdbuf(warned);
  }
  std::string out() const { return out_.str(); }
  std::string err() const { return err_.str(); }

  int code = 0;

 private:
  std::ostringstream out_, err_;
};

std::string calendar_of(const std::string& events) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n" + events + "END:VCALENDAR\r\n";
}

const std::string seminar =
    "BEGIN:VEVENT\r\nUID:n-1\r\nDTSTAMP:20260901T000000Z\r\nDTSTART;VALUE=DATE:20261014\r\n"
    "SUMMARY:Семінар\r\nEND:VEVENT\r\n";
const std::string without_start =
    "BEGIN:VEVENT\r\nUID:n-2\r\nDTSTAMP:20260901T000000Z\r\nSUMMARY:Лекція\r\nEND:VEVENT\r\n";

struct Files {
  tests::TemporaryFolder folder;
  std::string calendar = folder.file("x.ics");
  std::string database = folder.file("convoke.db");

  Run import(const std::string& bytes, std::vector<std::string> options) const {
    std::ofstream(calendar, std::ios::binary) << bytes;
    options.insert(options.begin(), {"import", calendar, "--database", "sqlite:" + database});
    return Run(options);
  }
};

}  // namespace

TEST_CASE("the events of a calendar file are printed as JSON with what was left out") {
  const Files files;
  const auto run = files.import(calendar_of(seminar + without_start), {"--json"});
  CHECK(run.code == 0);
  const auto read = boost::json::parse(run.out()).as_object();
  REQUIRE(read.at("events").as_array().size() == 1);
  CHECK(
      boost::json::serialize(read.at("events")) ==
      "[{\"uid\":\"n-1\",\"title\":\"Семінар\",\"period\":{\"type\":\"exact_date\",\"start\":\"2026-10-14\","
      "\"end\":\"2026-10-14\"}}]");
  CHECK(read.at("warnings").as_array().size() == 1);
  CHECK(std::filesystem::exists(files.database));
}

TEST_CASE("a rehearsal with a calendar file shows its events and stores nothing") {
  const Files files;
  const auto run = files.import(calendar_of(seminar), {"--dry-run"});
  CHECK(run.code == 0);
  CHECK(run.out().starts_with("Семінар\t"));
  CHECK(boost::json::parse(files.import(calendar_of(seminar), {"--dry-run", "--json"}).out()).is_object());
  CHECK_FALSE(std::filesystem::exists(files.database));
}

TEST_CASE("a calendar file without events is refused in one line") {
  const Files files;
  for (const std::vector<std::string>& options :
       {std::vector<std::string>{}, {"--json"}, {"--dry-run"}, {"--dry-run", "--json"}}) {
    const auto run = files.import(calendar_of(without_start), options);
    CHECK(run.code == 2);
    CHECK(run.out().empty());
    CHECK(run.err().find('\n') + 1 == run.err().size());
  }
}
