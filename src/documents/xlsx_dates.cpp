#include "documents/xlsx_dates.hpp"

#include "base/date.hpp"
#include "documents/xml.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <map>

namespace convoke::documents {
namespace {

constexpr double max_serial = 2'958'465;  // 9999-12-31
constexpr int minutes_a_day = 24 * 60;

// The format without quoted text, escaped characters and [brackets], in lower case.
std::string bare_format(std::string_view code) {
  std::string out;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code[i] == '"' || code[i] == '[') {
      const auto end = code.find(code[i] == '"' ? '"' : ']', i + 1);
      if (end == std::string_view::npos) break;
      i = end;
    } else if (code[i] == '\\' || code[i] == '_' || code[i] == '*') {
      ++i;
    } else if (code[i] == ';') {
      break;  // only the first section, of positive numbers
    } else {
      out += static_cast<char>(code[i] >= 'A' && code[i] <= 'Z' ? code[i] - 'A' + 'a' : code[i]);
    }
  }
  return out;
}

}  // namespace

SheetStyles::Shape SheetStyles::shape_of(std::size_t id, std::string_view code) {
  if (code.empty()) {
    if (id == 17) return Shape::month;
    if ((id >= 14 && id <= 16) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
      return Shape::date;
    if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return Shape::time;
    return Shape::number;
  }
  const std::string bare = bare_format(code);
  if (bare.find("general") != std::string::npos) return Shape::number;
  const bool day = bare.find('d') != std::string::npos, year = bare.find('y') != std::string::npos;
  const bool hour = bare.find('h') != std::string::npos, month = bare.find('m') != std::string::npos;
  if (day || (year && !month)) return Shape::date;
  if (month && (year || !hour) && bare.find('s') == std::string::npos) return Shape::month;
  return hour ? Shape::time : Shape::number;
}

void SheetStyles::load(pugi::xml_node style_sheet) {
  std::map<std::size_t, std::string> codes;
  for (const auto format : child(style_sheet, "numFmts").children())
    codes[count_attribute(format, "numFmtId", 0, 1'000'000)] = attribute(format, "formatCode");
  for (const auto style : child(style_sheet, "cellXfs").children()) {
    const auto id = count_attribute(style, "numFmtId", 0, 1'000'000);
    const auto code = codes.find(id);
    shapes_.push_back(shape_of(id, code == codes.end() ? std::string_view() : code->second));
  }
}

std::string SheetStyles::number_text(std::string_view value, std::size_t style) const {
  const Shape shape = style < shapes_.size() ? shapes_[style] : Shape::number;
  const std::string text(value);
  if (shape == Shape::number || text.empty()) return text;
  char* end = nullptr;
  const double serial = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !(serial >= 0) || serial > max_serial) return text;
  const int days = static_cast<int>(serial);
  const int minutes = static_cast<int>(std::lround((serial - days) * minutes_a_day)) % minutes_a_day;
  const std::string time = fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
  if (shape == Shape::time) return time;
  const Date date = add_days(date1904 ? make_date(1904, 1, 1) : make_date(1899, 12, 30), days);
  if (shape == Shape::month)
    return fmt::format("{:02}/{}", static_cast<unsigned>(date.month()), static_cast<int>(date.year()));
  return minutes == 0 ? format_iso(date) : format_iso(date) + " " + time;
}

}  // namespace convoke::documents
