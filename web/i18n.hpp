// The interface's words in four languages. Message ids are the English texts; the catalogs
// (translations/*.po) are compiled at build time and are part of the program, so that no locale has to be
// installed on the machine.
#pragma once

#include "model/language.hpp"
#include "web/http.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace convoke::web {

// The language of a reader who asks for none.
inline constexpr Language default_language = Language::uk;

using Fillings = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// The text of `msgid` in `language`; `msgid` itself when no catalog has it. Plain text, not HTML.
std::string tr(Language language, const char* msgid);
// The same with every {name} replaced by its filling; what has no filling stays.
std::string tr(Language language, const char* msgid, Fillings fillings);
// The form for `n` by the plural rule of the language, with {n} filled in.
std::string trn(Language language, const char* singular, const char* plural, long n);

// The best of the four languages for an Accept-Language header (RFC 9110 12.5.4): the highest weight wins,
// the first of equals; "ru-BY" counts as "ru". Nothing when none of them is acceptable or the header is
// empty.
std::optional<Language> negotiate_language(std::string_view accept_language);

// ?lang=, else the cookie `lang`, else Accept-Language; English for a reader who asks only for others.
Language language_of_reader(const Request& request);

// The headers that tell caches and readers what language was chosen. A choice made by ?lang= is kept in a
// cookie that holds nothing but the tag.
void set_language_headers(Reply& reply, const Request& request, Language language);

}  // namespace convoke::web
