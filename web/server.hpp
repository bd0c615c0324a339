// The HTTP server: accepts connections and runs one session each. It knows routes and no pages.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "web/limits.hpp"
#include "web/problem.hpp"
#include "web/route.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace convoke::web {

// Who a token belongs to. Errors: unauthenticated; storage_unavailable.
using Authenticate = std::function<boost::asio::awaitable<Result<service::Actor>>(std::string token)>;
// Somebody signed in, and as whom they change things.
struct Member {
  std::shared_ptr<const service::SignedIn> who;
  service::Actor actor;
};
// Whom a session's cookie stands for. Errors: the same.
using FindSession = std::function<boost::asio::awaitable<Result<Member>>(std::string cookie)>;

struct ServerSettings {
  std::string address = "127.0.0.1";  // or an IPv6 one, without brackets: "::1"
  std::uint16_t port = 0;             // 0: the system picks one; see Server::port()
  std::string base_url = "http://127.0.0.1:8080";
  // Names that requests may be for, lower case, without port; empty: default_hosts(base_url, address).
  std::vector<std::string> allowed_hosts;
  // Whether connections from this machine itself count against connections_per_address. Usually they are a
  // reverse proxy's, which speaks for everybody.
  bool cap_loopback = false;
  // Whether requests from this machine itself count against requests_per_minute and changes_per_minute.
  bool rate_loopback = false;
  // The address whose X-Forwarded-For is believed, empty: nobody's. Whom it names is whose requests are
  // counted.
  std::string trusted_proxy;
  const Clock* clock = nullptr;  // for Date; must outlive the server; null: the machine's
  unsigned threads = 1;
  bool log_requests = true;
  Limits limits;
  Deadlines deadlines;
};

// base_url's host, the address that is listened on (an IPv6 one with or without brackets), and this machine
// by its usual names.
std::vector<std::string> default_hosts(const std::string& base_url, const std::string& address);

class Server {
 public:
  // Binds and listens, so that port() is known. Throws boost::system::system_error when the address is taken
  // or malformed, std::invalid_argument for a wrong route table. Without `find_session` nobody is signed in.
  // Whatever completes the handlers' Deferreds
  // must end before the server is destroyed.
  Server(ServerSettings settings, RouteTable routes, Authenticate authenticate,
         Problems problems = Problems(), FindSession find_session = {});
  ~Server();

  std::uint16_t port() const;
  // Where handlers run; for timers and tasks of the same loop.
  boost::asio::any_io_executor executor() const;

  // Serves on settings.threads threads, this one included, until stop() has drained. An exception that gets
  // out of the loop is logged, and the loop goes on.
  void run();
  // The same; SIGTERM or SIGINT stop it politely, a second one at once.
  void run_until_signal();
  // Politely, from any thread: accepts nothing more, ends idle connections, lets requests in progress finish
  // for Deadlines::drain, then cuts the rest.
  void stop();

  // Connections now open. Any thread.
  std::size_t connections() const;

 private:
  class Core;
  std::unique_ptr<Core> core_;
};

}  // namespace convoke::web
