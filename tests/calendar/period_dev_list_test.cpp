// The grammar against lists of expressions with what people mean by them: text, language, context, type,
// first, last.
#include "calendar/period_batch.hpp"

#include "base/text.hpp"
#include "tests/support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <string>

using namespace convoke;

namespace {

struct Score {
  int right = 0;
  int all = 0;
  std::string wrong;  // a line for each
};

Score score_of(const std::filesystem::path& list) {
  Score score;
  std::ifstream file(list);
  std::string line;
  std::getline(file, line);  // the header
  while (std::getline(file, line)) {
    if (line.empty() || line.front() == '#') continue;
    const auto columns = split(line, '\t');
    const auto column = [&](std::size_t i) {
      return i < columns.size() ? std::string(columns[i]) : std::string();
    };
    const auto wanted = column(3) + "\t" + column(4) + "\t" + column(5);
    const auto read = calendar::period_batch_line(line);
    ++score.all;
    if (read && *read == wanted)
      ++score.right;
    else
      score.wrong += line + "\n    read as " + (read ? *read : read.error().message) + "\n";
  }
  return score;
}

}  // namespace

TEST_CASE("the expressions collected from real plans are read as their authors meant them") {
  const std::filesystem::path list = CONVOKE_SOURCE_DIR "/../shared/periods_dev.tsv";
  if (!std::filesystem::exists(list)) {
    WARN("skipped: there is no list of expressions at " << list);
    return;
  }
  const auto score = score_of(list);
  WARN("periods read: " << score.right << " of " << score.all << "\n" << score.wrong);
  REQUIRE(score.all > 300);
  CHECK(score.right * 100 >= score.all * 98);
}

TEST_CASE("the expressions of our own list are all read as the rules say") {
  const auto score = score_of(CONVOKE_SOURCE_DIR "/tests/calendar/period_more.tsv");
  INFO(score.wrong);
  REQUIRE(score.all >= 150);
  CHECK(score.right == score.all);
}

TEST_CASE("the expressions methodologists write in their plans are read as the rules say") {
  const auto score = score_of(CONVOKE_SOURCE_DIR "/tests/calendar/period_field.tsv");
  INFO(score.right << " of " << score.all << "\n" << score.wrong);
  REQUIRE(score.all >= 300);
  CHECK(score.right == score.all);
}
