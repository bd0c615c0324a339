// A sheet for the wall: what a calendar is called, the code that leads to it, and how.
#pragma once

#include "service/snapshot.hpp"
#include "web/pages/frame.hpp"

#include <string>
#include <string_view>

namespace convoke::web {

// The absolute address of the page of a calendar: what codes hold and posters print.
std::string page_address(const calendar::FeedQuery& query, std::string_view base_url);

// What a reader must know about who can reach the addresses, in words; empty when everybody can.
std::string reach_text(std::string_view base_url, Language language);

// Without the site's own menu. Errors: limit_exceeded when the address is too long for a code.
Result<std::string> render_poster(const service::Snapshot& snapshot, const calendar::FeedQuery& query,
                                  const Frame& frame);

}  // namespace convoke::web
