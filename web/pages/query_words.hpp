// What is wrong with the filters in an address, in the reader's words. The filters (calendar/filters) say it
// once, in English, for programs and people alike; each of their sentences has a form of its own, which is
// said anew here.
#pragma once

#include "model/language.hpp"

#include <optional>
#include <string>

namespace convoke::web {

// `said` is the message of an Error that parse_feed_query gave. Nothing when it is no sentence of the
// filters.
std::optional<std::string> query_fault_text(const std::string& said, Language language);

}  // namespace convoke::web
