// The links in mails about accounts: an invitation, a link to sign in with. Each acts once
// (model/account.hpp, OneTimeLink). Of its token only the hash is stored; the token itself is made again from
// the row of the mail whenever that is composed, with this installation's key, so that neither the queue nor
// a copy of it opens anything.
#pragma once

#include "db/unit.hpp"
#include "model/account.hpp"
#include "model/reminder.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace convoke::notify {

inline constexpr std::string_view invitation_purpose = "invitation";  // of OneTimeLink
inline constexpr std::string_view sign_in_purpose = "sign_in";
inline constexpr std::chrono::hours invitation_lifetime{7 * 24}, sign_in_link_lifetime{1};

// 64 hexadecimal digits: HMAC-SHA256 of the purpose, the account and `nonce`, which is the row's occurrence.
std::string account_token(std::string_view key, std::string_view purpose, AccountId account,
                          std::string_view nonce);

// Queues the mail with such a link and stores the link's hash; those of the same purpose before it end.
// `inviter`: who stands in an invitation. In a write.
void queue_account_mail(db::Unit& unit, const Account& account, std::string_view purpose, AccountId inviter,
                        std::string_view message_domain, Instant now);

// The inviter of a row that queue_account_mail() made.
AccountId inviter_of(const Reminder& row);

// "https://plans.example.org/invitation/…", "https://plans.example.org/login/link/…"
std::string account_url(std::string_view base_url, std::string_view purpose, std::string_view token);

}  // namespace convoke::notify
