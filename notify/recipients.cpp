#include "notify/recipients.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>

namespace convoke::notify {
namespace {

constexpr std::string_view person_prefix = "person:";
constexpr std::string_view account_prefix = "account:";
constexpr std::string_view name_prefix = "name:";
constexpr std::string_view post_prefix = "post:";

template<class Id>
std::optional<Id> id_of_key(std::string_view key, std::string_view prefix) {
  if (!key.starts_with(prefix)) return std::nullopt;
  const auto digits = key.substr(prefix.size());
  Id id;
  const auto end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, id.value);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return id;
}

}  // namespace

std::string recipient_key(const Responsible& responsible) {
  if (responsible.person) return person_key(responsible.person);
  if (!trim(responsible.name).empty()) return std::string(name_prefix) + name_key(responsible.name);
  if (trim(responsible.post).empty()) return {};
  std::string key = std::string(post_prefix) + fold(responsible.post);
  if (!trim(responsible.organisation).empty()) key += "|" + fold(responsible.organisation);
  return key;
}

std::string person_key(PersonId person) {
  return std::string(person_prefix) + std::to_string(person.value);
}

std::string account_key(AccountId account) {
  return std::string(account_prefix) + std::to_string(account.value);
}

std::optional<PersonId> person_of_key(std::string_view key) {
  return id_of_key<PersonId>(key, person_prefix);
}

std::optional<AccountId> account_of_key(std::string_view key) {
  return id_of_key<AccountId>(key, account_prefix);
}

std::vector<std::string> recipient_keys(const Event& event) {
  std::vector<std::string> keys;
  for (const auto& responsible : event.responsible) {
    std::string key = recipient_key(responsible);
    if (!key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end())
      keys.push_back(std::move(key));
  }
  return keys;
}

bool is_mail_address(std::string_view address) {
  constexpr std::size_t longest = 254, longest_local = 64;
  const auto at = address.find('@');
  if (address.size() > longest || at == std::string_view::npos || at == 0 || at > longest_local) return false;
  if (address.find('@', at + 1) != std::string_view::npos) return false;
  const bool plain = std::all_of(address.begin(), address.end(), [](char c) {
    return c > 0x20 && c < 0x7F && std::string_view("<>()[],;:\\\"").find(c) == std::string_view::npos;
  });
  const auto domain = address.substr(at + 1);
  return plain && !domain.empty() && domain.front() != '.' && domain.front() != '-' && domain.back() != '.' &&
         domain.find("..") == std::string_view::npos && address[0] != '.';
}

}  // namespace convoke::notify
