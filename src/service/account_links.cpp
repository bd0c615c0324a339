#include "service/account_links.hpp"

#include "base/id.hpp"

namespace convoke::service {

Result<Account> account_behind(db::Unit& unit, const std::string& token, std::string_view purpose,
                               Instant now) {
  const auto link = unit.one_time_links().find(sha256_hex(token));
  if (!link || link->purpose != purpose || !link->account)
    return Error{Errc::not_found, "this link is not one of ours, or a part of it is missing"};
  auto account = unit.accounts().find(link->account);
  if (!account || account->closed || link->used || link->expires <= now)
    return Error{Errc::gone, "this link was used, is too old, or another one took its place"};
  return std::move(*account);
}

}  // namespace convoke::service
