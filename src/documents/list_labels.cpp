#include "documents/list_labels.hpp"

#include <algorithm>
#include <utility>

namespace convoke::documents {
namespace {

std::string roman(std::size_t value) {
  static constexpr std::pair<std::size_t, const char*> signs[] = {
      {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}};
  std::string out;
  value = std::min<std::size_t>(value, 399);
  for (const auto& [worth, sign] : signs)
    for (; value >= worth; value -= worth) out += sign;
  return out;
}

}  // namespace

std::string format_counter(std::size_t value, LabelFormat format) {
  switch (format) {
    case LabelFormat::upper_roman:
      return roman(value);
    case LabelFormat::lower_roman: {
      std::string text = roman(value);
      for (char& c : text) c = static_cast<char>(c - 'A' + 'a');
      return text;
    }
    case LabelFormat::upper_letter:
      return std::string(1, static_cast<char>('A' + (value - 1) % 26));
    case LabelFormat::lower_letter:
      return std::string(1, static_cast<char>('a' + (value - 1) % 26));
    default:
      return std::to_string(value);
  }
}

std::string ListCounter::next(const ListDefinition& definition, std::size_t level) {
  level = std::min(level, list_levels - 1);
  const ListLevel& shape = definition.levels[level];
  counters_[level] = counters_[level] == 0 ? std::max<std::size_t>(shape.start, 1) : counters_[level] + 1;
  std::fill(counters_.begin() + static_cast<std::ptrdiff_t>(level) + 1, counters_.end(), 0);
  if (shape.format == LabelFormat::bullet) return "•";
  if (shape.format == LabelFormat::none) return {};
  std::string label;
  for (std::size_t i = 0; i < shape.pattern.size(); ++i) {
    const bool place = shape.pattern[i] == '%' && i + 1 < shape.pattern.size() &&
                       shape.pattern[i + 1] >= '1' && shape.pattern[i + 1] <= '9';
    if (!place) {
      label += shape.pattern[i];
      continue;
    }
    const auto of = static_cast<std::size_t>(shape.pattern[++i] - '1');
    label += format_counter(std::max<std::size_t>(counters_[of], 1),
                            of == level ? shape.format : definition.levels[of].format);
  }
  return label;
}

}  // namespace convoke::documents
