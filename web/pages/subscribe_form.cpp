#include "web/pages/subscribe_form.hpp"

#include "base/text.hpp"
#include "web/i18n.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

using calendar::FeedQuery;
using calendar::VaguePeriods;
using ctemplate::TemplateDictionary;

// The names of what is chosen, as the closed box says them.
constexpr std::size_t longest_choice_text = 60;

std::string chosen_text(const FeedChoiceGroup& group, Language language) {
  std::vector<std::string> names;
  for (const auto& choice : group.choices)
    if (choice.chosen) names.push_back(choice.text);
  return names.empty() ? tr(language, "any") : ellipsize(join(names, ", "), longest_choice_text);
}

void fill_group(TemplateDictionary& values, const FeedChoiceGroup& group, Language language) {
  auto& section = *values.AddSectionDictionary("GROUP");
  section["LABEL"] = group.label;
  section["KEY"] = group.key;
  section["CHOSEN_TEXT"] = chosen_text(group, language);
  bool open = group.key == "kind";
  for (const auto& choice : group.choices) {
    auto& box = *section.AddSectionDictionary("BOX");
    box["VALUE"] = choice.value;
    box["TEXT"] = choice.text;
    box["EVENTS"] = std::to_string(choice.events);
    if (choice.chosen) box.ShowSection("CHECKED");
    open = open || choice.chosen;
  }
  if (open) section.ShowSection("OPEN");
}

void add_option(TemplateDictionary& values, const char* section, const std::string& value,
                const std::string& text, bool selected) {
  auto& option = *values.AddSectionDictionary(section);
  option["VALUE"] = value;
  option["TEXT"] = text;
  if (selected) option.ShowSection("SELECTED");
}

void fill_view(TemplateDictionary& values, const FeedQuery& query, Language language) {
  const auto add_periods = [&](VaguePeriods periods, const std::string& text) {
    // The default stays out of the address.
    const auto value =
        periods == VaguePeriods::deadline ? std::string() : std::string(calendar::name_of(periods));
    add_option(values, "PERIODS", value, text, query.periods == periods);
  };
  add_periods(VaguePeriods::deadline, tr(language, "on the last working day of their period"));
  add_periods(VaguePeriods::span, tr(language, "over their whole period"));
  add_periods(VaguePeriods::todo, tr(language, "as tasks, in programs that have tasks"));
  add_periods(VaguePeriods::hide, tr(language, "not at all, until the day is fixed"));
  add_option(values, "FEED_LANG", "", tr(language, "of the association"), !query.language);
  constexpr const char* own_names[] = {"Українська", "Беларуская", "Русский", "English"};
  for (const Language one : all_languages)
    add_option(values, "FEED_LANG", std::string(tag_of(one)), own_names[static_cast<std::size_t>(one)],
               query.language == one);
  if (query.alarms) values.ShowSection("ALARMS");
  if (query.alarms || query.language || query.periods != VaguePeriods::deadline)
    values.ShowSection("VIEW_OPEN");
}

}  // namespace

void fill_subscribe_form(TemplateDictionary& values, const FeedQuery& query,
                         const std::vector<FeedChoiceGroup>& groups, Language language) {
  for (const auto& group : groups) fill_group(values, group, language);
  values["Q"] = query.text;
  if (query.from) values["FROM"] = format_iso(*query.from);
  if (query.to) values["TO"] = format_iso(*query.to);
  if (!query.text.empty() || query.from || query.to) values.ShowSection("MORE_OPEN");
  fill_view(values, query, language);
}

}  // namespace convoke::web
