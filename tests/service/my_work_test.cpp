#include "service/my_work.hpp"

#include "db/store.hpp"
#include "service/answers.hpp"
#include "service/events.hpp"
#include "tests/service/fixture.hpp"

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;

namespace {

// The plan of the fixture in the autumn: a meeting of Kalyna's is past, Yavir's round table has no day.
struct Autumn : Fixture {
  SignedIn kalyna, yavir;
  std::string key;

  Autumn() {
    import(small_plan);
    clock.set(parse_iso_instant("2026-10-20T06:00:00Z").value());
    kalyna.person = person("Калина О.П.");
    yavir.person = person("Явір С.М.");
    key = link_key(context).wait().value();
  }
  PersonId person(const std::string& name) {
    return context.store.read([name](db::Unit& unit) { return unit.people().find_by_name(name).at(0).id; })
        .wait()
        .value();
  }
  MyWork of(const SignedIn& who) { return work_of(context, who, key).wait().value(); }
};

std::vector<std::string> titles(const std::vector<MyItem>& items) {
  std::vector<std::string> out;
  for (const auto& one : items) out.push_back(one.row.event.title);
  return out;
}

using Titles = std::vector<std::string>;

}  // namespace

TEST_CASE("everybody sees their own work and nobody else's") {
  Autumn autumn;
  const auto kalyna = autumn.of(autumn.kalyna);
  CHECK(kalyna.known);
  CHECK(titles(kalyna.overdue).front() == "Установче засідання");
  CHECK(kalyna.to_date.empty());
  const auto yavir = autumn.of(autumn.yavir);
  CHECK(yavir.overdue.empty());
  CHECK(titles(yavir.to_date) == Titles{"Круглий стіл «Книга в дорозі»"});
}

TEST_CASE("an account without a person has no work and is told so") {
  Autumn autumn;
  const auto work = autumn.of(SignedIn{});
  CHECK_FALSE(work.known);
  CHECK((work.overdue.empty() && work.to_date.empty() && work.coming.empty() && work.asked.empty()));
}

TEST_CASE("the steps of a page are the links of the mails and act for a day") {
  Autumn autumn;
  const auto work = autumn.of(autumn.kalyna);
  const auto& steps = work.overdue.at(0).steps;
  REQUIRE(steps.at(0).purpose == notify::LinkPurpose::done);
  const auto done = answer_link(autumn.context, steps[0].token, {}).wait();
  REQUIRE(done);
  CHECK(done->stored);
  const auto after = titles(autumn.of(autumn.kalyna).overdue);
  CHECK(std::count(after.begin(), after.end(), "Установче засідання") == 0);
  autumn.clock.set(autumn.clock.now() + my_link_lifetime + std::chrono::seconds{1});
  const auto late = view_link(autumn.context, steps.at(1).token).wait();
  REQUIRE_FALSE(late);
  CHECK(late.error().code == Errc::gone);
}

TEST_CASE("a deputy sees the work of whoever is on leave") {
  Autumn autumn;
  autumn.context.store
      .write(db::Author("test", autumn.clock.now()),
             [kalyna = autumn.kalyna.person, yavir = autumn.yavir.person](db::Unit& unit) {
               Absence leave;
               leave.person = kalyna;
               leave.deputy = yavir;
               leave.first = make_date(2026, 10, 1);
               leave.last = make_date(2026, 10, 31);
               unit.absences().insert(leave);
               unit.people().update([&] {
                 auto person = *unit.people().find(yavir);
                 person.email = "yavir@example.org";
                 return person;
               }());
               return true;
             })
      .wait();
  CHECK(titles(autumn.of(autumn.yavir).overdue).front() == "Установче засідання");
}

TEST_CASE("an organiser is told how many answers wait for a decision and a member is not") {
  Autumn autumn;
  AnswerForm form;
  form.note = "зал на ремонті";
  form.date = "2026-12-04";
  const auto meeting = autumn.of(autumn.kalyna).overdue.at(0);
  for (const auto& step : meeting.steps)
    if (step.purpose == notify::LinkPurpose::postpone)
      REQUIRE(answer_link(autumn.context, step.token, form).wait()->stored);
  auto chair = autumn.yavir;
  CHECK(autumn.of(chair).waiting == 0);
  chair.role = AccountRole::organiser;
  CHECK(autumn.of(chair).waiting == 1);
}
