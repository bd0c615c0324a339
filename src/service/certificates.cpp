#include "service/certificates.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "documents/picture.hpp"
#include "notify/answer_links.hpp"
#include "notify/enqueue.hpp"
#include "notify/planner.hpp"
#include "notify/registration_links.hpp"
#include "service/certificate_sayings.hpp"
#include "service/checked_text.hpp"
#include "service/registration_round.hpp"
#include "service/registration_scope.hpp"
#include "service/registration_steps.hpp"
#include "service/registrations.hpp"

#include <algorithm>
#include <set>

namespace convoke::service {
namespace {

using db::Unit;

// How long a mail about a certificate is of use.
constexpr std::chrono::hours of_use{14 * 24};

Error wrong(const std::string& field, const Error& error) {
  return {error.code, "'" + field + "': " + error.message};
}

bool has_begun(const Event& event, Instant now) {
  return has_days(event) && to_instant(*event.period.first, TimeOfDay{0}, notify::zone_of(event)) <= now;
}

Result<void> check_words(CertificateWords& words, const std::string& tag) {
  const std::array<std::tuple<std::string*, std::size_t, const char*>, 4> texts = {
      {{&words.title, longest_certificate_title, "title_"},
       {&words.lead, longest_certificate_title, "lead_"},
       {&words.text, longest_certificate_text, "text_"},
       {&words.signatory, longest_signatory, "signatory_"}}};
  for (const auto& [text, limit, field] : texts) {
    std::erase(*text, '\r');
    auto checked = checked_text(*text, limit, "the text");
    if (!checked) return wrong(field + tag, checked.error());
    *text = std::move(*checked);
  }
  if (const auto unknown = unknown_place(words.text))
    return wrong("text_" + tag, Error(Errc::invalid_input, "there is no place {" + *unknown + "}"));
  return {};
}

// "8", "7,5"
bool is_hours(const std::string& text) {
  constexpr std::size_t longest = 6;
  const auto mark = text.find_first_of(".,");
  const auto digits = [](std::string_view part) {
    return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (text.size() > longest) return false;
  if (mark == std::string::npos) return digits(text);
  return digits(std::string_view(text).substr(0, mark)) && digits(std::string_view(text).substr(mark + 1));
}

Result<void> check_settings(CertificateSettings& settings) {
  for (const auto language : all_languages) {
    auto& words = settings.words.at(static_cast<std::size_t>(language));
    if (auto checked = check_words(words, std::string(tag_of(language))); !checked) return checked.error();
  }
  settings.hours = trim(settings.hours);
  if (!settings.hours.empty() && !is_hours(settings.hours))
    return wrong("hours", Error(Errc::invalid_input, "a number of hours"));
  return {};
}

std::vector<Registration> without_certificate(Unit& unit, EventId event) {
  db::RegistrationSelection selection;
  selection.event = event;
  std::set<RegistrationId> have;
  for (const auto& one : unit.certificates().of_event(event)) have.insert(one.registration);
  auto people = unit.registrations().list(selection);
  std::erase_if(people, [&](const Registration& one) {
    return !takes_part(one.state) || one.name.empty() || have.contains(one.id);
  });
  return people;
}

// Whoever was thanked already hears of the certificate by a letter of its own, one a party.
void tell(Unit& unit, const std::vector<Registration>& people, const RegistrationForm& form,
          const std::string& domain, Instant now) {
  if (!RegistrationTold::read(form.told).thanked) return;
  std::set<std::string> parties;
  for (const auto& one : people) {
    if (one.email.empty() || !parties.insert(one.party).second) continue;
    notify::enqueue(unit,
                    notify::registration_mail(one, ReminderReason::registration_thanks,
                                              "certificate " + format_iso(now), now, now + of_use, domain));
  }
}

Result<int> issue(Unit& unit, const DeskScope& scope, bool registered_too, const std::string& domain,
                  Instant now) {
  const auto event = desk_event(unit, scope);
  if (!event) return event.error();
  const auto form = unit.registrations().form(event->id);
  if (!form) return Error(Errc::not_found, "registration was never switched on for this event");
  if (event->status == EventStatus::cancelled || !has_begun(*event, now))
    return Error(Errc::conflict, "certificates are given when the event has begun and its days are known");
  auto people = without_certificate(unit, event->id);
  if (!registered_too)
    std::erase_if(people, [](const Registration& one) { return one.state != RegistrationState::attended; });
  // The register is read by names: of several languages, by the alphabet of the first.
  const auto language = people.empty() ? Language::uk : people.front().language;
  std::ranges::stable_sort(people, [language](const Registration& a, const Registration& b) {
    return compare_in(tag_of(language), a.name, b.name) < 0;
  });
  const CertificateWriting writing(unit, *event);
  for (const auto& person : people) {
    Certificate one;
    one.event = event->id;
    one.registration = person.id;
    one.organisation = event->organisation;
    one.year = static_cast<int>(civil_date(now, notify::zone_of(*event)).year());
    one.code = new_certificate_code();
    one.language = person.language;
    one.name = person.name;
    one.issued = now;
    take_facts(one, *event);
    keep_saying(unit, writing, unit.certificates().insert(one));
  }
  tell(unit, people, *form, domain, now);
  return static_cast<int>(people.size());
}

Result<Certificate> certificate_at(Unit& unit, const DeskScope& scope, CertificateId id) {
  if (auto event = desk_event(unit, scope); !event) return event.error();
  auto one = unit.certificates().find(id);
  if (!one || one->event != scope.event) return Error(Errc::not_found, "there is no such certificate");
  return std::move(*one);
}

// The number and the code stay: what was printed before is found by them, too, and shows what is true now.
void write_anew(Unit& unit, const CertificateWriting& anew, const Event& event, Certificate& one,
                Instant now) {
  take_facts(one, event);
  one.reissued = now;
  unit.certificates().update(one);
  keep_saying(unit, anew, one);
}

// Whose they are.
std::set<RegistrationId> write_outdated_anew(Unit& unit, const Event& event, Instant now) {
  const auto sayings = unit.certificates().sayings(event.id);
  const CertificateWriting anew(unit, event);
  std::set<RegistrationId> written;
  for (auto& one : unit.certificates().of_event(event.id)) {
    const auto said = sayings.find(one.id);
    if (anew.outdated(one, said == sayings.end() ? nullptr : &said->second).empty()) continue;
    write_anew(unit, anew, event, one, now);
    written.insert(one.registration);
  }
  return written;
}

// To the first of each party who is there: their link shows everybody's.
void tell_holders(Unit& unit, const Event& event, const std::set<RegistrationId>& holders,
                  const std::string& domain, Instant now) {
  std::set<std::string> parties;
  for (const auto id : holders)
    if (const auto one = unit.registrations().find(id)) parties.insert(one->party);
  for (const auto& lead : leads_of_registered(unit, event.id)) {
    if (lead.email.empty() || !parties.contains(lead.party)) continue;
    notify::enqueue(unit, notify::registration_mail(lead, ReminderReason::registration_certificate,
                                                    format_iso(now), now, now + of_use, domain));
  }
}

template<class T, class Fn>
Deferred<T> writing(Context& context, const Actor& actor, Fn fn) {
  if (auto no = desk_refusal(actor)) return Deferred<T>::ready(std::move(*no));
  return context.store.write(db::Author(actor.name, context.clock.now()),
                             [fn = std::move(fn)](Unit& unit) -> Result<T> { return fn(unit); });
}

std::string association_of(Unit& unit, OrganisationId id) {
  const auto organisation = unit.organisations().find(id);
  return organisation ? organisation->name : std::string();
}

}  // namespace

Deferred<CertificateDesk> certificate_desk(Context& context, Actor actor, DeskScope scope) {
  if (auto no = desk_refusal(actor)) return Deferred<CertificateDesk>::ready(std::move(*no));
  return context.store.read([scope, now = context.clock.now()](Unit& unit) -> Result<CertificateDesk> {
    auto event = desk_event(unit, scope);
    if (!event) return event.error();
    CertificateDesk desk;
    desk.settings = unit.certificates().settings(scope.event);
    desk.register_rows = unit.certificates().of_event(scope.event);
    for (const auto& one : without_certificate(unit, scope.event))
      ++(one.state == RegistrationState::attended ? desk.attended : desk.registered);
    const auto sayings = unit.certificates().sayings(scope.event);
    const CertificateWriting writing(unit, *event);
    for (const auto& one : desk.register_rows) {
      const auto said = sayings.find(one.id);
      auto facts = writing.outdated(one, said == sayings.end() ? nullptr : &said->second);
      if (!facts.empty()) desk.outdated.emplace(one.id, std::move(facts));
    }
    desk.ready = event->status != EventStatus::cancelled && has_begun(*event, now);
    desk.event = std::move(*event);
    return desk;
  });
}

Deferred<CertificateSettings> save_certificate_settings(Context& context, Actor actor, DeskScope scope,
                                                        CertificateSettings settings) {
  return writing<CertificateSettings>(
      context, actor, [scope, settings = std::move(settings)](Unit& unit) -> Result<CertificateSettings> {
        auto event = desk_event(unit, scope);
        if (!event) return event.error();
        auto checked = settings;
        checked.event = scope.event;
        if (auto fine = check_settings(checked); !fine) return fine.error();
        keep_old_sayings(unit, *event);
        unit.certificates().save_settings(checked);
        return unit.certificates().settings(scope.event);
      });
}

Deferred<bool> put_certificate_background(Context& context, Actor actor, DeskScope scope, std::string bytes) {
  if (auto no = desk_refusal(actor)) return Deferred<bool>::ready(std::move(*no));
  return begun_elsewhere<bool>(context, [&context, actor, scope, bytes = std::move(bytes)] {
    std::string kept;
    if (!bytes.empty()) {
      auto picture = documents::read_picture(bytes);
      if (!picture) return Deferred<bool>::ready(wrong("background", picture.error()));
      kept = std::move(picture->jpeg);
    }
    return writing<bool>(context, actor, [scope, kept = std::move(kept)](Unit& unit) -> Result<bool> {
      auto event = desk_event(unit, scope);
      if (!event) return event.error();
      unit.certificates().put_background(scope.event, kept);
      return true;
    });
  });
}

Deferred<int> issue_certificates(Context& context, Actor actor, DeskScope scope, bool registered_too) {
  return writing<int>(
             context, actor,
             [scope, registered_too, domain = context.settings.mail_domain, now = context.clock.now()](
                 Unit& unit) { return issue(unit, scope, registered_too, domain, now); })
      .after_success(context.reminders_queued);
}

Deferred<Certificate> revoke_certificate(Context& context, Actor actor, DeskScope scope, CertificateId id) {
  return writing<Certificate>(context, actor,
                              [scope, id, now = context.clock.now()](Unit& unit) -> Result<Certificate> {
                                auto one = certificate_at(unit, scope, id);
                                if (!one || one->revoked) return one;
                                one->revoked = now;
                                unit.certificates().update(*one);
                                return one;
                              });
}

Deferred<Certificate> reissue_certificate(Context& context, Actor actor, DeskScope scope, CertificateId id,
                                          std::string name) {
  return writing<Certificate>(
      context, actor,
      [scope, id, name = std::move(name), now = context.clock.now()](Unit& unit) -> Result<Certificate> {
        auto one = certificate_at(unit, scope, id);
        if (!one) return one;
        if (one->name.empty()) return Error(Errc::conflict, "'name': this person's data were erased");
        auto checked = checked_text(name, longest_registration_name, "the name");
        if (!checked) return wrong("name", checked.error());
        one->name = collapse_spaces(*checked);
        if (one->name.empty()) return Error(Errc::invalid_input, "'name': a certificate needs a name");
        one->revoked.reset();
        if (const auto event = unit.events().find(scope.event))
          write_anew(unit, CertificateWriting(unit, *event), *event, *one, now);
        return one;
      });
}

Deferred<int> reissue_outdated_certificates(Context& context, Actor actor, DeskScope scope, bool tell) {
  return writing<int>(context, actor,
                      [scope, tell, domain = context.settings.mail_domain,
                       now = context.clock.now()](Unit& unit) -> Result<int> {
                        const auto event = desk_event(unit, scope);
                        if (!event) return event.error();
                        const auto written = write_outdated_anew(unit, *event, now);
                        if (tell) tell_holders(unit, *event, written, domain, now);
                        return static_cast<int>(written.size());
                      })
      .after_success(context.reminders_queued);
}

Deferred<CertificateCheck> check_certificate(Context& context, std::string typed) {
  auto read = typed_certificate(typed);
  if (!read || read->code.empty())
    return Deferred<CertificateCheck>::ready(Error(Errc::not_found, "no certificate has this code"));
  return context.store.read([read = std::move(*read)](Unit& unit) -> Result<CertificateCheck> {
    auto one = unit.certificates().find_by_code(read.code);
    if (!one || (!read.number.empty() && read.number != number_text(*one)))
      return Error(Errc::not_found, "no certificate has this code");
    CertificateCheck check;
    check.association = association_of(unit, one->organisation);
    const auto event = unit.events().find(one->event);
    check.zone = notify::zone_of(event.value_or(Event()));
    check.certificate = std::move(*one);
    if (check.certificate.revoked) check.certificate.name.clear();
    return check;
  });
}

Deferred<std::vector<Certificate>> certificates_of_link(Context& context, std::string token) {
  return context.store.read([token = std::move(token)](Unit& unit) -> Result<std::vector<Certificate>> {
    const auto key = unit.secrets().find(std::string(notify::link_key_name)).value_or(std::string());
    const auto code = key.empty() ? std::nullopt : notify::registration_code(key, token);
    const auto mine = code ? unit.registrations().find_by_code(*code) : std::nullopt;
    if (!mine) return Error(Errc::not_found, "this link is not one of ours, or a part of it is missing");
    std::vector<Certificate> all;
    for (const auto& one : unit.registrations().of_party(mine->party)) {
      auto certificate = unit.certificates().of_registration(one.id);
      if (certificate && !certificate->revoked && !certificate->name.empty())
        all.push_back(std::move(*certificate));
    }
    return all;
  });
}

}  // namespace convoke::service
