// The labels that a word processor draws before list items and numbered table cells: "1.", "2.3.", "IV)",
// "•". They are not in the text of the file, only the list's definition is.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace convoke::documents {

enum class LabelFormat { bullet, decimal, upper_roman, lower_roman, upper_letter, lower_letter, none };

struct ListLevel {
  LabelFormat format = LabelFormat::bullet;
  std::string pattern = "%1.";  // %1 to %9 stand for the counters of the levels
  std::size_t start = 1;
};

inline constexpr std::size_t list_levels = 9;

struct ListDefinition {
  std::array<ListLevel, list_levels> levels;
};

std::string format_counter(std::size_t value, LabelFormat format);

// The counters of one list that is being read.
class ListCounter {
 public:
  // The label of the next item at `level` (0 to 8).
  std::string next(const ListDefinition& definition, std::size_t level);

 private:
  std::array<std::size_t, list_levels> counters_{};
};

}  // namespace convoke::documents
