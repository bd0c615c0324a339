#include "web/i18n.hpp"

#include "base/embedded.hpp"
#include "base/text.hpp"

#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>

#include <array>
#include <charconv>
#include <locale>
#include <vector>

namespace convoke::embedded {
std::span<const EmbeddedFile> web_catalogs();
}

namespace convoke::web {
namespace {

std::locale locale_of_language(Language language) {
  boost::locale::gnu_gettext::messages_info info;
  info.language = std::string(tag_of(language));
  info.encoding = "UTF-8";
  info.domains.emplace_back("convoke");
  info.paths.emplace_back("");
  info.callback = [language](const std::string&, const std::string&) {
    const auto bytes = find_embedded(embedded::web_catalogs(), std::string(tag_of(language)) + ".mo");
    return std::vector<char>(bytes.begin(), bytes.end());
  };
  // The locale owns the facet from here on.
  return {std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(info)};
}

const std::locale& locale_for(Language language) {
  static const std::array<std::locale, all_languages.size()> locales = {
      locale_of_language(Language::uk), locale_of_language(Language::be), locale_of_language(Language::ru),
      locale_of_language(Language::en)};
  return locales.at(static_cast<std::size_t>(language));
}

std::string fill(std::string text, Fillings fillings) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    bool filled = false;
    for (const auto& [name, value] : fillings) {
      if (text[i] != '{' || text.compare(i + 1, name.size(), name) != 0) continue;
      if (i + 1 + name.size() >= text.size() || text[i + 1 + name.size()] != '}') continue;
      out += value;
      i += name.size() + 2;
      filled = true;
      break;
    }
    if (!filled) out += text[i++];
  }
  return out;
}

// The weight in thousandths of "q=0.8", 1000 without one, 0 for nonsense (RFC 9110 12.4.2).
int weight_of(std::string_view parameters) {
  for (const auto piece : split(parameters, ';')) {
    const auto parameter = trim(piece);
    if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) continue;
    const auto value = parameter.substr(2);
    if (value == "1" || value.starts_with("1.")) return 1000;
    if (value == "0") return 0;
    if (!value.starts_with("0.") || value.size() > 5) return 0;
    int digits = 0;
    const auto [end, problem] = std::from_chars(value.data() + 2, value.data() + value.size(), digits);
    if (problem != std::errc() || end != value.data() + value.size()) return 0;
    for (std::size_t i = value.size(); i < 5; ++i) digits *= 10;
    return digits;
  }
  return 1000;
}

std::optional<Language> language_cookie(std::string_view cookies) {
  for (const auto piece : split(cookies, ';')) {
    const auto cookie = trim(piece);
    if (cookie.starts_with("lang=")) return language_of(cookie.substr(5));
  }
  return std::nullopt;
}

std::optional<Language> asked_by_address(const Request& request) {
  const auto asked = request.query_value("lang");
  return asked ? language_of(*asked) : std::nullopt;
}

}  // namespace

std::string tr(Language language, const char* msgid) {
  return boost::locale::translate(msgid).str(locale_for(language));
}

std::string tr(Language language, const char* msgid, Fillings fillings) {
  return fill(tr(language, msgid), fillings);
}

std::string trn(Language language, const char* singular, const char* plural, long n) {
  return fill(boost::locale::translate(singular, plural, n).str(locale_for(language)),
              {{"n", std::to_string(n)}});
}

std::optional<Language> negotiate_language(std::string_view accept_language) {
  std::optional<Language> best;
  int best_weight = 0;
  std::array<bool, all_languages.size()> refused{};
  bool any_language = false;
  for (const auto piece : split(accept_language, ',')) {
    const auto range = trim(piece);
    const auto semicolon = range.find(';');
    const auto tag = to_lower(trim(range.substr(0, semicolon)));
    const int weight = semicolon == std::string_view::npos ? 1000 : weight_of(range.substr(semicolon + 1));
    if (tag == "*" && weight > 0) any_language = true;
    const auto language = language_of(std::string_view(tag).substr(0, tag.find('-')));
    if (!language) continue;
    if (weight == 0) refused.at(static_cast<std::size_t>(*language)) = true;
    if (weight > best_weight) {
      best = language;
      best_weight = weight;
    }
  }
  if (best || !any_language) return best;
  for (const Language language : all_languages)
    if (!refused.at(static_cast<std::size_t>(language))) return language;
  return std::nullopt;
}

Language language_of_reader(const Request& request) {
  if (const auto asked = asked_by_address(request)) return *asked;
  if (const auto kept = language_cookie(request.header("cookie"))) return *kept;
  const auto accepted = request.header("accept-language");
  if (trim(accepted).empty()) return default_language;
  return negotiate_language(accepted).value_or(Language::en);
}

void set_language_headers(Reply& reply, const Request& request, Language language) {
  const std::string tag(tag_of(language));
  reply.set("Content-Language", tag);
  reply.set("Vary", "Accept-Language, Cookie");
  if (asked_by_address(request))
    reply.set("Set-Cookie", "lang=" + tag + "; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
}

}  // namespace convoke::web
