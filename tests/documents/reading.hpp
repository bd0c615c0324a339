// Reading a plan in a test, and a row of it as one line that a table of expectations can hold.
#pragma once

#include "base/text.hpp"
#include "calendar/period_grammar.hpp"
#include "documents/plan_reader.hpp"

#include <fstream>
#include <iterator>
#include <string>

namespace reading {

inline const convoke::PeriodReader grammar = [](std::string_view text, std::string_view language,
                                                const convoke::PlanContext& year) {
  return convoke::calendar::read_period(text, language, year);
};

inline std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline convoke::Result<convoke::ImportedPlan> plan(std::string_view bytes, const std::string& name) {
  const auto document = convoke::documents::read_document(bytes, name);
  if (!document) return document.error();
  return convoke::documents::read_plan(*document, {grammar, std::nullopt, "Europe/Kyiv", name});
}

// "section|number|title|month 2025-03-01 2025-03-31|Бойчук Н.П., методистка; члени ради|seminar|place"
inline std::string line(const convoke::ImportedItem& item) {
  const auto& event = item.event;
  std::string people;
  for (const auto& person : event.responsible) {
    if (!people.empty()) people += "; ";
    people += person.name;
    if (!person.post.empty()) people += (person.name.empty() ? "" : ", ") + person.post;
    if (!person.organisation.empty()) people += " @ " + person.organisation;
  }
  std::string period(convoke::type_name(event.period.precision));
  if (event.period.has_dates())
    period += " " + convoke::format_iso(*event.period.first) + " " + convoke::format_iso(*event.period.last);
  return event.section + "|" + event.number + "|" + event.title + "|" + period + "|" + people + "|" +
         std::string(name_of(event.kind)) + "|" + event.place;
}

inline std::vector<std::string> lines(const convoke::ImportedPlan& plan) {
  std::vector<std::string> out;
  for (const auto& item : plan.items) out.push_back(line(item));
  return out;
}

}  // namespace reading
