#include "web/pages/links.hpp"

#include "base/text.hpp"
#include "web/target.hpp"

#include <algorithm>

namespace convoke::web {
namespace {

std::string with_canonical(std::string path, const calendar::FeedQuery& query) {
  const auto text = calendar::canonical(query);
  return text.empty() ? path : path + "?" + text;
}

}  // namespace

std::string event_path(EventId id) {
  return "/events/" + std::to_string(id.value);
}

std::string plan_path(PlanId id) {
  return "/plans/" + std::to_string(id.value);
}

std::string feed_path(const calendar::FeedQuery& query) {
  return with_canonical("/feeds/all.ics", query);
}

std::string subscribe_path(const calendar::FeedQuery& query) {
  return with_canonical("/subscribe", query);
}

FeedLinks feed_links(std::string_view base_url, std::string_view path) {
  FeedLinks links;
  const auto scheme_end = base_url.find("//");
  const auto rest = scheme_end == std::string_view::npos ? base_url : base_url.substr(scheme_end);
  links.https = std::string(base_url) + std::string(path);
  links.webcal = std::string(rest) + std::string(path);
  const auto subscription = "webcal:" + links.webcal;
  if (std::max(subscription.size(), links.https.size()) <= longest_feed_address)
    links.google = "https://calendar.google.com/calendar/r?cid=" + percent_encode(subscription);
  return links;
}

std::string with_query(std::string path, std::string_view key, std::string_view value) {
  path += path.find('?') == std::string::npos ? '?' : '&';
  return path + std::string(key) + "=" + percent_encode(value);
}

bool is_web_link(std::string_view address) {
  const auto scheme_end = address.find("://");
  if (scheme_end == std::string_view::npos) return false;
  const auto scheme = to_lower(address.substr(0, scheme_end));
  if (scheme != "http" && scheme != "https") return false;
  const auto rest = address.substr(scheme_end + 3);
  return !rest.empty() && rest.front() != '/' && std::none_of(rest.begin(), rest.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '"' || c == '<' || c == '>' ||
           c == '\\';
  });
}

}  // namespace convoke::web
