#include "web/pages/calendars_page.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/links.hpp"
#include "web/pages/when.hpp"
#include "web/qr.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <array>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

constexpr std::array all_scopes{PersonalScope::responsible, PersonalScope::association,
                                PersonalScope::registrations};

void add_option(TemplateDictionary& values, const std::string& list, const std::string& value,
                const std::string& text, bool selected) {
  auto& option = *values.AddSectionDictionary(list);
  option["VALUE"] = value;
  option["TEXT"] = text;
  if (selected) option.ShowSection("SELECTED");
}

void fill_kinds(TemplateDictionary& values, const std::vector<EventKind>& chosen, Language language) {
  for (std::size_t i = 0; i < event_kind_count; ++i) {
    const auto kind = static_cast<EventKind>(i);
    if (kind == EventKind::goal) continue;
    const bool selected = std::find(chosen.begin(), chosen.end(), kind) != chosen.end();
    add_option(values, "KIND", std::string(name_of(kind)), capitalise(calendar::kind_label(kind, language)),
               selected);
  }
}

void fill_periods(TemplateDictionary& values, calendar::VaguePeriods chosen, Language language) {
  using calendar::VaguePeriods;
  const auto add = [&](VaguePeriods periods, const char* name, const std::string& text) {
    add_option(values, "PERIODS", name, text, chosen == periods);
  };
  add(VaguePeriods::deadline, "deadline", tr(language, "one entry at the end of the month or quarter"));
  add(VaguePeriods::span, "span", tr(language, "an entry over the whole month or quarter"));
  add(VaguePeriods::todo, "todo", tr(language, "a task"));
  add(VaguePeriods::hide, "hide", tr(language, "nothing until the day is fixed"));
}

void fill_languages(TemplateDictionary& values, std::optional<Language> chosen, Language present) {
  constexpr std::array<const char*, all_languages.size()> names = {"Українська", "Беларуская", "Русский",
                                                                   "English"};
  for (const auto language : all_languages)
    add_option(values, "WORDS", std::string(tag_of(language)), names.at(static_cast<std::size_t>(language)),
               language == chosen.value_or(present));
}

void fill_form(TemplateDictionary& values, const Frame& frame, const CalendarsView& view) {
  values["CSRF"] = frame.csrf;
  values["NAME"] = view.name;
  values["LONGEST"] = std::to_string(service::longest_calendar_name);
  for (const auto scope : all_scopes)
    add_option(values, "SCOPE", std::string(name_of(scope)), scope_text(scope, frame.language),
               scope == view.scope);
  fill_kinds(values, view.query.kinds, frame.language);
  fill_periods(values, view.query.periods, frame.language);
  fill_languages(values, view.query.language, frame.language);
  if (view.query.alarms) values.ShowSection("ALARMS");
  if (!frame.who->person) values.ShowSection("NO_PERSON");
  if (view.state.problem)
    show_text(values, "PROBLEM", problem_text(*view.state.problem, frame.language, view.state.wait));
}

void fill_calendar(TemplateDictionary& values, const PersonalCalendar& calendar, const CalendarsView& view,
                   const Frame& frame) {
  values["NAME"] = calendar.name;
  values["SCOPE_TEXT"] = scope_text(calendar.scope, frame.language);
  show_text(values, "FILTERS", filters_text(calendar.query, frame.language));
  values["MADE"] = date_text(civil_date(calendar.created, view.zone), frame.language);
  values["READ"] = last_read_text(calendar, view.now, frame.language);
  if (calendar.revoked) {
    values.ShowSection("REVOKED");
    return;
  }
  auto& revoke = *values.AddSectionDictionary("REVOKE");
  revoke["ACTION"] = "/calendars/" + std::to_string(calendar.id.value) + "/revoke";
  revoke["CSRF"] = frame.csrf;
}

}  // namespace

std::string render_calendars(const Frame& frame, const CalendarsView& view) {
  TemplateDictionary values("calendars");
  fill_frame(values, frame, tr(frame.language, "My calendars"), Place::calendars);
  if (view.calendars.empty()) values.ShowSection("NONE");
  for (const auto& calendar : view.calendars)
    if (!calendar.revoked) fill_calendar(*values.AddSectionDictionary("CALENDAR"), calendar, view, frame);
  const auto revoked = std::count_if(view.calendars.begin(), view.calendars.end(),
                                     [](const auto& calendar) { return calendar.revoked.has_value(); });
  if (revoked > 0) {
    auto& past = *values.AddSectionDictionary("PAST");
    past["COUNT"] = std::to_string(revoked);
    for (const auto& calendar : view.calendars)
      if (calendar.revoked) fill_calendar(*past.AddSectionDictionary("CALENDAR"), calendar, view, frame);
  }
  fill_form(values, frame, view);
  return render_template("calendars.html", frame.language, values);
}

std::string render_calendar_made(const Frame& frame, const std::string& name, const std::string& path) {
  const auto language = frame.language;
  const auto links = feed_links(frame.base_url, path, name);
  TemplateDictionary values("calendar_made");
  fill_frame(values, frame, tr(language, "Your calendar is ready"), Place::calendars);
  values["NAME"] = name;
  values["WEBCAL"] = links.webcal;
  if (!links.google.empty()) (*values.AddSectionDictionary("GOOGLE"))["HREF"] = links.google;
  if (!links.outlook.empty()) (*values.AddSectionDictionary("OUTLOOK"))["HREF"] = links.outlook;
  values["HTTPS"] = links.https;
  if (const auto code = qr_svg("webcal:" + links.webcal, tr(language, "The address as a QR code")))
    (*values.AddSectionDictionary("QR"))["QR_SVG"] = *code;
  return render_template("calendar_made.html", language, values);
}

}  // namespace convoke::web
