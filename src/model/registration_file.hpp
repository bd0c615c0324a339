// A file that somebody sent with a registration form: one for each field of the form that asks for one. What
// it is called stands among the answers, so that lists need no look at it.
#pragma once

#include "model/registration.hpp"
#include "model/submission.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace convoke {

inline constexpr std::size_t largest_registration_file = 5u << 20;  // bytes
inline constexpr std::size_t most_file_fields = 3;                  // of one form
// Of an event; and of registrations whose address nobody has confirmed, all events together: strangers cannot
// fill the disk (threats M3, F6).
inline constexpr std::size_t most_registration_bytes = std::size_t{2} << 30u;
inline constexpr std::size_t most_unconfirmed_bytes = std::size_t{256} << 20u;

// Without its bytes.
struct RegistrationFile {
  RegistrationId registration;
  std::string field;  // key of the form's
  std::string name;   // as its owner called it
  SubmittedKind kind = SubmittedKind::pdf;
  std::size_t size = 0;  // bytes
  std::string digest;    // SHA-256, hexadecimal
  Instant added{};

  RegistrationFile() = default;
  bool operator==(const RegistrationFile&) const = default;
};

inline bool asks_for_files(const RegistrationForm& form) {
  return std::ranges::any_of(form.fields,
                             [](const FormField& field) { return field.kind == FieldKind::file; });
}

}  // namespace convoke
