#include "web/pages/entry_line.hpp"

#include "base/time_zone.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/frame.hpp"
#include "web/pages/links.hpp"
#include "web/pages/when.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

using service::FeedEntry;

TimeOfDay time_of(Instant instant, const std::string& zone) {
  return std::chrono::floor<TimeOfDay>(to_civil(instant, zone).time);
}

}  // namespace

std::string entry_when(const FeedEntry& entry, Language language) {
  std::string when = date_text(entry.first, language);
  if (entry.start && entry.end) {
    const auto last = civil_date(*entry.end, entry.zone);
    when += ", " + format_iso(time_of(*entry.start, entry.zone)) + "–";
    if (last != entry.first && *entry.end - *entry.start >= std::chrono::hours{24})
      when += date_text(last, language) + ", ";
    return when + format_iso(time_of(*entry.end, entry.zone));
  }
  if (entry.due) return tr(language, "by {day}", {{"day", date_text(entry.last, language)}});
  if (entry.last != entry.first) when += " – " + date_text(entry.last, language);
  return when;
}

std::string entry_machine_time(const FeedEntry& entry) {
  if (!entry.start) return format_iso(entry.first);
  return format_iso(entry.first) + "T" + format_iso(time_of(*entry.start, entry.zone));
}

void fill_entry_line(ctemplate::TemplateDictionary& values, const FeedEntry& entry, Language language,
                     const std::string& base_url) {
  const auto href = base_url + event_path(entry.event->id);
  values["HREF"] = href;
  (*values.AddSectionDictionary("PAGE"))["HREF"] = href;
  values["TITLE"] = entry.title;
  values["DAY"] = std::to_string(static_cast<unsigned>(entry.first.day()));
  values["DAY_NAME"] = weekday_short(entry.first, language);
  values["WHEN"] = entry_when(entry, language);
  values["ISO"] = entry_machine_time(entry);
  if (entry.cancelled) values.ShowSection("CANCELLED");
  if (entry.not_yet_dated) values.ShowSection("NOT_YET");
  show_text(values, "PLACE", entry.place);
}

}  // namespace convoke::web
