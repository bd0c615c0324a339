// A subscriber's filter as it is stored (the canonical text of a feed's query): read, and put in words.
#pragma once

#include "calendar/filters/feed_query.hpp"
#include "model/language.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke::notify {

// Nullopt for what is no canonical text of a query.
std::optional<calendar::FeedQuery> query_of_text(std::string_view text);

// "семінар, молодим бібліотекарям": what the filter narrows to; empty when it narrows nothing.
std::string filter_words(std::string_view text, Language language);

}  // namespace convoke::notify
