// Real plans, read in place, against what people found in them. The figures are printed; the folder is not
// part of the project.
#include "base/text.hpp"
#include "calendar/period_grammar.hpp"
#include "documents/plan_json.hpp"
#include "documents/plan_reader.hpp"
#include "tests/support/catch.hpp"

#include <boost/json.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

using namespace convoke;
namespace json = boost::json;

namespace {

const PeriodReader grammar = [](std::string_view text, std::string_view language, const PlanContext& year) {
  return calendar::read_period(text, language, year);
};

const std::filesystem::path plans = CONVOKE_SOURCE_DIR "/../shared/plans";

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Compared after white space, dashes and quotes are one; case and the rest must agree.
std::string same(std::string_view text) {
  std::string out;
  for (const char c : fold(text))
    if (c != ' ' && c != '"') out += c;
  return out;
}

std::string text_at(const json::object& row, std::string_view key) {
  const auto* value = row.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

struct Score {
  const char* name;
  int right = 0, all = 0;
  void count(bool good, const std::string& expected, const std::string& found) {
    ++all;
    right += good ? 1 : 0;
    if (!good) std::printf("  %s: expected \"%s\", found \"%s\"\n", name, expected.c_str(), found.c_str());
  }
  double share() const { return all == 0 ? 0 : static_cast<double>(right) / all; }
  void print() const { std::printf("%-14s %3d of %3d  %5.1f %%\n", name, right, all, 100 * share()); }
};

struct Scores {
  Score rows{"rows"}, periods{"periods"}, names{"names"}, kinds{"kinds"}, titles{"titles"},
      sections{"sections"}, numbers{"numbers"}, places{"places"}, posts{"posts"},
      organisations{"organisations"}, goals{"goals"};
  int invented = 0;
};

std::vector<json::object> truth_of(const std::string& stem) {
  std::vector<json::object> rows;
  std::ifstream file(plans / (stem + ".jsonl"));
  for (std::string line; std::getline(file, line);)
    if (!line.empty()) rows.push_back(json::parse(line).as_object());
  return rows;
}

std::string date_text(const json::value& value) {
  return value.is_string() ? std::string(value.as_string()) : "null";
}

std::string period_of(const json::object& period) {
  return text_at(period, "type") + " " + date_text(period.at("start")) + " " + date_text(period.at("end"));
}

void compare(const json::object& expected, const json::object& found, Scores& scores) {
  const auto check = [&](Score& score, std::string_view key) {
    score.count(same(text_at(expected, key)) == same(text_at(found, key)), text_at(expected, key),
                text_at(found, key));
  };
  check(scores.titles, "title");
  check(scores.sections, "section");
  check(scores.numbers, "number");
  check(scores.places, "place");
  scores.kinds.count(text_at(expected, "kind") == text_at(found, "kind"),
                     text_at(expected, "kind") + " for " + text_at(expected, "title"),
                     text_at(found, "kind"));
  const auto expected_period = period_of(expected.at("period").as_object());
  const auto found_period = period_of(found.at("period").as_object());
  scores.periods.count(expected_period == found_period, expected_period, found_period);
  const auto& truth = expected.at("responsible").as_array();
  const auto& read = found.at("responsible").as_array();
  // Every person, and every office without a name, at its place; one too many is a mistake too.
  for (std::size_t i = 0; i < std::max(truth.size(), read.size()); ++i) {
    const auto one = [&](const json::array& list, std::string_view key) {
      return i < list.size() ? text_at(list[i].as_object(), key) : std::string("(nobody)");
    };
    scores.names.count(one(truth, "name") == one(read, "name"), one(truth, "name"), one(read, "name"));
    if (i >= truth.size() || i >= read.size()) continue;
    scores.posts.count(same(one(truth, "post")) == same(one(read, "post")), one(truth, "post"),
                       one(read, "post"));
    scores.organisations.count(same(one(truth, "org")) == same(one(read, "organisation")), one(truth, "org"),
                               one(read, "organisation"));
  }
}

// Rows are matched by title and section, each found row once, in order.
void score_plan(const std::string& stem, Scores& scores) {
  const auto document = documents::read_document(bytes_of(plans / (stem + ".txt")), stem + ".txt");
  REQUIRE(document.has_value());
  const auto plan = documents::read_plan(*document, {grammar, std::nullopt, "Europe/Kyiv", stem + ".txt"});
  INFO((plan.has_error() ? plan.error().message : ""));
  REQUIRE(plan.has_value());
  const auto printed = json::parse(documents::plan_json(*plan)).as_object();
  std::printf("%s: %s\n", stem.c_str(), json::serialize(printed.at("plan")).c_str());
  const auto& items = printed.at("items").as_array();
  std::set<std::size_t> used;
  for (const auto& expected : truth_of(stem)) {
    const bool schedulable = expected.at("schedulable").as_bool();
    std::size_t match = items.size();
    for (std::size_t i = 0; i < items.size() && match == items.size(); ++i) {
      const auto& item = items[i].as_object();
      if (!used.contains(i) && item.at("schedulable").as_bool() == schedulable &&
          same(text_at(item, "title")) == same(text_at(expected, "title")) &&
          same(text_at(item, "period_text")) == same(text_at(expected, "period_raw")))
        match = i;
    }
    (schedulable ? scores.rows : scores.goals)
        .count(match < items.size(), text_at(expected, "title"), "nothing");
    if (match == items.size()) continue;
    used.insert(match);
    if (schedulable) compare(expected, items[match].as_object(), scores);
  }
  for (std::size_t i = 0; i < items.size(); ++i)
    if (!used.contains(i) && items[i].as_object().at("schedulable").as_bool()) {
      ++scores.invented;
      std::printf("  invented: %s\n", text_at(items[i].as_object(), "title").c_str());
    }
}

bool have_plans() {
  if (std::filesystem::exists(plans / "CONVENTIONS.md")) return true;
  WARN("skipped: the folder of real plans is not on this machine");
  return false;
}

}  // namespace

TEST_CASE("four real plans are read as people read them") {
  if (!have_plans()) return;
  Scores scores;
  for (const char* stem : {"chernihiv-2021", "polotsk-2024-2025", "hlazov-2020-2021", "chuvashia-2024"})
    score_plan(stem, scores);
  for (const auto* score :
       {&scores.rows, &scores.periods, &scores.names, &scores.kinds, &scores.titles, &scores.sections,
        &scores.numbers, &scores.places, &scores.posts, &scores.organisations, &scores.goals})
    score->print();
  std::printf("invented rows  %d\n", scores.invented);
  CHECK(scores.rows.share() >= 0.99);
  CHECK(scores.invented == 0);
  CHECK(scores.periods.share() >= 0.98);
  CHECK(scores.names.share() >= 0.97);
  CHECK(scores.kinds.share() >= 0.90);
}

TEST_CASE("the page of a department is refused as no plan and its directions are counted") {
  if (!have_plans()) return;
  const auto document =
      documents::read_document(bytes_of(plans / "kaluga-department.txt"), "kaluga-department.txt");
  REQUIRE(document.has_value());
  const auto plan =
      documents::read_plan(*document, {grammar, std::nullopt, "Europe/Moscow", "kaluga-department.txt"});
  REQUIRE(plan.has_error());
  CHECK(plan.error().code == Errc::not_a_plan);
  std::printf("%s\n", plan.error().message.c_str());
  CHECK(plan.error().message.find("14 directions of work recognised") != std::string::npos);
}
