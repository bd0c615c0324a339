#include "web/pages/series_day_page.hpp"

#include "base/text.hpp"
#include "web/i18n.hpp"
#include "web/pages/links.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/when.hpp"
#include "web/pages/written_fields.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <array>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::DayWords;

// What is wrong with a field, said beside it.
std::string problem_text(const std::string& field, Language language) {
  if (field == "date")
    return tr(language, "This is no day. Choose it in the field, or write it like 2024-11-14.");
  if (field == "time") return tr(language, "An end needs a beginning, and comes after it.");
  return tr(language, "This is too long, or has signs in it that cannot be shown.");
}

constexpr std::array<WrittenField<DayWords>, 6> text_fields = {{{"date", "DATE", &DayWords::date},
                                                                {"time", "TIME", &DayWords::time},
                                                                {"end_time", "END_TIME", &DayWords::end_time},
                                                                {"title", "TITLE", &DayWords::title},
                                                                {"place", "PLACE", &DayWords::place},
                                                                {"note", "NOTE", &DayWords::note}}};

bool differs(const SeriesDayPage& page) {
  for (const auto& one : page.event->overrides)
    if (one.day == page.day.day) return true;
  return false;
}

}  // namespace

std::string series_day_path(EventId event, Date day) {
  return "/manage/events/" + std::to_string(event.value) + "/days/" + format_iso(day);
}

std::string render_series_day(const SeriesDayPage& page, const Frame& frame) {
  const Event& event = *page.event;
  const Language language = frame.language;
  TemplateDictionary values("day of a series");
  fill_manage_frame(values, frame, tr(language, "One day of the series"), Desk::plans);
  values["CSRF"] = frame.csrf;
  values["ACTION"] = series_day_path(event.id, page.day.day);
  values["HREF"] = event_path(event.id) + "#coming";
  values["EVENT_TITLE"] = event.title;
  values["WHEN"] = when_text(calendar::as_on(event, page.day).period, language);
  values["STAMP"] = service::series_stamp(event);
  if (page.overtaken) values.ShowSection("OVERTAKEN");
  if (!page.problem.empty()) values.ShowSection("REFUSED");
  values.ShowSection(page.day.cancelled ? "OFF" : "ON");
  if (differs(page)) values.ShowSection("DIFFERS");
  fill_written(values, text_fields, page.typed, service::words_of(event, page.day), page.overtaken,
               page.problem, language, problem_text);
  return render_template("manage_series_day.html", language, values);
}

}  // namespace convoke::web
