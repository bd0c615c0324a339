#include "model/intake.hpp"

#include "model/names.hpp"

#include <array>

namespace convoke {
namespace {

constexpr std::array<std::string_view, 3> fields = {"kind", "period", "person"};

}  // namespace

std::string_view name_of(CorrectedField field) {
  return fields.at(static_cast<std::size_t>(field));
}

std::optional<CorrectedField> corrected_field_of(std::string_view name) {
  return find_name<CorrectedField>(fields, name);
}

}  // namespace convoke
