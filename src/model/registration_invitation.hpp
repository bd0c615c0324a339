// Somebody whom the organiser of an event asked to register. The code is what the link of the mail is made
// of: who has it has shown that the address is theirs.
#pragma once

#include "base/clock.hpp"
#include "model/ids.hpp"
#include "model/language.hpp"
#include "model/registration.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace convoke {

using RegistrationInvitationId = Id<struct RegistrationInvitationTag>;

inline constexpr std::size_t most_invited_of_event = 5'000;
// Who does not answer is reminded by a button, and never twice in this time.
inline constexpr std::chrono::hours invited_again_after{24};

struct RegistrationInvitation {
  RegistrationInvitationId id;
  EventId event;
  std::string code;  // random
  PersonId person;   // of the directory; 0: an address that was entered
  std::string name, email, institution;
  Language language = Language::uk;
  Instant invited{};
  std::optional<Instant> reminded;  // last
  std::optional<Instant> declined;
  RegistrationId registration;  // that the link made; 0: none

  RegistrationInvitation() = default;
  bool operator==(const RegistrationInvitation&) const = default;
};

enum class InvitationAnswer { registered, declined, silent };
inline constexpr std::array all_invitation_answers = {InvitationAnswer::registered,
                                                      InvitationAnswer::declined, InvitationAnswer::silent};

// What somebody has answered by now. `alive`: a registration of theirs, by the link or with the same address,
// that is still one. Who registered and gave it up has said no, too.
constexpr InvitationAnswer answer_of(const RegistrationInvitation& one, bool alive) {
  if (alive) return InvitationAnswer::registered;
  return one.declined || one.registration ? InvitationAnswer::declined : InvitationAnswer::silent;
}

// Whether a reminder may be sent now to somebody who is silent.
constexpr bool may_be_reminded(const RegistrationInvitation& one, Instant now) {
  const Instant last = one.reminded && *one.reminded > one.invited ? *one.reminded : one.invited;
  return now >= last + invited_again_after;
}

}  // namespace convoke
