#include "web/pages/calendar_desk.hpp"

#include "base/text.hpp"
#include "service/plan_table.hpp"
#include "service/series_day.hpp"
#include "web/i18n.hpp"
#include "web/pages/assets.hpp"
#include "web/pages/event_line.hpp"
#include "web/pages/links.hpp"
#include "web/pages/when.hpp"

#include <ctemplate/template_dictionary.h>
#include <boost/json.hpp>

namespace convoke::web {
namespace {

namespace json = boost::json;
using ctemplate::TemplateDictionary;

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const auto at = text.find(what);
  if (at != std::string::npos) text.replace(at, what.size(), by);
  return text;
}

// Where the script asks for entries: the filters of the page, the days are its own.
std::string entries_path(const calendar::FeedQuery& filter) {
  const auto filters = calendar::canonical(filter);
  return "/calendar/entries" + (filters.empty() ? "" : "?" + filters);
}

// Of another language the words of the plan are not.
std::string words_language(const CalendarView& view, const Event& event, Language fallback) {
  const Plan* plan = view.snapshot->find_plan(event.plan);
  return plan != nullptr ? plan->language : std::string(tag_of(fallback));
}

void fill_undated(TemplateDictionary& values, const CalendarView& view, const Frame& frame) {
  if (!frame.who || frame.who->role < AccountRole::organiser) return;
  const Language language = frame.language;
  auto& list = *values.AddSectionDictionary("UNDATED");
  const Date first = view.months.front().month / 1, last = last_of_month(first);
  if (view.undated.empty()) list.ShowSection("NOTHING_WAITS");
  for (const auto& [waiting, period, of] : view.undated) {
    const Event& event = *waiting;
    auto& item = *list.AddSectionDictionary("ITEM");
    item["ID"] = std::to_string(event.id.value) + (of ? "-" + format_iso(*of) : "");
    item["HREF"] = event_path(event.id);
    item["TITLE"] = event.title;
    item["TEXT_LANG"] = words_language(view, event, language);
    item["WHEN"] = when_text(period, language);
    show_text(item, "WHO", responsible_line(event));
    item["ACTION"] = event_path(event.id) + "/day";
    item["CSRF"] = frame.csrf;
    item["BACK"] = month_path(view.query);
    item["STAMP"] = of ? service::series_stamp(event) : service::row_stamp(event);
    item["OF"] = of ? format_iso(*of) : std::string();
    item["WAS"] = service::row_fields(event, words_language(view, event, language)).period;
    item["DAY"] = format_iso(std::clamp(view.today, first, last));
    item["LABEL"] = tr(language, "Name the day: “{title}”", {{"title", ellipsize(event.title, 60)}});
  }
}

}  // namespace

std::string calendar_words(Language language) {
  constexpr int year = 2000, day = 28;
  json::array months, days, weekdays, full_weekdays;
  for (unsigned month = 1; month <= 12; ++month) {
    const auto of_year = std::to_string(year);
    const auto in = std::chrono::year{year} / std::chrono::month{month};
    months.emplace_back(replaced(month_title(in, language), of_year, "{year}"));
    const auto written = date_text(make_date(year, month, day), language);
    days.emplace_back(replaced(replaced(written, of_year, "{year}"), std::to_string(day), "{day}"));
  }
  const Date monday = make_date(2024, 1, 1);
  for (int i = 0; i < 7; ++i) {
    weekdays.emplace_back(weekday_short(add_days(monday, i), language));
    full_weekdays.emplace_back(weekday_full(add_days(monday, i), language));
  }
  json::object words;
  words["months"] = std::move(months);
  words["days"] = std::move(days);
  words["weekdays"] = std::move(weekdays);
  words["full_weekdays"] = std::move(full_weekdays);
  words["today"] = tr(language, "Today");
  words["earlier"] = tr(language, "Earlier");
  words["later"] = tr(language, "Later");
  words["month"] = tr(language, "Month");
  words["week"] = tr(language, "Week");
  words["agenda"] = tr(language, "Day by day");
  words["all_day"] = tr(language, "all day");
  words["nothing"] = tr(language, "Nothing stands here.");
  words["close"] = tr(language, "Close");
  words["more"] = tr(language, "{n} more");
  words["worked"] = tr(language, "a working day: {name}");
  words["cancelled"] = tr(language, "cancelled");
  words["failed"] = tr(language, "The entries could not be fetched. Reload the page.");
  return json::serialize(words);
}

void fill_calendar_desk(TemplateDictionary& values, const CalendarView& view, const Frame& frame) {
  const Language language = frame.language;
  values["COMPONENT_STYLE"] = asset_address("event-calendar.min.css");
  values["CALENDAR_STYLE"] = asset_address("calendar.css");
  values["COMPONENT_SCRIPT"] = asset_address("event-calendar.min.js");
  values["READING_SCRIPT"] = asset_address("calendar_reading.js");
  values["CALENDAR_SCRIPT"] = asset_address("calendar.js");
  values["ENTRIES"] = entries_path(view.query.filter);
  values["FIRST_DAY"] = format_iso(Date(view.query.from.value() / 1));
  values["TODAY_ISO"] = format_iso(view.today);
  values["WORDS"] = calendar_words(language);
  values["HERE"] = month_path(view.query);
  fill_undated(values, view, frame);
  if (view.message == CalendarMessage::dated)
    show_text(values, "GOOD", tr(language, "The day is named; calendars and reminders follow."));
  if (view.message == CalendarMessage::changed_since)
    show_text(
        values, "BAD",
        tr(language, "Somebody changed this event in between. Look at it again before you give it a day."));
  if (!frame.who || frame.who->role < AccountRole::organiser) return;
  auto& move = *values.AddSectionDictionary("MOVE");
  move["CSRF"] = frame.csrf;
  move["QUESTION"] = tr(language, "Move “{title}” from {from} to {to}?");
}

}  // namespace convoke::web
