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

// The host of "http://[::1]:8080/x": "::1", in lower case.
std::string host_of(std::string_view base_url) {
  const auto scheme_end = base_url.find("://");
  auto rest = scheme_end == std::string_view::npos ? base_url : base_url.substr(scheme_end + 3);
  rest = rest.substr(0, rest.find('/'));
  if (rest.starts_with('[')) return to_lower(rest.substr(1, rest.find(']') - 1));
  return to_lower(rest.substr(0, rest.find(':')));
}

bool is_private(std::string_view host) {
  for (const std::string_view begin : {"10.", "192.168.", "169.254.", "fc", "fd", "fe80:"})
    if (host.starts_with(begin) && (begin.ends_with('.') || host.find(':') != std::string_view::npos))
      return true;
  if (!host.starts_with("172.")) return false;
  const auto second = host.substr(4, host.find('.', 4) - 4);
  return second.size() == 2 && second >= "16" && second <= "31";
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

std::string twin_path(const calendar::FeedQuery& query, std::string_view form) {
  return with_canonical("/feeds/all." + std::string(form), query);
}

std::string subscribe_path(const calendar::FeedQuery& query) {
  auto rest = query;
  rest.language.reset();
  const auto path = with_canonical("/subscribe", rest);
  return query.language ? with_query(path, "feed-lang", tag_of(*query.language)) : path;
}

std::string subscribe_path(const calendar::FeedQuery& query, std::string_view below) {
  constexpr std::string_view page = "/subscribe";
  return std::string(page) + "/" + std::string(below) + subscribe_path(query).substr(page.size());
}

std::string news_path(const calendar::FeedQuery& query) {
  constexpr std::string_view page = "/subscribe";
  return "/news" + subscribe_path(query).substr(page.size());
}

std::string embed_path(const calendar::FeedQuery& query) {
  return with_canonical("/embed/coming", query);
}

FeedLinks feed_links(std::string_view base_url, std::string_view path, std::string_view name) {
  FeedLinks links;
  const auto scheme_end = base_url.find("//");
  const auto rest = scheme_end == std::string_view::npos ? base_url : base_url.substr(scheme_end);
  links.https = std::string(base_url) + std::string(path);
  links.webcal = std::string(rest) + std::string(path);
  const auto subscription = "webcal:" + links.webcal;
  if (std::max(subscription.size(), links.https.size()) <= longest_feed_address)
    links.google = "https://calendar.google.com/calendar/r?cid=" + percent_encode(subscription);
  const auto parameters = "/calendar/0/addfromweb?url=" + percent_encode(links.https) +
                          (name.empty() ? std::string() : "&name=" + percent_encode(name));
  links.outlook = "https://outlook.live.com" + parameters;
  links.office = "https://outlook.office.com" + parameters;
  return links;
}

Reach reach_of(std::string_view base_url) {
  const auto host = host_of(base_url);
  if (host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || host == "::1" ||
      host == "0.0.0.0" || host == "::")
    return Reach::this_machine;
  const bool is_a_name = host.find_first_of(".:") != std::string::npos;
  if (!is_a_name || host.ends_with(".local") || host.ends_with(".lan") || host.ends_with(".internal") ||
      is_private(host))
    return Reach::local_network;
  return base_url.starts_with("https://") ? Reach::everywhere : Reach::unencrypted;
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
