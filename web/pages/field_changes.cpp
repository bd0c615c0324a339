#include "web/pages/field_changes.hpp"

#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/event_line.hpp"
#include "web/pages/plan_words.hpp"
#include "web/pages/when.hpp"

#include <functional>
#include <utility>

namespace convoke::web {
namespace {

std::string status_text(const Event& event, Language language) {
  switch (event.status) {
    case EventStatus::planned:
      return tr(language, "planned");
    case EventStatus::dated:
      return tr(language, "the day is set");
    case EventStatus::held:
      return tr(language, "held");
    case EventStatus::moved:
      return tr(language, "moved");
    case EventStatus::cancelled:
      break;
  }
  return tr(language, "cancelled");
}

std::string period_text(const Event& event, Language language) {
  auto text = when_text(event.period, language);
  if (event.period.time) text += ", " + zone_text(event.zone);
  return text;
}

std::string label_of(std::string_view field, Language language) {
  if (field == "online_url") return tr(language, "Address online");
  if (field == "description") return tr(language, "Description");
  if (field == "agenda") return tr(language, "Agenda");
  if (field == "audience") return tr(language, "For whom");
  if (field == "contact") return tr(language, "Contact");
  if (field == "attended") return tr(language, "People who came");
  if (field == "outcome") return tr(language, "Result");
  if (field == "minutes_url") return tr(language, "Minutes");
  return field_label(field, language);
}

using Text = std::function<std::string(const Event&)>;

std::vector<std::pair<std::string, Text>> fields_of(Language language) {
  return {
      {"title", [](const Event& e) { return e.title; }},
      {"kind", [language](const Event& e) { return std::string(calendar::kind_label(e.kind, language)); }},
      {"status", [language](const Event& e) { return status_text(e, language); }},
      {"period", [language](const Event& e) { return period_text(e, language); }},
      {"place", [](const Event& e) { return e.place; }},
      {"online_url", [](const Event& e) { return e.online_url; }},
      {"responsible",
       [](const Event& e) { return e.responsible_text.empty() ? responsible_line(e) : e.responsible_text; }},
      {"section", [](const Event& e) { return e.section; }},
      {"number", [](const Event& e) { return e.number; }},
      {"note", [](const Event& e) { return e.note; }},
      {"description", [](const Event& e) { return e.description; }},
      {"agenda", [](const Event& e) { return join(e.agenda, "; "); }},
      {"audience", [](const Event& e) { return join(e.audience, "; "); }},
      {"contact", [](const Event& e) { return e.contact; }},
      {"attended", [](const Event& e) { return e.attended ? std::to_string(*e.attended) : std::string(); }},
      {"outcome", [](const Event& e) { return e.outcome; }},
      {"minutes_url", [](const Event& e) { return e.minutes_url; }},
  };
}

}  // namespace

std::vector<FieldChange> field_changes(const Event& was, const Event& now, Language language) {
  std::vector<FieldChange> changes;
  for (const auto& [field, text] : fields_of(language)) {
    auto before = text(was), after = text(now);
    if (before == after) continue;
    changes.push_back({field, label_of(field, language), ellipsize(before, longest_shown_value),
                       ellipsize(after, longest_shown_value)});
  }
  return changes;
}

std::string change_line(const FieldChange& change) {
  const auto shown = [](const std::string& text) { return text.empty() ? std::string("—") : text; };
  return change.label + ": " + shown(change.was) + " → " + shown(change.now);
}

}  // namespace convoke::web
