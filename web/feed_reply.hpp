// A feed over HTTP: one place for the headers that calendar programs depend on (feeds.md rules 1-8 and 13,
// consequence 6).
#pragma once

#include "service/feeds.hpp"
#include "web/http.hpp"

#include <string_view>

namespace convoke::web {

enum class Visibility {
  open,      // anybody's; caches may keep it
  personal,  // behind a token in its address: not for shared caches nor for search engines
};

// 200 with the plain or compressed bytes, or 304. Copies nothing of the body. `file_name`: ASCII,
// "kind-meeting.ics".
Reply feed_reply(const Request& request, const service::FeedBody& body, Visibility visibility,
                 std::string_view file_name);

}  // namespace convoke::web
