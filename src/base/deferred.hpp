// An operation that has been described but not begun. Services return it, so that a coroutine may await it
// (web/await.hpp), the command line may wait for it, and no service header knows which.
#pragma once

#include "base/result.hpp"

#include <functional>
#include <future>
#include <utility>

namespace convoke {

template<class T>
class Deferred {
 public:
  // Called exactly once, on whatever thread finished the work; must not block.
  using Completion = std::function<void(Result<T>)>;
  using Start = std::function<void(Completion)>;

  explicit Deferred(Start start) : start_(std::move(start)) {}
  // Already known: completes at once on the calling thread.
  static Deferred ready(Result<T> value) {
    return Deferred([value = std::move(value)](Completion done) mutable { done(std::move(value)); });
  }

  void start(Completion done) && { std::move(start_)(std::move(done)); }

  // The same operation; when it succeeds, `then` runs before its completion does.
  Deferred after_success(std::function<void()> then) && {
    return Deferred([start = std::move(start_), then = std::move(then)](Completion done) mutable {
      start([then = std::move(then), done = std::move(done)](Result<T> value) {
        if (value) then();
        done(std::move(value));
      });
    });
  }

  // Blocks the calling thread. For the command line and tests; never on a server's I/O thread.
  Result<T> wait() && {
    std::promise<Result<T>> promise;
    auto future = promise.get_future();
    start_([&promise](Result<T> value) { promise.set_value(std::move(value)); });
    return future.get();
  }

 private:
  Start start_;
};

}  // namespace convoke
