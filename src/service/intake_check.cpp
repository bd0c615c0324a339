#include "service/intake_check.hpp"

#include "base/text.hpp"
#include "model/person.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace convoke::service {
namespace {

// Warnings that leave open what the document says; all others tell how it was understood.
constexpr std::array<std::string_view, 12> doubts = {
    "joined:",
    "title: the row has no title",
    "period: no date could be read",
    "period: no period could be read",
    "period: the date depends",
    "period: there is no such date",
    "period: the text is too long",
    "period: the text has too many",
    "period: the weekday does not fit",
    "person: a comma seems to be missing",
    "person: the cell breaks off",
    "period: last year it said",
};

}  // namespace

RowField field_of_warning(std::string_view warning) {
  const auto word = warning.substr(0, warning.find(':'));
  if (word == "period") return RowField::period;
  if (word == "kind") return RowField::kind;
  if (word == "person") return RowField::responsible;
  if (word == "place") return RowField::place;
  if (word == "title" || word == "number" || word == "edition") return RowField::title;
  return RowField::row;
}

Certainty certainty_of_warning(std::string_view warning) {
  const bool doubtful = std::any_of(doubts.begin(), doubts.end(),
                                    [&](std::string_view doubt) { return warning.starts_with(doubt); });
  return doubtful ? Certainty::doubtful : Certainty::guessed;
}

Certainty certainty_of(const DraftRow& row, RowField field) {
  Certainty worst = Certainty::certain;
  for (const auto& warning : row.item.warnings)
    if (field_of_warning(warning) == field) worst = std::max(worst, certainty_of_warning(warning));
  return worst;
}

Certainty certainty_of(const DraftRow& row) {
  Certainty worst = Certainty::certain;
  for (const auto& warning : row.item.warnings) worst = std::max(worst, certainty_of_warning(warning));
  return worst;
}

void put_right(DraftRow& row, unsigned fields) {
  row.put_right |= fields;
  std::erase_if(row.item.warnings,
                [&](const std::string& warning) { return has(fields, field_of_warning(warning)); });
}

IntakeTotals totals_of(const IntakeDraft& draft) {
  IntakeTotals totals;
  std::set<std::string> sections, persons, bodies;
  for (const auto& row : draft.rows) {
    if (row.left_out) {
      ++totals.left_out;
      continue;
    }
    const Event& event = row.item.event;
    ++totals.rows;
    if (!event.section.empty()) sections.insert(event.section);
    for (const auto& who : event.responsible) {
      if (!who.name.empty())
        persons.insert(name_key(who.name));
      else if (!who.post.empty() && bodies.insert(fold(who.post)).second)
        totals.bodies.push_back(who.post);
    }
    const auto precision = event.period.precision;
    totals.undated += precision == Precision::none ? 1 : 0;
    totals.by_other_plan += precision == Precision::by_other_plan ? 1 : 0;
    totals.ongoing += event.period.is_all_year() ? 1 : 0;
    if (precision == Precision::recurring) {
      ++totals.recurring;
      const auto& rule = event.period.recurrence;
      totals.quarterly += rule && rule->frequency == Frequency::quarterly ? 1 : 0;
    }
    const auto certainty = certainty_of(row);
    totals.guessed += certainty == Certainty::guessed ? 1 : 0;
    totals.doubtful += certainty == Certainty::doubtful ? 1 : 0;
  }
  totals.sections = static_cast<int>(sections.size());
  totals.persons = static_cast<int>(persons.size());
  return totals;
}

}  // namespace convoke::service
