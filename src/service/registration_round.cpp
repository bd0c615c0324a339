#include "service/registration_round.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/registration_files.hpp"
#include "db/registration_invitations.hpp"
#include "notify/enqueue.hpp"
#include "notify/planner.hpp"
#include "notify/registration_links.hpp"
#include "notify/registration_text.hpp"
#include "service/registration_steps.hpp"

#include <map>

namespace convoke::service {
namespace {

constexpr int lapses_a_round = 500;
// A day is often corrected twice.
constexpr std::chrono::minutes change_delay{5};
constexpr std::chrono::hours removed_kept_for{30 * 24};

int lapse(const RegistrationWork& work) {
  int lapsed = 0;
  std::map<EventId, std::optional<RegistrationForm>> forms;
  for (const auto& due : work.unit.registrations().lapsing(work.now, lapses_a_round)) {
    auto& form = forms.try_emplace(due.event, work.unit.registrations().form(due.event)).first->second;
    // Freed places may have gone on in this very round.
    const auto current = work.unit.registrations().find(due.id);
    if (!form || !current || current->state != RegistrationState::submitted) continue;
    std::vector<Registration> members = {*current};
    if (take_step(work, *form, members, RegistrationStep::lapse)) ++lapsed;
  }
  return lapsed;
}

int tell(const RegistrationWork& work, const Event& event, ReminderReason reason, const std::string& what,
         Instant due, Instant expires, bool only_those_who_came) {
  int queued = 0;
  for (const auto& one : leads_of_registered(work.unit, event.id)) {
    if (one.email.empty() || (only_those_who_came && one.state != RegistrationState::attended)) continue;
    queued += notify::enqueue(work.unit,
                              notify::registration_mail(one, reason, what, due, expires, work.mail_domain))
                  ? 1
                  : 0;
  }
  return queued;
}

int tell_changes(const RegistrationWork& work, const RegistrationForm& form, const Event& event,
                 RegistrationTold& told) {
  const auto known = notify::known_of(event, form);
  if (told.known == known) return 0;
  told.known = known;
  constexpr std::chrono::hours of_use{14 * 24};
  return tell(work, event, ReminderReason::registration_changed, known, work.now + change_delay,
              work.now + of_use, false);
}

int remind(const RegistrationWork& work, const Event& event, RegistrationTold& told) {
  const auto begins = begins_at(event);
  if (!begins || !is_open(event.status)) return 0;
  if (work.now < *begins - reminded_before || work.now >= *begins) return 0;
  const auto moment = format_iso(*begins);
  if (told.reminded == moment) return 0;
  told.reminded = moment;
  return tell(work, event, ReminderReason::registration_reminder, moment, work.now, *begins, false);
}

// One letter brings the certificate, too, when one is promised: it waits until certificates are given, but
// not until the letter is of no use.
bool waits_for_certificates(const RegistrationWork& work, const Event& event, Instant ends) {
  return work.now < ends + thanked_without && work.unit.certificates().settings(event.id).awaited &&
         work.unit.certificates().count(event.id) == 0;
}

// To those whom the door has seen; when nobody stood at it, to all who were registered.
int thank(const RegistrationWork& work, const Event& event, RegistrationTold& told) {
  const auto ends = ends_at(event);
  if (told.thanked || !ends || event.status == EventStatus::cancelled) return 0;
  if (work.now < *ends + thanked_after || work.now >= *ends + thanked_until) return 0;
  if (waits_for_certificates(work, event, *ends)) return 0;
  told.thanked = true;
  bool door = false;
  for (const auto& count : work.unit.registrations().counts(event.id))
    door = door || count.state == RegistrationState::attended;
  return tell(work, event, ReminderReason::registration_thanks, format_iso(*ends), work.now,
              *ends + thanked_until, door);
}

bool is_time_to_erase(const RegistrationForm& form, const Event& event, Instant now) {
  const auto ends = ends_at(event);
  if (!ends) return false;
  const Date day = civil_date(*ends, notify::zone_of(event));
  auto last = day + std::chrono::months{form.keep_months};
  if (!last.ok()) last = last_of_month(last);
  return now >= to_instant(last, TimeOfDay{0}, notify::zone_of(event));
}

// What people sent for an event that was removed is kept as long as somebody may put it back.
bool is_gone_for_good(db::Unit& unit, EventId event, Instant now) {
  const auto changes = unit.changes().of_entity("event", event.value);
  return changes.empty() || changes.back().at + removed_kept_for <= now;
}

void erase_people(db::Unit& unit, RegistrationForm& form, Instant now) {
  unit.registrations().erase_people(form.event);
  unit.registration_files().remove_all(form.event);
  unit.registration_invitations().erase_people(form.event);
  form.erased = now;
  form.on = false;
  unit.registrations().save_form(form);
}

}  // namespace

RegistrationTold RegistrationTold::read(std::string_view text) {
  RegistrationTold told;
  const auto parts = split(text, ' ');
  if (!parts.empty()) told.known = parts[0];
  if (parts.size() > 1) told.reminded = parts[1];
  told.thanked = parts.size() > 2 && parts[2] == "thanked";
  return told;
}

std::string RegistrationTold::text() const {
  return known + " " + reminded + (thanked ? " thanked" : "");
}

int registration_round(db::Unit& unit, const std::string& mail_domain, Instant now) {
  const RegistrationWork work(unit, mail_domain, now);
  int done = lapse(work);
  for (auto& form : unit.registrations().forms()) {
    const auto event = unit.events().find(form.event);
    if (!event) {
      if (!is_gone_for_good(unit, form.event, now)) continue;
      erase_people(unit, form, now);
      ++done;
      continue;
    }
    auto told = RegistrationTold::read(form.told);
    done += tell_changes(work, form, *event, told) + remind(work, *event, told) + thank(work, *event, told);
    if (told.text() != form.told) unit.registrations().mark_told(form.event, told.text());
    if (!is_time_to_erase(form, *event, now)) continue;
    form.told = told.text();
    erase_people(unit, form, now);
    ++done;
  }
  return done;
}

const Round registration_rounds = {"registration", std::chrono::seconds{20},
                                   [](db::Unit& unit) { return !unit.registrations().forms().empty(); },
                                   registration_round};

}  // namespace convoke::service
