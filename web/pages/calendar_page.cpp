#include "web/pages/calendar_page.hpp"

#include "base/text.hpp"
#include "web/i18n.hpp"
#include "web/pages/calendar_desk.hpp"
#include "web/pages/links.hpp"
#include "web/pages/new_event_page.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::CalendarMonth;
using service::DayEntry;
using std::chrono::months;

// Characters of a title in the box of a month on the wall.
constexpr std::size_t longest_wall_title = 70;

std::string calendar_path(const char* base, const HomeQuery& query) {
  const auto filters = calendar::canonical(query.filter);
  std::string path = base;
  if (query.from) path += "?from=" + format_month(*query.from);
  if (!filters.empty()) path += (query.from ? "&" : "?") + filters;
  return path;
}

HomeQuery moved(HomeQuery query, months by) {
  *query.from += by;
  return query;
}

void fill_entry(TemplateDictionary& values, const DayEntry& entry) {
  values["HREF"] = event_path(entry.event->id);
  values["TITLE"] = entry.title;
  values["KIND"] = std::string(name_of(entry.event->kind));
  if (entry.time) show_text(values, "TIME", format_iso(*entry.time));
  if (entry.cancelled) values.ShowSection("CANCELLED");
  if (entry.goes_on) values.ShowSection("GOES_ON");
}

void fill_day(TemplateDictionary& week, Date day, const CalendarMonth& month, const CalendarView& view,
              Language language) {
  auto& cell = *week.AddSectionDictionary("DAY");
  cell["NUMBER"] = std::to_string(static_cast<unsigned>(day.day()));
  cell["ISO_VALUE"] = format_iso(day);
  cell["NAME"] = weekday_short(day, language);
  if (day == view.today) cell.ShowSection("TODAY");
  bool off = is_weekend(day);
  bool named = false;
  for (const auto& one : view.named_days) {
    if (one.day != day) continue;
    off = one.off;
    named = true;
    auto& name = *cell.AddSectionDictionary("NAMED");
    name["NAME"] = one.off ? one.name : tr(language, "a working day: {name}", {{"name", one.name}});
  }
  if (off) cell.ShowSection("WEEKEND");
  const bool outside = month_of(day) != month.month;
  if (outside) cell.ShowSection("OUTSIDE");
  const auto found = outside ? month.days.end() : month.days.find(day);
  if (found == month.days.end()) {
    if (outside || !named) cell.ShowSection("EMPTY");
    return;
  }
  const auto& entries = found->second;
  for (std::size_t i = 0; i < std::min(entries.size(), most_day_entries); ++i)
    fill_entry(*cell.AddSectionDictionary("ENTRY"), entries[i]);
  if (entries.size() > most_day_entries)
    show_text(
        cell, "MORE",
        trn(language, "and {n} more", "and {n} more", static_cast<long>(entries.size() - most_day_entries)));
}

void fill_weeks(TemplateDictionary& values, const CalendarMonth& month, const CalendarView& view,
                Language language) {
  const Date first = Date(month.month / 1), last = Date(month.month / std::chrono::last);
  const auto before = static_cast<int>(std::chrono::weekday(to_days(first)).iso_encoding()) - 1;
  Date day = add_days(first, -before);
  for (int i = 0; i < 7; ++i) {
    auto& head = *values.AddSectionDictionary("WEEKDAY");
    head["NAME"] = weekday_short(add_days(day, i), language);
    head["FULL_NAME"] = weekday_full(add_days(day, i), language);
  }
  while (day <= last) {
    auto& week = *values.AddSectionDictionary("WEEK");
    for (int i = 0; i < 7; ++i, day = add_days(day, 1)) fill_day(week, day, month, view, language);
  }
}

void fill_vague(TemplateDictionary& values, const CalendarMonth& month, Language language) {
  if (month.vague.empty()) return;
  auto& section = *values.AddSectionDictionary("VAGUE");
  for (const Event* event : month.vague) {
    auto& row = *section.AddSectionDictionary("EVENT");
    row["HREF"] = event_path(event->id);
    row["TITLE"] = event->title;
    row["WHEN"] = when_text(event->period, language);
  }
}

void fill_links(TemplateDictionary& values, const CalendarView& view, const Frame& frame, bool year) {
  const Language language = frame.language;
  const auto& query = view.query;
  const auto path = year ? year_path : month_path;
  const months step{year ? service::year_months : 1};
  const auto link = [&](const char* name, months by) {
    const auto other = moved(query, by);
    auto& values_of = *values.AddSectionDictionary(name);
    values_of["HREF"] = path(other);
    values_of["TEXT"] = month_title(*other.from, language);
  };
  if (static_cast<int>(query.from->year()) > first_year) link("EARLIER", -step);
  if (static_cast<int>(query.from->year()) < last_year - 2) link("LATER", step);
  if (frame.who && frame.who->role >= AccountRole::organiser)
    (*values.AddSectionDictionary("ADD"))["HREF"] = new_event_path;
  values["LIST_HREF"] = home_path(query);
  values["MONTH_HREF"] = month_path(query);
  values["YEAR_HREF"] = year_path(year ? query : HomeQuery{query.filter, {}});
}

// A box of the wall: the days that are known, then what waits for one.
void fill_box(TemplateDictionary& box, const CalendarMonth& month, const CalendarView& view,
              Language language) {
  HomeQuery query = view.query;
  query.from = month.month;
  box["NAME"] = month_title(month.month, language);
  box["HREF"] = month_path(query);
  for (const auto& one : view.named_days)
    if (one.off && month_of(one.day) == month.month) {
      auto& holiday = *box.AddSectionDictionary("HOLIDAY");
      holiday["DAY"] = std::to_string(static_cast<unsigned>(one.day.day()));
      holiday["NAME"] = one.name;
    }
  for (const auto& [day, entries] : month.days)
    for (const auto& entry : entries) {
      if (entry.goes_on) continue;
      auto& row = *box.AddSectionDictionary("ENTRY");
      fill_entry(row, entry);
      row["TITLE"] = ellipsize_words(entry.title, longest_wall_title);
      row["DAY"] = std::to_string(static_cast<unsigned>(day.day()));
    }
  for (const Event* event : month.vague) {
    // What spans several months stands in the first of them only.
    if (event->period.first && month_of(*event->period.first) < month.month &&
        month.month != view.months.front().month)
      continue;
    auto& row = *box.AddSectionDictionary("OPEN");
    row["HREF"] = event_path(event->id);
    row["TITLE"] = ellipsize_words(event->title, longest_wall_title);
  }
  if (month.days.empty() && month.vague.empty()) box.ShowSection("NOTHING");
}

void fill_load(TemplateDictionary& values, const CalendarView& view, Language language) {
  const auto load = service::load_of(view.months, language);
  if (load.empty()) return;
  auto& table = *values.AddSectionDictionary("LOAD");
  for (const auto& month : view.months) {
    auto& head = *table.AddSectionDictionary("MONTH");
    head["SHORT"] = format_month(month.month).substr(5);
    head["NAME"] = month_title(month.month, language);
  }
  for (const auto& person : load) {
    auto& row = *table.AddSectionDictionary("PERSON");
    row["NAME"] = person.name;
    for (std::size_t i = 0; i < view.months.size(); ++i)
      (*row.AddSectionDictionary("CELL"))["VALUE"] =
          person.of.at(i) > 0 ? std::to_string(person.of.at(i)) : "";
  }
}

}  // namespace

std::string month_path(const HomeQuery& query) {
  return calendar_path("/calendar", query);
}

std::string year_path(const HomeQuery& query) {
  return calendar_path("/calendar/year", query);
}

std::string render_month(const CalendarView& view, const Frame& frame) {
  const Language language = frame.language;
  const auto& month = view.months.front();
  TemplateDictionary values("calendar_month");
  const auto heading = month_title(month.month, language);
  fill_frame(values, frame, heading, Place::calendar, view.query.filter);
  values["HEADING"] = heading;
  fill_links(values, view, frame, false);
  fill_weeks(values, month, view, language);
  if (view.undated.empty()) fill_vague(values, month, language);
  fill_calendar_desk(values, view, frame);
  if (month.days.empty() && month.vague.empty()) values.ShowSection("NOTHING");
  return render_template("calendar_month.html", language, values);
}

std::string render_year(const CalendarView& view, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("calendar_year");
  const auto heading = tr(language, "{first} – {last}",
                          {{"first", month_title(view.months.front().month, language)},
                           {"last", month_title(view.months.back().month, language)}});
  fill_frame(values, frame, heading, Place::calendar, view.query.filter);
  values["HEADING"] = heading;
  const auto& organisations = view.snapshot->organisations;
  if (organisations.size() == 1) show_text(values, "LEDE", organisations.front().name);
  fill_links(values, view, frame, true);
  for (const auto& month : view.months) fill_box(*values.AddSectionDictionary("BOX"), month, view, language);
  fill_load(values, view, language);
  return render_template("calendar_year.html", language, values);
}

}  // namespace convoke::web
