#include "calendar/ical_prescan.hpp"

#include "base/text.hpp"
#include "calendar/ical_rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

namespace convoke::calendar {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

Error at_line(std::size_t line, Errc code, std::string_view reason) {
  return {code, fmt::format("line {}: {}", line, reason)};
}

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string upper_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), upper);
  return out;
}

// "DTSTART;TZID=Europe/Kyiv:20241114T100000" in its parts.
struct ContentLine {
  std::string name;  // upper case
  std::vector<std::string_view> parameters;
  std::string_view value;
};

std::optional<ContentLine> split_line(std::string_view line) {
  ContentLine out;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (quoted || (line[i] != ';' && line[i] != ':')) continue;
    const auto part = line.substr(begin, i - begin);
    if (out.name.empty())
      out.name = upper_case(part);
    else if (out.parameters.size() <= most_parameters)
      out.parameters.push_back(part);
    begin = i + 1;
    if (line[i] == ';') continue;
    out.value = line.substr(begin);
    return out.name.empty() ? std::nullopt : std::optional(out);
  }
  return std::nullopt;
}

bool is_sane_tzid(std::string_view tzid) {
  if (tzid.empty() || tzid.size() > longest_tzid || tzid.find("..") != std::string_view::npos) return false;
  return std::none_of(tzid.begin(), tzid.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == 0x7F; });
}

class Prescan {
 public:
  Result<PrescannedCalendar> run(std::string_view bytes);

 private:
  std::optional<Error> check_bytes(std::string_view bytes) const;
  std::optional<Error> take(std::string_view line, std::size_t number);
  std::optional<Error> open(const std::string& name, std::size_t number);
  std::optional<Error> close(const std::string& name, std::size_t number);
  std::optional<Error> check_property(const ContentLine& line, std::size_t number);

  struct Open {
    std::string name;
    std::size_t dates = 0;
  };
  std::vector<Open> open_;
  std::size_t components_ = 0;
  PrescannedCalendar found_;
};

std::optional<Error> Prescan::check_bytes(std::string_view bytes) const {
  if (bytes.size() > largest_calendar_file)
    return Error{Errc::limit_exceeded,
                 fmt::format("the calendar is larger than {} MB", largest_calendar_file / 1024 / 1024)};
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ||
      bytes.find('\0') != std::string_view::npos)
    return Error{Errc::unsupported_format, "the calendar is not UTF-8; save it as UTF-8"};
  if (!is_valid_utf8(bytes))
    return Error{Errc::unsupported_format, "the calendar is not UTF-8; save it as UTF-8"};
  return std::nullopt;
}

std::optional<Error> Prescan::open(const std::string& name, std::size_t number) {
  if (open_.empty() && name != "VCALENDAR")
    return at_line(number, Errc::unsupported_format,
                   "this is no iCalendar file: it must begin with BEGIN:VCALENDAR");
  if (open_.size() >= deepest_component)
    return at_line(number, Errc::limit_exceeded,
                   fmt::format("components nest deeper than {}", deepest_component));
  if (++components_ > most_components)
    return at_line(number, Errc::limit_exceeded, fmt::format("more than {} components", most_components));
  if (name == "VEVENT") {
    if (open_.size() != 1)
      return at_line(number, Errc::invalid_input, "an event stands inside another component");
    found_.event_lines.push_back(number);
  }
  open_.push_back({name});
  return std::nullopt;
}

std::optional<Error> Prescan::close(const std::string& name, std::size_t number) {
  if (open_.empty() || open_.back().name != name)
    return at_line(number, Errc::invalid_input, fmt::format("END:{} closes nothing", ellipsize(name, 40)));
  open_.pop_back();
  return std::nullopt;
}

std::optional<Error> Prescan::check_property(const ContentLine& line, std::size_t number) {
  if (line.parameters.size() > most_parameters)
    return at_line(number, Errc::limit_exceeded, fmt::format("more than {} parameters", most_parameters));
  for (const auto parameter : line.parameters) {
    if (!upper_case(parameter.substr(0, 5)).starts_with("TZID=")) continue;
    auto tzid = parameter.substr(5);
    if (tzid.size() >= 2 && tzid.starts_with('"') && tzid.ends_with('"'))
      tzid = tzid.substr(1, tzid.size() - 2);
    if (!is_sane_tzid(tzid)) return at_line(number, Errc::invalid_input, "TZID is no time zone");
  }
  if (line.name == "TZID" && !is_sane_tzid(line.value))
    return at_line(number, Errc::invalid_input, "TZID is no time zone");
  if (line.name == "EXDATE" || line.name == "RDATE") {
    auto& dates = open_.back().dates;
    dates += 1 + static_cast<std::size_t>(std::count(line.value.begin(), line.value.end(), ','));
    if (dates > most_excluded_dates)
      return at_line(number, Errc::limit_exceeded,
                     fmt::format("more than {} single dates", most_excluded_dates));
  }
  if (line.name == "RRULE" || line.name == "EXRULE")
    if (const auto rule = read_rule(line.value); !rule)
      return at_line(number, rule.error().code, rule.error().message);
  return std::nullopt;
}

std::optional<Error> Prescan::take(std::string_view line, std::size_t number) {
  if (line.empty()) return std::nullopt;
  if (line.size() > longest_unfolded_line)
    return at_line(number, Errc::limit_exceeded,
                   fmt::format("longer than {} KB with its continuations", longest_unfolded_line / 1024));
  const auto parts = split_line(line);
  if (!parts) {
    if (open_.empty())
      return at_line(number, Errc::unsupported_format,
                     "this is no iCalendar file: it must begin with BEGIN:VCALENDAR");
    return at_line(number, Errc::invalid_input, "this is no iCalendar property");
  }
  if (parts->name == "BEGIN") return open(upper_case(trim(parts->value)), number);
  if (parts->name == "END") return close(upper_case(trim(parts->value)), number);
  if (open_.empty())
    return at_line(number, Errc::unsupported_format,
                   "this is no iCalendar file: it must begin with BEGIN:VCALENDAR");
  return check_property(*parts, number);
}

Result<PrescannedCalendar> Prescan::run(std::string_view bytes) {
  if (auto error = check_bytes(bytes)) return *error;
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  found_.text = bytes;
  std::string unfolded;
  std::size_t number = 0, unfolded_number = 1;
  while (!bytes.empty()) {
    ++number;
    const auto end = bytes.find('\n');
    auto line = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() > longest_raw_line)
      return at_line(number, Errc::limit_exceeded, fmt::format("longer than {} KB", longest_raw_line / 1024));
    if (line.find('\r') != std::string_view::npos)
      return at_line(number, Errc::invalid_input, "lines must end with CR LF or LF, not with CR alone");
    if (line.starts_with(' ') || line.starts_with('\t')) {
      unfolded += line.substr(1);
      if (unfolded.size() <= longest_unfolded_line) continue;
    }
    if (auto error = take(unfolded, unfolded_number)) return *error;
    unfolded = line;
    unfolded_number = number;
  }
  if (auto error = take(unfolded, unfolded_number)) return *error;
  if (!open_.empty())
    return at_line(number, Errc::invalid_input,
                   fmt::format("the file ends before END:{}", open_.back().name));
  if (components_ == 0)
    return Error{Errc::unsupported_format, "this is no iCalendar file: it must begin with BEGIN:VCALENDAR"};
  return found_;
}

}  // namespace

Result<PrescannedCalendar> prescan_ical(std::string_view bytes) {
  return Prescan().run(bytes);
}

}  // namespace convoke::calendar
