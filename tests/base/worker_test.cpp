#include "base/worker.hpp"

#include "tests/support/catch.hpp"

#include <future>
#include <stdexcept>

using namespace convoke;

TEST_CASE("a worker does its jobs in order on another thread and survives one that throws") {
  std::vector<int> done;
  std::promise<void> finished;
  const auto caller = std::this_thread::get_id();
  std::thread::id other;
  Worker worker;
  REQUIRE(worker.submit([&] { done.push_back(1); }));
  REQUIRE(worker.submit([] { throw std::runtime_error("a broken job"); }));
  REQUIRE(worker.submit([&] {
    done.push_back(2);
    other = std::this_thread::get_id();
    finished.set_value();
  }));
  finished.get_future().wait();
  CHECK(done == std::vector<int>{1, 2});
  CHECK(other != caller);
}

TEST_CASE("a worker takes as many waiting jobs as it says and no more") {
  std::promise<void> started, go;
  auto gate = go.get_future().share();
  Worker worker;
  REQUIRE(worker.submit([&started, gate] {
    started.set_value();
    gate.wait();
  }));
  started.get_future().wait();
  for (std::size_t i = 0; i < Worker::max_waiting; ++i) CHECK(worker.submit([] {}));
  CHECK_FALSE(worker.submit([] {}));
  go.set_value();
}
