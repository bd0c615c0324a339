#include "web/handlers/common.hpp"

#include "base/id.hpp"
#include "base/time_zone.hpp"
#include "web/await.hpp"
#include "web/conditional.hpp"
#include "web/i18n.hpp"
#include "web/pages/problem_page.hpp"
#include "web/problem.hpp"
#include "web/routes.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>

namespace convoke::web {
namespace {

constexpr std::size_t etag_digits = 32;

}  // namespace

boost::asio::awaitable<Result<SharedSnapshot>> snapshot_of(Services& services) {
  auto at_hand = services.snapshots.if_current();
  if (at_hand) co_return at_hand;
  auto deferred = services.snapshots.current();
  auto snapshot = co_await await(std::move(deferred));
  co_return snapshot;
}

Result<std::int64_t> number_in(std::string_view capture) {
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(capture.data(), capture.data() + capture.size(), value);
  const bool plain = !capture.empty() && capture.front() != '0' && capture.front() != '-';
  if (!plain || problem != std::errc() || end != capture.data() + capture.size())
    return Error(Errc::not_found, "there is nothing with this number");
  return value;
}

Problems make_problems() {
  return Problems(problem_page_reply);
}

Reply error_reply(const Request& request, const Error& error) {
  return make_problems().reply(request, error);
}

Reply error_reply(const Request& request, unsigned status, const std::string& message) {
  return make_problems().reply(request, status, message);
}

bool is_busy(const Error& error) {
  return error.code == Errc::storage_unavailable;
}

Reply asking_again(Reply reply) {
  reply.status = 503;
  reply.set("Retry-After", std::string(retry_after_seconds));
  return reply;
}

Reply problem_page_reply(const Request& request, unsigned status, const std::string& message) {
  const Language language = language_of_reader(request);
  // What is said about the request helps to mend an address; elsewhere the page's own words say it better.
  const bool mendable = (status == 400 || status > 405) && status < 500;
  auto reply = Reply::html(render_problem(status, language, mendable ? message : std::string()), status);
  set_language_headers(reply, request, language);
  reply.set("Cache-Control", "no-store");
  return reply;
}

// A proxy that names nobody speaks for all of its own.
std::chrono::seconds count_wrong_secret(Services& services, const Request& request) {
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(request.peer, error);
  if (error) return std::chrono::seconds::zero();
  return services.wrong_calendars->take(counted_address(address), false, std::chrono::steady_clock::now());
}

std::optional<Reply> refusal_of_wrong_secret(Services& services, const Request& request) {
  const auto wait = count_wrong_secret(services, request);
  if (wait == std::chrono::seconds::zero()) return std::nullopt;
  auto reply = error_reply(request, 429, "too many wrong addresses from here");
  reply.set("Retry-After", std::to_string(wait.count()));
  return reply;
}

Frame frame_of(const Services& services, const Request& request, std::string address) {
  Frame frame;
  frame.language = language_of_reader(request);
  frame.address = std::move(address);
  frame.base_url = services.context.settings.base_url;
  frame.who = request.who;
  frame.greets = true;
  if (request.who) frame.csrf = request.who->csrf;
  return frame;
}

Reply private_page(const Request& request, const Frame& frame, std::string html, unsigned status) {
  auto reply = Reply::html(std::move(html), status);
  set_language_headers(reply, request, frame.language);
  reply.set("Cache-Control", "no-store");
  // With "no-referrer" browsers would call the origin of its forms "null".
  reply.set("Referrer-Policy", "same-origin");
  return reply;
}

Reply page_reply(const Request& request, const Frame& frame, std::string html) {
  if (frame.who) return private_page(request, frame, std::move(html));
  const auto etag = '"' + sha256_hex(html).substr(0, etag_digits) + '"';
  Validators validators;
  validators.etag = etag;
  validators.date_is_exact = false;  // pages change with the day, too: a date proves nothing
  Reply reply;
  if (choose(request, validators).not_modified)
    reply.status = 304;
  else
    reply = Reply::html(std::move(html));
  reply.set("ETag", etag);
  set_language_headers(reply, request, frame.language);
  reply.set("Cache-Control", "no-cache");
  return reply;
}

Reply with_fetching(Reply reply) {
  reply.set("Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
  return reply;
}

Reply json_reply(const boost::json::value& value, unsigned status) {
  auto reply = Reply::json(boost::json::serialize(value) + "\n", status);
  reply.set("Cache-Control", "no-cache");
  return reply;
}

Reply private_json(const boost::json::value& value, unsigned status) {
  auto reply = json_reply(value, status);
  reply.set("Cache-Control", "no-store");
  return reply;
}

bool watches_over(const service::SignedIn* who, const Event& event) {
  return who != nullptr && who->role != AccountRole::member && !event.source &&
         service::reaches(*who, event.organisation);
}

Date today(const Services& services) {
  return civil_date(services.context.clock.now(), services.context.settings.default_zone);
}

Pairs without(const Pairs& query, std::initializer_list<std::string_view> names) {
  Pairs rest;
  for (const auto& pair : query)
    if (std::find(names.begin(), names.end(), pair.first) == names.end()) rest.push_back(pair);
  return rest;
}

Pairs filled(const Pairs& query) {
  Pairs rest;
  for (const auto& pair : query)
    if (!pair.second.empty()) rest.push_back(pair);
  return rest;
}

}  // namespace convoke::web
