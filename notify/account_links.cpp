#include "notify/account_links.hpp"

#include "base/id.hpp"
#include "base/signed_text.hpp"
#include "notify/answer_links.hpp"
#include "notify/enqueue.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"

#include <fmt/format.h>

#include <charconv>

namespace convoke::notify {
namespace {

constexpr std::string_view invitation_rule = "account.invitation/";
constexpr std::string_view sign_in_rule = "account.sign_in";
constexpr std::size_t nonce_bytes = 16;

}  // namespace

std::string account_token(std::string_view key, std::string_view purpose, AccountId account,
                          std::string_view nonce) {
  return hmac_sha256_hex(key, fmt::format("account link 1\n{}\n{}\n{}", purpose, account.value, nonce));
}

void queue_account_mail(db::Unit& unit, const Account& account, std::string_view purpose, AccountId inviter,
                        std::string_view message_domain, Instant now) {
  const bool invites = purpose == invitation_purpose;
  const std::string key = unit.secrets().keep(std::string(link_key_name), new_signing_key());
  Reminder row;
  row.key.occurrence = random_token(nonce_bytes);
  row.key.rule = invites ? std::string(invitation_rule) + std::to_string(inviter.value) : sign_in_rule;
  row.key.recipient = account_key(account.id);
  row.reason = invites ? ReminderReason::account_invitation : ReminderReason::sign_in;
  row.due = now;
  row.expires = now + (invites ? invitation_lifetime : sign_in_link_lifetime);
  row.message_id = stable_message_id(purpose, row.key, message_domain);

  OneTimeLink link;
  link.hash = sha256_hex(account_token(key, purpose, account.id, row.key.occurrence));
  link.purpose = purpose;
  link.account = account.id;
  link.created = now;
  link.expires = row.expires;
  unit.one_time_links().end_all(link.purpose, account.id, now);
  unit.one_time_links().insert(link);
  enqueue(unit, row);
}

AccountId inviter_of(const Reminder& row) {
  AccountId id;
  if (!row.key.rule.starts_with(invitation_rule)) return id;
  const auto digits = std::string_view(row.key.rule).substr(invitation_rule.size());
  std::from_chars(digits.data(), digits.data() + digits.size(), id.value);
  return id;
}

std::string account_url(std::string_view base_url, std::string_view purpose, std::string_view token) {
  return fmt::format("{}{}{}", base_url, purpose == invitation_purpose ? invitation_path : sign_in_link_path,
                     token);
}

}  // namespace convoke::notify
