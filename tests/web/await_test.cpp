#include "web/await.hpp"

#include "tests/support/catch.hpp"
#include "web/task_group.hpp"

#include <boost/asio/io_context.hpp>

#include <thread>

namespace convoke::web {
namespace {

namespace asio = boost::asio;

struct Outcome {
  std::optional<Result<std::string>> result;
  std::thread::id thread;
};

asio::awaitable<void> keep(Deferred<std::string> deferred, Outcome* outcome) {
  co_await asio::this_coro::throw_if_cancelled(false);
  auto result = co_await await(std::move(deferred));
  outcome->result = std::move(result);
  outcome->thread = std::this_thread::get_id();
}

asio::awaitable<void> fail() {
  throw std::runtime_error("as this test wants");
  co_return;
}

struct Loop {
  asio::io_context io;
  TaskGroup tasks;
  std::shared_ptr<Task> task = std::make_shared<Task>(io.get_executor());
  Outcome outcome;

  void start(Deferred<std::string> deferred) {
    tasks.spawn(task, "test", keep(std::move(deferred), &outcome));
  }
};

}  // namespace

TEST_CASE("a result from another thread resumes the coroutine on its own") {
  Loop loop;
  std::jthread worker;
  loop.start(Deferred<std::string>([&worker](Deferred<std::string>::Completion done) {
    worker = std::jthread([done = std::move(done)] { done(std::string("from the database")); });
  }));
  loop.io.run();
  REQUIRE(loop.outcome.result);
  CHECK(loop.outcome.result->value() == "from the database");
  CHECK((loop.outcome.thread == std::this_thread::get_id()));
  CHECK(loop.tasks.size() == 0);
}

TEST_CASE("what is known already and what fails arrive the same way") {
  Loop loop;
  loop.start(Deferred<std::string>::ready(std::string("at once")));
  loop.io.run();
  CHECK(loop.outcome.result->value() == "at once");
  Loop failing;
  failing.start(Deferred<std::string>::ready(Error(Errc::not_found, "no such plan")));
  failing.io.run();
  CHECK(failing.outcome.result->error().code == Errc::not_found);
}

TEST_CASE("a cancelled wait ends and the late result is dropped") {
  Loop loop;
  Deferred<std::string>::Completion kept;
  loop.start(
      Deferred<std::string>([&kept](Deferred<std::string>::Completion done) { kept = std::move(done); }));
  loop.io.poll();
  REQUIRE(kept);
  CHECK_FALSE(loop.outcome.result);
  loop.tasks.cancel();
  loop.io.poll();
  REQUIRE(loop.outcome.result);
  CHECK(loop.outcome.result->error().code == Errc::storage_unavailable);
  kept(std::string("too late"));
  loop.io.restart();
  loop.io.poll();
  CHECK(loop.outcome.result->error().code == Errc::storage_unavailable);
}

TEST_CASE("an operation that is dropped by its service is an error and no hang") {
  Loop loop;
  loop.start(Deferred<std::string>([](Deferred<std::string>::Completion) {}));
  loop.io.run();
  REQUIRE(loop.outcome.result);
  CHECK(loop.outcome.result->error().code == Errc::internal);
}

TEST_CASE("an exception ends its own task and no other") {
  Loop loop;
  int emptied = 0;
  TaskGroup group([&emptied] { ++emptied; });
  group.spawn(std::make_shared<Task>(loop.io.get_executor()), "fails", fail());
  loop.start(Deferred<std::string>::ready(std::string("fine")));
  loop.io.run();
  CHECK(emptied == 1);
  CHECK(loop.outcome.result->value() == "fine");
}

}  // namespace convoke::web
