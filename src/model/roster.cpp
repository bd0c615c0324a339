#include "model/roster.hpp"

#include "model/named_values.hpp"

namespace convoke {
namespace {

constexpr std::array<std::string_view, 2> kind_names = {"office", "group"};
constexpr std::array<std::string_view, 3> duty_names = {"none", "section_head", "chair"};

}  // namespace

std::string_view name_of(RosterKind kind) {
  return name_in(kind_names, kind);
}
std::optional<RosterKind> roster_kind_of(std::string_view name) {
  return value_in<RosterKind>(kind_names, name);
}

std::string_view name_of(Duty duty) {
  return name_in(duty_names, duty);
}
std::optional<Duty> duty_of(std::string_view name) {
  return value_in<Duty>(duty_names, name);
}

}  // namespace convoke
