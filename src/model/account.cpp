#include "model/account.hpp"

#include "model/names.hpp"

#include <array>

namespace convoke {
namespace {

constexpr std::array<std::string_view, 3> role_names = {"member", "organiser", "administrator"};
constexpr std::array<std::string_view, 3> scope_names = {"responsible", "association", "registrations"};

}  // namespace

std::string_view name_of(AccountRole role) {
  return role_names.at(static_cast<std::size_t>(role));
}
std::optional<AccountRole> account_role_of(std::string_view name) {
  return find_name<AccountRole>(role_names, name);
}
std::string_view name_of(PersonalScope scope) {
  return scope_names.at(static_cast<std::size_t>(scope));
}
std::optional<PersonalScope> personal_scope_of(std::string_view name) {
  return find_name<PersonalScope>(scope_names, name);
}

}  // namespace convoke
