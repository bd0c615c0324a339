// Who a reminder is for: a key that is written when the plan is read, and the people behind it when the mail
// is sent, so that an office follows its holder and a person entered later is still found.
//   person:12                    a known person
//   name:гайко в.и.             a name nobody has been entered for yet (name_key of model/person.hpp)
//   post:рада об'єднання              an office or a group, folded
//   post:методист|центр освіти   the same within one organisation
//   duty:chair, duty:section_head   who watches over the event's work
//   account:5                       somebody who signs in
//   subscriber:4, hook:3            nobody of the directory
#pragma once

#include "model/event.hpp"
#include "model/person.hpp"
#include "notify/directory.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::notify {

// One key for each responsible of the event, the leading one first, none twice.
std::vector<std::string> recipient_keys(const Event& event);
// The key of one; empty when nobody is named.
std::string recipient_key(const Responsible& responsible);
std::string person_key(PersonId person);
std::string account_key(AccountId account);
inline constexpr std::string_view chair_key = "duty:chair";
inline constexpr std::string_view section_head_key = "duty:section_head";
// The person of "person:12"; nullopt for a key that stands for a name, an office or a group.
std::optional<PersonId> person_of_key(std::string_view key);
// The account of "account:5".
std::optional<AccountId> account_of_key(std::string_view key);
inline bool is_person_key(std::string_view key) {
  return person_of_key(key).has_value();
}

// An address that may stand in an SMTP command and a header: ASCII, one '@', no spaces, controls, quotes or
// brackets, at most 254 bytes (RFC 5321 4.5.3.1).
bool is_mail_address(std::string_view address);

}  // namespace convoke::notify
