// Events and people that the cases of notify share. Invented.
#pragma once

#include "base/time_zone.hpp"
#include "model/event.hpp"
#include "model/person.hpp"
#include "model/reminder_rules.hpp"
#include "notify/message.hpp"

#include <string>

namespace convoke::notify::samples {

inline Instant at(std::string_view text) {
  return parse_iso_instant(text).value();
}

inline Responsible somebody(std::string name, PersonId person = {}) {
  Responsible responsible;
  responsible.person = person;
  responsible.name = std::move(name);
  return responsible;
}

inline Responsible office(std::string post, std::string organisation = {}) {
  Responsible responsible;
  responsible.post = std::move(post);
  responsible.organisation = std::move(organisation);
  return responsible;
}

inline Event event_with(Period period) {
  Event event;
  event.id = EventId{7};
  event.uid = "3f1c2b7e-9f52-4c59-8a0f-2f6f0d1f7a11";
  event.title = "Круглий стіл «Бібліотека і громада»";
  event.kind = EventKind::round_table;
  event.zone = "Europe/Kyiv";
  event.place = "Читальна зала, вул. Липова, 3";
  event.period = std::move(period);
  event.responsible = {somebody("Ярмак О.П.", PersonId{12}), office("методист")};
  event.sequence = 2;
  event.created = event.modified = at("2024-09-01T08:00:00Z");
  return event;
}

inline Event dated_event(Date day = make_date(2024, 11, 14),
                         std::optional<TimeOfDay> time = std::chrono::hours{10}) {
  return event_with(make_dated(day, time));
}

inline Event deadline_event(Date day) {
  Event event = event_with(make_dated(day));
  event.period.deadline = true;
  event.kind = EventKind::report;
  return event;
}

inline Period span(Precision precision, Date first, Date last) {
  Period period;
  period.precision = precision;
  period.first = first;
  period.last = last;
  return period;
}

inline Event month_event(int year = 2024, unsigned month = 11) {
  const Date first = make_date(year, month, 1);
  return event_with(span(Precision::month, first, last_of_month(first)));
}

inline Event recurring_event(Frequency frequency) {
  Event event = event_with(span(Precision::recurring, make_date(2024, 1, 1), make_date(2024, 12, 31)));
  event.period.recurrence = Recurrence{};
  event.period.recurrence->frequency = frequency;
  return event;
}

inline Person person(std::string name, std::string email, Language language = Language::uk) {
  Person one;
  one.id = PersonId{12};
  one.name = std::move(name);
  one.email = std::move(email);
  one.language = language;
  return one;
}

// Few rules, on any day of the week: 14, 3 and 1 days before what has a day, and for a month "fix the date"
// 30 days ahead, then 14 and 3 days before its end. Saved without a scope they are everybody's.
inline ReminderRules few_rules() {
  ReminderRules set;
  const auto add = [&](const char* id, Applies applies, Anchor anchor, int offset, ReminderReason reason) {
    set.rules.push_back(
        {id, applies, anchor, offset, false, ReminderRule::default_time, reason, Tells::responsible});
  };
  add("exact.14d", Applies::dated, Anchor::start, -14, ReminderReason::upcoming);
  add("exact.3d", Applies::dated, Anchor::start, -3, ReminderReason::upcoming);
  add("exact.1d", Applies::dated, Anchor::start, -1, ReminderReason::upcoming);
  add("fix_date.30d", Applies::vague, Anchor::start, -30, ReminderReason::fix_date);
  add("vague.14d", Applies::vague, Anchor::end, -14, ReminderReason::deadline);
  add("vague.3d", Applies::vague, Anchor::end, -3, ReminderReason::deadline);
  set.on_days_off = true;
  return set;
}

inline MailSettings mail_settings() {
  MailSettings settings;
  settings.from = {"", "plans@example.org"};
  settings.base_url = "https://plans.example.org";
  settings.association = "Об'єднання бібліотек Лугового району";
  return settings;
}

}  // namespace convoke::notify::samples
