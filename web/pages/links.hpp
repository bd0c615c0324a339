// Addresses that pages, feeds and the API hand out.
#pragma once

#include "model/ids.hpp"
#include "service/presentation.hpp"

#include <string>
#include <string_view>

namespace convoke::web {

std::string event_path(EventId id);
std::string plan_path(PlanId id);

// "/feeds/all.ics?kind=meeting"
std::string feed_path(const calendar::FeedQuery& query);
// "/subscribe?kind=meeting"
std::string subscribe_path(const calendar::FeedQuery& query);

// Characters of a feed's address, with its scheme. Google Calendar takes no more than 256 and says nothing
// when it does not (feeds.md rule 13).
inline constexpr std::size_t longest_feed_address = 200;

// The three ways to subscribe to one feed (feeds.md, subscribe links).
struct FeedLinks {
  std::string https;   // base_url + path: for "add by URL"
  std::string webcal;  // what follows "webcal:", "//host/feeds/all.ics"
  std::string
      google;  // opens Google Calendar with the subscription filled in; empty: the address is too long
};
FeedLinks feed_links(std::string_view base_url, std::string_view path);

// `path` with key=value added to its query.
std::string with_query(std::string path, std::string_view key, std::string_view value);

// Whether an address from outside may become a link: absolute http or https, no white space or control
// character.
bool is_web_link(std::string_view address);

}  // namespace convoke::web
