#include "web/pages/event_day.hpp"

#include "model/programme.hpp"
#include "web/i18n.hpp"
#include "web/pages/clash_words.hpp"
#include "web/pages/event_line.hpp"
#include "web/pages/links.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {

void fill_event_day(ctemplate::TemplateDictionary& values, const Event& event, const EventDayView& view,
                    const Frame& frame) {
  if (!service::may_be_dated(event)) return;
  const Language language = frame.language;
  const auto id = std::to_string(event.id.value);
  auto& section = *values.AddSectionDictionary("CHOOSE_DAY");
  const bool several = days_of(event) > 1;
  section["HEADING"] = several                   ? tr(language, "The days")
                       : event.period.is_dated() ? tr(language, "The day")
                                                 : tr(language, "Choose the day");
  section["ACTION"] = "/manage/events/" + id + "/date";
  section["CSRF"] = frame.csrf;
  if (view.just_dated) section.ShowSection("DONE");
  for (const auto& day : view.choice.standing)
    (*section.AddSectionDictionary("CLASH"))["CLASH_TEXT"] =
        day_label(day.day, language) + ": " + standing_text(day, language);
  const Period& period = event.period;
  section["DATE_VALUE"] = period.is_dated() || several ? format_iso(*period.first) : std::string();
  section["LAST_VALUE"] = several ? format_iso(*period.last) : std::string();
  section["TIME_VALUE"] = period.time ? format_iso(*period.time) : std::string();
  section["END_VALUE"] = period.end_time ? format_iso(*period.end_time) : std::string();
  if (!view.choice.free.empty()) {
    auto& free = *section.AddSectionDictionary("FREE");
    if (period.time) show_text(free, "TIME", format_iso(*period.time));
    if (period.end_time) show_text(free, "END", format_iso(*period.end_time));
    fill_free_days(free, view.choice.free, language);
  } else if (view.choice.from <= view.choice.to) {
    section.ShowSection("NO_FREE");
  }
  if (view.poll) {
    auto& poll = *section.AddSectionDictionary("POLL");
    poll["HREF"] = "/manage/polls/" + std::to_string(view.poll->id.value);
    poll["POLL_TEXT"] = tr(language, "People have been asked which day suits them. See what they say");
  } else {
    (*section.AddSectionDictionary("ASK"))["HREF"] = "/manage/events/" + id + "/poll";
  }
}

}  // namespace convoke::web
