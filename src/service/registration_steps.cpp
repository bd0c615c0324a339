#include "service/registration_steps.hpp"

#include "base/digest.hpp"
#include "base/time_zone.hpp"
#include "notify/enqueue.hpp"
#include "notify/planner.hpp"
#include "notify/registration_links.hpp"
#include "service/registration_files.hpp"

#include <algorithm>
#include <set>

namespace convoke::service {
namespace {

// How long a mail about a state is of use.
constexpr std::chrono::hours mail_lifetime{14 * 24};

Instant end_of_day(Date day, const std::string& zone) {
  return to_instant(add_days(day, 1), TimeOfDay{0}, zone);
}

bool may_take(RegistrationStep step, const RegistrationForm& form) {
  if (step == RegistrationStep::confirm) return !form.moderated;
  return step == RegistrationStep::approve || step == RegistrationStep::promote;
}

std::optional<ReminderReason> reason_of(RegistrationStep step, RegistrationState to) {
  if (step == RegistrationStep::promote) return ReminderReason::registration_promoted;
  if (step == RegistrationStep::attend || step == RegistrationStep::undo_door) return std::nullopt;
  return mail_of(to);
}

void settle(const RegistrationWork& work, Registration& one, RegistrationStep step, RegistrationState to) {
  one.state = to;
  one.settled = work.now;
  one.held_until.reset();
  if (step == RegistrationStep::confirm) one.confirmed = work.now;
  // Whoever was promoted keeps the number: it tells that the order held.
  if (to == RegistrationState::waiting) one.queued = work.unit.registrations().next_queued(one.event);
  if (one.id)
    work.unit.registrations().update(one);
  else
    one.id = work.unit.registrations().insert(one);
}

}  // namespace

std::optional<Instant> begins_at(const Event& event) {
  const auto& period = event.period;
  if (!period.first || period.is_vague()) return std::nullopt;
  const auto zone = notify::zone_of(event);
  return period.time ? to_instant(*period.first, *period.time, zone) : end_of_day(*period.first, zone);
}

std::optional<Instant> ends_at(const Event& event) {
  const auto& period = event.period;
  if (!period.last || period.is_vague()) return std::nullopt;
  const auto zone = notify::zone_of(event);
  return period.end_time ? to_instant(*period.last, *period.end_time, zone) : end_of_day(*period.last, zone);
}

std::optional<Instant> last_moment(const Event& event) {
  const auto& period = event.period;
  if (const auto begins = begins_at(event); begins && period.precision != Precision::recurring) return begins;
  if (!period.last) return std::nullopt;
  return end_of_day(*period.last, notify::zone_of(event));
}

Result<RegistrationState> take_step(const RegistrationWork& work, const RegistrationForm& form,
                                    std::vector<Registration>& members, RegistrationStep step) {
  auto& places = work.unit.registrations();
  auto& first = members.front();
  const auto from = first.state;
  const auto format = first.format;
  const int count = static_cast<int>(members.size());
  const bool held = std::ranges::all_of(members, &Registration::holds_place);
  // Whoever comes now stands behind those who wait already.
  const bool queue_first = step != RegistrationStep::promote && places.anybody_waits(first.event, format);
  const bool took = !held && may_take(step, form) && !queue_first && places.take(first.event, format, count);
  const auto to = next_state(from, step, Circumstances(form.moderated, held || took, form.waiting_list));
  if (!to) {
    if (took) places.give_back(first.event, format, count);
    return to.error();
  }
  const bool holds = takes_part(*to) || (*to == RegistrationState::pending && held);
  const bool gone = *to == RegistrationState::cancelled || *to == RegistrationState::lapsed;
  for (auto& one : members) {
    if (gone) drop_files(work, form, one);
    one.holds_place = holds;
    settle(work, one, step, *to);
  }
  if (const auto reason = reason_of(step, *to)) queue_mail(work, first, *reason);
  if (held && !holds) {
    places.give_back(first.event, format, count);
    promote_waiting(work, form, format);
  }
  // A large party that gave up may have been what the others waited for.
  if (from == RegistrationState::waiting && step != RegistrationStep::promote)
    promote_waiting(work, form, format);
  return *to;
}

int promote_waiting(const RegistrationWork& work, const RegistrationForm& form, AttendanceFormat format) {
  int promoted = 0;
  for (auto next = work.unit.registrations().first_waiting(form.event, format); !next.empty();
       next = work.unit.registrations().first_waiting(form.event, format)) {
    if (!take_step(work, form, next, RegistrationStep::promote)) break;
    promoted += static_cast<int>(next.size());
  }
  return promoted;
}

std::optional<ReminderReason> mail_of(RegistrationState state) {
  switch (state) {
    case RegistrationState::submitted:
      return ReminderReason::registration_confirm;
    case RegistrationState::pending:
      return ReminderReason::registration_pending;
    case RegistrationState::waiting:
      return ReminderReason::registration_waiting;
    case RegistrationState::registered:
      return ReminderReason::registration_done;
    case RegistrationState::cancelled:
      return ReminderReason::registration_cancelled;
    case RegistrationState::refused:
      return ReminderReason::registration_refused;
    case RegistrationState::attended:
    case RegistrationState::lapsed:
      break;
  }
  return std::nullopt;
}

void queue_mail(const RegistrationWork& work, const Registration& one, ReminderReason reason,
                std::optional<Instant> due) {
  if (one.email.empty()) return;
  const Instant leaves = due.value_or(work.now);
  const Instant expires = one.held_until ? *one.held_until : leaves + mail_lifetime;
  // Another holder of the place is another reader.
  constexpr std::size_t digits = 6;
  const auto what = format_iso(work.now) + " " + hex_of(digest_of(one.code)).substr(0, digits);
  notify::enqueue(work.unit, notify::registration_mail(one, reason, what, leaves, expires, work.mail_domain));
}

std::vector<Registration> leads_of_registered(db::Unit& unit, EventId event) {
  db::RegistrationSelection selection;
  selection.event = event;
  std::set<std::string> parties;
  std::vector<Registration> leads;
  for (auto& one : unit.registrations().list(selection))
    if (takes_part(one.state) && parties.insert(one.party).second) leads.push_back(std::move(one));
  return leads;
}

}  // namespace convoke::service
