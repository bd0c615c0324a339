#include "web/conditional.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace convoke::web {
namespace {

// Every value of a field that is a list, as one list (RFC 9110 5.3).
std::string combined(const Request& request, std::string_view lower_case_name) {
  std::string list;
  for (const auto& [name, value] : request.headers) {
    if (name != lower_case_name) continue;
    if (!list.empty()) list += ", ";
    list += value;
  }
  return list;
}

// 0 to 1000; nothing for what is no weight (RFC 9110 12.4.2).
std::optional<int> parse_weight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  int weight = (text[0] - '0') * 1000;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int unit = 100;
  for (const char c : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (c < '0' || c > '9') return std::nullopt;
    weight += (c - '0') * unit;
    unit /= 10;
  }
  return weight <= 1000 ? std::optional(weight) : std::nullopt;
}

struct Weighted {
  std::string_view name;
  int weight = 0;  // 0: not acceptable
};

Weighted parse_weighted(std::string_view item) {
  Weighted result;
  const auto semicolon = std::min(item.find(';'), item.size());
  result.name = trim(item.substr(0, semicolon));
  if (semicolon == item.size()) {
    result.weight = 1000;
    return result;
  }
  const auto parameter = trim(item.substr(semicolon + 1));
  const auto equals = std::min(parameter.find('='), parameter.size());
  if (same_name(parameter.substr(0, equals), "q"))
    result.weight = parse_weight(parameter.substr(std::min(equals + 1, parameter.size()))).value_or(0);
  return result;
}

// Takes digits off the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  int number = 0;
  if (text.size() < digits) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, number);
  if (error != std::errc() || end != text.data() + digits || text.front() == '-') return std::nullopt;
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, std::string_view literal) {
  if (!text.starts_with(literal)) return false;
  text.remove_prefix(literal.size());
  return true;
}

std::optional<unsigned> take_month(std::string_view& text) {
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (unsigned i = 0; i < months.size(); ++i)
    if (take(text, months[i])) return i + 1;
  return std::nullopt;
}

std::optional<std::chrono::seconds> take_time(std::string_view& text) {
  const auto hour = take_number(text, 2);
  if (!hour || !take(text, ":")) return std::nullopt;
  const auto minute = take_number(text, 2);
  if (!minute || !take(text, ":")) return std::nullopt;
  const auto second = take_number(text, 2);
  if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

std::optional<Instant> instant_of(int year, unsigned month, int day, std::chrono::seconds time) {
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date} + time;
}

// "06 Nov 1994 08:49:37 GMT", and "06-Nov-94 08:49:37 GMT" with separator "-" and two digits of the year.
std::optional<Instant> parse_day_first(std::string_view text, std::string_view separator,
                                       std::size_t year_digits) {
  const auto day = take_number(text, 2);
  if (!day || !take(text, separator)) return std::nullopt;
  const auto month = take_month(text);
  if (!month || !take(text, separator)) return std::nullopt;
  auto year = take_number(text, year_digits);
  if (!year || !take(text, " ")) return std::nullopt;
  const auto time = take_time(text);
  if (!time || text != " GMT") return std::nullopt;
  if (year_digits == 2) *year += *year < 70 ? 2000 : 1900;
  return instant_of(*year, *month, *day, *time);
}

// "Nov  6 08:49:37 1994"
std::optional<Instant> parse_asctime(std::string_view text) {
  const auto month = take_month(text);
  if (!month || !take(text, " ")) return std::nullopt;
  const auto day = take_number(text, take(text, " ") ? 1 : 2);
  if (!day || !take(text, " ")) return std::nullopt;
  const auto time = take_time(text);
  if (!time || !take(text, " ")) return std::nullopt;
  const auto year = take_number(text, 4);
  if (!year || !text.empty()) return std::nullopt;
  return instant_of(*year, *month, *day, *time);
}

}  // namespace

std::optional<Instant> parse_http_date(std::string_view text) {
  if (text.empty()) return std::nullopt;
  constexpr std::array<std::string_view, 7> days{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                 "Thursday", "Friday", "Saturday"};
  for (const auto day : days) {
    auto rest = text;
    if (take(rest, day) && take(rest, ", ")) return parse_day_first(rest, "-", 2);
    rest = text;
    if (!take(rest, day.substr(0, 3))) continue;
    if (take(rest, ", ")) return parse_day_first(rest, " ", 4);
    if (take(rest, " ")) return parse_asctime(rest);
  }
  return std::nullopt;
}

bool matches_etag(std::string_view list, std::string_view etag) {
  if (trim(list) == "*") return true;
  while (!list.empty()) {
    while (!list.empty() && (list.front() == ' ' || list.front() == '\t' || list.front() == ','))
      list.remove_prefix(1);
    take(list, "W/");
    if (list.empty() || list.front() != '"') return false;
    const auto close = list.find('"', 1);
    if (close == std::string_view::npos) return false;
    if (list.substr(0, close + 1) == etag) return true;
    list.remove_prefix(close + 1);
  }
  return false;
}

Coding choose_coding(std::string_view accept_encoding) {
  std::optional<int> gzip, identity, any;
  while (!accept_encoding.empty()) {
    const auto comma = std::min(accept_encoding.find(','), accept_encoding.size());
    const auto weighted = parse_weighted(accept_encoding.substr(0, comma));
    accept_encoding.remove_prefix(std::min(comma + 1, accept_encoding.size()));
    if (same_name(weighted.name, "gzip") || same_name(weighted.name, "x-gzip")) gzip = weighted.weight;
    if (same_name(weighted.name, "identity")) identity = weighted.weight;
    if (weighted.name == "*") any = weighted.weight;
  }
  if (gzip) return *gzip > 0 && *gzip >= identity.value_or(0) ? Coding::gzip : Coding::identity;
  const bool plain_refused = identity == 0;
  return plain_refused && any.value_or(0) > 0 ? Coding::gzip : Coding::identity;
}

Coding choose_coding(const Request& request) {
  return choose_coding(combined(request, "accept-encoding"));
}

Choice choose(const Conditions& conditions, const Validators& validators) {
  Choice choice;
  if (!validators.gzip_etag.empty()) choice.coding = choose_coding(conditions.accept_encoding);
  const auto etag = choice.coding == Coding::gzip ? validators.gzip_etag : validators.etag;
  if (!conditions.if_none_match.empty()) {
    choice.not_modified = matches_etag(conditions.if_none_match, etag);
    return choice;  // RFC 9110 13.1.3: a date beside it is ignored
  }
  const auto since = parse_http_date(conditions.if_modified_since);
  choice.not_modified = since && validators.date_is_exact && validators.last_modified <= *since;
  return choice;
}

Choice choose(const Request& request, const Validators& validators) {
  const auto accept_encoding = combined(request, "accept-encoding");
  const auto if_none_match = combined(request, "if-none-match");
  Conditions conditions;
  conditions.accept_encoding = accept_encoding;
  conditions.if_none_match = if_none_match;
  conditions.if_modified_since = request.header("if-modified-since");
  return choose(conditions, validators);
}

}  // namespace convoke::web
