#include "notify/overview.hpp"

#include "base/time_zone.hpp"
#include "calendar/event_occurrences.hpp"
#include "model/programme.hpp"
#include "notify/directory.hpp"
#include "notify/mail_links.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace convoke::notify {
namespace {

constexpr std::chrono::hours failures_looked_back{7 * 24};

using Item = std::pair<EventId, std::string>;

// Series that nobody reports on: a mail each week would be noise.
bool is_frequent(const Event& event) {
  const auto& series = event.period.recurrence;
  return series && (series->frequency == Frequency::daily || series->frequency == Frequency::weekly ||
                    series->frequency == Frequency::biweekly);
}

struct Collector {
  Overview overview;
  std::map<EventId, Event> events;
  std::map<Item, Instant> asked, answered, closed;

  void note_answer(const Answer& answer) {
    const Item item{answer.event, answer.occurrence};
    auto& last = answered[item];
    last = std::max(last, answer.at);
    if (closes(answer)) closed.emplace(item, answer.at);
  }

  void judge(const Event& event, const std::string& occurrence, Date due) {
    const Item item{event.id, occurrence};
    if (closed.contains(item)) return;
    const Date today = overview.today;
    if (const auto mail = asked.find(item); mail != asked.end()) {
      const auto answer = answered.find(item);
      if (answer == answered.end() || answer->second < mail->second)
        overview.unanswered.push_back({event, civil_date(mail->second, zone_of(event))});
    }
    if (due < today && due >= add_days(today, -overview_overdue_days))
      overview.overdue.push_back({event, due});
    if (due >= today && due < add_days(today, overview_days)) overview.due.push_back({event, due});
  }

  void look_at(const Event& event) {
    if (!is_open(event.status) || event.kind == EventKind::goal || event.source || is_talk(event)) return;
    const Period& period = event.period;
    if (!period.has_dates() || period.is_all_year() || period.precision == Precision::by_other_plan) return;
    const Date today = overview.today;
    if (period.precision == Precision::recurring) {
      if (is_frequent(event)) return;
      const Date from = std::max(*period.first, add_days(today, -overview_overdue_days));
      const Date to = std::min(*period.last, add_days(today, overview_days));
      for (const auto& one : calendar::event_occurrences(event, from, to))
        if (!one.cancelled) judge(calendar::as_on(event, one), one.key, one.last);
      return;
    }
    judge(event, {}, *period.last);
    if (period.is_vague() && !closed.contains({event.id, {}}) && *period.last >= today &&
        *period.first <= add_days(today, overview_undated_days))
      overview.undated.push_back({event, *period.first});
  }
};

void read_mails(db::Unit& unit, Instant now, Collector& collector) {
  db::ReminderSelection selection;
  selection.due_before = now + std::chrono::seconds{1};
  selection.limit = std::numeric_limits<int>::max();
  selection.state = ReminderState::sent;
  selection.due_from = now - std::chrono::hours{24} * overview_silence_days;
  for (const auto& row : unit.reminders().list(selection)) {
    const auto event = collector.events.find(row.key.event);
    if (event == collector.events.end() || !is_ladder_step(row.reason)) continue;
    auto& last = collector.asked[{row.key.event, answered_occurrence(event->second, row)}];
    last = std::max(last, row.settled.value_or(row.due));
  }
}

void read_failures(db::Unit& unit, OrganisationId organisation, Instant now, Collector& collector) {
  db::ReminderSelection selection;
  selection.due_before = now + std::chrono::seconds{1};
  selection.limit = std::numeric_limits<int>::max();
  selection.state = ReminderState::failed;
  selection.due_from = now - failures_looked_back;
  for (const auto& row : unit.reminders().list(selection)) {
    if (row.reason == ReminderReason::hook || row.reason == ReminderReason::undeliverable) continue;
    Overview::Lost lost;
    lost.why = row.last_error;
    const auto event = collector.events.find(row.key.event);
    if (event != collector.events.end()) lost.event = event->second;
    const auto id = person_of_key(row.key.recipient);
    const auto person = id ? unit.people().find(*id) : std::nullopt;
    lost.who = person ? person->name : row.key.recipient;
    const bool ours = lost.event.id || (person && person->organisation == organisation);
    if (ours) collector.overview.lost.push_back(std::move(lost));
  }
}

void sort_by_day(std::vector<Overview::Line>& lines) {
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Overview::Line& a, const Overview::Line& b) { return a.day < b.day; });
}

}  // namespace

Overview overview_of(db::Unit& unit, OrganisationId organisation, Instant now, const std::string& zone) {
  Collector collector;
  collector.overview.today = civil_date(now, zone);
  unit.events().each([&](Event event) {
    if (event.organisation == organisation) collector.events.emplace(event.id, std::move(event));
  });
  for (const auto& answer : unit.answers().since(Instant{})) collector.note_answer(answer);
  read_mails(unit, now, collector);
  for (const auto& [id, event] : collector.events) collector.look_at(event);
  for (auto& answer : unit.answers().pending()) {
    const auto event = collector.events.find(answer.event);
    if (event != collector.events.end())
      collector.overview.waiting.push_back({std::move(answer), event->second});
  }
  read_failures(unit, organisation, now, collector);
  auto& overview = collector.overview;
  for (auto* lines : {&overview.due, &overview.overdue, &overview.unanswered, &overview.undated})
    sort_by_day(*lines);
  return std::move(collector.overview);
}

}  // namespace convoke::notify
