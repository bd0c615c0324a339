#include "service/control.hpp"

#include "base/time_zone.hpp"
#include "calendar/event_occurrences.hpp"
#include "db/store.hpp"
#include "model/programme.hpp"
#include "notify/mail_links.hpp"
#include "notify/planner.hpp"
#include "service/answer_people.hpp"
#include "service/due_items.hpp"
#include "service/reach.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace convoke::service {
namespace {

// What a mail asked for so long ago has been forgotten by everybody.
constexpr std::chrono::hours asked_lately{60 * 24};

using ItemKey = std::pair<EventId, std::string>;

struct Watch {
  Date today{};
  std::map<ItemKey, std::vector<Answer>> answers;  // oldest first
  std::map<ItemKey, Instant> asked;
  Control control;
  std::map<PlanId, PlanControl> plans;

  const std::vector<Answer>& answers_to(const Event& event, const std::string& occurrence) const {
    static const std::vector<Answer> none;
    const auto found = answers.find({event.id, occurrence});
    return found == answers.end() ? none : found->second;
  }

  // The moment at which it was first said to be done, unless that was sent back.
  std::optional<Instant> done_at(const Event& event, const std::string& occurrence) const {
    for (const auto& one : answers_to(event, occurrence))
      if (closes(one)) return one.at;
    return std::nullopt;
  }

  ControlRow row_of(const Event& event, const std::string& occurrence, Date due) const {
    ControlRow row;
    row.event = event;
    row.occurrence = occurrence;
    row.due = due;
    const auto& given = answers_to(event, occurrence);
    row.answers.assign(given.rbegin(), given.rend());
    const auto mail = asked.find({event.id, occurrence});
    if (mail != asked.end()) row.asked = mail->second;
    return row;
  }

  void judge(const Event& event, const std::string& occurrence, Date due) {
    auto& plan = plans[event.plan];
    const auto said = done_at(event, occurrence);
    const bool held = event.status == EventStatus::held && occurrence.empty();
    const bool done = held || said;
    if (due < today || (done && due <= today)) {
      const bool late = said && is_work(event) && civil_date(*said, notify::zone_of(event)) > due;
      for (auto* count : {&control.discipline, &plan.discipline}) {
        ++count->due;
        if (done) ++count->done;
        if (done && !late) ++count->in_time;
      }
    }
    if (done) return;
    auto row = row_of(event, occurrence, due);
    const bool answered = !row.answers.empty() && row.asked && row.answers.front().at >= *row.asked;
    if (row.asked && !answered) control.unanswered.push_back(row);
    if (due < today) {
      ++plan.overdue;
      control.overdue.push_back(std::move(row));
    } else if (due <= add_days(today, days_ahead)) {
      ++plan.coming;
      control.coming.push_back(std::move(row));
    }
  }

  void look_at(const Event& event) {
    if (event.status == EventStatus::cancelled) return;
    if (event.period.precision == Precision::recurring) {
      if (is_frequent(event) || !event.period.has_dates()) return;
      const Date last = std::min(*event.period.last, add_days(today, days_ahead));
      for (const auto& one : calendar::event_occurrences(event, *event.period.first, last))
        if (!one.cancelled) judge(calendar::as_on(event, one), one.key, one.last);
      return;
    }
    if (is_due_once(event)) judge(event, {}, *event.period.last);
    const bool open = is_open(event.status) && event.period.is_vague() && !done_at(event, {});
    if (open && *event.period.first <= add_days(today, days_before_period)) {
      ++plans[event.plan].undated;
      control.undated.push_back(row_of(event, {}, *event.period.last));
    }
  }
};

void read_answers(db::Unit& unit, Watch& watch) {
  for (auto& answer : unit.answers().since(Instant{})) {
    ItemKey key{answer.event, answer.occurrence};
    watch.answers[std::move(key)].push_back(std::move(answer));
  }
}

// When each item was last asked about. `events`: those that are looked at.
void read_mails(db::Unit& unit, const std::map<EventId, Event>& events, Instant now, Watch& watch) {
  db::ReminderSelection selection;
  selection.state = ReminderState::sent;
  selection.due_from = now - asked_lately;
  selection.due_before = now + std::chrono::seconds{1};
  selection.limit = std::numeric_limits<int>::max();
  for (const auto& row : unit.reminders().list(selection)) {
    const auto event = events.find(row.key.event);
    if (event == events.end() || !is_ladder_step(row.reason) || notify::answer_of(row.key.occurrence))
      continue;
    auto& last = watch.asked[{row.key.event, notify::answered_occurrence(event->second, row)}];
    last = std::max(last, row.settled.value_or(row.due));
  }
}

void sort_rows(Control& control) {
  const auto by_day = [](const ControlRow& a, const ControlRow& b) { return a.due < b.due; };
  std::stable_sort(control.overdue.begin(), control.overdue.end(), by_day);
  std::stable_sort(control.coming.begin(), control.coming.end(), by_day);
  std::stable_sort(control.unanswered.begin(), control.unanswered.end(), by_day);
  std::stable_sort(
      control.undated.begin(), control.undated.end(),
      [](const ControlRow& a, const ControlRow& b) { return *a.event.period.first < *b.event.period.first; });
}

void add_pending(db::Unit& unit, const std::map<EventId, Event>& events, Watch& watch) {
  for (auto& answer : unit.answers().pending()) {
    const auto event = events.find(answer.event);
    if (event == events.end()) continue;
    ++watch.plans[event->second.plan].pending;
    PendingRow row;
    row.event = event->second;
    if (!answer.occurrence.empty()) {
      const Event& whole = event->second;
      for (const auto& one :
           calendar::event_occurrences(whole, *whole.period.first, add_days(*whole.period.last, 366)))
        if (one.key == answer.occurrence) row.event = calendar::as_on(whole, one);
    }
    row.answer = std::move(answer);
    watch.control.pending.push_back(std::move(row));
  }
}

}  // namespace

Control control_in(db::Unit& unit, const ControlScope& scope, Date today, Instant now) {
  Watch watch;
  watch.today = watch.control.today = today;
  std::map<EventId, Event> events;
  const Reach reach(unit, scope.within);
  unit.events().each([&](Event event) {
    if (event.source || event.kind == EventKind::goal || is_talk(event)) return;
    if (!reach.holds(event.organisation)) return;
    if (scope.chosen && !scope.chosen(event)) return;
    const auto id = event.id;
    events.emplace(id, std::move(event));
  });
  read_answers(unit, watch);
  read_mails(unit, events, now, watch);
  // The counts of each plan need all of them; the lists only what was chosen.
  Watch others = watch;
  std::map<EventId, Event> chosen;
  for (const auto& [id, event] : events) {
    if (scope.plan && event.plan != *scope.plan)
      others.look_at(event);
    else
      watch.look_at(event), chosen.emplace(id, event);
  }
  add_pending(unit, chosen, watch);
  for (auto& [id, one] : others.plans) watch.plans.emplace(id, one);
  for (const auto& one : unit.plans().list()) {
    const auto found = watch.plans.find(one.id);
    if (found == watch.plans.end()) continue;
    found->second.plan = one.id;
    found->second.title = one.title;
    watch.control.plans.push_back(found->second);
  }
  if (const auto none = watch.plans.find(PlanId{}); none != watch.plans.end())
    watch.control.plans.push_back(none->second);
  sort_rows(watch.control);
  return std::move(watch.control);
}

Deferred<Control> control_of(Context& context, OrganisationId within, std::optional<PlanId> plan) {
  const Instant now = context.clock.now();
  const Date today = civil_date(now, context.settings.default_zone);
  ControlScope scope;
  scope.within = within;
  scope.plan = plan;
  return context.store.read(
      [scope = std::move(scope), today, now](db::Unit& unit) { return control_in(unit, scope, today, now); });
}

}  // namespace convoke::service
