#include "notify/registration_invitation_links.hpp"

#include "base/signed_text.hpp"
#include "notify/planner.hpp"

#include <charconv>

namespace convoke::notify {
namespace {

constexpr std::string_view prefix = "invited:";
constexpr std::string_view signature_purpose = "registration invitation 1";

}  // namespace

std::string registration_invitation_key(RegistrationInvitationId id) {
  return std::string(prefix) + std::to_string(id.value);
}

std::optional<RegistrationInvitationId> registration_invitation_of_key(std::string_view key) {
  if (!key.starts_with(prefix)) return std::nullopt;
  const auto digits = key.substr(prefix.size());
  RegistrationInvitationId id;
  const auto* const end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, id.value);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return id;
}

std::string registration_invitation_token(std::string_view key, std::string_view code) {
  return sign_text(key, signature_purpose, code);
}

std::optional<std::string> registration_invitation_code(std::string_view key, std::string_view token) {
  return verified_text(key, signature_purpose, token);
}

Reminder registration_invitation_mail(const RegistrationInvitation& invitation, Instant now, Instant expires,
                                      std::string_view message_domain) {
  Reminder row;
  row.key = {invitation.event, format_iso(now),
             std::string(invitation.reminded ? invited_again_rule : invited_rule),
             registration_invitation_key(invitation.id)};
  row.reason = ReminderReason::registration_invited;
  row.due = now;
  row.expires = expires;
  // The random code is in it: what it is made of stands nowhere else.
  row.message_id = stable_message_id(invitation.code, row.key, message_domain);
  return row;
}

}  // namespace convoke::notify
