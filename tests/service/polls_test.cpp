// Date polls: asked, answered by links, reminded once, closed; the winner dates the event.
#include "service/polls.hpp"

#include "db/polls.hpp"
#include "notify/poll_links.hpp"
#include "service/conflicts.hpp"
#include "service/events.hpp"
#include "tests/service/answers_fixture.hpp"
#include "tests/support/account_mail.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

const std::string table_talk = "Круглий стіл «Книга в дорозі»";
constexpr auto yes = PollChoice::yes, maybe = PollChoice::if_need_be, no = PollChoice::no;

PollDay on(unsigned day, std::optional<TimeOfDay> time = {}) {
  PollDay one;
  one.day = make_date(2026, 11, day);
  one.time = time;
  return one;
}

struct PollFixture : AnswersFixture {
  Keeper keeper{editor, OrganisationId{}};

  NewPoll wanted() {
    NewPoll poll;
    poll.event = event(table_talk).id;
    poll.days = {on(17, TimeOfDay{600}), on(12)};
    poll.people = {person_called("Явір С.М.").id, person_called("Калина О.П.").id};
    poll.note = "Оберіть";
    poll.last_day = make_date(2026, 9, 10);
    poll.keeper = "duty:chair";
    poll.keeper_name = "Калина О.П.";
    return poll;
  }
  Errc refused(NewPoll poll) {
    const auto opened = open_poll(context, keeper, std::move(poll)).wait();
    REQUIRE_FALSE(opened);
    return opened.error().code;
  }
  PollId opened() {
    const auto id = open_poll(context, keeper, wanted()).wait();
    if (!id) FAIL(id.error().message);
    return *id;
  }
  PollView seen(PollId id) { return view_poll(context, keeper, id).wait().value(); }
  std::string link(PollId id, const std::string& name) {
    notify::PollLink one;
    one.poll = id;
    one.who = key_of(name);
    one.expires = seen(id).poll.deadline + notify::poll_link_outlives;
    return notify::poll_token(key, one);
  }
  PollPage says(PollId id, const std::string& name, std::vector<PollChoice> choices,
                const std::string& note = "") {
    return answer_poll(context, link(id, name), std::move(choices), note).wait().value();
  }
  std::vector<Reminder> mails(ReminderReason reason) {
    std::vector<Reminder> found;
    for (auto& row : rows(table_talk))
      if (row.reason == reason) found.push_back(std::move(row));
    return found;
  }
};

}  // namespace

TEST_CASE("a poll asks each person once by a mail and the result is due at the deadline") {
  PollFixture fixture;
  auto twice = fixture.wanted();
  twice.people.push_back(twice.people.front());
  const auto id = open_poll(fixture.context, fixture.keeper, twice).wait();
  REQUIRE(id);
  const auto view = fixture.seen(*id);
  CHECK(view.poll.days == std::vector<PollDay>{on(12), on(17, TimeOfDay{600})});
  CHECK(view.voices.size() == 2);
  CHECK(view.takes_answers);
  CHECK(view.poll.deadline == parse_iso_instant("2026-09-10T21:00:00Z").value());
  CHECK(fixture.mails(ReminderReason::date_poll).size() == 2);
  const auto result = fixture.mails(ReminderReason::date_poll_result);
  REQUIRE(result.size() == 1);
  CHECK(result[0].due == view.poll.deadline);
  CHECK(fixture.refused(fixture.wanted()) == Errc::conflict);
}

TEST_CASE("a poll names two to eight days to come and somebody to ask") {
  PollFixture fixture;
  auto one = fixture.wanted();
  one.days = {on(12), on(12)};
  CHECK(fixture.refused(one) == Errc::invalid_input);
  auto nine = fixture.wanted();
  nine.days.clear();
  for (unsigned day = 1; day <= 9; ++day) nine.days.push_back(on(day));
  CHECK(fixture.refused(nine) == Errc::invalid_input);
  auto past = fixture.wanted();
  past.days[0].day = make_date(2026, 9, 1);
  CHECK(fixture.refused(past) == Errc::invalid_input);
  auto late = fixture.wanted();
  late.last_day = make_date(2026, 11, 17);
  CHECK(fixture.refused(late) == Errc::invalid_input);
  auto over = fixture.wanted();
  over.last_day = make_date(2026, 8, 31);
  CHECK(fixture.refused(over) == Errc::invalid_input);
  auto nobody = fixture.wanted();
  nobody.people.clear();
  CHECK(fixture.refused(nobody) == Errc::invalid_input);
  auto unknown = fixture.wanted();
  unknown.people = {PersonId{999}};
  CHECK(fixture.refused(unknown) == Errc::invalid_input);
  auto report = fixture.wanted();
  report.event = fixture.event("Звіт про передплату").id;
  CHECK(fixture.refused(report) == Errc::conflict);
  nine.days.pop_back();
  CHECK(open_poll(fixture.context, fixture.keeper, nine).wait());
}

TEST_CASE("readers cannot ask and another association's polls are not found") {
  PollFixture fixture;
  const auto id = fixture.opened();
  Keeper reader;
  CHECK(view_poll(fixture.context, reader, id).wait().error().code == Errc::forbidden);
  const Keeper stranger{editor, OrganisationId{99}, {OrganisationId{99}}};
  CHECK(view_poll(fixture.context, stranger, id).wait().error().code == Errc::not_found);
  CHECK(close_poll(fixture.context, stranger, id, 0).wait().error().code == Errc::not_found);
  CHECK(remind_poll(fixture.context, stranger, id).wait().error().code == Errc::not_found);
  CHECK(poll_choices(fixture.context, stranger, fixture.event(table_talk).id).wait().error().code ==
        Errc::not_found);
}

TEST_CASE("an answer can be changed until the deadline and not after it") {
  PollFixture fixture;
  const auto id = fixture.opened();
  CHECK(fixture.says(id, "Явір С.М.", {yes, no}, "до обіду").stored);
  CHECK(fixture.says(id, "Явір С.М.", {maybe, yes}).stored);
  CHECK(fixture.says(id, "Калина О.П.", {no, yes}).stored);
  const auto view = fixture.seen(id);
  CHECK(view.tallies[1].yes == 2);
  CHECK(view.tallies[0].if_need_be == 1);
  CHECK(view.ranking.front() == 1);
  const auto few = answer_poll(fixture.context, fixture.link(id, "Явір С.М."), {yes}, "").wait();
  REQUIRE_FALSE(few);
  CHECK(few.error().code == Errc::invalid_input);
  CHECK_FALSE(answer_poll(fixture.context, fixture.link(id, "Явір С.М."), {yes, no},
                          std::string(longest_poll_note + 1, 'x'))
                  .wait());
  CHECK(fixture.says(id, "Калина О.П.", {no, yes}, std::string(longest_poll_note, 'x')).stored);
  const auto token = fixture.link(id, "Явір С.М.");
  fixture.clock.set(view.poll.deadline);
  CHECK_FALSE(answer_poll(fixture.context, token, {no, no}, "").wait().value().stored);
  CHECK(fixture.seen(id).tallies == view.tallies);
  CHECK_FALSE(fixture.seen(id).takes_answers);
}

TEST_CASE("a link of a poll opens no other and no link of another kind opens a poll") {
  PollFixture fixture;
  const auto id = fixture.opened();
  const auto token = fixture.link(id, "Явір С.М.");
  CHECK(view_poll_link(fixture.context, token).wait());
  CHECK(view_link(fixture.context, token).wait().error().code == Errc::not_found);
  const auto step = fixture.token(LinkPurpose::name_day, table_talk, "Явір С.М.");
  CHECK(view_poll_link(fixture.context, step).wait().error().code == Errc::not_found);
  auto broken = token;
  broken[3] = broken[3] == 'A' ? 'B' : 'A';
  CHECK(view_poll_link(fixture.context, broken).wait().error().code == Errc::not_found);
  notify::PollLink stranger;
  stranger.poll = id;
  stranger.who = "person:999";
  stranger.expires = fixture.clock.now() + std::chrono::hours{1};
  CHECK(view_poll_link(fixture.context, notify::poll_token(fixture.key, stranger)).wait().error().code ==
        Errc::not_found);
  fixture.clock.set(fixture.seen(id).poll.deadline + notify::poll_link_outlives + std::chrono::seconds{1});
  CHECK(view_poll_link(fixture.context, token).wait().error().code == Errc::gone);
}

TEST_CASE("those who have not answered are reminded once") {
  PollFixture fixture;
  const auto id = fixture.opened();
  fixture.says(id, "Явір С.М.", {yes, no});
  CHECK(remind_poll(fixture.context, fixture.keeper, id).wait().value() == 1);
  CHECK(remind_poll(fixture.context, fixture.keeper, id).wait().error().code == Errc::conflict);
  const auto rows = fixture.mails(ReminderReason::date_poll);
  REQUIRE(rows.size() == 3);
  CHECK(std::count_if(rows.begin(), rows.end(),
                      [](const Reminder& row) { return row.key.rule == notify::poll_again_rule; }) == 1);
}

TEST_CASE("the winner dates the event as a change by hand does and the poll is closed once") {
  PollFixture fixture;
  const auto before = fixture.event(table_talk);
  const auto id = fixture.opened();
  const auto closed = close_poll(fixture.context, fixture.keeper, id, 1).wait();
  REQUIRE(closed);
  const auto after = fixture.event(table_talk);
  CHECK(after.period.first == make_date(2026, 11, 17));
  CHECK(after.period.time == TimeOfDay{600});
  CHECK(after.sequence == before.sequence + 1);
  CHECK(after.uid == before.uid);
  CHECK(after.status == EventStatus::dated);
  CHECK_FALSE(fixture.mails(ReminderReason::invitation).empty());
  CHECK(closed->poll.winner == std::size_t{1});
  CHECK(close_poll(fixture.context, fixture.keeper, id, 0).wait().error().code == Errc::conflict);
  CHECK_FALSE(fixture.says(id, "Явір С.М.", {yes, no}).stored);
  CHECK(fixture.event(table_talk).period == after.period);
}

TEST_CASE("an event of several days begins on the day that wins and is as long as before") {
  PollFixture fixture;
  EventChange days;
  days.date = make_date(2026, 11, 24);
  days.last_date = make_date(2026, 11, 26);
  REQUIRE(change_event(fixture.context, editor, fixture.event(table_talk).id, days).wait());
  const auto id = fixture.opened();
  REQUIRE(close_poll(fixture.context, fixture.keeper, id, 1)
              .wait());  // days are kept in their order: the 17th, 10:00
  CHECK(fixture.event(table_talk).period.first == make_date(2026, 11, 17));
  CHECK(fixture.event(table_talk).period.precision == Precision::exact_time);  // an hour was meant

  REQUIRE(change_event(fixture.context, editor, fixture.event(table_talk).id, days).wait());
  const auto again = fixture.opened();
  REQUIRE(close_poll(fixture.context, fixture.keeper, again, 0).wait());
  CHECK(fixture.event(table_talk).period.first == make_date(2026, 11, 12));
  CHECK(fixture.event(table_talk).period.last == make_date(2026, 11, 14));
  CHECK(fixture.event(table_talk).period.precision == Precision::date_range);
}

TEST_CASE("a poll that ends without a day leaves the event as it is and another can be opened") {
  PollFixture fixture;
  const auto before = fixture.event(table_talk);
  const auto id = fixture.opened();
  CHECK(close_poll(fixture.context, fixture.keeper, id, 9).wait().error().code == Errc::invalid_input);
  REQUIRE(close_poll(fixture.context, fixture.keeper, id, std::nullopt).wait());
  CHECK(fixture.event(table_talk).sequence == before.sequence);
  CHECK(fixture.opened() != id);
}

TEST_CASE("a day that is past by now cannot win and the poll stays open") {
  PollFixture fixture;
  const auto id = fixture.opened();
  fixture.clock.set(parse_iso_instant("2026-11-14T08:00:00Z").value());
  CHECK(close_poll(fixture.context, fixture.keeper, id, 0).wait().error().code == Errc::invalid_input);
  CHECK_FALSE(fixture.seen(id).poll.closed);
  CHECK(close_poll(fixture.context, fixture.keeper, id, 1).wait());
}

TEST_CASE("mails of a poll leave while it is open and its result at the deadline") {
  using Kind = notify::Composition::Kind;
  PollFixture fixture;
  fixture.make_chair("Калина О.П.");
  const auto id = fixture.opened();
  const auto kind = [&](const Reminder& row) {
    return tests::composed(fixture.context.store, row, fixture.clock.now()).kind;
  };
  const auto asked = fixture.mails(ReminderReason::date_poll);
  REQUIRE(asked.size() == 2);
  CHECK(kind(asked[0]) == Kind::send);
  auto again = asked[0];
  again.key.rule = notify::poll_again_rule;
  CHECK(kind(again) == Kind::send);
  fixture.says(id, "Явір С.М.", {yes, no});
  fixture.says(id, "Калина О.П.", {yes, no});
  CHECK(kind(again) == Kind::drop);
  auto result = fixture.mails(ReminderReason::date_poll_result).front();
  result.key.recipient = fixture.key_of("Калина О.П.");
  fixture.clock.set(fixture.seen(id).poll.deadline);
  CHECK(kind(result) == Kind::send);
  CHECK(kind(asked[0]) == Kind::drop);
  // Nothing was dated by that.
  CHECK(fixture.event(table_talk).period.is_vague());
  REQUIRE(close_poll(fixture.context, fixture.keeper, id, 0).wait());
  CHECK(kind(result) == Kind::drop);
}

TEST_CASE("members of a group are asked with the people who were chosen and nobody twice") {
  PollFixture fixture;
  fixture.make_chair("Калина О.П.");
  const auto choices =
      poll_choices(fixture.context, fixture.keeper, fixture.event(table_talk).id).wait().value();
  REQUIRE(choices.groups.size() == 1);
  CHECK(choices.group_sizes.front() == 1);
  CHECK(choices.responsible.size() == 2);
  auto poll = fixture.wanted();
  poll.groups = {choices.groups.front().id};
  const auto id = open_poll(fixture.context, fixture.keeper, poll).wait();
  REQUIRE(id);
  CHECK(fixture.seen(*id).voices.size() == 2);
  CHECK(poll_choices(fixture.context, fixture.keeper, poll.event).wait().value().open == *id);
}
