#include "model/certificate.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace convoke {
namespace {

constexpr std::size_t code_digits = 20, group = 4;

// Nothing in them depends on who somebody is: "the certificate goes to", and the name stays in the
// nominative.
const CertificateWords& shipped(Language language) {
  static const std::array<CertificateWords, 4> words = {{
      {"Сертифікат", "отримує", "за участь у заході\n{event}\n{dates}\n{place}\nОбсяг, годин: {hours}", ""},
      {"Сертыфікат", "атрымлівае",
       "за ўдзел у мерапрыемстве\n{event}\n{dates}\n{place}\nАб’ём, гадзін: {hours}", ""},
      {"Сертификат", "получает", "за участие в мероприятии\n{event}\n{dates}\n{place}\nОбъём, часов: {hours}",
       ""},
      {"Certificate of attendance", "is awarded to",
       "for taking part in\n{event}\n{dates}\n{place}\nHours: {hours}", ""},
  }};
  return words.at(static_cast<std::size_t>(language));
}

// A name in braces at `at`; empty: none begins there.
std::string_view place_at(std::string_view text, std::size_t at) {
  if (text[at] != '{') return {};
  std::size_t end = at + 1;
  while (end < text.size() && text[end] >= 'a' && text[end] <= 'z') ++end;
  if (end == at + 1 || end >= text.size() || text[end] != '}') return {};
  return text.substr(at + 1, end - at - 1);
}

// Nothing: a place in it has nothing to say.
std::optional<std::string> filled(std::string_view line, const CertificateValues& values) {
  std::string text;
  for (std::size_t i = 0; i < line.size();) {
    const auto name = place_at(line, i);
    const auto* const known = std::ranges::find(certificate_places, name);
    if (name.empty() || known == certificate_places.end()) {
      text += line[i++];
      continue;
    }
    const auto& value = values.at(static_cast<std::size_t>(known - certificate_places.begin()));
    if (value.empty()) return std::nullopt;
    text += value;
    i += name.size() + 2;
  }
  return text;
}

}  // namespace

std::string number_text(const Certificate& certificate) {
  return std::to_string(certificate.number) + "/" + std::to_string(certificate.year);
}

std::string new_certificate_code() {
  return certificate_code_of(sha256_hex(random_token()).substr(0, code_digits)).value_or(std::string());
}

std::optional<std::string> certificate_code_of(std::string_view typed) {
  std::string code;
  std::size_t digits = 0;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    if (!((lower >= '0' && lower <= '9') || (lower >= 'a' && lower <= 'f'))) return std::nullopt;
    if (digits == code_digits) return std::nullopt;
    if (digits > 0 && digits % group == 0) code += '-';
    code += lower;
    ++digits;
  }
  if (digits != code_digits) return std::nullopt;
  return code;
}

std::vector<CertificateLine> fill_certificate(std::string_view text, const CertificateValues& values) {
  std::vector<CertificateLine> lines;
  for (const auto raw : split(text, '\n')) {
    const auto line = trim(raw);
    if (line.empty()) continue;
    auto words = filled(line, values);
    if (!words) continue;
    lines.push_back({std::move(*words), line == "{event}"});
  }
  return lines;
}

std::optional<std::string> unknown_place(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto name = place_at(text, i);
    if (!name.empty() && std::ranges::find(certificate_places, name) == certificate_places.end())
      return std::string(name);
  }
  return std::nullopt;
}

CertificateWords words_in(const CertificateSettings& settings, Language language) {
  auto words = settings.words.at(static_cast<std::size_t>(language));
  const auto& ours = shipped(language);
  if (words.title.empty()) words.title = ours.title;
  if (words.lead.empty()) words.lead = ours.lead;
  if (words.text.empty()) words.text = ours.text;
  // Who signs is seldom written four times.
  for (std::size_t i = 0; i < settings.words.size() && words.signatory.empty(); ++i)
    words.signatory = settings.words.at(i).signatory;
  return words;
}

}  // namespace convoke
