#include "service/session_rows.hpp"

#include "base/id.hpp"
#include "base/text.hpp"

#include <sodium.h>

#include <array>

namespace convoke::service {
namespace {

constexpr std::size_t nonce_bytes = 16, nonce_length = 22;

std::string hmac_hex(const std::string& key, const std::string& message) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()), key.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(message.data()),
                                message.size());
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> digest{};
  crypto_auth_hmacsha256_final(&state, digest.data());
  std::string text(digest.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
  text.pop_back();
  return text;
}

std::string seal(const Account& account, const std::string& nonce) {
  return hmac_hex(account.password, "device " + std::to_string(account.id.value) + " " + nonce);
}

std::string shortened(const std::string& agent) {
  std::string text = collapse_spaces(strip_controls(to_valid_utf8(agent.substr(0, 4 * longest_agent))));
  if (text.size() > longest_agent) text = to_valid_utf8(ellipsize(text, longest_agent / 4));
  return text;
}

}  // namespace

NewSession insert_session(db::Unit& unit, const Account& account, const std::string& agent, Instant now) {
  auto& sessions = unit.sessions();
  sessions.remove_older(now - session_lifetime, now - session_idle);
  const auto others = sessions.of_account(account.id);
  for (std::size_t i = most_sessions - 1; i < others.size(); ++i) sessions.remove(others[i].id);
  NewSession begun;
  begun.cookie = random_token();
  Session session;
  session.account = account.id;
  session.hash = sha256_hex(begun.cookie);
  session.created = session.last_seen = now;
  session.agent = shortened(agent);
  begun.who = signed_in(unit, account, sessions.insert(session), begun.cookie);
  begun.device = make_device(account);
  return begun;
}

NewSession enter(db::Unit& unit, const Account& account, const std::string& agent, Instant now) {
  if (account.totp.empty()) return insert_session(unit, account, agent, now);
  NewSession begun;
  begun.second_step = make_second_step(account, now);
  begun.who.account = account.id;
  begun.who.language = account.language;
  return begun;
}

SignedIn signed_in(db::Unit& unit, const Account& account, SessionId session, const std::string& cookie) {
  SignedIn who;
  who.account = account.id;
  who.session = session;
  who.name = account.name;
  who.login = account.login;
  who.role = account.role;
  who.person = account.person;
  who.organisation = account.organisation;
  who.may_approve = account.may_approve;
  who.second_factor = !account.totp.empty();
  if (account.organisation) who.reach = unit.organisations().within(account.organisation);
  who.language = account.language;
  who.csrf = hmac_hex(cookie, "form");
  return who;
}

std::string make_device(const Account& account) {
  const std::string nonce = random_token(nonce_bytes);
  return nonce + "." + seal(account, nonce);
}

bool is_device_of(const Account& account, const std::string& device) {
  constexpr std::size_t sealed = 2 * crypto_auth_hmacsha256_BYTES;
  if (account.password.empty() || device.size() != nonce_length + 1 + sealed) return false;
  const std::string expected = seal(account, device.substr(0, nonce_length));
  return device[nonce_length] == '.' &&
         sodium_memcmp(device.data() + nonce_length + 1, expected.data(), expected.size()) == 0;
}

}  // namespace convoke::service
