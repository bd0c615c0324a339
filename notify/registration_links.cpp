#include "notify/registration_links.hpp"

#include "base/signed_text.hpp"
#include "notify/planner.hpp"

#include <charconv>
#include <utility>

namespace convoke::notify {
namespace {

constexpr std::string_view prefix = "registration:";
constexpr std::string_view signature_purpose = "registration link 1";

}  // namespace

std::string registration_key(RegistrationId id) {
  return std::string(prefix) + std::to_string(id.value);
}

std::optional<RegistrationId> registration_of_key(std::string_view key) {
  if (!key.starts_with(prefix)) return std::nullopt;
  const auto digits = key.substr(prefix.size());
  RegistrationId id;
  const auto* const end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, id.value);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return id;
}

std::string registration_token(std::string_view key, std::string_view code) {
  return sign_text(key, signature_purpose, code);
}

std::optional<std::string> registration_code(std::string_view key, std::string_view token) {
  return verified_text(key, signature_purpose, token);
}

std::string registration_url(std::string_view base_url, std::string_view key, std::string_view code) {
  return std::string(base_url) + std::string(registration_link_path) + registration_token(key, code);
}

Reminder registration_mail(const Registration& registration, ReminderReason reason, std::string what,
                           Instant due, Instant expires, std::string_view message_domain) {
  Reminder row;
  row.key = {registration.event, std::move(what), std::string(name_of(reason)),
             registration_key(registration.id)};
  row.reason = reason;
  row.due = due;
  row.expires = expires;
  // The random code is in it: what it is made of stands nowhere else.
  row.message_id = stable_message_id(registration.code, row.key, message_domain);
  return row;
}

}  // namespace convoke::notify
