#include "notify/gathering.hpp"

#include "notify/digest_times.hpp"
#include "notify/enqueue.hpp"
#include "notify/recipients.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

namespace convoke::notify {
namespace {

// What waits longer has gone stale in every way.
constexpr std::chrono::hours looked_back{24 * 60};

bool waits(ReminderState state) {
  return state == ReminderState::planned || state == ReminderState::retrying;
}

std::vector<Reminder> rows_of(const Composing& composing, Instant from, Instant before) {
  db::ReminderSelection selection;
  selection.recipient = composing.row.key.recipient;
  selection.due_from = from;
  selection.due_before = before;
  selection.limit = std::numeric_limits<int>::max();
  return composing.unit.reminders().list(selection);
}

Composition parked(Instant until, std::string_view why) {
  auto one = Composition::dropped(ReminderState::planned, std::string(why));
  one.again = until;
  return one;
}

bool is_digest(const Reminder& row) {
  return row.reason == ReminderReason::digest;
}

std::optional<Composition> held_by_storm(const Composing& composing) {
  const auto minute = std::chrono::floor<std::chrono::minutes>(composing.row.due);
  const auto rows = rows_of(composing, Instant{minute}, Instant{minute + std::chrono::minutes{1}});
  std::set<EventId> events;
  for (const auto& row : rows) {
    if (is_digest(row) && row.key.rule == together_rule) {
      // Gone out, or refused: what it did not take in goes by itself.
      if (!waits(row.state) && row.state != ReminderState::claimed) return std::nullopt;
      return parked(composing.now + look_again, "comes together with others");
    }
    if (is_ladder_step(row.reason) && (waits(row.state) || row.state == ReminderState::claimed))
      events.insert(row.key.event);
  }
  if (events.size() < static_cast<std::size_t>(storm_size)) return std::nullopt;
  auto one = parked(composing.now + look_again, "comes together with others");
  one.then = [row = together_row(composing.row.key.recipient, composing.row.due,
                                 domain_of(composing.row.message_id))](db::Unit& unit, Instant) {
    enqueue(unit, row);
  };
  return one;
}

}  // namespace

std::optional<Composition> held_for_digest(const Composing& composing, const Person& reader,
                                           std::string_view zone) {
  if (!is_ladder_step(composing.row.reason)) return std::nullopt;
  if (reader.rhythm == MailRhythm::each) return held_by_storm(composing);
  const Instant now = composing.now;
  for (const auto& row : rows_of(composing, now - looked_back, now + std::chrono::seconds{1}))
    if (is_digest(row) && (waits(row.state) || row.state == ReminderState::claimed))
      return parked(now + look_again, "comes with the digest");
  const Instant next = next_digest(reader.rhythm, now, zone);
  if (composing.row.expires <= next) return std::nullopt;
  auto one = parked(next, "comes with the digest");
  one.then = [row = digest_row(composing.row.key.recipient, reader.rhythm, now, zone,
                               domain_of(composing.row.message_id))](db::Unit& unit, Instant) {
    enqueue(unit, row);
  };
  return one;
}

std::vector<Reminder> gathered_for(const Composing& composing, const Person& reader, std::string_view zone) {
  const Instant now = composing.now;
  const bool by_rhythm = composing.row.key.rule != together_rule;
  const Instant next = by_rhythm ? next_digest(reader.rhythm, now, zone) : now;
  std::vector<Reminder> gathered;
  for (auto& row : rows_of(composing, now - looked_back, next + std::chrono::seconds{1})) {
    if (!is_ladder_step(row.reason) || row.expires <= now) continue;
    if (row.due > now && row.expires > next) continue;  // the next digest has it
    const bool free = waits(row.state) || (by_rhythm && row.state == ReminderState::claimed);
    if (free && gathered.size() < longest_digest) gathered.push_back(std::move(row));
  }
  return gathered;
}

std::string zone_of_reader(db::Unit& unit, const Person& reader) {
  if (const auto own = unit.organisations().find(reader.organisation)) return own->zone;
  const auto all = unit.organisations().list();
  return all.empty() ? Organisation{}.zone : all.front().zone;
}

}  // namespace convoke::notify
