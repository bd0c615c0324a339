#include "documents/levels.hpp"

#include "base/text.hpp"

#include <array>
#include <utility>

namespace convoke::documents {
namespace {

// How the words begin, folded, from far to near.
constexpr std::array<std::pair<Level, std::string_view>, 31> beginnings = {{
    {Level::international, "міжнародн"},
    {Level::international, "международн"},
    {Level::international, "international"},
    {Level::national, "всеукраїнськ"},
    {Level::national, "всероссийск"},
    {Level::national, "общероссийск"},
    {Level::national, "общенациональн"},
    {Level::national, "загальнонаціональн"},
    {Level::national, "рэспубліканск"},
    {Level::national, "агульнанацыянальн"},
    {Level::national, "nationwide"},
    {Level::interregional, "міжрегіональн"},
    {Level::interregional, "межрегиональн"},
    {Level::interregional, "міжрэгіянальн"},
    {Level::interregional, "міжобласн"},
    {Level::interregional, "межобластн"},
    {Level::interregional, "міжабласн"},
    {Level::interregional, "interregional"},
    {Level::region, "обласн"},
    {Level::region, "областн"},
    {Level::region, "абласн"},
    {Level::region, "краев"},
    {Level::region, "регіональн"},
    {Level::region, "региональн"},
    {Level::region, "рэгіянальн"},
    {Level::district, "районн"},
    {Level::district, "раенн"},
    {Level::district, "городск"},
    {Level::district, "міськ"},
    {Level::district, "гарадск"},
    {Level::district, "муниципальн"},
}};

// "«Районные вести»" is a newspaper.
std::string without_quotations(std::string_view folded) {
  std::string out;
  bool within = false;
  for (const char c : folded) {
    if (c == '"') within = !within;
    out += within || c == '"' ? ' ' : c;
  }
  return out;
}

bool has_word_beginning(std::string_view text, std::string_view beginning) {
  for (auto at = text.find(beginning); at != std::string_view::npos; at = text.find(beginning, at + 1))
    if (at == 0 || text[at - 1] == ' ' || text[at - 1] == '(' || text[at - 1] == '-') return true;
  return false;
}

}  // namespace

std::optional<Level> level_of_title(std::string_view title) {
  const std::string text = without_quotations(fold(title));
  for (const auto& [level, beginning] : beginnings)
    if (has_word_beginning(text, beginning)) return level;
  return std::nullopt;
}

}  // namespace convoke::documents
