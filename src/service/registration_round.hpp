// What happens to registrations by the clock: places that nobody confirmed lapse and go to those who wait,
// the registered hear of changes, of the day before and a word of thanks after, and answers are erased when
// their time is over. Every round finds out anew what is owed, so that a server that was down does it late
// and not twice.
#pragma once

#include "db/store.hpp"
#include "model/registration.hpp"
#include "service/rounds.hpp"

#include <string>
#include <string_view>

namespace convoke::service {

// What the registered of an event have been told, as RegistrationForm::told keeps it.
struct RegistrationTold {
  std::string known;           // notify::known_of() of the event
  std::string reminded = "-";  // the beginning that they were reminded of
  bool thanked = false;

  RegistrationTold() = default;
  explicit RegistrationTold(std::string k) : known(std::move(k)) {}
  static RegistrationTold read(std::string_view text);
  std::string text() const;
};

inline constexpr std::chrono::hours reminded_before{24};
inline constexpr std::chrono::hours thanked_after{2}, thanked_until{5 * 24};
// Thanks that wait for certificates wait no longer than this after the end.
inline constexpr std::chrono::hours thanked_without{4 * 24};

// In one transaction; how much was done. A round does at most some hundred lapses: the next has the rest.
int registration_round(db::Unit& unit, const std::string& mail_domain, Instant now);

extern const Round registration_rounds;

}  // namespace convoke::service
