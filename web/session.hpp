// One connection's life: request after request, in order, one reply to each, until either side has had
// enough.
#pragma once

#include "web/cookies.hpp"
#include "web/rate_limiter.hpp"
#include "web/reply_head.hpp"
#include "web/request_head.hpp"
#include "web/router.hpp"
#include "web/security_headers.hpp"
#include "web/server.hpp"
#include "web/standing.hpp"
#include "web/transport.hpp"

#include <boost/asio/awaitable.hpp>

#include <atomic>
#include <memory>
#include <optional>
#include <string>

namespace convoke::web {

// What all sessions share; outlives them.
struct SessionContext {
  const ServerSettings& settings;
  const Router& router;
  const Authenticate& authenticate;
  const FindSession& find_session;
  CookieNames cookies;
  const Problems& problems;
  RateLimiter& rates;
  StandingReplies& standing;
  HeaderPolicy policy;
  std::chrono::milliseconds shortest_deadline;
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(const SessionContext& context, boost::asio::ip::tcp::socket socket, std::string peer,
          std::shared_ptr<Task> task);

  boost::asio::awaitable<void> run();
  // Ends now when idle, otherwise after the reply in progress. Only on the session's executor.
  void drain();
  const boost::asio::any_io_executor& executor() const { return task_->executor(); }

 private:
  // One request and what became of it.
  struct Exchange {
    RequestHead head;
    RouteMatch match;
    Request shown;  // what an error page may need once the handler has taken the request
    std::optional<Reply> reply;
    bool body_read = false;
    bool keep_alive = false;
    std::chrono::steady_clock::time_point started{};
  };

  // The request received first, answered without a coroutine's help if a reply to it stands. No: it has to be
  // served. Unsent: the rest of the reply is in unsent_.
  enum class ByHeart { no, sent, unsent, failed };
  ByHeart answer_by_heart();
  // `body`: null where a file or nothing is sent.
  ByHeart send_standing(std::shared_ptr<const Rope> body, Instant now);
  boost::asio::awaitable<bool> after_standing(ByHeart outcome);
  void keep_standing();
  void settle_standing(bool sent);

  boost::asio::awaitable<bool> serve_one();
  // Ends the connection politely unless it is kept. False: it has ended.
  boost::asio::awaitable<bool> after_reply(bool sent, bool keep_alive);
  // Begins with bytes of the request received.
  boost::asio::awaitable<Judged<RequestHead>> read_head();
  // Why receiving came to nothing.
  Refusal unfinished() const;
  // These set exchange_.reply when there is nothing more to do.
  boost::asio::awaitable<void> answer();
  void check_rate();
  // How long a request of that address has to wait; zero: not at all, and it has been counted.
  std::chrono::seconds rate_wait(const boost::asio::ip::address& address, bool changes,
                                 std::chrono::steady_clock::time_point now) const;
  // Whom our proxy names as the last before itself.
  static std::optional<boost::asio::ip::address> forwarded_for(std::string_view list);
  bool is_proxy() const {
    return !context_.settings.trusted_proxy.empty() && peer_ == context_.settings.trusted_proxy;
  }
  void find_route();
  void redirect_or_not_found();
  void check_before_body();
  boost::asio::awaitable<void> authorise();
  boost::asio::awaitable<void> authorise_token();
  boost::asio::awaitable<void> authorise_session();
  void ask_to_sign_in();
  void ask_for_factor();
  boost::asio::awaitable<void> read_body();
  void check_form();
  boost::asio::awaitable<void> handle();

  boost::asio::awaitable<bool> send();
  void trust_proxy(Request& request) const;
  void log(bool sent) const;

  const SessionContext& context_;
  std::string peer_;
  std::shared_ptr<Task> task_;
  std::shared_ptr<Transport> transport_;
  Exchange exchange_;
  std::string reply_head_;                           // kept for its memory
  std::optional<boost::asio::ip::address> address_;  // peer_ as a number

  // The reply that is being given by heart.
  struct Given {
    std::shared_ptr<const StandingReply> reply;
    Method method = Method::get;
    bool keep_alive = false;
    std::chrono::steady_clock::time_point started{};
    bool has_body() const { return method == Method::get && !is_bodiless(reply->status); }
  } given_;
  std::optional<Outgoing> unsent_;
  bool idle_ = false;
  bool draining_ = false;
};

}  // namespace convoke::web
