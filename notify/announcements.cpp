#include "notify/announcements.hpp"

#include "base/time_zone.hpp"
#include "calendar/itip.hpp"
#include "notify/enqueue.hpp"
#include "notify/participation.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace convoke::notify {
namespace {

constexpr std::string_view invitation_rule = "invitation", cancellation_rule = "cancellation";

bool waits(const Reminder& row) {
  return row.state == ReminderState::planned || row.state == ReminderState::retrying;
}

bool left(const Reminder& row) {
  return row.state == ReminderState::sent || row.state == ReminderState::claimed;
}

// When the last day of the event is over; nothing without dates. The end of a time of day is not told from
// that of its day: a lesson that was moved this morning is still worth a mail.
std::optional<Instant> end_of(const Event& event) {
  if (!event.period.has_dates()) return std::nullopt;
  Date last = *event.period.last;
  for (const auto& one : event.overrides) last = std::max(last, one.date.value_or(last));
  return to_instant(add_days(last, 1), TimeOfDay{0}, zone_of(event));
}

// What an invitation is about. A note or a file that is added is in the feed and in the next reminder.
bool same_invitation(const Event& a, const Event& b) {
  const auto when = [](const Event& event) {
    Period period = event.period;
    period.source_text.clear();
    return period;
  };
  return when(a) == when(b) && std::tie(a.zone, a.title, a.place, a.online_url, a.overrides) ==
                                   std::tie(b.zone, b.title, b.place, b.online_url, b.overrides);
}

// What somebody was sent about the event.
struct Heard {
  bool invited = false;  // since they were last told that it ends
  bool asked = false;    // the same, of a mail to a responsible
  bool anything = false;
};

class Announcer {
 public:
  Announcer(db::Unit& unit, const Event& event, const std::string& domain, Instant now)
      : unit_(unit), event_(event), domain_(domain), now_(now) {
    db::ReminderSelection selection;
    selection.event = event.id;
    selection.limit = std::numeric_limits<int>::max();
    rows_ = unit.reminders().list(selection);
  }

  Announced run(const Event* before);

 private:
  std::map<std::string, Heard> heard() const;
  void supersede(ReminderReason reason, const std::string& recipient = {});
  bool queue(ReminderReason reason, const std::string& recipient);
  void cancel_all();
  void end_for_others(const Event& before);
  void invite(const Event* before);

  db::Unit& unit_;
  const Event& event_;
  const std::string& domain_;
  const Instant now_;
  std::vector<Reminder> rows_;
  Announced done_;
};

// By recipient key, of mails that left. Each is for one person.
std::map<std::string, Heard> Announcer::heard() const {
  auto rows = rows_;
  std::erase_if(rows, [](const Reminder& row) { return !left(row) || !is_person_key(row.key.recipient); });
  std::sort(rows.begin(), rows.end(), [](const Reminder& a, const Reminder& b) {
    return std::tuple(a.event_sequence, a.due, a.id) < std::tuple(b.event_sequence, b.due, b.id);
  });
  std::map<std::string, Heard> found;
  for (const auto& row : rows) {
    Heard& one = found[row.key.recipient];
    if (row.reason == ReminderReason::cancellation) {
      one = {};
      continue;
    }
    one.anything = true;
    one.invited = one.invited || row.reason == ReminderReason::invitation;
    one.asked = one.asked || (row.reason != ReminderReason::overdue && is_ladder_step(row.reason));
  }
  return found;
}

void Announcer::supersede(ReminderReason reason, const std::string& recipient) {
  for (const auto& row : rows_) {
    if (row.reason != reason || !waits(row) || (!recipient.empty() && row.key.recipient != recipient))
      continue;
    unit_.reminders().supersede(row.id, now_);
    ++done_.superseded;
  }
}

bool Announcer::queue(ReminderReason reason, const std::string& recipient) {
  const auto end = end_of(event_);
  if (end && *end <= now_) return false;
  Reminder row;
  const auto rule = reason == ReminderReason::invitation ? invitation_rule : cancellation_rule;
  row.key = {event_.id, std::string(rule) + "/" + std::to_string(event_.sequence), std::string(rule),
             recipient};
  row.reason = reason;
  row.due = now_ + announcement_delay;
  constexpr std::chrono::hours without_a_day{24 * 7};
  row.expires = std::max(end.value_or(now_ + without_a_day), row.due + std::chrono::hours{1});
  row.event_sequence = event_.sequence;
  row.message_id = stable_message_id(event_.uid, row.key, domain_);
  return enqueue(unit_, row);
}

void Announcer::cancel_all() {
  for (const auto& [recipient, what] : heard())
    if (what.anything && queue(ReminderReason::cancellation, recipient)) ++done_.cancellations;
}

// Those who are out of it since this change.
void Announcer::end_for_others(const Event& before) {
  const auto now_keys = recipient_keys(event_);
  auto gone = recipient_keys(before);
  std::erase_if(gone, [&](const std::string& key) {
    return std::find(now_keys.begin(), now_keys.end(), key) != now_keys.end();
  });
  if (gone.empty()) return;
  for (const auto& key : gone) supersede(ReminderReason::invitation, key);
  for (const auto& [recipient, what] : heard()) {
    if (!what.invited && !what.asked) continue;
    if (stands_behind(unit_, event_, *person_of_key(recipient), now_)) continue;
    supersede(ReminderReason::invitation, recipient);
    if (queue(ReminderReason::cancellation, recipient)) ++done_.cancellations;
  }
}

void Announcer::invite(const Event* before) {
  const bool was_known = before != nullptr && calendar::can_be_attended(*before);
  const auto ask = [&](const std::string& recipient) {
    if (queue(ReminderReason::invitation, recipient)) ++done_.invitations;
  };
  if (!calendar::can_be_attended(event_)) {
    if (!was_known) return;
    supersede(ReminderReason::invitation);
    for (const auto& [recipient, what] : heard())
      if (what.invited && stands_behind(unit_, event_, *person_of_key(recipient), now_)) ask(recipient);
    return;
  }
  const auto keys = recipient_keys(event_);
  if (was_known && same_invitation(*before, event_)) {
    const auto known = recipient_keys(*before);
    for (const auto& key : keys)
      if (std::find(known.begin(), known.end(), key) == known.end()) ask(key);
    return;
  }
  supersede(ReminderReason::invitation);
  for (const auto& key : keys) ask(key);
}

Announced Announcer::run(const Event* before) {
  if (event_.source) return {};
  const bool was_open = before == nullptr || is_open(before->status);
  if (!is_open(event_.status)) {
    supersede(ReminderReason::invitation);
    if (event_.status == EventStatus::cancelled && was_open) cancel_all();
    return done_;
  }
  if (!was_open) supersede(ReminderReason::cancellation);
  if (before != nullptr) end_for_others(*before);
  invite(before);
  return done_;
}

}  // namespace

Announced announce(db::Unit& unit, const Event* before, const Event& after, const std::string& message_domain,
                   Instant now) {
  return Announcer(unit, after, message_domain, now).run(before);
}

}  // namespace convoke::notify
