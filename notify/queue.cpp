#include "notify/queue.hpp"

#include "base/time_zone.hpp"
#include "notify/enqueue.hpp"
#include "notify/hooks.hpp"
#include "notify/mail_links.hpp"
#include "notify/planner.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace convoke::notify {
namespace {

bool waits(const Reminder& row) {
  return row.state == ReminderState::planned || row.state == ReminderState::claimed ||
         row.state == ReminderState::retrying;
}

// Whether `row` may stay for `wanted`. A claimed row is not touched: taking it back and reviving it would
// send the mail twice.
bool still_right(const Reminder& row, const Reminder& wanted) {
  return row.state == ReminderState::claimed ||
         (row.due == wanted.due && row.expires == wanted.expires && row.reason == wanted.reason);
}

// The dispatcher turns a due row for an office, or for somebody on leave, into one row for each person and
// supersedes it; those rows belong to it and stay for as long as it is wanted.
bool belongs_to_spread_group(const Reminder& row, const std::vector<Reminder>& rows,
                             const std::map<ReminderKey, Reminder>& wanted, Instant now) {
  if (!is_person_key(row.key.recipient) && !account_of_key(row.key.recipient)) return false;
  return row.due <= now && std::any_of(rows.begin(), rows.end(), [&](const Reminder& group) {
           if (group.key.recipient == row.key.recipient || group.state != ReminderState::superseded)
             return false;
           if (group.key.occurrence != row.key.occurrence || group.key.rule != row.key.rule) return false;
           const auto match = wanted.find(group.key);
           return match != wanted.end() && match->second.due == row.due;
         });
}

// What is owed because something happened or was answered is no rule's to take back.
std::vector<Reminder> rows_of_rules(db::Unit& unit, EventId event) {
  db::ReminderSelection selection;
  selection.event = event;
  selection.limit = std::numeric_limits<int>::max();
  auto rows = unit.reminders().list(selection);
  std::erase_if(rows, [](const Reminder& row) {
    return !(is_ladder_step(row.reason) || follows_ladder(row)) || answer_of(row.key.occurrence);
  });
  return rows;
}

std::map<ReminderKey, Reminder> wanted_of(db::Unit& unit, const Event& event, Instant now,
                                          const Planning& planning) {
  std::map<ReminderKey, Reminder> wanted;
  if (!applies_to(event)) return wanted;
  const auto sets = unit.rule_sets().list();
  auto planned = plan_reminders(event, recipient_keys(event), rules_for(event, sets), now, planning,
                                unit.answers().closed(event.id));
  for (auto& reminder : hook_reminders(hooks_for(unit, event), planned))
    wanted.emplace(reminder.key, std::move(reminder));
  for (auto& reminder : planned) wanted.emplace(reminder.key, std::move(reminder));
  return wanted;
}

}  // namespace

QueueChange replan(db::Unit& unit, const Event& event, Instant now, const Planning& planning) {
  const auto wanted = wanted_of(unit, event, now, planning);
  QueueChange change;
  const auto rows = rows_of_rules(unit, event.id);
  std::set<ReminderKey> settled;  // wanted, and nothing is to be done about it
  for (const auto& row : rows) {
    const auto match = wanted.find(row.key);
    if (waits(row)) {
      const bool stays = match == wanted.end() ? belongs_to_spread_group(row, rows, wanted, now)
                                               : still_right(row, match->second);
      if (!stays) {
        unit.reminders().supersede(row.id, now);
        ++change.superseded;
        continue;  // when wanted at another time, it is revived below
      }
    } else if (row.state == ReminderState::superseded) {
      // What was taken back and whose time has come is over: an office's row that was spread must not come
      // again.
      if (match != wanted.end() && match->second.due <= now) settled.insert(row.key);
      continue;
    } else if (match == wanted.end()) {
      continue;  // history of a date that was moved away from
    }
    ++change.kept;
    settled.insert(row.key);
  }
  for (const auto& [key, reminder] : wanted) {
    // A receiver that is new need not hear what it missed.
    const bool past_hook = reminder.state == ReminderState::missed && follows_ladder(reminder);
    if (past_hook || settled.contains(key) || !enqueue(unit, reminder)) continue;
    ++(reminder.state == ReminderState::missed ? change.missed : change.planned);
  }
  return change;
}

std::vector<PreviewRow> preview(const PreviewInput& input, Date from, Date to) {
  std::vector<PreviewRow> rows;
  const AddressBook book(input.directory);
  for (const auto& event : input.events) {
    const std::string zone = zone_of(event);
    const Instant first = to_instant(from, TimeOfDay{0}, zone);
    const auto closed = input.closed.find(event.id);
    for (auto& reminder :
         plan_reminders(event, recipient_keys(event), rules_for(event, input.sets), first, input.planning,
                        closed == input.closed.end() ? std::vector<std::string>{} : closed->second)) {
      const Date day = civil_date(reminder.due, zone);
      if (day < from || day > to) continue;
      const auto addressees = book.resolve(reminder.key.recipient, occasion_of(event, day));
      PreviewRow row{std::move(reminder), event.title, {}, std::string(text_of(addressees.why))};
      for (const auto& one : addressees.to) row.people.push_back(one.person);
      rows.push_back(std::move(row));
    }
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const PreviewRow& a, const PreviewRow& b) { return a.reminder.due < b.reminder.due; });
  return rows;
}

}  // namespace convoke::notify
