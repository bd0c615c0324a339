#include "service/registration_hand_over.hpp"

#include "base/id.hpp"
#include "db/store.hpp"
#include "notify/registration_links.hpp"
#include "service/registration_consent.hpp"
#include "service/registration_entry.hpp"
#include "service/registration_files.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

constexpr std::chrono::hours day{24};

// The mail that says how things stand: of whoever is here already, that there is a place.
std::optional<ReminderReason> mail_telling(RegistrationState state) {
  return mail_of(state == RegistrationState::attended ? RegistrationState::registered : state);
}

// Nobody may have more mails a day that they did not ask for (threats M3): what is beyond waits for another
// day, since its place is theirs by now.
Instant day_for_mail(const RegistrationWork& work, const std::string& email) {
  const auto sent = work.unit.registrations().unconfirmed_mails(email, work.now - day);
  return work.now + day * (sent / static_cast<int>(most_unconfirmed_mails));
}

// Whoever has the address is here already and keeps one registration. A single one that waits gets the very
// place that is handed over; else it goes to whoever waits first, or is free. Of the one that gave it nothing
// is left.
void give_to_known(const RegistrationWork& work, const RegistrationForm& form, Registration handed,
                   std::vector<Registration> known) {
  handed.name.clear();
  handed.email.clear();
  handed.answers.clear();
  const bool takes_it = known.size() == 1 && known.front().state == RegistrationState::waiting &&
                        known.front().format == handed.format &&
                        handed.state == RegistrationState::registered;
  if (!takes_it) {
    std::vector<Registration> members = {handed};
    take_step(work, form, members, RegistrationStep::cancel).value();
    remind_known(work, std::move(known));
    return;
  }
  handed.state = RegistrationState::cancelled;
  handed.holds_place = false;
  handed.settled = work.now;
  work.unit.registrations().update(handed);
  known.front().holds_place = true;
  take_step(work, form, known, RegistrationStep::promote).value();
}

// The place stays, its holder is another: from now on another link, to another address, which nobody has
// confirmed yet.
void give_to_stranger(const RegistrationWork& work, Registration handed, const RegistrationEntry& entry) {
  const auto due = day_for_mail(work, entry.email);
  handed.name = entry.name;
  handed.email = entry.email;
  if (!entry.institution.empty()) handed.institution = entry.institution;
  // What was answered and agreed to was so by whoever gave the place away.
  handed.answers.clear();
  handed.consent = Consent();
  handed.consent.purpose = consent_purpose;
  handed.consent.at = work.now;
  handed.consent.channel = "hand_over";
  handed.confirmed.reset();
  handed.settled = work.now;
  work.unit.registrations().update(handed);
  if (const auto reason = mail_of(handed.state)) queue_mail(work, handed, *reason, due);
}

}  // namespace

void remind_known(const RegistrationWork& work, std::vector<Registration> known) {
  std::erase_if(known, [](const Registration& one) { return !is_alive(one.state); });
  if (known.empty()) return;
  auto& first = known.front();
  const bool unconfirmed = !first.confirmed;
  if (unconfirmed &&
      work.unit.registrations().unconfirmed_mails(first.email, work.now - day) >= most_unconfirmed_mails)
    return;
  if (!unconfirmed) {
    db::ReminderSelection lately;
    lately.recipient = notify::registration_key(first.id);
    lately.due_from = work.now - day;
    if (work.unit.reminders().list(lately).size() >= static_cast<std::size_t>(most_unconfirmed_mails)) return;
  }
  if (const auto reason = mail_telling(first.state)) queue_mail(work, first, *reason);
}

void hand_over(const RegistrationWork& work, RegistrationActed& acted, const RegistrationAct& act) {
  auto handed = acted.view.mine;
  for (const auto& one : acted.view.party)
    if (one.id == act.who) handed = one;
  if (!handed.confirmed || !is_alive(handed.state) || handed.state == RegistrationState::attended) return;
  RegistrationEntry entry;
  entry.name = act.name;
  entry.email = act.email;
  entry.institution = act.institution;
  entry.format = handed.format;
  RegistrationForm bare;
  bare.of(handed.format).offered = true;
  if (auto wrong = check_entry(bare, entry)) {
    acted.problem = wrong->problem;
    return;
  }
  if (entry.email == acted.view.mine.email) {  // their own address: nothing that they did not know
    acted.problem = RegistrationProblem::email;
    return;
  }
  auto known = work.unit.registrations().of_address(handed.event, entry.email);
  std::erase_if(known, [](const Registration& one) { return !is_alive(one.state); });
  handed.code = random_token(16);
  drop_files(work, acted.view.form, handed);  // they are of whoever sent them
  const bool own = handed.id == acted.view.mine.id;
  std::vector<Registration> left;
  for (const auto& one : acted.view.party)
    if (one.id != handed.id && is_alive(one.state)) left.push_back(one);
  // Whoever gets one place of several sees nothing of the others.
  if (acted.view.party.size() > 1) handed.party = random_token(12);
  if (known.empty())
    give_to_stranger(work, handed, entry);
  else
    give_to_known(work, acted.view.form, handed, std::move(known));
  // The others of the party keep their places, and need a link to them.
  if (own && !left.empty())
    if (const auto reason = mail_telling(left.front().state)) queue_mail(work, left.front(), *reason);
  acted.done = acted.handed = true;
  acted.moved = own;
}

void agree(const RegistrationWork& work, RegistrationActed& acted, const RegistrationAct& act) {
  auto mine = acted.view.mine;
  if (!lacks_consent(mine)) return;
  if (!act.consent) {
    acted.problem = RegistrationProblem::consent;
    return;
  }
  const auto version = consent_version(consent_text(acted.view.form, acted.view.association, act.language));
  if (act.shown_version != version) {
    acted.problem = RegistrationProblem::consent_changed;
    return;
  }
  mine.consent.version = version;
  mine.consent.purpose = consent_purpose;
  mine.consent.at = work.now;
  mine.consent.channel = "link";
  work.unit.registrations().update(mine);
  acted.done = true;
}

}  // namespace convoke::service
