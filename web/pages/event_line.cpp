#include "web/pages/event_line.hpp"

#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/frame.hpp"
#include "web/pages/links.hpp"
#include "web/pages/when.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

const char* status_label(EventStatus status) {
  switch (status) {
    case EventStatus::held:
      return "held";
    case EventStatus::moved:
      return "moved";
    case EventStatus::cancelled:
      return "cancelled";
    case EventStatus::planned:
    case EventStatus::dated:
      break;
  }
  return nullptr;
}

void fill_day(ctemplate::TemplateDictionary& values, const Event& event, Language language) {
  const Period& period = event.period;
  const bool has_day = period.first && (period.is_dated() || period.precision == Precision::date_range);
  if (!has_day) {
    values.ShowSection("VAGUE");
    return;
  }
  const Date day = period.deadline && period.last ? *period.last : *period.first;
  auto& known = *values.AddSectionDictionary("DAY_KNOWN");
  known["DAY"] = std::to_string(static_cast<unsigned>(day.day()));
  known["WEEKDAY"] = weekday_short(day, language);
}

}  // namespace

void fill_status(ctemplate::TemplateDictionary& values, const Event& event, Language language) {
  if (event.status == EventStatus::cancelled) values.ShowSection("CANCELLED");
  const char* label = status_label(event.status);
  if (label == nullptr) return;
  auto& status = *values.AddSectionDictionary("STATUS");
  status["STATUS_NAME"] = std::string(name_of(event.status));
  status["STATUS_LABEL"] = tr(language, label);
}

bool awaits_day(const Event& event) {
  return is_open(event.status) && event.period.is_vague();
}

std::string responsible_line(const Event& event) {
  std::vector<std::string> names;
  for (const auto& one : event.responsible) names.push_back(one.name.empty() ? one.post : one.name);
  return names.empty() ? event.responsible_text : join(names, ", ");
}

void fill_event_line(ctemplate::TemplateDictionary& values, const Event& event, Language language,
                     const std::string* source) {
  values["HREF"] = event_path(event.id);
  values["TITLE"] = event.title;
  values["KIND"] = std::string(name_of(event.kind));
  values["KIND_LABEL"] = capitalise(calendar::kind_label(event.kind, language));
  fill_status(values, event, language);
  if (source != nullptr) show_text(values, "SOURCE", tr(language, "from {name}", {{"name", *source}}));
  fill_day(values, event, language);
  if (awaits_day(event)) values.ShowSection("OPEN_DAY");
  const auto machine = machine_time(event.period);
  if (machine.empty()) {
    values.ShowSection("NO_ISO");
  } else {
    auto& iso = *values.AddSectionDictionary("ISO");
    iso["ISO_VALUE"] = machine;
  }
  values["WHEN"] = when_text(event.period, language);
  show_text(values, "PLACE", event.place);
  show_text(values, "WHO", responsible_line(event));
}

}  // namespace convoke::web
