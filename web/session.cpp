#include "web/session.hpp"

#include "base/id.hpp"
#include "base/log.hpp"
#include "web/head_scanner.hpp"
#include "web/reply_head.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <array>

namespace convoke::web {
namespace {

namespace asio = boost::asio;

constexpr std::string_view continue_reply = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::string_view all_methods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

Reply refusal_reply(const Refusal& refusal) {
  auto reply = Reply::text(refusal.status, std::string(refusal.reason) + "\n");
  if (refusal.status == 405) reply.set("Allow", std::string(all_methods));
  return reply;
}

bool is_about_the_route(std::string_view name) {
  return name == "forwarded" || name.starts_with("x-forwarded-") || name == "x-real-ip";
}

// What an error page needs to know of a request, and what a standing reply is kept under.
bool is_shown(std::string_view name) {
  constexpr std::array<std::string_view, 5> names{"accept-language", "cookie", "accept-encoding",
                                                  "if-none-match", "if-modified-since"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What stands in the log: the address without what follows "?", and without a token.
std::string loggable(const Request& request, const RouteMatch& match) {
  if (match.route != nullptr && match.route->pattern.find("{token") != std::string::npos)
    return match.route->pattern;
  return match.route != nullptr ? request.path : std::string("(none)");
}

}  // namespace

Session::Session(const SessionContext& context, asio::ip::tcp::socket socket, std::string peer,
                 std::shared_ptr<Task> task)
    : context_(context),
      peer_(std::move(peer)),
      task_(std::move(task)),
      transport_(std::make_shared<Transport>(std::move(socket), task_, context.shortest_deadline)) {
  boost::system::error_code error;
  const auto address = asio::ip::make_address(peer_, error);
  if (!error) address_ = address;
}

asio::awaitable<void> Session::run() {
  const auto self = shared_from_this();
  // A deadline ends what is awaited; the session still wants to say so to the client.
  co_await asio::this_coro::throw_if_cancelled(false);
  transport_->set_deadline(context_.settings.deadlines.header);
  for (bool open = true; open;) {
    if (transport_->received().empty()) {
      if (draining_) break;
      idle_ = true;
      const auto received = co_await transport_->start_receive();
      idle_ = false;
      if (!transport_->finish_receive(received)) break;
    }
    const auto outcome = answer_by_heart();
    if (outcome == ByHeart::no)
      open = co_await serve_one();
    else if (outcome == ByHeart::sent && given_.keep_alive)
      settle_standing(true);
    else
      open = co_await after_standing(outcome);
  }
  transport_->close();
}

void Session::drain() {
  draining_ = true;
  if (idle_) task_->cancel();
}

asio::awaitable<bool> Session::serve_one() {
  exchange_ = Exchange();
  auto head = co_await read_head();
  exchange_.started = std::chrono::steady_clock::now();
  if (head) {
    exchange_.head = std::move(*head);
    exchange_.keep_alive = exchange_.head.keep_alive;
    co_await answer();
    if (!exchange_.body_read && exchange_.head.content_length > 0) exchange_.keep_alive = false;
  } else {
    exchange_.reply = refusal_reply(head.error());
    // A client that is confused about HEAD must not wait for a body, either.
    if (exchange_.head.request.method == Method::head) exchange_.reply->body = nullptr;
  }
  if (draining_) exchange_.keep_alive = false;
  const bool sent = co_await send();
  log(sent);
  co_return co_await after_reply(sent, exchange_.keep_alive);
}

asio::awaitable<bool> Session::after_reply(bool sent, bool keep_alive) {
  if (sent && !keep_alive) {
    transport_->set_deadline(context_.settings.deadlines.linger);
    co_await transport_->linger(context_.settings.limits.linger_bytes);
  }
  co_return sent&& keep_alive;
}

asio::awaitable<Judged<RequestHead>> Session::read_head() {
  const auto& limits = context_.settings.limits;
  HeadScanner scanner(limits);
  transport_->set_deadline(context_.settings.deadlines.header);
  for (;;) {
    const auto length = scanner.scan(transport_->received());
    // Even a refusal of HEAD has no body (RFC 9110 9.3.2): its bytes would look like another reply.
    if (transport_->received().substr(scanner.leading()).starts_with("HEAD "))
      exchange_.head.request.method = Method::head;
    if (!length) co_return length.error();
    if (*length) {
      const auto bytes = transport_->received().substr(scanner.leading(), **length - scanner.leading());
      auto head = read_request_head(bytes, context_.settings.allowed_hosts, limits);
      transport_->consume(**length);
      co_return head;
    }
    const bool received = co_await transport_->receive();
    if (!received) co_return unfinished();
  }
}

Refusal Session::unfinished() const {
  if (transport_->timed_out()) return Refusal(408, "the request took too long");
  return Refusal(400, "the request ended too early");
}

asio::awaitable<void> Session::answer() {
  auto& request = exchange_.head.request;
  request.peer = peer_;
  trust_proxy(request);
  transport_->set_deadline(context_.settings.deadlines.handler);
  check_rate();
  if (!exchange_.reply) find_route();
  if (!exchange_.reply) check_before_body();
  if (!exchange_.reply) co_await authorise();
  if (!exchange_.reply) co_await read_body();
  if (!exchange_.reply) check_form();
  if (!exchange_.reply) co_await handle();
}

// Before anything is done for the request. Our proxy speaks for everybody: where it names nobody, nobody is
// counted.
void Session::check_rate() {
  const auto& request = exchange_.head.request;
  boost::system::error_code error;
  const auto address = asio::ip::make_address(request.peer, error);
  if (error) return;
  const auto wait = rate_wait(address, !is_safe(request.method), exchange_.started);
  if (wait == std::chrono::seconds::zero()) return;
  const auto seconds = std::to_string(wait.count());
  exchange_.reply = context_.problems.reply(
      request, 429, "too many requests from your address; wait " + seconds + " seconds");
  exchange_.reply->set("Retry-After", seconds);
}

std::chrono::seconds Session::rate_wait(const asio::ip::address& address, bool changes,
                                        std::chrono::steady_clock::time_point now) const {
  const auto& settings = context_.settings;
  const bool ours = !settings.trusted_proxy.empty() && address.to_string() == settings.trusted_proxy;
  if (ours || (address.is_loopback() && !settings.rate_loopback)) return std::chrono::seconds::zero();
  return context_.rates.take(counted_address(address), changes, now);
}

std::optional<asio::ip::address> Session::forwarded_for(std::string_view list) {
  const auto comma = list.rfind(',');
  auto last = comma == std::string_view::npos ? list : list.substr(comma + 1);
  while (!last.empty() && last.front() == ' ') last.remove_prefix(1);
  boost::system::error_code error;
  const auto address = asio::ip::make_address(std::string(last), error);
  if (error) return std::nullopt;
  return address;
}

void Session::find_route() {
  auto& request = exchange_.head.request;
  if (request.path == "*") {
    exchange_.reply.emplace().status = 204;
    exchange_.reply->set("Allow", std::string(all_methods));
    return;
  }
  exchange_.match = context_.router.match(request.method, request.path);
  if (exchange_.match.route != nullptr) return;
  if (exchange_.match.allow.empty()) return redirect_or_not_found();
  if (request.method == Method::options) {
    exchange_.reply.emplace().status = 204;
  } else {
    exchange_.reply = context_.problems.reply(
        request, 405, "this address does not answer " + std::string(name_of(request.method)));
  }
  exchange_.reply->set("Allow", exchange_.match.allow);
}

// "/plans/" means "/plans" when that is what exists; a permanent redirect keeps the method (RFC 9110 15.4.9).
void Session::redirect_or_not_found() {
  const auto& head = exchange_.head;
  const auto& path = head.request.path;
  if (path.size() > 1 && path.ends_with('/')) {
    const auto shorter =
        context_.router.match(head.request.method, std::string_view(path).substr(0, path.size() - 1));
    if (shorter.route != nullptr && head.raw_path.ends_with('/')) {
      exchange_.reply =
          Reply::redirect(head.raw_path.substr(0, head.raw_path.size() - 1) + head.raw_query, 308);
      return;
    }
  }
  exchange_.reply = context_.problems.reply(head.request, 404, "there is nothing at this address");
}

asio::awaitable<void> Session::read_body() {
  const auto& deadlines = context_.settings.deadlines;
  const auto length = static_cast<std::size_t>(exchange_.head.content_length);
  if (length == 0) co_return;
  transport_->set_deadline(deadlines.body + deadlines.body_per_64_kib * (length / (64UL * 1024)));
  if (exchange_.head.expects_continue && transport_->received().empty()) {
    // A failure shows again when the body does not come.
    co_await transport_->send(Outgoing(continue_reply));
  }
  auto body = co_await transport_->read_exactly(length);
  if (!body) {
    exchange_.reply = refusal_reply(unfinished());
    co_return;
  }
  exchange_.body_read = true;
  exchange_.head.request.body = std::move(*body);
}

asio::awaitable<void> Session::handle() {
  auto& request = exchange_.head.request;
  auto& shown = exchange_.shown;
  shown.method = request.method;
  shown.path = request.path;
  shown.query = request.query;
  shown.who = request.who;
  for (const auto& header : request.headers)
    if (is_shown(header.first)) shown.headers.push_back(header);
  request.captures = std::move(exchange_.match.captures);
  transport_->set_deadline(context_.settings.deadlines.handler);

  std::string failure;
  try {
    exchange_.reply = co_await exchange_.match.route->handler(std::move(request));
  } catch (const std::exception& error) {
    failure = error.what();
    if (failure.empty()) failure = "unnamed";
  } catch (...) {
    failure = "unknown";
  }
  if (transport_->timed_out()) {
    exchange_.keep_alive = false;
    exchange_.reply = context_.problems.reply(shown, 503, "this takes too long; try again in a moment");
  } else if (!failure.empty()) {
    const auto id = random_token(9);
    log::error("handler_failed", {{"id", id}, {"route", exchange_.match.route->pattern}, {"error", failure}});
    exchange_.reply = context_.problems.reply(shown, 500, "a fault of ours; it has been noted as " + id);
  }
  keep_standing();
}

asio::awaitable<bool> Session::send() {
  const auto& reply = *exchange_.reply;
  reply_head_.clear();
  append_reply_head(reply_head_, reply, exchange_.keep_alive, context_.policy,
                    context_.settings.clock->now());
  const bool bodiless = exchange_.head.request.method == Method::head || is_bodiless(reply.status);
  Outgoing outgoing(reply_head_);
  if (!bodiless)
    outgoing = reply.pieces ? Outgoing(reply_head_, reply.pieces) : Outgoing(reply_head_, reply.body);
  transport_->set_deadline(context_.settings.deadlines.write);
  const bool sent = co_await transport_->send(std::move(outgoing));
  if (sent) transport_->set_deadline(context_.settings.deadlines.idle);
  co_return sent;
}

// Only our own proxy knows better than the socket who the client is (threats A12); what anybody else claims
// is dropped, so that no handler can come to believe it.
void Session::trust_proxy(Request& request) const {
  if (is_proxy()) {
    if (const auto address = forwarded_for(request.header("x-forwarded-for")))
      request.peer = address->to_string();
    return;
  }
  std::erase_if(request.headers, [](const auto& header) { return is_about_the_route(header.first); });
}

void Session::log(bool sent) const {
  if (!context_.settings.log_requests) return;
  const auto& request = exchange_.shown.path.empty() ? exchange_.head.request : exchange_.shown;
  const auto spent = std::chrono::steady_clock::now() - exchange_.started;
  log::info("request", {{"method", name_of(request.method)},
                        {"path", loggable(request, exchange_.match)},
                        {"status", exchange_.reply->status},
                        {"bytes", exchange_.reply->body_size()},
                        {"us", std::chrono::duration_cast<std::chrono::microseconds>(spent).count()},
                        {"sent", sent}});
}

}  // namespace convoke::web
