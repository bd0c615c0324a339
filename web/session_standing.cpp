// The part of a session that gives replies by heart: straight from the bytes of a request to those of a reply
// that stands, past the gate and the rate limit like any other.
#include "base/log.hpp"
#include "web/head_scanner.hpp"
#include "web/reply_head.hpp"
#include "web/session.hpp"

namespace convoke::web {
namespace {

namespace asio = boost::asio;

// Of a request with these fields. Nothing when one of them stands twice: the long way knows what that means.
std::optional<Conditions> conditions_of(const HeadView& head) {
  Conditions conditions;
  for (const auto& field : head.fields) {
    std::string_view* wanted = nullptr;
    if (same_name(field.name, "accept-encoding")) wanted = &conditions.accept_encoding;
    if (same_name(field.name, "if-none-match")) wanted = &conditions.if_none_match;
    if (same_name(field.name, "if-modified-since")) wanted = &conditions.if_modified_since;
    if (wanted == nullptr) continue;
    if (!wanted->empty()) return std::nullopt;
    *wanted = field.value;
  }
  return conditions;
}

std::string_view first_value(const HeadView& head, std::string_view name) {
  for (const auto& field : head.fields)
    if (same_name(field.name, name)) return field.value;
  return {};
}

}  // namespace

Session::ByHeart Session::answer_by_heart() {
  const auto& settings = context_.settings;
  const auto received = transport_->received();
  HeadScanner scanner(settings.limits);
  const auto length = scanner.scan(received);
  if (!length || !*length) return ByHeart::no;
  HeadView head;
  head.fields.reserve(16);
  if (read_head_view(received.substr(scanner.leading(), **length - scanner.leading()), head))
    return ByHeart::no;
  const auto admitted = judge(head, settings.allowed_hosts, settings.limits);
  if (!admitted || (admitted->method != Method::get && admitted->method != Method::head)) return ByHeart::no;
  const auto conditions = conditions_of(head);
  if (!conditions) return ByHeart::no;
  const auto now = settings.clock->now();
  given_.reply = context_.standing.find(admitted->target, *conditions, now);
  if (!given_.reply) return ByHeart::no;
  given_.method = admitted->method;
  std::shared_ptr<const Rope> body;
  if (given_.has_body() && !given_.reply->file) {
    body = given_.reply->body.lock();
    if (!body) return ByHeart::no;  // nobody keeps it any more
  }

  given_.started = std::chrono::steady_clock::now();
  auto address = address_;
  if (is_proxy())
    if (const auto named = forwarded_for(first_value(head, "x-forwarded-for"))) address = named;
  if (address && rate_wait(*address, false, given_.started) > std::chrono::seconds::zero())
    return ByHeart::no;  // was not counted: the long way says so to the client
  given_.keep_alive = admitted->keep_alive && !draining_;
  transport_->consume(**length);
  return send_standing(std::move(body), now);
}

Session::ByHeart Session::send_standing(std::shared_ptr<const Rope> body, Instant now) {
  reply_head_.assign(given_.reply->start);
  append_date_line(reply_head_, now);
  reply_head_.append(given_.reply->fields);
  append_reply_end(reply_head_, given_.keep_alive);
  auto outgoing = given_.has_body() && given_.reply->file ? Outgoing(reply_head_, given_.reply->file)
                                                          : Outgoing(reply_head_, std::move(body));
  const auto sent = transport_->send_now(outgoing);
  if (sent == Transport::Sent::all) return ByHeart::sent;
  if (sent == Transport::Sent::failed) return ByHeart::failed;
  unsent_ = std::move(outgoing);
  return ByHeart::unsent;
}

asio::awaitable<bool> Session::after_standing(ByHeart outcome) {
  const auto& deadlines = context_.settings.deadlines;
  bool sent = outcome == ByHeart::sent;
  if (outcome == ByHeart::unsent) {
    transport_->set_deadline(deadlines.write);
    auto rest = std::move(*unsent_);
    unsent_.reset();
    sent = co_await transport_->send(std::move(rest));
  }
  settle_standing(sent);
  co_return co_await after_reply(sent, given_.keep_alive);
}

void Session::keep_standing() {
  const auto& reply = *exchange_.reply;
  const auto& head = exchange_.head;
  const auto method = exchange_.shown.method;
  if (!reply.standing || exchange_.match.route->access != Access::everyone) return;
  if (method != Method::get && method != Method::head) return;
  context_.standing.keep(head.raw_path + head.raw_query, exchange_.shown, reply, context_.policy,
                         context_.settings.clock->now());
}

void Session::settle_standing(bool sent) {
  if (sent) transport_->set_deadline(context_.settings.deadlines.idle);
  // A connection that waits for its next request keeps no file open.
  const auto reply = std::move(given_.reply);
  if (!context_.settings.log_requests) return;
  const auto spent = std::chrono::steady_clock::now() - given_.started;
  log::info("request", {{"method", name_of(given_.method)},
                        {"path", reply->path},
                        {"status", reply->status},
                        {"bytes", reply->body_size},
                        {"us", std::chrono::duration_cast<std::chrono::microseconds>(spent).count()},
                        {"sent", sent}});
}

}  // namespace convoke::web
