#include "calendar/holidays.hpp"

#include "base/embedded.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <stdexcept>

namespace convoke::embedded {
std::span<const EmbeddedFile> holidays();
}

namespace convoke::calendar {
namespace {

constexpr std::size_t longest_name = 200;  // bytes

Error wrong(std::size_t line, std::string_view why) {
  return {Errc::invalid_input, fmt::format("line {}: {}", line, why)};
}

// "UA\t2025-01-01\toff\tНовий рік" in its four columns; the last one may hold what it likes but a tab.
std::optional<std::array<std::string_view, 4>> columns_of(std::string_view line) {
  std::array<std::string_view, 4> columns;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto tab = line.find('\t');
    if (tab == std::string_view::npos) return std::nullopt;
    columns[i] = line.substr(0, tab);
    line.remove_prefix(tab + 1);
  }
  if (line.find('\t') != std::string_view::npos) return std::nullopt;
  columns[3] = line;
  return columns;
}

bool is_country(std::string_view text) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() == 2 && capital(text[0]) && capital(text[1]);
}

Result<SpecialDay> read_line(std::string_view line, std::size_t number) {
  const auto columns = columns_of(line);
  if (!columns) return wrong(number, "country, day, off or working, and a name, parted by tabs");
  const auto& [country, day, kind, name] = *columns;
  if (!is_country(country)) return wrong(number, "a country is two capital letters: UA");
  const auto date = parse_iso_date(day);
  if (!date) return wrong(number, "a day reads 2025-01-31");
  if (kind != "off" && kind != "working") return wrong(number, "a day is 'off' or 'working'");
  if (trim(name).empty() || name.size() > longest_name) return wrong(number, "a day has a name of 200 bytes");
  return SpecialDay{std::string(country), *date, kind == "off", std::string(trim(name))};
}

DaysOff read_built_in() {
  DaysOff table;
  for (const auto& file : embedded::holidays()) {
    const auto days = read_special_days(file.bytes);
    if (!days) throw std::logic_error(fmt::format("{}: {}", file.name, days.error().message));
    for (const auto& day : *days) table.put(day);
  }
  return table;
}

}  // namespace

const DaysOff& built_in_days_off() {
  static const DaysOff table = read_built_in();
  return table;
}

Result<std::vector<SpecialDay>> read_special_days(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.size() > max_holiday_file)
    return Error{Errc::invalid_input, "a file of holidays has 64 KiB at most"};
  if (!is_valid_utf8(text)) return Error{Errc::invalid_input, "a file of holidays is UTF-8"};
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  std::vector<SpecialDay> days;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (trim(line).empty() || line.starts_with('#')) continue;
    auto day = read_line(line, number);
    if (!day) return day.error();
    if (days.size() == max_special_days) return wrong(number, "a file names 1000 days at most");
    days.push_back(std::move(*day));
  }
  return days;
}

}  // namespace convoke::calendar
