#include "tests/web/test_server.hpp"

#include <stdexcept>

namespace convoke::web {
namespace {

namespace asio = boost::asio;

asio::awaitable<Reply> hello(Request request) {
  auto reply = Reply::text(200, "hello " + std::string(request.query_value("name").value_or("world")));
  co_return reply;
}

asio::awaitable<Reply> echo(Request request) {
  co_return Reply::text(200, std::move(request.body));
}

asio::awaitable<Reply> throws(Request request) {
  if (request.path == "/throws") throw std::runtime_error("a secret detail");
  co_return Reply();
}

asio::awaitable<Reply> large(Request) {
  static const auto body = std::make_shared<const std::string>(TestServer::large_size, 'x');
  Reply reply;
  reply.set("Content-Type", "application/octet-stream");
  reply.body = body;
  co_return reply;
}

asio::awaitable<Reply> captures(Request request) {
  std::string text;
  for (const auto& capture : request.captures) text += "[" + capture + "]";
  co_return Reply::text(200, text);
}

asio::awaitable<Reply> who(Request request) {
  co_return Reply::text(
      200, request.actor.name + " " + request.peer + " " + std::string(request.header("x-forwarded-for")));
}

asio::awaitable<Reply> splits(Request) {
  auto reply = Reply::text(200, "whole");
  reply.set("X-Bad", "a\r\nSet-Cookie: b");
  co_return reply;
}

asio::awaitable<Reply> hold(Turnstile* turnstile) {
  auto result = co_await await(turnstile->wait());
  if (!result) co_return Reply::text(503, result.error().message);
  co_return Reply::text(200, "let through");
}

asio::awaitable<Result<service::Actor>> authenticate(std::string token) {
  Result<service::Actor> actor = Error(Errc::unauthenticated, "this token is not known");
  if (token == "reads") actor = service::Actor("token:1", service::Role::reader);
  if (token == "writes") actor = service::Actor("token:2", service::Role::editor);
  co_return actor;
}

}  // namespace

Deferred<int> Turnstile::wait() {
  return Deferred<int>([this](Deferred<int>::Completion done) {
    const std::lock_guard lock(mutex_);
    waiting_ = std::move(done);
    arrived_.notify_all();
  });
}

void Turnstile::await_arrival() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return waiting_.has_value(); });
}

void Turnstile::open() {
  std::optional<Deferred<int>::Completion> waiting;
  {
    const std::lock_guard lock(mutex_);
    waiting = std::exchange(waiting_, std::nullopt);
  }
  if (waiting) (*waiting)(1);
}

ServerSettings TestServer::settings() {
  ServerSettings settings;
  settings.log_requests = false;
  settings.limits.connections_per_address = 2000;
  return settings;
}

TestServer::TestServer(ServerSettings given)
    : server_(std::move(given), routes(), authenticate), thread_([this] { server_.run(); }) {}

TestServer::~TestServer() {
  server_.stop();
  turnstile_.open();
}

void TestServer::join() {
  thread_.join();
}

RouteTable TestServer::routes() {
  RouteTable table;
  table.emplace_back(Method::get, "/", Access::everyone, 0, hello);
  table.emplace_back(Method::get, "/hello", Access::everyone, 0, hello);
  table.emplace_back(Method::post, "/echo", Access::everyone, 64 * 1024, echo);
  table.emplace_back(Method::put, "/echo", Access::everyone, 4 * 1024 * 1024, echo);
  table.emplace_back(Method::get, "/throws", Access::everyone, 0, throws);
  table.emplace_back(Method::get, "/large", Access::everyone, 0, large);
  table.emplace_back(Method::get, "/who", Access::everyone, 0, who);
  table.emplace_back(Method::get, "/splits", Access::everyone, 0, splits);
  table.emplace_back(Method::get, "/plans/{id}", Access::everyone, 0, captures);
  table.emplace_back(Method::get, "/plans/new", Access::everyone, 0, hello);
  table.emplace_back(Method::get, "/feeds/{filter}.ics", Access::everyone, 0, captures);
  table.emplace_back(Method::get, "/feeds/p/{token}.ics", Access::everyone, 0, captures);
  table.emplace_back(Method::get, "/api/v1/plans", Access::reader, 0, who);
  table.emplace_back(Method::post, "/api/v1/plans", Access::editor, 1024, echo);
  auto held = [this](Request) { return hold(&turnstile_); };
  table.emplace_back(Method::get, "/held", Access::everyone, 0, held);
  return table;
}

}  // namespace convoke::web
