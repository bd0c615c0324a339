#include "model/reminder_rules.hpp"

#include "model/named_values.hpp"

namespace convoke {
namespace {

constexpr std::array<std::string_view, applies_count> applies_names = {
    "dated", "deadline", "vague", "recurring_monthly", "recurring_rare", "ongoing"};
constexpr std::array<std::string_view, 3> anchor_names = {"start", "middle", "end"};
constexpr std::array<std::string_view, 3> tells_names = {"responsible", "section_head", "chair"};

}  // namespace

std::string_view name_of(Applies applies) {
  return name_in(applies_names, applies);
}
std::optional<Applies> applies_of(std::string_view name) {
  return value_in<Applies>(applies_names, name);
}

std::string_view name_of(Anchor anchor) {
  return name_in(anchor_names, anchor);
}
std::optional<Anchor> anchor_of(std::string_view name) {
  return value_in<Anchor>(anchor_names, name);
}

std::string_view name_of(Tells tells) {
  return name_in(tells_names, tells);
}
std::optional<Tells> tells_of(std::string_view name) {
  return value_in<Tells>(tells_names, name);
}

}  // namespace convoke
