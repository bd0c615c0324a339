#include "service/registration_own_data.hpp"

#include "base/text.hpp"
#include "db/registration_files.hpp"
#include "db/registration_invitations.hpp"
#include "db/store.hpp"
#include "notify/registration_links.hpp"
#include "service/invitation_erasure.hpp"
#include "service/own_data.hpp"
#include "service/registration_files.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace convoke::service {
namespace {

namespace json = boost::json;

json::array answers_of(const Registration& one, const RegistrationForm& form) {
  json::array answers;
  for (const auto& [key, text] : one.answers) {
    json::object answer;
    const auto field = std::ranges::find(form.fields, key, &FormField::key);
    // A question that the organiser has taken back meanwhile has no words any more.
    answer["question"] = field == form.fields.end() ? key : label_in(*field, one.language);
    answer["answer"] = text;
    answers.push_back(std::move(answer));
  }
  return answers;
}

json::array files_of(db::Unit& unit, const Registration& one, const RegistrationForm& form) {
  json::array files;
  for (const auto& each : unit.registration_files().of(one.id)) {
    json::object file;
    const auto field = std::ranges::find(form.fields, each.field, &FormField::key);
    file["question"] = field == form.fields.end() ? each.field : label_in(*field, one.language);
    file["name"] = each.name;
    file["bytes"] = each.size;
    file["sha256"] = each.digest;
    file["sent"] = format_iso(each.added);
    files.push_back(std::move(file));
  }
  return files;
}

json::array days_of(db::Unit& unit, const Registration& one) {
  json::array days;
  for (const auto& mark : unit.registrations().marks_of(one.id)) {
    json::object day;
    day["day"] = format_iso(mark.day);
    day["here"] = mark.here;
    day["seen"] = format_iso(mark.seen);
    days.push_back(std::move(day));
  }
  return days;
}

json::object data_of(db::Unit& unit, const Registration& one, const RegistrationForm& form) {
  json::object person;
  person["name"] = one.name;
  person["email"] = one.email;
  person["institution"] = one.institution;
  person["language"] = tag_of(one.language);
  person["takes_part"] = name_of(one.format);
  person["state"] = name_of(one.state);
  put_moment(person, "submitted", one.submitted);
  put_moment(person, "confirmed", one.confirmed);
  put_moment(person, "last_step", one.settled);
  if (one.queued != 0) person["number_in_waiting_list"] = one.queued;
  person["answers"] = answers_of(one, form);
  if (const auto asked = unit.registration_invitations().find_by_address(one.event, one.email)) {
    json::object invitation;
    put_moment(invitation, "sent", asked->invited);
    put_moment(invitation, "reminded", asked->reminded);
    put_moment(invitation, "declined", asked->declined);
    person["invitation"] = std::move(invitation);
  }
  if (asks_for_files(form)) person["files"] = files_of(unit, one, form);
  json::object consent;
  consent["version"] = one.consent.version;
  consent["purpose"] = one.consent.purpose;
  // Whoever was handed a place was not asked.
  if (!one.consent.version.empty()) consent["given"] = format_iso(one.consent.at);
  consent["by"] = one.consent.channel;
  person["consent"] = std::move(consent);
  person["mails"] = mails_to(unit, notify::registration_key(one.id));
  person["days_at_the_door"] = days_of(unit, one);
  if (const auto given = unit.certificates().of_registration(one.id)) {
    json::object certificate;
    certificate["number"] = number_text(*given);
    certificate["name"] = given->name;
    certificate["given"] = format_iso(given->issued);
    put_moment(certificate, "revoked", given->revoked);
    person["certificate"] = std::move(certificate);
  }
  return person;
}

}  // namespace

Deferred<std::string> own_registration_data(Context& context, std::string token) {
  return context.store.read(
      [token = std::move(token), now = context.clock.now()](db::Unit& unit) -> Result<std::string> {
        const auto view = registration_behind(unit, token, now);
        if (!view) return view.error();
        json::object data;
        data["event"] = view->event.title;
        data["kept_for_months_after_the_event"] = view->form.keep_months;
        json::array people;
        for (const auto& one : view->party) people.push_back(data_of(unit, one, view->form));
        data["people"] = std::move(people);
        return json::serialize(data);
      });
}

void erase_registration(const RegistrationWork& work, const RegistrationForm& form, Registration one) {
  constexpr std::size_t code_bytes = 16;
  work.unit.registration_invitations().erase_person(one.event, one.email);
  drop_files(work, form, one);
  one.name.clear();
  one.email.clear();
  one.answers.clear();
  one.code = random_token(code_bytes);
  work.unit.registrations().update(one);
  std::vector<Registration> alone = {one};
  if (next_state(one.state, RegistrationStep::cancel))
    take_step(work, form, alone, RegistrationStep::cancel).value();
}

void erase_own(const RegistrationWork& work, RegistrationActed& acted) {
  for (auto& one : acted.view.party) {
    keep_away(work.unit, one.email, one.event, work.now);
    erase_registration(work, acted.view.form, one);
  }
  acted.done = acted.erased = true;
}

}  // namespace convoke::service
