// A feed over HTTP: one place for the headers that calendar programs depend on (feeds.md rules 1-8 and 13,
// consequence 6).
#pragma once

#include "service/feeds.hpp"
#include "web/http.hpp"

#include <memory>
#include <string_view>

namespace convoke::web {

enum class Visibility {
  open,      // anybody's; caches may keep it
  personal,  // behind a token in its address: not for shared caches nor for search engines
};

// The form in which the reader of `request` gets a feed.
service::FeedForm form_for(const Request& request);

// 200 with the bytes in form_for(request), plain if `body` has no others, or 304. Copies nothing of them.
// `file_name`: ASCII, "kind-meeting.ics".
Reply feed_reply(const Request& request, const std::shared_ptr<const service::FeedBody>& body,
                 Visibility visibility, std::string_view file_name);

// The same without the bytes, where none are sent: 304, or what HEAD asks for. Nothing when they must be.
std::optional<Reply> feed_reply(const Request& request, const service::FeedRecord& record,
                                Visibility visibility, std::string_view file_name);

}  // namespace convoke::web
