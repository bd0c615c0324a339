#include "service/registration_guests.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"
#include "service/checked_text.hpp"
#include "service/invitation_erasure.hpp"
#include "service/invited_lines.hpp"
#include "service/reach.hpp"

#include <algorithm>
#include <set>

namespace convoke::service {
namespace {

class Judge {
 public:
  Judge(db::Unit& unit, const DeskScope& scope, const Event& event, Instant now)
      : unit_(unit), event_(event), reach_(unit, scope.within), now_(now) {
    const auto organisation = unit.organisations().find(event.organisation);
    if (organisation) language_ = organisation->language;
    room_ = most_invited_of_event -
            std::min(most_invited_of_event, unit.registration_invitations().of_event(event.id).size());
  }

  bool holds(OrganisationId organisation) const { return !organisation || reach_.holds(organisation); }

  void add(const Person& person) {
    if (!holds(person.organisation) || !people_.insert(person.id).second) return;
    Guest guest;
    guest.who.person = person.id;
    guest.who.name = person.name;
    guest.who.email = to_lower(trim(person.email));
    guest.who.language = person.language;
    guest.who.institution = institution_of(person);
    add(std::move(guest));
  }

  void add(const InvitedLine& line) {
    Guest guest;
    guest.who.name = one_line(line.name);
    guest.who.email = line.email;
    guest.who.language = language_;
    for (const auto& person : unit_.people().find_by_address(line.email)) {
      if (line.email.empty() || !holds(person.organisation)) continue;
      guest.who.person = person.id;
      guest.who.language = person.language;
      guest.who.institution = institution_of(person);
      if (guest.who.name.empty()) guest.who.name = person.name;
      break;
    }
    add(std::move(guest));
  }

  InvitationPreview take() {
    InvitationPreview preview;
    preview.event = event_;
    for (const auto& guest : guests_) preview.invited += guest.fate == GuestFate::invited ? 1 : 0;
    preview.guests = std::move(guests_);
    return preview;
  }
  std::size_t size() const { return guests_.size(); }

 private:
  std::string institution_of(const Person& person) {
    const auto found = institutions_.find(person.organisation);
    if (found != institutions_.end()) return found->second;
    const auto organisation = unit_.organisations().find(person.organisation);
    return institutions_[person.organisation] = organisation ? organisation->name : std::string();
  }
  // As the form would take it; what it would not is left to whoever registers.
  static std::string one_line(const std::string& text) {
    const auto checked = checked_text(text, longest_registration_name, "the name");
    return checked ? collapse_spaces(*checked) : std::string();
  }
  void add(Guest guest) {
    if (!guest.who.email.empty() && !addresses_.insert(guest.who.email).second) return;
    guest.who.event = event_.id;
    guest.who.invited = now_;
    guest.fate = fate_of(guest.who);
    guests_.push_back(std::move(guest));
  }
  GuestFate fate_of(const RegistrationInvitation& who) {
    if (who.email.empty()) return GuestFate::no_address;
    if (!notify::is_mail_address(who.email)) return GuestFate::wrong;
    auto& invitations = unit_.registration_invitations();
    if (invitations.has_opted_out(who.email)) return GuestFate::opted_out;
    if (is_kept_away(unit_, who.email, event_.id)) return GuestFate::erased;
    const auto known = unit_.registrations().of_address(event_.id, who.email);
    if (std::ranges::any_of(known, [](const Registration& one) { return is_alive(one.state); }))
      return GuestFate::registered;
    if (invitations.find_by_address(event_.id, who.email)) return GuestFate::before;
    if (unit_.address_troubles().find(who.email)) return GuestFate::unreachable;
    if (room_ == 0) return GuestFate::too_many;
    --room_;
    return GuestFate::invited;
  }

  db::Unit& unit_;
  const Event& event_;
  Reach reach_;
  Instant now_;
  Language language_ = Language::uk;
  std::size_t room_ = 0;
  std::map<OrganisationId, std::string> institutions_;
  std::set<PersonId> people_;
  std::set<std::string> addresses_;
  std::vector<Guest> guests_;
};

Result<void> add_group(db::Unit& unit, Judge& judge, RosterId group, Date today) {
  const auto roster = unit.rosters().find(group);
  if (!roster || !judge.holds(roster->organisation))
    return Error(Errc::invalid_input, "'group': there is no such group");
  for (const auto& tenure : roster->tenures) {
    if (!holds(tenure, today)) continue;
    if (const auto person = unit.people().find(tenure.person)) judge.add(*person);
  }
  return {};
}

Result<void> add_organisation(db::Unit& unit, Judge& judge, OrganisationId organisation) {
  if (!judge.holds(organisation))
    return Error(Errc::invalid_input, "'organisation': there is no such association");
  const auto within = unit.organisations().within(organisation);
  for (const auto& person : unit.people().list())
    if (std::ranges::binary_search(within, person.organisation)) judge.add(person);
  return {};
}

}  // namespace

std::size_t members_on(const Roster& roster, Date day) {
  return static_cast<std::size_t>(
      std::ranges::count_if(roster.tenures, [&](const Tenure& tenure) { return holds(tenure, day); }));
}

Result<InvitationPreview> judged_guests(db::Unit& unit, const DeskScope& scope, const Event& event,
                                        const InvitationWish& wish, Instant now) {
  Judge judge(unit, scope, event, now);
  const Date today = civil_date(now, notify::zone_of(event));
  if (wish.group) {
    if (auto added = add_group(unit, judge, wish.group, today); !added) return added.error();
  }
  if (wish.organisation) {
    if (auto added = add_organisation(unit, judge, wish.organisation); !added) return added.error();
  }
  const auto lines = read_invited_lines(wish.addresses);
  if (judge.size() + lines.size() > most_invited_at_once)
    return Error(Errc::limit_exceeded,
                 "'addresses': at most " + std::to_string(most_invited_at_once) + " people at once");
  for (const auto& line : lines) judge.add(line);
  if (judge.size() == 0) return Error(Errc::invalid_input, "'addresses': say who is to be invited");
  auto preview = judge.take();
  const auto offer = offer_of(unit, event.id, Language::uk, now);
  preview.no_room = offer && nothing_free(*offer) && !offer->form.waiting_list;
  return preview;
}

}  // namespace convoke::service
