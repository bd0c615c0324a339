// The repository of those who were asked to register. Part of db/unit.hpp. Nothing here stands in the change
// log: the desk shows it, and nothing that is published follows it.
#pragma once

#include "model/registration_invitation.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::db {

struct InvitedPerson {
  RegistrationInvitation invitation;
  InvitationAnswer answer = InvitationAnswer::silent;

  InvitedPerson() = default;
};

class RegistrationInvitations {
 public:
  virtual ~RegistrationInvitations() = default;
  // The address must be new to the event.
  virtual RegistrationInvitationId insert(const RegistrationInvitation& invitation) = 0;
  // Writes reminded, declined and registration.
  virtual void update(const RegistrationInvitation& invitation) = 0;
  virtual std::optional<RegistrationInvitation> find(RegistrationInvitationId id) = 0;
  virtual std::optional<RegistrationInvitation> find_by_code(const std::string& code) = 0;
  virtual std::optional<RegistrationInvitation> find_by_address(EventId event, const std::string& email) = 0;
  virtual std::vector<InvitedPerson> of_event(EventId event) = 0;  // by id
  virtual InvitationAnswer answer(const RegistrationInvitation& invitation) = 0;

  // Who wants no invitations any more, to nothing. `email` in lower case.
  virtual void opt_out(const std::string& email, Instant at) = 0;
  virtual bool opt_in(const std::string& email) = 0;  // again; false when nobody had opted out
  virtual bool has_opted_out(const std::string& email) = 0;

  // Names and addresses of an event's, and of one: that somebody was asked stays in the figures. With an
  // event's the digests go that were kept for it.
  virtual int erase_people(EventId event) = 0;
  virtual int erase_person(EventId event, const std::string& email) = 0;
  // Of every event to which no registration of the address is alive, and that it had opted out.
  virtual int erase_address(const std::string& email) = 0;
  // Who is not invited anew although no address is kept: a keyed digest of it. `event` 0: to nothing.
  virtual void keep_away(const std::string& digest, EventId event, Instant at) = 0;
  virtual bool is_kept_away(const std::string& digest) = 0;
};

}  // namespace convoke::db
