// How a handler waits for a service: `auto plan = co_await await(service::find_plan(…));`. The work is done
// on a thread of the database's; the coroutine goes on where it was, on its own executor.
#pragma once

#include "base/deferred.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace convoke::web {
namespace detail {

// The suspended coroutine. Touched only on its executor; the work guard keeps the loop alive meanwhile.
template<class T, class Handler>
class Awaiting : public std::enable_shared_from_this<Awaiting<T, Handler>> {
 public:
  Awaiting(boost::asio::any_io_executor executor, Handler handler)
      : executor_(std::move(executor)), work_(executor_), handler_(std::move(handler)) {}

  void post(Result<T> value) {
    boost::asio::post(executor_, [self = this->shared_from_this(), value = std::move(value)]() mutable {
      self->resume(std::move(value));
    });
  }

  // The deadline passed or the server is ending: the coroutine goes on, the late value is dropped.
  void listen_for_cancellation() {
    auto slot = boost::asio::get_associated_cancellation_slot(*handler_);
    if (!slot.is_connected()) return;
    slot.assign([weak = this->weak_from_this()](boost::asio::cancellation_type) {
      if (const auto self = weak.lock())
        self->post(Error(Errc::storage_unavailable, "this takes too long; try again in a moment"));
    });
  }

 private:
  void resume(Result<T> value) {
    if (!handler_) return;
    auto handler = std::move(*handler_);
    handler_.reset();
    if (auto slot = boost::asio::get_associated_cancellation_slot(handler); slot.is_connected()) slot.clear();
    work_.reset();
    std::move(handler)(std::move(value));
  }

  boost::asio::any_io_executor executor_;
  boost::asio::executor_work_guard<boost::asio::any_io_executor> work_;
  std::optional<Handler> handler_;
};

// Held by the completion alone: when a service drops it uncalled, the coroutine learns that instead of
// hanging.
template<class T, class Handler>
class Promise {
 public:
  explicit Promise(std::shared_ptr<Awaiting<T, Handler>> waiting) : waiting_(std::move(waiting)) {}
  Promise(const Promise&) = delete;
  Promise& operator=(const Promise&) = delete;
  ~Promise() {
    if (waiting_) waiting_->post(Error(Errc::internal, "the operation was dropped"));
  }
  void keep(Result<T> value) {
    if (auto waiting = std::exchange(waiting_, nullptr)) waiting->post(std::move(value));
  }

 private:
  std::shared_ptr<Awaiting<T, Handler>> waiting_;
};

}  // namespace detail

// The deferred operation's result. Errors: its own; storage_unavailable when the coroutine was cancelled
// first.
template<class T>
boost::asio::awaitable<Result<T>> await(Deferred<T> deferred) {
  namespace asio = boost::asio;
  auto initiate = [deferred = std::move(deferred)](auto handler, asio::any_io_executor executor) mutable {
    using Handler = decltype(handler);
    auto waiting = std::make_shared<detail::Awaiting<T, Handler>>(std::move(executor), std::move(handler));
    waiting->listen_for_cancellation();
    auto promise = std::make_shared<detail::Promise<T, Handler>>(std::move(waiting));
    std::move(deferred).start([promise](Result<T> value) { promise->keep(std::move(value)); });
  };
  asio::any_io_executor executor = co_await asio::this_coro::executor;
  auto token = asio::use_awaitable;
  co_return co_await asio::async_initiate<asio::use_awaitable_t<>, void(Result<T>)>(
      std::move(initiate), token, std::move(executor));
}

}  // namespace convoke::web
