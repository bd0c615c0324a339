#include "web/server.hpp"

#include "base/log.hpp"
#include "web/rate_limiter.hpp"
#include "web/reply_head.hpp"
#include "web/session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

namespace convoke::web {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

std::string busy_reply(const HeaderPolicy& policy, Instant now) {
  auto reply = Reply::text(503, "too many connections\n");
  reply.set("Retry-After", "5");
  std::string bytes;
  append_reply_head(bytes, reply, false, policy, now);
  return bytes + *reply.body;
}

// A socket for both families shows IPv4 clients as ::ffff:192.0.2.1: one client, one name.
asio::ip::address plain(const asio::ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
}

// The system is short of something that comes back when connections end.
bool is_shortage(const boost::system::error_code& error) {
  return error == asio::error::no_descriptors ||
         error == boost::system::errc::too_many_files_open_in_system ||
         error == asio::error::no_buffer_space || error == asio::error::no_memory;
}

// A client that is gone is an error of the write to it; sendfile(2) knows no MSG_NOSIGNAL.
void ignore_broken_pipes() {
  std::signal(SIGPIPE, SIG_IGN);  // NOLINT: what it returns is of no use
}

std::chrono::milliseconds shortest(const Deadlines& deadlines) {
  return std::min({deadlines.header, deadlines.body, deadlines.idle, deadlines.write, deadlines.handler,
                   deadlines.linger});
}

}  // namespace

std::vector<std::string> default_hosts(const std::string& base_url, const std::string& address) {
  std::vector<std::string> hosts{"localhost", "127.0.0.1", "[::1]"};
  const auto add = [&hosts](std::string name) {
    if (!name.empty() && std::find(hosts.begin(), hosts.end(), name) == hosts.end())
      hosts.push_back(std::move(name));
  };
  if (const auto mark = base_url.find("://"); mark != std::string::npos) {
    const auto rest = base_url.substr(mark + 3);
    add(host_name(rest.substr(0, rest.find('/'))));
  }
  const bool bare_v6 = address.find(':') != std::string::npos && !address.starts_with('[');
  add(host_name(bare_v6 ? "[" + address + "]" : address));
  return hosts;
}

// Counts connections, all and by address, and knows those that are open.
class Server::Core {
 public:
  Core(ServerSettings given, RouteTable routes, Authenticate authenticate, Problems problems,
       FindSession find_session)
      : settings(complete(std::move(given))),
        router_(std::move(routes)),
        authenticate_(std::move(authenticate)),
        find_session_(std::move(find_session)),
        problems_(std::move(problems)),
        rates_(settings.limits),
        context_(session_context()),
        io(static_cast<int>(settings.threads)),
        control_(asio::make_strand(io)),
        acceptor_(control_),
        drain_timer_(control_),
        signals_(control_),
        tasks_([this] { tell_if_done(); }) {
    ignore_broken_pipes();
    listen();
  }

  void run();
  void stop();
  void stop_on_signals();
  std::uint16_t port() const { return port_; }
  asio::any_io_executor executor() { return io.get_executor(); }
  std::size_t connections() const {
    const std::lock_guard lock(mutex_);
    return sessions_.size();
  }

 private:
  static ServerSettings complete(ServerSettings settings);
  SessionContext session_context();
  void listen();
  void loop();
  asio::awaitable<void> accept();
  void admit(tcp::socket socket);
  asio::awaitable<void> serve(std::shared_ptr<Session> session, asio::ip::address address);
  bool has_room(const asio::ip::address& address) const;
  void count_in(const std::shared_ptr<Session>& session, const asio::ip::address& address);
  void count_out(const std::shared_ptr<Session>& session, const asio::ip::address& address);
  void drain();
  void tell_if_done();

  // The loop's coroutines use what stands above it; what stands below it holds sockets and timers of the
  // loop.
  const ServerSettings settings;
  const Router router_;
  const Authenticate authenticate_;
  const FindSession find_session_;
  const Problems problems_;
  RateLimiter rates_;
  StandingReplies standing_;
  const SessionContext context_;
  std::atomic<bool> stopping_ = false;
  std::uint16_t port_ = 0;

  asio::io_context io;
  mutable std::mutex mutex_;
  std::set<std::shared_ptr<Session>> sessions_;
  std::map<asio::ip::address, std::size_t> by_address_;
  asio::any_io_executor control_;  // one at a time: accepting, draining, signals
  tcp::acceptor acceptor_;
  asio::steady_timer drain_timer_;
  asio::signal_set signals_;
  std::shared_ptr<Task> accepting_;
  TaskGroup tasks_;
};

ServerSettings Server::Core::complete(ServerSettings settings) {
  if (settings.allowed_hosts.empty())
    settings.allowed_hosts = default_hosts(settings.base_url, settings.address);
  static const SystemClock machine;
  if (settings.clock == nullptr) settings.clock = &machine;
  settings.threads = std::max(settings.threads, 1U);
  return settings;
}

SessionContext Server::Core::session_context() {
  HeaderPolicy policy;
  policy.strict_transport = settings.base_url.starts_with("https://");
  return SessionContext{settings,
                        router_,
                        authenticate_,
                        find_session_,
                        cookie_names(settings.base_url),
                        problems_,
                        rates_,
                        standing_,
                        policy,
                        shortest(settings.deadlines)};
}

void Server::Core::listen() {
  const tcp::endpoint endpoint(asio::ip::make_address(settings.address), settings.port);
  acceptor_.open(endpoint.protocol());
  acceptor_.set_option(tcp::acceptor::reuse_address(true));
  acceptor_.bind(endpoint);
  acceptor_.listen(asio::socket_base::max_listen_connections);
  port_ = acceptor_.local_endpoint().port();
  accepting_ = std::make_shared<Task>(control_);
  tasks_.spawn(accepting_, "accept", accept());
}

void Server::Core::run() {
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < settings.threads; ++i) others.emplace_back([this] { loop(); });
  loop();
}

// What gets out of a coroutine is logged by its task; this is for what gets out of Asio or Beast themselves.
void Server::Core::loop() {
  for (;;) {
    try {
      io.run();
      return;
    } catch (const std::exception& error) {
      log::error("loop_failed", {{"error", error.what()}});
    }
  }
}

asio::awaitable<void> Server::Core::accept() {
  co_await asio::this_coro::throw_if_cancelled(false);
  asio::steady_timer pause(control_);
  bool short_of_descriptors = false;
  while (!stopping_) {
    asio::any_io_executor executor = io.get_executor();
    if (settings.threads > 1) executor = asio::make_strand(io);
    tcp::socket socket(executor);
    const auto [error] = co_await acceptor_.async_accept(socket, quietly);
    if (!error) {
      short_of_descriptors = false;
      admit(std::move(socket));
    } else if (is_shortage(error)) {
      // Asking again at once would spin: the waiting client keeps the listener readable.
      if (!std::exchange(short_of_descriptors, true))
        log::warning("accept_paused", {{"error", error.message()}});
      pause.expires_after(settings.deadlines.accept_pause);
      co_await pause.async_wait(quietly);
    } else if (!stopping_ && error != asio::error::connection_aborted) {
      log::warning("accept_failed", {{"error", error.message()}});
      pause.expires_after(settings.deadlines.accept_pause);
      co_await pause.async_wait(quietly);
    }
  }
  boost::system::error_code ignored;
  acceptor_.close(ignored);
}

void Server::Core::admit(tcp::socket socket) {
  boost::system::error_code error;
  const auto address = plain(socket.remote_endpoint(error).address());
  if (!error) socket.non_blocking(true, error);
  if (!error) socket.set_option(tcp::no_delay(true), error);
  if (error) return;  // gone already
  if (!has_room(address)) {
    const auto bytes = busy_reply(context_.policy, settings.clock->now());
    socket.write_some(asio::buffer(bytes), error);
    return;
  }
  auto task = std::make_shared<Task>(socket.get_executor());
  auto session = std::make_shared<Session>(context_, std::move(socket), address.to_string(), task);
  count_in(session, address);
  tasks_.spawn(task, "session", serve(std::move(session), address));
}

asio::awaitable<void> Server::Core::serve(std::shared_ptr<Session> session, asio::ip::address address) {
  std::exception_ptr failure;
  try {
    co_await session->run();
  } catch (...) {
    failure = std::current_exception();
  }
  count_out(session, address);
  if (failure) std::rethrow_exception(failure);
}

bool Server::Core::has_room(const asio::ip::address& address) const {
  const std::lock_guard lock(mutex_);
  if (sessions_.size() >= settings.limits.connections) return false;
  if (address.to_string() == settings.trusted_proxy) return true;
  if (address.is_loopback() && !settings.cap_loopback) return true;
  const auto count = by_address_.find(address);
  return count == by_address_.end() || count->second < settings.limits.connections_per_address;
}

void Server::Core::count_in(const std::shared_ptr<Session>& session, const asio::ip::address& address) {
  const std::lock_guard lock(mutex_);
  sessions_.insert(session);
  ++by_address_[address];
}

void Server::Core::count_out(const std::shared_ptr<Session>& session, const asio::ip::address& address) {
  const std::lock_guard lock(mutex_);
  sessions_.erase(session);
  if (--by_address_[address] == 0) by_address_.erase(address);
}

void Server::Core::stop() {
  asio::post(control_, [this] { drain(); });
}

void Server::Core::drain() {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_.exchange(true)) return;
    for (const auto& session : sessions_) asio::post(session->executor(), [session] { session->drain(); });
  }
  accepting_->cancel();
  drain_timer_.expires_after(settings.deadlines.drain);
  drain_timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    log::warning("drain_cut", {{"connections", connections()}});
    tasks_.cancel();
  });
}

// The last task has ended: nothing may keep the loop alive any more.
void Server::Core::tell_if_done() {
  if (!stopping_) return;
  asio::post(control_, [this] {
    drain_timer_.cancel();
    boost::system::error_code ignored;
    signals_.cancel(ignored);
  });
}

void Server::Core::stop_on_signals() {
  signals_.add(SIGTERM);
  signals_.add(SIGINT);
  signals_.async_wait([this](const boost::system::error_code& error, int number) {
    if (error) return;
    log::info("stopping", {{"signal", number}});
    drain();
    signals_.async_wait([this](const boost::system::error_code& again, int) {
      if (!again) tasks_.cancel();
    });
  });
}

Server::Server(ServerSettings settings, RouteTable routes, Authenticate authenticate, Problems problems,
               FindSession find_session)
    : core_(std::make_unique<Core>(std::move(settings), std::move(routes), std::move(authenticate),
                                   std::move(problems), std::move(find_session))) {}
Server::~Server() = default;

std::uint16_t Server::port() const {
  return core_->port();
}
asio::any_io_executor Server::executor() const {
  return core_->executor();
}
void Server::run() {
  core_->run();
}
void Server::run_until_signal() {
  core_->stop_on_signals();
  core_->run();
}
void Server::stop() {
  core_->stop();
}
std::size_t Server::connections() const {
  return core_->connections();
}

}  // namespace convoke::web
