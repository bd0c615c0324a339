// The life of a paper, marks and places.
#include "model/submission.hpp"

#include "tests/support/catch.hpp"

#include <map>
#include <utility>

using namespace convoke;

namespace {

using State = SubmissionState;
using Step = SubmissionStep;

// By hand, beside the table of the program.
const std::map<std::pair<State, Step>, State> allowed = {
    {{State::draft, Step::submit}, State::submitted},
    {{State::draft, Step::withdraw}, State::withdrawn},
    {{State::submitted, Step::assign}, State::in_review},
    {{State::submitted, Step::accept}, State::accepted},
    {{State::submitted, Step::reject}, State::rejected},
    {{State::submitted, Step::revise}, State::revise},
    {{State::submitted, Step::withdraw}, State::withdrawn},
    {{State::in_review, Step::assign}, State::in_review},
    {{State::in_review, Step::accept}, State::accepted},
    {{State::in_review, Step::reject}, State::rejected},
    {{State::in_review, Step::revise}, State::revise},
    {{State::in_review, Step::withdraw}, State::withdrawn},
    {{State::revise, Step::assign}, State::revise},
    {{State::revise, Step::accept}, State::accepted},
    {{State::revise, Step::reject}, State::rejected},
    {{State::revise, Step::resubmit}, State::resubmitted},
    {{State::revise, Step::withdraw}, State::withdrawn},
    {{State::resubmitted, Step::assign}, State::in_review},
    {{State::resubmitted, Step::accept}, State::accepted},
    {{State::resubmitted, Step::reject}, State::rejected},
    {{State::resubmitted, Step::revise}, State::revise},
    {{State::resubmitted, Step::withdraw}, State::withdrawn},
    {{State::accepted, Step::reopen}, State::in_review},
    {{State::accepted, Step::withdraw}, State::withdrawn},
    {{State::rejected, Step::reopen}, State::in_review},
};

Review given(Marks marks) {
  Review one;
  one.state = ReviewState::given;
  one.marks = std::move(marks);
  return one;
}

}  // namespace

TEST_CASE("every step of a paper follows its state or is refused") {
  int followed = 0;
  for (std::size_t i = 0; i < submission_state_count; ++i) {
    for (std::size_t j = 0; j < submission_step_count; ++j) {
      const auto from = static_cast<State>(i);
      const auto step = static_cast<Step>(j);
      CAPTURE(name_of(from), name_of(step));
      const auto known = allowed.find({from, step});
      const auto to = next_state(from, step, true);
      CHECK(to.has_value() == (known != allowed.end()));
      if (!to) {
        CHECK(to.error().code == Errc::conflict);
        continue;
      }
      CHECK(*to == known->second);
      ++followed;
      // The deadline binds authors who have not sent theirs in, and nobody else.
      const auto late = next_state(from, step, false);
      CHECK(late.has_value() == (step != Step::submit));
      if (!late) CHECK(late.error().code == Errc::gone);
    }
  }
  CHECK(followed == static_cast<int>(allowed.size()));
}

TEST_CASE("an author changes a paper until the deadline and while it is sent back") {
  CHECK(may_be_edited(State::draft, true));
  CHECK(may_be_edited(State::submitted, true));
  CHECK_FALSE(may_be_edited(State::draft, false));
  CHECK_FALSE(may_be_edited(State::submitted, false));
  CHECK(may_be_edited(State::revise, false));
  for (const auto state : {State::in_review, State::resubmitted, State::accepted, State::rejected, State::withdrawn})
    CHECK_FALSE(may_be_edited(state, true));
}

TEST_CASE("states and steps of a paper are read back from their names") {
  for (std::size_t i = 0; i < submission_state_count; ++i)
    CHECK(submission_state_of(name_of(static_cast<State>(i))) == static_cast<State>(i));
  for (std::size_t i = 0; i < submission_step_count; ++i)
    CHECK(submission_step_of(name_of(static_cast<Step>(i))) == static_cast<Step>(i));
  for (const auto kind : all_submitted_kinds) CHECK(submitted_kind_of(name_of(kind)) == kind);
  CHECK_FALSE(submitted_kind_of("docm"));
  CHECK_FALSE(submission_state_of("lost"));
}

TEST_CASE("the same criterion keeps its marks when others come and go") {
  const auto before = criteria_of({"Новизна", "Мова", "Новизна"});
  REQUIRE(before.size() == 2);
  const auto after = criteria_of({"Користь", "Мова"});
  CHECK(after[1] == before[1]);
  CHECK(after[0].key != before[0].key);
}

TEST_CASE("the mean counts those who gave all marks and nobody else") {
  const auto criteria = criteria_of({"a", "b"});
  const auto a = criteria[0].key, b = criteria[1].key;
  auto conflict = given({{a, 1}, {b, 1}});
  conflict.state = ReviewState::conflict;
  auto asked = given({{a, 1}, {b, 1}});
  asked.state = ReviewState::asked;
  const std::vector<Review> reviews = {given({{a, 5}, {b, 4}}), given({{a, 3}, {b, 3}}), given({{a, 1}}), conflict,
                                       asked};
  CHECK(mean_total(reviews, criteria) == 7.5);
  CHECK(mean_mark(reviews, a) == 3.0);
  CHECK_FALSE(mean_total({}, criteria));
  CHECK_FALSE(mean_total(reviews, {}));
  CHECK(mark_text(7.5) == "7.5");
  CHECK(mark_text(20.0 / 3) == "6.67");
  CHECK(mark_text(10) == "10");
  CHECK(mark_text(4.05) == "4.05");
}

TEST_CASE("equal marks share a place and the next one is left out") {
  CHECK(places_of({7.5, 9.0, std::nullopt, 7.5, 1.0}) == std::vector<int>{2, 1, 0, 2, 4});
  CHECK(places_of({}).empty());
  CHECK(places_of({20.0 / 3, 6.67}) == std::vector<int>{1, 1});
}

TEST_CASE("a call is open between its moments and closed when its event has begun") {
  Call call;
  const Instant noon = parse_iso_instant("2026-09-01T12:00:00Z").value();
  using std::chrono::hours;
  CHECK(door_of(call, std::nullopt, noon) == RegistrationDoor::off);
  call.on = true;
  CHECK(door_of(call, std::nullopt, noon) == RegistrationDoor::open);
  CHECK(door_of(call, noon, noon) == RegistrationDoor::closed);
  call.opens = noon + hours{1};
  CHECK(door_of(call, std::nullopt, noon) == RegistrationDoor::not_yet);
  call.opens = noon;
  call.closes = noon + hours{1};
  CHECK(door_of(call, std::nullopt, noon) == RegistrationDoor::open);
  CHECK(door_of(call, std::nullopt, noon + hours{1}) == RegistrationDoor::closed);
}

TEST_CASE("authors read the guidance in their language or in the first that was written") {
  Call call;
  CHECK(guidance_in(call, Language::en).empty());
  call.guidance[static_cast<std::size_t>(Language::ru)] = "До пяти страниц";
  CHECK(guidance_in(call, Language::en) == "До пяти страниц");
  call.guidance[static_cast<std::size_t>(Language::en)] = "Up to five pages";
  CHECK(guidance_in(call, Language::en) == "Up to five pages");
}
