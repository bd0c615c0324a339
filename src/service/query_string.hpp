// "kind=meeting&lang=uk" as it stands after the question mark of a feed's address.
#pragma once

#include "calendar/filters/feed_query.hpp"

#include <string_view>

namespace convoke::service {

// Errors: those of calendar::parse_feed_query, and invalid_input for a broken %-escape.
Result<calendar::FeedQuery> parse_query_string(std::string_view text);

}  // namespace convoke::service
