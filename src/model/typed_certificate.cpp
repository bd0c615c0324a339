// A certificate's code and number as people type them off paper.
#include "base/text.hpp"
#include "model/certificate.hpp"

#include <algorithm>
#include <array>

namespace convoke {
namespace {

constexpr std::string_view address_mark = "/certificate/";
constexpr std::size_t year_digits = 4, most_number_digits = 9;

struct Replacement {
  std::string_view from, to;
};
// Letters as they are meant in a code, which has digits and a to f alone. What separates is left out.
constexpr std::array look_alikes = std::to_array<Replacement>({
    {"а", "a"},     {"А", "a"},     {"в", "b"},     {"В", "b"},     {"ь", "b"},     {"Ь", "b"},
    {"с", "c"},     {"С", "c"},     {"е", "e"},     {"Е", "e"},     {"ё", "e"},     {"Ё", "e"},
    {"о", "0"},     {"О", "0"},     {"o", "0"},     {"O", "0"},     {"і", "1"},     {"І", "1"},
    {"l", "1"},     {"I", "1"},     {"i", "1"},     {"L", "1"},     {"|", "1"},     {"з", "3"},
    {"З", "3"},     {"б", "6"},     {"S", "5"},     {"s", "5"},     {"\u00A0", ""}, {"\u00AD", ""},
    {"\u2007", ""}, {"\u2009", ""}, {"\u200B", ""}, {"\u202F", ""}, {"\uFEFF", ""}, {"\u2010", ""},
    {"\u2011", ""}, {"\u2012", ""}, {"\u2013", ""}, {"\u2014", ""}, {"\u2212", ""},
});
constexpr std::string_view separators = " \t\r\n-_.,:;";
// "No. 12/2026": what may stand before a number.
constexpr std::array number_signs =
    std::to_array<std::string_view>({"№", "N°", "No.", "No", "Nr.", "Nr", "N"});

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(separators);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(separators) - begin + 1);
}

// The code in `text`; nothing when something else stands there too.
std::optional<std::string> code_in(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const auto known = std::ranges::find_if(
        look_alikes, [text](const Replacement& one) { return text.starts_with(one.from); });
    if (known != look_alikes.end()) {
      plain += known->to;
      text.remove_prefix(known->from.size());
      continue;
    }
    if (separators.find(text.front()) == std::string_view::npos) plain += text.front();
    text.remove_prefix(1);
  }
  return certificate_code_of(plain);
}

std::string_view without_sign(std::string_view text) {
  for (const auto sign : number_signs)
    if (text.ends_with(sign)) return text.substr(0, text.size() - sign.size());
  return text;
}

// Where "12/2026" stands: begin and end; nothing without one.
struct Span {
  std::size_t begin = 0, slash = 0, end = 0;
};
std::optional<Span> number_at(std::string_view text) {
  for (auto slash = text.find('/'); slash != std::string_view::npos; slash = text.find('/', slash + 1)) {
    auto last = slash, first = slash + 1;
    while (last > 0 && text[last - 1] == ' ') --last;
    while (first < text.size() && text[first] == ' ') ++first;
    auto begin = last;
    while (begin > 0 && is_digit(text[begin - 1])) --begin;
    const auto year = text.substr(first, year_digits);
    if (begin == last || last - begin > most_number_digits || year.size() != year_digits ||
        !std::ranges::all_of(year, is_digit))
      continue;
    return Span{begin, slash, first + year_digits};
  }
  return std::nullopt;
}

std::string number_in(std::string_view text, const Span& at) {
  auto number = trimmed(text.substr(at.begin, at.slash - at.begin));
  while (number.size() > 1 && number.front() == '0') number.remove_prefix(1);
  return std::string(number) + "/" + std::string(text.substr(at.end - year_digits, year_digits));
}

}  // namespace

std::optional<TypedCertificate> typed_certificate(std::string_view typed) {
  if (typed.size() > longest_typed_certificate) return std::nullopt;
  TypedCertificate found;
  if (const auto mark = typed.rfind(address_mark); mark != std::string_view::npos) {
    auto code = code_in(trimmed(typed.substr(mark + address_mark.size())));
    if (!code) return std::nullopt;
    found.code = std::move(*code);
    return found;
  }
  const auto at = number_at(typed);
  if (!at) {
    auto code = code_in(typed);
    if (!code) return std::nullopt;
    found.code = std::move(*code);
    return found;
  }
  found.number = number_in(typed, *at);
  const auto before = trimmed(without_sign(trimmed(typed.substr(0, at->begin))));
  const auto after = trimmed(typed.substr(at->end));
  if (!before.empty() && !after.empty()) return std::nullopt;
  if (before.empty() && after.empty()) return found;
  auto code = code_in(after.empty() ? before : after);
  if (!code) return std::nullopt;
  found.code = std::move(*code);
  return found;
}

}  // namespace convoke
