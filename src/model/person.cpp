#include "model/person.hpp"

#include "base/text.hpp"
#include "model/named_values.hpp"

#include <string_view>

namespace convoke {
namespace {

constexpr std::array<std::string_view, 4> tier_names = {"region", "association", "district", "library"};

}  // namespace

std::string_view name_of(Tier tier) {
  return name_in(tier_names, tier);
}
std::optional<Tier> tier_of(std::string_view name) {
  return value_in<Tier>(tier_names, name);
}

std::string name_key(std::string_view name) {
  // Words and initials in one stream: initials are what ends with a full stop, the surname what does not.
  const std::string folded = fold(name);
  std::string surname, initials, word;
  for (const char c : folded + " ") {
    if (c == '.') {
      initials += word + ".";
      word.clear();
    } else if (c == ' ') {
      if (!word.empty()) surname += (surname.empty() ? "" : " ") + word;
      word.clear();
    } else {
      word += c;
    }
  }
  if (initials.empty()) return surname;
  return surname + " " + initials;
}

}  // namespace convoke
