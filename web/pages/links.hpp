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
// "/feeds/all.json?kind=meeting": the same events in another form; `form` is "json" or "atom".
std::string twin_path(const calendar::FeedQuery& query, std::string_view form);
// "/subscribe?kind=meeting". On pages `lang` is the language of the page, so that of the calendar is
// `feed-lang` there.
std::string subscribe_path(const calendar::FeedQuery& query);
// The page of such a path that hangs below it: "/subscribe/poster?kind=meeting" for "poster".
std::string subscribe_path(const calendar::FeedQuery& query, std::string_view below);
// "/news?kind=seminar": the form for news by mail, with the same choice.
std::string news_path(const calendar::FeedQuery& query);
// "/embed/coming?kind=meeting"
std::string embed_path(const calendar::FeedQuery& query);

// Characters of a feed's address, with its scheme. Google Calendar takes no more than 256 and says nothing
// when it does not (feeds.md rule 13).
inline constexpr std::size_t longest_feed_address = 200;

// The ways to subscribe to one feed (feeds.md, subscribe links).
struct FeedLinks {
  std::string https;   // base_url + path: for "add by URL"
  std::string webcal;  // what follows "webcal:", "//host/feeds/all.ics"
  std::string
      google;  // opens Google Calendar with the subscription filled in; empty: the address is too long
  std::string outlook, office;  // the same for Outlook.com and for Microsoft 365
};
// `name`: what the calendar is called where a program asks for it.
FeedLinks feed_links(std::string_view base_url, std::string_view path, std::string_view name = {});

// Who can fetch what begins with `base_url`: calendar services do it from outside.
enum class Reach {
  everywhere,
  unencrypted,    // everywhere, but over plain http, which some programs refuse
  local_network,  // only where this network's names and private addresses mean something
  this_machine,   // a loopback address: no telephone and no service
};
Reach reach_of(std::string_view base_url);

// `path` with key=value added to its query.
std::string with_query(std::string path, std::string_view key, std::string_view value);

// Whether an address from outside may become a link: absolute http or https, no white space or control
// character.
bool is_web_link(std::string_view address);

}  // namespace convoke::web
