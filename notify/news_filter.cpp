#include "notify/news_filter.hpp"

#include "base/text.hpp"
#include "calendar/feed_words.hpp"

#include <utility>
#include <vector>

namespace convoke::notify {
namespace {

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// Percent-encoding undone (RFC 3986 2.1); '+' is a space in a form's text.
std::optional<std::string> decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    if (i + 2 >= text.size() || digit_of(text[i + 1]) < 0 || digit_of(text[i + 2]) < 0) return std::nullopt;
    out += static_cast<char>(digit_of(text[i + 1]) * 16 + digit_of(text[i + 2]));
    i += 2;
  }
  return out;
}

}  // namespace

std::optional<calendar::FeedQuery> query_of_text(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> pairs;
  if (!text.empty()) {
    for (const auto part : split(text, '&')) {
      const auto equals = part.find('=');
      if (equals == std::string_view::npos) return std::nullopt;
      auto name = decoded(part.substr(0, equals)), value = decoded(part.substr(equals + 1));
      if (!name || !value) return std::nullopt;
      pairs.emplace_back(std::move(*name), std::move(*value));
    }
  }
  auto query = calendar::parse_feed_query(pairs);
  if (!query) return std::nullopt;
  return std::move(*query);
}

std::string filter_words(std::string_view text, Language language) {
  const auto query = query_of_text(text);
  if (!query) return {};
  std::vector<std::string> words;
  for (const auto kind : query->kinds) words.emplace_back(calendar::kind_label(kind, language));
  for (const auto level : query->levels) words.emplace_back(calendar::level_label(level, language));
  for (const auto* list : {&query->sections, &query->audience, &query->responsible})
    words.insert(words.end(), list->begin(), list->end());
  if (!query->text.empty()) words.push_back("«" + query->text + "»");
  return join(words, ", ");
}

}  // namespace convoke::notify
