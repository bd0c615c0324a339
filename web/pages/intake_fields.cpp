#include "web/pages/intake_fields.hpp"

#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/intake_words.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

void add_choice(TemplateDictionary& values, const char* section, const std::string& value,
                const std::string& label, bool chosen) {
  auto& choice = *values.AddSectionDictionary(section);
  choice["VALUE"] = value;
  choice["LABEL"] = label;
  if (chosen) choice.ShowSection("CHOSEN");
}

}  // namespace

void fill_year_choices(TemplateDictionary& values, const std::string& chosen, Date today, Language language,
                       bool or_read) {
  if (or_read) add_choice(values, "YEAR", "", tr(language, "As the document says"), chosen.empty());
  const int year = static_cast<int>(today.year());
  constexpr int before = 3, after = 2;
  std::vector<PlanContext> years;
  for (int one = year + after; one >= year - before; --one) {
    years.push_back(PlanContext::academic_year(one));
    years.push_back(PlanContext::calendar_year(one));
  }
  const auto other = year_of_value(chosen);
  if (other && std::find(years.begin(), years.end(), *other) == years.end())
    years.insert(years.begin(), *other);
  for (const auto& one : years)
    add_choice(values, "YEAR", year_value(one), year_words(one, language), year_value(one) == chosen);
}

void fill_kind_choices(TemplateDictionary& values, const char* section, std::optional<EventKind> chosen,
                       Language language) {
  for (std::size_t i = 0; i < event_kind_count; ++i) {
    const auto kind = static_cast<EventKind>(i);
    if (kind == EventKind::goal) continue;
    add_choice(values, section, std::string(name_of(kind)), capitalise(calendar::kind_label(kind, language)),
               chosen == kind);
  }
}

std::vector<Organisation> reached_organisations(const std::vector<Organisation>& organisations,
                                                const service::SignedIn* who) {
  std::vector<Organisation> reached;
  for (const auto& one : organisations)
    if (who == nullptr || service::reaches(*who, one.id)) reached.push_back(one);
  return reached;
}

void fill_organisation_choices(TemplateDictionary& values, const std::vector<Organisation>& organisations,
                               OrganisationId chosen) {
  for (const auto& one : organisations)
    add_choice(values, "ORGANISATION", std::to_string(one.id.value), one.name, one.id == chosen);
}

}  // namespace convoke::web
