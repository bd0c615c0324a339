#include "service/registration_invitations.hpp"

#include "base/signed_text.hpp"
#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "notify/answer_links.hpp"
#include "notify/enqueue.hpp"
#include "notify/planner.hpp"
#include "notify/registration_invitation_links.hpp"
#include "notify/registration_links.hpp"
#include "service/invitation_erasure.hpp"
#include "service/reach.hpp"
#include "service/registration_entry.hpp"
#include "service/registration_files.hpp"
#include "service/registration_guests.hpp"
#include "service/registration_own_data.hpp"
#include "service/registration_scope.hpp"
#include "service/when_found.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

// Of a mail to an event that has no day yet.
constexpr std::chrono::hours of_use{60 * 24};

Error no_such_link() {
  return {Errc::not_found, "this link is not one of ours, or a part of it is missing"};
}

std::string link_key_in(db::Unit& unit) {
  return unit.secrets().find(std::string(notify::link_key_name)).value_or(std::string());
}

// The last moment at which the mail is of use. Errors: not_found; conflict when nobody can register now.
Result<Instant> useful_until(db::Unit& unit, const DeskScope& scope, const Event& event, Instant now) {
  const auto form = desk_form(unit, scope);
  if (!form) return form.error();
  const auto last = last_moment(event);
  if (!is_open(event.status) || door_of(*form, last, now) != RegistrationDoor::open)
    return Error(Errc::conflict, "'door': nobody can register just now");
  const Instant otherwise = last.value_or(now + of_use);
  return form->closes ? std::min(*form->closes, otherwise) : otherwise;
}

bool reminds(db::Unit& unit, const db::InvitedPerson& one, Instant now) {
  return one.answer == InvitationAnswer::silent && !one.invitation.email.empty() &&
         may_be_reminded(one.invitation, now) &&
         !unit.registration_invitations().has_opted_out(one.invitation.email) &&
         !unit.address_troubles().find(one.invitation.email);  // it came back: the organiser has been told
}

void fill_choices(db::Unit& unit, const DeskScope& scope, InvitationDesk& desk, Instant now) {
  const Reach reach(unit, scope.within);
  const Date today = civil_date(now, notify::zone_of(desk.event));
  for (auto& roster : unit.rosters().list()) {
    const auto size = members_on(roster, today);
    if (size == 0 || (roster.organisation && !reach.holds(roster.organisation))) continue;
    desk.groups.push_back(std::move(roster));
    desk.group_sizes.push_back(size);
  }
  for (auto& organisation : unit.organisations().list())
    if (reach.holds(organisation.id)) desk.organisations.push_back(std::move(organisation));
}

Result<InvitedView> behind(db::Unit& unit, const std::string& token, std::optional<Language> chosen,
                           Instant now) {
  const auto key = link_key_in(unit);
  const auto code = notify::registration_invitation_code(key, token);
  auto mine = code ? unit.registration_invitations().find_by_code(*code) : std::nullopt;
  if (!mine || mine->email.empty()) return no_such_link();  // erased
  const Language language = chosen.value_or(mine->language);
  auto offer = offer_of(unit, mine->event, language, now);
  if (!offer) return offer.error();
  InvitedView view;
  view.language = language;
  view.offer = std::move(*offer);
  view.answer = unit.registration_invitations().answer(*mine);
  view.opted_out = unit.registration_invitations().has_opted_out(mine->email);
  // Of the same address alone: a place that was handed over is another's.
  for (auto& one : unit.registrations().of_address(mine->event, mine->email)) {
    if (!is_alive(one.state)) continue;
    view.registration_token = notify::registration_token(key, one.code);
    view.registration = std::move(one);
    break;
  }
  view.mine = std::move(*mine);
  return view;
}

Result<void> join(const RegistrationWork& work, InvitedActed& acted, const InvitedAct& act) {
  if (acted.view.answer == InvitationAnswer::registered) return {};
  constexpr std::size_t random_bytes = 12;
  auto& mine = acted.view.mine;
  auto entry = act.entry;
  entry.key = random_token(random_bytes);
  entry.email = mine.email;
  entry.colleagues.clear();
  entry.proven = true;
  entry.channel = "invitation";
  entry.language = acted.view.language;
  const auto outcome = enter_form(work, mine.event, std::move(entry));
  if (!outcome) return outcome.error();
  acted.problem = outcome->problem;
  acted.field = outcome->field;
  if (acted.problem) return {};
  mine.registration = outcome->id;
  mine.declined.reset();
  work.unit.registration_invitations().update(mine);
  acted.done = true;
  return {};
}

void decline(const RegistrationWork& work, InvitedActed& acted) {
  auto& mine = acted.view.mine;
  if (acted.view.answer == InvitationAnswer::registered || mine.declined) return;
  mine.declined = work.now;
  work.unit.registration_invitations().update(mine);
  acted.done = true;
}

void opt_out(const RegistrationWork& work, InvitedActed& acted) {
  decline(work, acted);
  if (acted.view.opted_out) return;
  work.unit.registration_invitations().opt_out(acted.view.mine.email, work.now);
  acted.done = true;
}

// Also what is left of a registration that was given up. Of other events all but those to which the address
// is registered: there it has its own link.
void erase(const RegistrationWork& work, InvitedActed& acted) {
  if (acted.view.answer == InvitationAnswer::registered) return;
  auto& mine = acted.view.mine;
  for (auto& one : work.unit.registrations().of_address(mine.event, mine.email))
    erase_registration(work, acted.view.offer.form, std::move(one));
  keep_away(work.unit, mine.email, {}, work.now);
  work.unit.registration_invitations().erase_address(mine.email);
  mine.name.clear();
  mine.email.clear();
  mine.institution.clear();
  acted.done = acted.erased = true;
}

Result<InvitedActed> acted_on(const RegistrationWork& work, const std::string& token, const InvitedAct& act) {
  auto view = behind(work.unit, token, act.language, work.now);
  if (!view) return view.error();
  InvitedActed acted;
  acted.view = std::move(*view);
  if (act.what == InvitedAct::What::join) {
    if (const auto joined = join(work, acted, act); !joined) return joined.error();
  } else if (act.what == InvitedAct::What::decline) {
    decline(work, acted);
  } else if (act.what == InvitedAct::What::opt_out) {
    opt_out(work, acted);
  } else if (act.what == InvitedAct::What::erase) {
    erase(work, acted);
  } else {
    acted.done = work.unit.registration_invitations().opt_in(acted.view.mine.email);
  }
  if (!acted.done || acted.erased) return acted;
  auto after = behind(work.unit, token, act.language, work.now);
  if (after) acted.view = std::move(*after);
  return acted;
}

}  // namespace

Deferred<InvitationDesk> invitation_desk(Context& context, Actor actor, DeskScope scope) {
  if (auto no = desk_refusal(actor)) return Deferred<InvitationDesk>::ready(std::move(*no));
  return context.store.read([scope, now = context.clock.now()](db::Unit& unit) -> Result<InvitationDesk> {
    auto event = desk_event(unit, scope);
    if (!event) return event.error();
    auto form = desk_form(unit, scope);
    if (!form) return form.error();
    InvitationDesk desk;
    desk.form = std::move(*form);
    desk.event = std::move(*event);
    if (useful_until(unit, scope, desk.event, now)) desk.door = RegistrationDoor::open;
    desk.people = unit.registration_invitations().of_event(scope.event);
    for (const auto& one : desk.people) {
      ++desk.counts[one.answer];
      desk.may_be_reminded += reminds(unit, one, now) ? 1 : 0;
    }
    fill_choices(unit, scope, desk, now);
    return desk;
  });
}

Deferred<InvitationPreview> preview_invitations(Context& context, Actor actor, DeskScope scope,
                                                InvitationWish wish) {
  if (auto no = desk_refusal(actor)) return Deferred<InvitationPreview>::ready(std::move(*no));
  return context.store.read([scope, wish = std::move(wish),
                             now = context.clock.now()](db::Unit& unit) -> Result<InvitationPreview> {
    const auto event = desk_event(unit, scope);
    if (!event) return event.error();
    if (const auto form = desk_form(unit, scope); !form) return form.error();
    return judged_guests(unit, scope, *event, wish, now);
  });
}

Deferred<InvitationPreview> send_invitations(Context& context, Actor actor, DeskScope scope,
                                             InvitationWish wish) {
  return desk_write<InvitationPreview>(
      context, actor, scope,
      [scope, wish = std::move(wish)](const RegistrationWork& work,
                                      const Event& event) -> Result<InvitationPreview> {
        constexpr std::size_t code_bytes = 16;
        const auto until = useful_until(work.unit, scope, event, work.now);
        if (!until) return until.error();
        auto preview = judged_guests(work.unit, scope, event, wish, work.now);
        if (!preview) return preview.error();
        work.unit.secrets().keep(std::string(notify::link_key_name), new_signing_key());
        for (auto& guest : preview->guests) {
          if (guest.fate != GuestFate::invited) continue;
          guest.who.code = random_token(code_bytes);
          guest.who.id = work.unit.registration_invitations().insert(guest.who);
          notify::enqueue(
              work.unit, notify::registration_invitation_mail(guest.who, work.now, *until, work.mail_domain));
        }
        return preview;
      });
}

Deferred<int> remind_invited(Context& context, Actor actor, DeskScope scope) {
  return desk_write<int>(
      context, actor, scope, [scope](const RegistrationWork& work, const Event& event) -> Result<int> {
        const auto until = useful_until(work.unit, scope, event, work.now);
        if (!until) return until.error();
        int reminded = 0;
        for (auto& one : work.unit.registration_invitations().of_event(event.id)) {
          if (!reminds(work.unit, one, work.now)) continue;
          one.invitation.reminded = work.now;
          work.unit.registration_invitations().update(one.invitation);
          notify::enqueue(work.unit, notify::registration_invitation_mail(one.invitation, work.now, *until,
                                                                          work.mail_domain));
          ++reminded;
        }
        return reminded;
      });
}

Deferred<InvitedView> view_invitation(Context& context, std::string token, std::optional<Language> language) {
  return context.store.read([token = std::move(token), language, now = context.clock.now()](db::Unit& unit) {
    return behind(unit, token, language, now);
  });
}

Deferred<InvitedActed> act_on_invitation(Context& context, std::string token, InvitedAct act) {
  const auto write = [&context, token](InvitedAct looked) {
    const Instant now = context.clock.now();
    auto work = [token, looked = std::move(looked), now, domain = context.settings.mail_domain](
                    db::Unit& unit) { return acted_on(RegistrationWork(unit, domain, now), token, looked); };
    return context.store.write(db::Author("participant", now), std::move(work));
  };
  if (act.entry.files.empty()) return write(std::move(act));
  return when_found<InvitedActed>(view_invitation(context, token, act.language),
                                  [&context, write, act = std::move(act)](InvitedView view) {
                                    auto asked = act;
                                    leave_asked_for(view.offer.form, asked.entry.files);
                                    return begun_elsewhere<InvitedActed>(
                                        context, [write, asked = std::move(asked)] {
                                          auto looked = asked;
                                          for (auto& file : looked.entry.files) look_at(file);
                                          return write(std::move(looked));
                                        });
                                  });
}

}  // namespace convoke::service
