#include "service/registrations.hpp"

#include "base/text.hpp"
#include "calendar/itip.hpp"
#include "db/store.hpp"
#include "model/named_values.hpp"
#include "notify/answer_links.hpp"
#include "notify/recipients.hpp"
#include "notify/registration_links.hpp"
#include "service/registration_consent.hpp"
#include "service/registration_entry.hpp"
#include "service/registration_files.hpp"
#include "service/registration_hand_over.hpp"
#include "service/registration_own_data.hpp"
#include "service/registration_steps.hpp"
#include "service/when_found.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

constexpr std::array<std::string_view, 18> problem_names = {
    "name",       "email",       "institution", "field",     "format",   "consent",      "consent_changed",
    "colleagues", "full",        "closed",      "old_form",  "too_fast", "file_missing", "file_size",
    "file_kind",  "file_broken", "file_runs",   "files_full"};

Error no_registration() {
  return {Errc::not_found, "there is no registration for this event"};
}

Error no_such_link() {
  return {Errc::not_found, "this link is not one of ours, or a part of it is missing"};
}

db::Author participant(Instant now) {
  return {"participant", now};
}

std::string signing_key(db::Unit& unit) {
  return unit.secrets().find(std::string(notify::link_key_name)).value_or(std::string());
}

std::string association_of(db::Unit& unit, const Event& event) {
  const auto organisation = unit.organisations().find(event.organisation);
  if (organisation) return organisation->name;
  const auto all = unit.organisations().list();
  return all.size() == 1 ? all.front().name : std::string("Convoke");
}

RegistrationDoor door_now(const RegistrationForm& form, const Event& event, Instant now) {
  if (!is_open(event.status)) return form.on ? RegistrationDoor::closed : RegistrationDoor::off;
  return door_of(form, last_moment(event), now);
}

bool is_full(db::Unit& unit, const RegistrationForm& form, AttendanceFormat format, int count) {
  const auto& places = form.of(format);
  if (!places.places) return false;
  return places.taken + count > *places.places || unit.registrations().anybody_waits(form.event, format);
}

struct Asked {
  Event event;
  RegistrationForm form;
};

Result<Asked> asked_for(db::Unit& unit, EventId id) {
  auto form = unit.registrations().form(id);
  if (!form || form->erased) return no_registration();
  auto event = unit.events().find(id);
  if (!event || event->source) return no_registration();
  return Asked{std::move(*event), std::move(*form)};
}

RegistrationOutcome refused(RegistrationProblem problem, std::string field = {}) {
  RegistrationOutcome outcome;
  outcome.problem = problem;
  outcome.field = std::move(field);
  return outcome;
}

std::vector<Registration> members_of(const RegistrationEntry& entry, const RegistrationWork& work,
                                     EventId event, const std::string& party, const Consent& consent) {
  std::vector<std::string> names = {entry.name};
  names.insert(names.end(), entry.colleagues.begin(), entry.colleagues.end());
  std::vector<Registration> members;
  for (auto& name : names) {
    Registration one;
    one.event = event;
    one.code = random_token(16);
    one.party = party;
    one.format = *entry.format;
    one.name = std::move(name);
    one.email = entry.email;
    one.institution = entry.institution;
    one.language = entry.language;
    one.answers = entry.answers;
    one.submitted = work.now;
    one.consent = consent;
    members.push_back(std::move(one));
  }
  return members;
}

// The files get their names among the answers of the first; without room they are left out, which it says.
bool leaves_files_out(db::Unit& unit, RegistrationEntry& entry, Registration& first) {
  if (entry.files.empty()) return false;
  const bool out = !has_room(unit, first.event, entry.proven, size_of(entry.files));
  if (out) entry.files.clear();
  for (const auto& file : entry.files) name_file(first.answers, file.field, file.name);
  return out;
}

// Who needs to confirm nothing is registered at once, or waits like everybody else: the organiser's own
// entries, about which nobody decides, and whoever came by an invitation.
Result<RegistrationOutcome> enter_directly(const RegistrationWork& work, const RegistrationForm& form,
                                           RegistrationEntry& entry, std::vector<Registration>& members) {
  auto open = form;
  open.moderated = form.moderated && !entry.organiser;
  RegistrationOutcome outcome;
  outcome.files_left_out = leaves_files_out(work.unit, entry, members.front());
  const auto taken = take_step(work, open, members, RegistrationStep::confirm);
  if (!taken) return taken.error();
  outcome.id = members.front().id;
  store_files(work, outcome.id, entry.files);
  return outcome;
}

Result<RegistrationOutcome> enter(const RegistrationWork& work, const Asked& asked, RegistrationEntry& entry,
                                  const std::string& party) {
  auto& unit = work.unit;
  const auto& form = asked.form;
  if (auto wrong = check_entry(form, entry)) return refused(wrong->problem, wrong->field);
  std::string field;
  if (!entry.answers_optional) {
    if (const auto wrong = check_files(form, entry.files, field)) return refused(*wrong, field);
  }
  if (!entry.consent && !entry.organiser) return refused(RegistrationProblem::consent);
  const auto shown = consent_text(form, association_of(unit, asked.event), entry.language);
  Consent consent;
  consent.version = consent_version(shown);
  consent.purpose = consent_purpose;
  consent.at = work.now;
  consent.channel = entry.channel;
  if (!entry.shown_version.empty() && entry.shown_version != consent.version)
    return refused(RegistrationProblem::consent_changed);
  const int count = 1 + static_cast<int>(entry.colleagues.size());
  const bool full = is_full(unit, form, *entry.format, count);
  if (full && !form.waiting_list) return refused(RegistrationProblem::full);
  if (!entry.email.empty()) {
    auto known = unit.registrations().of_address(form.event, entry.email);
    const bool alive =
        std::ranges::any_of(known, [](const Registration& one) { return is_alive(one.state); });
    if (alive && !entry.organiser) return remind_known(work, std::move(known)), RegistrationOutcome();
    if (alive) return Error(Errc::conflict, "this address is registered already");
  }
  auto members = members_of(entry, work, form.event, party, consent);
  if (entry.organiser || entry.proven) return enter_directly(work, form, entry, members);
  constexpr std::chrono::hours day{24};
  if (unit.registrations().unconfirmed_mails(entry.email, work.now - day) >= most_unconfirmed_mails)
    return RegistrationOutcome();
  RegistrationOutcome outcome;
  outcome.files_left_out = leaves_files_out(unit, entry, members.front());
  const bool held = !full && unit.registrations().take(form.event, *entry.format, count);
  for (auto& one : members) {
    one.holds_place = held;
    one.held_until = work.now + place_held_for;
    one.id = unit.registrations().insert(one);
  }
  store_files(work, members.front().id, entry.files);
  queue_mail(work, members.front(), ReminderReason::registration_confirm);
  return outcome;
}

// Those of the party whom the act is about and with whom it can be done, in one state.
std::vector<Registration> concerned(const RegistrationLinkView& view, const RegistrationAct& act) {
  std::vector<Registration> members;
  for (const auto& one : view.party) {
    if (act.who && one.id != act.who) continue;
    if (!members.empty() &&
        (one.state != members.front().state || one.holds_place != members.front().holds_place))
      continue;
    const auto step =
        act.what == RegistrationAct::What::confirm ? RegistrationStep::confirm : RegistrationStep::cancel;
    if (next_state(one.state, step, Circumstances(false, true, true))) members.push_back(one);
  }
  return members;
}

void step(const RegistrationWork& work, RegistrationActed& acted, const RegistrationAct& act) {
  const bool confirms = act.what == RegistrationAct::What::confirm;
  auto members = concerned(acted.view, act);
  if (members.empty()) return;  // done before
  // Whoever answers after the place lapsed registers anew, and only while others may.
  const bool late = members.front().state == RegistrationState::lapsed;
  if (confirms && late && acted.view.door != RegistrationDoor::open) {
    acted.problem = RegistrationProblem::closed;
    return;
  }
  const auto taken = take_step(work, acted.view.form, members,
                               confirms ? RegistrationStep::confirm : RegistrationStep::cancel);
  if (!taken) acted.problem = RegistrationProblem::full;
  acted.done = taken.has_value();
}

void change(const RegistrationWork& work, RegistrationActed& acted, const RegistrationAct& act) {
  RegistrationEntry entry;
  entry.name = act.name;
  entry.email = acted.view.mine.email;
  entry.institution = act.institution;
  entry.answers = act.answers;
  entry.format = acted.view.mine.format;
  entry.organiser = true;
  auto changed = acted.view.mine;
  for (const auto& one : acted.view.party)
    if (one.id == act.who) changed = one;
  // The page asks whoever filled in the form, and not for a colleague.
  entry.answers_optional = changed.id != acted.view.mine.id;
  auto form = acted.view.form;
  form.of(*entry.format).offered = true;  // it was when they came
  if (auto wrong = check_entry(form, entry)) {
    acted.problem = wrong->problem;
    acted.field = wrong->field;
    return;
  }
  if (!is_alive(changed.state)) return;
  changed.name = entry.name;
  changed.institution = entry.institution;
  keep_file_names(form, changed.answers, entry.answers);
  if (!entry.answers_optional) changed.answers = std::move(entry.answers);
  work.unit.registrations().update(changed);
  acted.done = true;
}

// Whoever was handed a place and acts by its link has shown that the address is theirs.
void prove_address(const RegistrationWork& work, RegistrationLinkView& view) {
  auto& mine = view.mine;
  const bool handed = is_alive(mine.state) && mine.state != RegistrationState::submitted;
  if (mine.confirmed || !handed) return;
  mine.confirmed = work.now;
  for (auto& one : view.party)
    if (one.id == mine.id) one.confirmed = work.now;
  work.unit.registrations().update(mine);
}

}  // namespace

Result<RegistrationOutcome> enter_form(const RegistrationWork& work, EventId id, RegistrationEntry entry) {
  auto asked = asked_for(work.unit, id);
  if (!asked) return asked.error();
  if (entry.organiser) return enter(work, *asked, entry, entry.key.empty() ? random_token(12) : entry.key);
  if (entry.proven) {
    if (door_now(asked->form, asked->event, work.now) != RegistrationDoor::open)
      return refused(RegistrationProblem::closed);
    return enter(work, *asked, entry, entry.key);
  }
  const auto key = read_form_key(signing_key(work.unit), entry.key, id);
  if (!key || key->made + form_lifetime < work.now) return refused(RegistrationProblem::old_form);
  // The same form once more: the answer was lost on the way.
  if (!work.unit.registrations().of_party(key->party).empty()) return RegistrationOutcome();
  if (door_now(asked->form, asked->event, work.now) != RegistrationDoor::open)
    return refused(RegistrationProblem::closed);
  if (work.now < key->made + fastest_form) return refused(RegistrationProblem::too_fast);
  return enter(work, *asked, entry, key->party);
}

std::string_view name_of(RegistrationProblem problem) {
  return name_in(problem_names, problem);
}

bool nothing_free(const RegistrationOffer& offer) {
  return std::ranges::all_of(all_attendance_formats, [&](AttendanceFormat format) {
    return !offer.form.of(format).offered || offer.full.at(static_cast<std::size_t>(format));
  });
}

Result<RegistrationOffer> offer_of(db::Unit& unit, EventId event, Language language, Instant now) {
  auto asked = asked_for(unit, event);
  if (!asked) return asked.error();
  RegistrationOffer offer;
  offer.event = std::move(asked->event);
  offer.form = std::move(asked->form);
  offer.door = door_now(offer.form, offer.event, now);
  offer.association = association_of(unit, offer.event);
  offer.consent = consent_text(offer.form, offer.association, language);
  for (const auto format : all_attendance_formats)
    offer.full.at(static_cast<std::size_t>(format)) = is_full(unit, offer.form, format, 1);
  const auto last = last_moment(offer.event);
  offer.until = offer.form.closes && (!last || *offer.form.closes < *last) ? offer.form.closes : last;
  if (const auto key = signing_key(unit); !key.empty()) offer.key = new_form_key(key, event, now);
  return offer;
}

Deferred<RegistrationOffer> registration_offer(Context& context, EventId event, Language language) {
  return context.store.read(
      [event, language, now = context.clock.now()](db::Unit& unit) -> Result<RegistrationOffer> {
        auto offer = offer_of(unit, event, language, now);
        if (offer && offer->door == RegistrationDoor::off) return no_registration();
        return offer;
      });
}

Deferred<RegistrationDoor> registration_door(Context& context, EventId event) {
  return context.store.read([event, now = context.clock.now()](db::Unit& unit) -> Result<RegistrationDoor> {
    const auto asked = asked_for(unit, event);
    return asked ? door_now(asked->form, asked->event, now) : RegistrationDoor::off;
  });
}

Deferred<RegistrationOutcome> register_for(Context& context, EventId event, RegistrationEntry entry) {
  const bool to_look_at = std::ranges::any_of(
      entry.files, [](const SentFile& file) { return file.digest.empty() && !file.problem; });
  if (to_look_at)
    return when_found<RegistrationOutcome>(
        registration_offer(context, event, entry.language),
        [&context, event, entry = std::move(entry)](RegistrationOffer offer) {
          auto asked = entry;
          leave_asked_for(offer.form, asked.files);
          return begun_elsewhere<RegistrationOutcome>(context, [&context, event, asked = std::move(asked)] {
            auto looked = asked;
            for (auto& file : looked.files) look_at(file);
            return register_for(context, event, std::move(looked));
          });
        });
  const Instant now = context.clock.now();
  auto work = [event, entry = std::move(entry), now, domain = context.settings.mail_domain](db::Unit& unit) {
    return enter_form(RegistrationWork(unit, domain, now), event, entry);
  };
  return context.store.write(participant(now), std::move(work));
}

Result<RegistrationLinkView> registration_behind(db::Unit& unit, const std::string& token, Instant now) {
  const auto code = notify::registration_code(signing_key(unit), token);
  auto mine = code ? unit.registrations().find_by_code(*code) : std::nullopt;
  if (!mine) return no_such_link();
  auto asked = asked_for(unit, mine->event);
  if (!asked) return asked.error();
  RegistrationLinkView view;
  view.event = std::move(asked->event);
  view.form = std::move(asked->form);
  view.door = door_now(view.form, view.event, now);
  view.party = unit.registrations().of_party(mine->party);
  // A colleague who was handed a place sees their own alone; the first who is still there, everybody's.
  auto first = std::ranges::find_if(view.party, [](const Registration& one) { return is_alive(one.state); });
  if (first == view.party.end()) first = view.party.begin();
  if (first->id != mine->id) view.party = {*mine};
  view.mine = std::move(*mine);
  view.in_calendar = calendar::can_be_attended(view.event);
  view.association = association_of(unit, view.event);
  view.consent = consent_text(view.form, view.association, view.mine.language);
  if (takes_part(view.mine.state) && !view.form.join_url.empty()) view.event.online_url = view.form.join_url;
  if (view.mine.state == RegistrationState::waiting) {
    db::RegistrationSelection waiting;
    waiting.event = view.mine.event;
    waiting.state = RegistrationState::waiting;
    for (const auto& one : unit.registrations().list(waiting))
      view.before += one.format == view.mine.format && one.queued < view.mine.queued ? 1 : 0;
  }
  return view;
}

Deferred<RegistrationLinkView> view_registration(Context& context, std::string token) {
  return context.store.read([token = std::move(token), now = context.clock.now()](db::Unit& unit) {
    return registration_behind(unit, token, now);
  });
}

Deferred<RegistrationActed> act_on_registration(Context& context, std::string token, RegistrationAct act) {
  const Instant now = context.clock.now();
  auto work = [token = std::move(token), act = std::move(act), now,
               domain = context.settings.mail_domain](db::Unit& unit) -> Result<RegistrationActed> {
    auto view = registration_behind(unit, token, now);
    if (!view) return view.error();
    const RegistrationWork working(unit, domain, now);
    RegistrationActed acted;
    acted.view = std::move(*view);
    using What = RegistrationAct::What;
    const bool over = act.who && std::ranges::none_of(acted.view.party, [&](const Registration& one) {
                        return one.id == act.who;
                      });
    if (over) return no_such_link();
    prove_address(working, acted.view);
    if (act.what == What::change)
      change(working, acted, act);
    else if (act.what == What::hand_over)
      hand_over(working, acted, act);
    else if (act.what == What::agree)
      agree(working, acted, act);
    else if (act.what == What::erase)
      erase_own(working, acted);
    else
      step(working, acted, act);
    if (acted.done && !acted.moved && !acted.erased) {
      auto after = registration_behind(unit, token, now);
      if (after) acted.view = std::move(*after);
    }
    return acted;
  };
  return context.store.write(participant(now), std::move(work));
}

}  // namespace convoke::service
