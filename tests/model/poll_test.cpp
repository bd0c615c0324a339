// What answers to a date poll add up to.
#include "model/poll.hpp"

#include "tests/support/catch.hpp"

using namespace convoke;

namespace {

constexpr auto yes = PollChoice::yes, maybe = PollChoice::if_need_be, no = PollChoice::no;

PollVoice says(std::vector<PollChoice> choices) {
  PollVoice voice;
  voice.choices = std::move(choices);
  return voice;
}

}  // namespace

TEST_CASE("the day on which most people can come at all wins and gladness decides between equals") {
  Poll poll;
  poll.days.resize(3);
  const auto tallies = tally_of(
      poll, {says({yes, maybe, no}), says({no, yes, yes}), says({yes, maybe, yes}), says({}), says({yes})});
  REQUIRE(tallies.size() == 3);
  CHECK(tallies[0].yes == 2);
  CHECK(tallies[0].no == 1);
  CHECK(tallies[1].if_need_be == 2);
  CHECK(tallies[1].yes == 1);
  CHECK(ranked(tallies) == std::vector<std::size_t>{1, 0, 2});
}

TEST_CASE("days of a poll that nobody answered stay in their order") {
  Poll poll;
  poll.days.resize(2);
  CHECK(ranked(tally_of(poll, {})) == std::vector<std::size_t>{0, 1});
  CHECK(ranked({}).empty());
}

TEST_CASE("a poll takes answers until its deadline or until it is closed") {
  Poll poll;
  poll.deadline = Instant{std::chrono::seconds{100}};
  CHECK(poll.is_open(Instant{std::chrono::seconds{99}}));
  CHECK_FALSE(poll.is_open(Instant{std::chrono::seconds{100}}));
  poll.closed = Instant{std::chrono::seconds{50}};
  CHECK_FALSE(poll.is_open(Instant{std::chrono::seconds{60}}));
}
