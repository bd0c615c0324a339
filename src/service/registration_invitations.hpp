// Asking people to register: a group of the directory, an association with those below it, or addresses that
// are pasted. The organiser sees first who will get a mail and who will not, and why; nobody is asked twice
// to one event, and who wants no invitations gets none. The link of the mail registers with one press, since
// who has it has shown that the address is theirs, and it takes "I cannot come" as well.
#pragma once

#include "base/deferred.hpp"
#include "db/registration_invitations.hpp"
#include "model/person.hpp"
#include "model/registration_invitation.hpp"
#include "model/roster.hpp"
#include "service/registration_desk.hpp"
#include "service/registrations.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

inline constexpr std::size_t most_invited_at_once = 1'000;

// Whom the organiser wants to ask; each may be left out.
struct InvitationWish {
  RosterId group;               // its members of today
  OrganisationId organisation;  // everybody of it and of those below it
  std::string addresses;        // as pasted

  InvitationWish() = default;
};

enum class GuestFate {
  invited,      // gets a mail
  registered,   // is registered already
  before,       // was invited before
  no_address,   // nobody has entered one
  unreachable,  // mail to the address came back
  opted_out,    // wants no invitations
  erased,       // had their data erased, and is not invited anew
  wrong,        // this is no address
  too_many,     // the event has as many invitations as there may be
};
inline constexpr std::size_t guest_fate_count = 9;

struct Guest {
  GuestFate fate = GuestFate::invited;
  RegistrationInvitation who;  // without id and code

  Guest() = default;
};

struct InvitationPreview {
  Event event;
  std::vector<Guest> guests;  // in the order of the wish, nobody twice
  int invited = 0;
  bool no_room = false;  // every place is taken and nobody may wait: no link would register anybody

  InvitationPreview() = default;
};

// What the organiser's page shows.
struct InvitationDesk {
  Event event;
  RegistrationForm form;
  RegistrationDoor door = RegistrationDoor::off;
  std::vector<db::InvitedPerson> people;  // in the order in which they were invited
  std::map<InvitationAnswer, int> counts;
  int may_be_reminded = 0;  // now
  std::vector<Roster> groups;
  std::vector<std::size_t> group_sizes;  // members of today
  std::vector<Organisation> organisations;

  InvitationDesk() = default;
};

// Errors of all that take a scope: those of registration_desk(); not_found before registration was switched
// on.
Deferred<InvitationDesk> invitation_desk(Context& context, Actor actor, DeskScope scope);
// Changes nothing. Errors: invalid_input for a group or an association out of reach, and for a wish that
// names nobody; limit_exceeded above most_invited_at_once.
Deferred<InvitationPreview> preview_invitations(Context& context, Actor actor, DeskScope scope,
                                                InvitationWish wish);
// Judges anew and queues the mails. Errors: those, and conflict when nobody can register now.
Deferred<InvitationPreview> send_invitations(Context& context, Actor actor, DeskScope scope,
                                             InvitationWish wish);
// Queues one mail more to each who is silent and has had none in a day; how many. Errors: conflict when
// nobody can register now.
Deferred<int> remind_invited(Context& context, Actor actor, DeskScope scope);

// What the page of the link shows.
struct InvitedView {
  RegistrationOffer offer;  // without a key: the link is it
  RegistrationInvitation mine;
  InvitationAnswer answer = InvitationAnswer::silent;
  std::optional<Registration> registration;  // that is theirs and alive
  std::string registration_token;            // of the page about it, once the address is confirmed
  bool opted_out = false;
  Language language = Language::uk;  // of the consent that is shown

  InvitedView() = default;
};
// Changes nothing. `language`: that the reader chose; none: theirs. Errors: not_found for what is none of
// ours.
Deferred<InvitedView> view_invitation(Context& context, std::string token, std::optional<Language> language);

struct InvitedAct {
  enum class What { join, decline, opt_out, opt_in, erase } what = What::join;
  RegistrationEntry entry;           // of join: name, institution, format, answers, files, consent
  std::optional<Language> language;  // that the reader chose

  InvitedAct() = default;
};
struct InvitedActed {
  InvitedView view;
  std::optional<RegistrationProblem> problem;
  std::string field;
  bool done = false;    // something was changed just now
  bool erased = false;  // what was stored of them as invited is gone, and so is the link

  InvitedActed() = default;
};
// Acting twice changes nothing more. Whoever is registered has their data erased on the page of the
// registration; erase changes nothing then. Errors: those of view_invitation().
Deferred<InvitedActed> act_on_invitation(Context& context, std::string token, InvitedAct act);

}  // namespace convoke::service
