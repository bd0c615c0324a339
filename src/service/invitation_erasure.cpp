#include "service/invitation_erasure.hpp"

#include "base/signed_text.hpp"
#include "db/registration_invitations.hpp"

namespace convoke::service {
namespace {

constexpr const char* key_name = "invitation_erasure";

// Of one event and of all of them apart: nobody can tell that they are the same address.
std::string digest_for(const std::string& key, const std::string& email, EventId event) {
  return hmac_sha256_hex(key, "kept away 1\n" + std::to_string(event.value) + "\n" + email);
}

}  // namespace

void keep_away(db::Unit& unit, const std::string& email, EventId event, Instant at) {
  if (email.empty()) return;
  const auto key = unit.secrets().keep(key_name, new_signing_key());
  unit.registration_invitations().keep_away(digest_for(key, email, event), event, at);
}

bool is_kept_away(db::Unit& unit, const std::string& email, EventId event) {
  const auto key = unit.secrets().find(key_name);
  if (!key || email.empty()) return false;
  auto& invitations = unit.registration_invitations();
  return invitations.is_kept_away(digest_for(*key, email, {})) ||
         invitations.is_kept_away(digest_for(*key, email, event));
}

}  // namespace convoke::service
