#include "tests/db/store_contract.hpp"

#include "base/id.hpp"

namespace convoke::tests {
namespace {

using db::Unit;

Organisation college() {
  Organisation organisation;
  organisation.name = "Об'єднання бібліотек  «Слово»";
  organisation.zone = "Europe/Minsk";
  organisation.language = Language::be;
  organisation.contact = "slovo@library.example";
  return organisation;
}

void check_same(const Organisation& a, const Organisation& b) {
  CHECK(a.id == b.id);
  CHECK(a.name == b.name);
  CHECK(a.zone == b.zone);
  CHECK(a.language == b.language);
  CHECK(a.contact == b.contact);
}

Person reader(const std::string& name) {
  Person person;
  person.name = name;
  person.email = "reader@library.example";
  person.post = "методист";
  person.language = Language::ru;
  return person;
}

void check_same(const Person& a, const Person& b) {
  CHECK(a.id == b.id);
  CHECK(a.organisation == b.organisation);
  CHECK(a.name == b.name);
  CHECK(a.email == b.email);
  CHECK(a.post == b.post);
  CHECK(a.language == b.language);
}

Plan full_plan() {
  Plan plan;
  plan.title = "План роботи";
  plan.organisation_name = "Рада бібліотек";
  plan.language = "kk";
  plan.year = PlanContext::academic_year(2026);
  plan.zone = "Europe/Samara";
  plan.approvals = {{"ЗАТВЕРДЖУЮ", "директор", "Гнатюк Л.С.", make_date(2026, 8, 30), "№ 27"},
                    {"ПОГОДЖЕНО", "голова", "", std::nullopt, ""}};
  plan.preamble = {{"Мета", "читати більше"}, {"", "просто абзац"}};
  plan.source_name = "plan.docx";
  plan.imported = at(5);
  return plan;
}

void check_same(const Plan& a, const Plan& b) {
  CHECK(a.id == b.id);
  CHECK(a.organisation == b.organisation);
  CHECK(a.title == b.title);
  CHECK(a.organisation_name == b.organisation_name);
  CHECK(a.language == b.language);
  CHECK((a.year == b.year));
  CHECK(a.zone == b.zone);
  CHECK((a.approvals == b.approvals));
  CHECK((a.preamble == b.preamble));
  CHECK(a.source_name == b.source_name);
  CHECK(a.imported == b.imported);
}

template<class T>
std::vector<std::int64_t> ids(const std::vector<T>& things) {
  std::vector<std::int64_t> numbers;
  for (const auto& thing : things) numbers.push_back(thing.id.value);
  return numbers;
}

}  // namespace

TEST_CASE("an organisation comes back as it was stored and is found however its name is spaced") {
  Fixture fixture;
  auto organisation = college();
  organisation.id =
      write(fixture.store(), [=](Unit& unit) { return unit.organisations().insert(organisation); });
  const auto found =
      read(fixture.store(), [=](Unit& unit) { return unit.organisations().find(organisation.id); });
  REQUIRE(found);
  check_same(*found, organisation);
  const auto by_name = read(fixture.store(), [](Unit& unit) {
    return unit.organisations().find_by_name("об’єднання бібліотек «слово»");
  });
  REQUIRE(by_name);
  CHECK(by_name->id == organisation.id);
  CHECK_FALSE(read(fixture.store(), [](Unit& unit) { return unit.organisations().find_by_name("слово"); }));
  CHECK_FALSE(
      read(fixture.store(), [](Unit& unit) { return unit.organisations().find(OrganisationId{99}); }));
}

TEST_CASE("a renamed organisation is found by its new name alone") {
  Fixture fixture;
  auto organisation = college();
  organisation.id =
      write(fixture.store(), [=](Unit& unit) { return unit.organisations().insert(organisation); });
  const auto old_name = organisation.name;
  organisation.name = "Спілка";
  organisation.language = Language::en;
  organisation.zone = "UTC";
  organisation.contact = "";
  write(fixture.store(), [=](Unit& unit) { return unit.organisations().update(organisation), 0; });
  const auto all = read(fixture.store(), [](Unit& unit) { return unit.organisations().list(); });
  REQUIRE(all.size() == 1);
  check_same(all[0], organisation);
  CHECK(read(fixture.store(), [](Unit& unit) { return unit.organisations().find_by_name("СПІЛКА"); }));
  CHECK_FALSE(read(fixture.store(), [=](Unit& unit) { return unit.organisations().find_by_name(old_name); }));
}

TEST_CASE("people are found by name in either order of initials and namesakes are all found") {
  Fixture fixture;
  const auto organisation =
      write(fixture.store(), [](Unit& u) { return u.organisations().insert(college()); });
  auto first = reader("Ковтун В. И.");
  first.organisation = organisation;
  first.id = write(fixture.store(), [=](Unit& unit) { return unit.people().insert(first); });
  const auto second =
      write(fixture.store(), [](Unit& unit) { return unit.people().insert(reader("В.И.Ковтун")); });
  write(fixture.store(), [](Unit& unit) { return unit.people().insert(reader("Ковтун П.И.")); });
  const auto namesakes =
      read(fixture.store(), [](Unit& u) { return u.people().find_by_name("КОВТУН В.И."); });
  CHECK(ids(namesakes) == std::vector{first.id.value, second.value});
  check_same(namesakes.at(0), first);
  CHECK(read(fixture.store(), [](Unit& unit) { return unit.people().list(); }).size() == 3);
}

TEST_CASE("a person who marries keeps the number and is found by the new name") {
  Fixture fixture;
  auto person = reader("Ковтун В.И.");
  person.id = write(fixture.store(), [=](Unit& unit) { return unit.people().insert(person); });
  person.name = "Ясень В.И.";
  person.email = "";
  person.post = "бібліотекар";
  person.language = Language::en;
  write(fixture.store(), [=](Unit& unit) { return unit.people().update(person), 0; });
  const auto found = read(fixture.store(), [=](Unit& unit) { return unit.people().find(person.id); });
  REQUIRE(found);
  check_same(*found, person);
  CHECK(read(fixture.store(), [](Unit& u) { return u.people().find_by_name("Ковтун В.И."); }).empty());
  CHECK(read(fixture.store(), [](Unit& u) { return u.people().find_by_name("В.И. Ясень"); }).size() == 1);
}

TEST_CASE("a plan comes back with its approvals and preamble in their order") {
  Fixture fixture;
  auto plan = full_plan();
  plan.organisation =
      write(fixture.store(), [](Unit& unit) { return unit.organisations().insert(college()); });
  plan.id = write(fixture.store(), [=](Unit& unit) { return unit.plans().insert(plan); });
  const auto found = read(fixture.store(), [=](Unit& unit) { return unit.plans().find(plan.id); });
  REQUIRE(found);
  check_same(*found, plan);
  CHECK_FALSE(read(fixture.store(), [](Unit& unit) { return unit.plans().find(PlanId{77}); }));
  CHECK_FALSE(read(fixture.store(), [](Unit& unit) { return unit.plans().find(PlanId{}); }));
}

TEST_CASE("a plan that is brought in again replaces its approvals and preamble") {
  Fixture fixture;
  auto plan = full_plan();
  plan.id = write(fixture.store(), [=](Unit& unit) { return unit.plans().insert(plan); });
  plan.title = "План роботи зі змінами";
  plan.language = "pl";
  plan.organisation_name = "";
  plan.year = PlanContext::one_month(2026, 12);
  plan.zone = "";
  plan.approvals = {{"СХВАЛЕНО", "", "", std::nullopt, "№ 1"}};
  plan.preamble = {{"Завдання", "перше"}, {"Завдання", "друге"}, {"", ""}};
  plan.source_name = "plan-2.docx";
  plan.imported = at(9);
  write(fixture.store(), [=](Unit& unit) { return unit.plans().update(plan), 0; });
  const auto found = read(fixture.store(), [=](Unit& unit) { return unit.plans().find(plan.id); });
  REQUIRE(found);
  check_same(*found, plan);
}

TEST_CASE("plans are listed with the newest year first") {
  Fixture fixture;
  std::vector<std::int64_t> stored;
  for (const int year : {2025, 2027, 2026, 2027}) {
    auto plan = full_plan();
    plan.year = PlanContext::calendar_year(year);
    plan.preamble = {{"", std::to_string(year)}};
    stored.push_back(write(fixture.store(), [=](Unit& unit) { return unit.plans().insert(plan); }).value);
  }
  const auto plans = read(fixture.store(), [](Unit& unit) { return unit.plans().list(); });
  CHECK(ids(plans) == std::vector{stored[3], stored[1], stored[2], stored[0]});
  for (const auto& plan : plans) {
    REQUIRE(plan.preamble.size() == 1);
    CHECK(plan.preamble[0].text == std::to_string(static_cast<int>(plan.year.first.year())));
    CHECK(plan.approvals.size() == 2);
  }
}

TEST_CASE("an event comes back with every field as it was stored") {
  Fixture fixture;
  auto event = full_event();
  write(fixture.store(), [&event](Unit& unit) {
    event.organisation = unit.organisations().insert(college());
    event.plan = unit.plans().insert(full_plan());
    event.responsible[0].person = unit.people().insert(reader("Верховець О.П."));
    event.id = unit.events().insert(event);
    return 0;
  });
  const auto found = read(fixture.store(), [=](Unit& unit) { return unit.events().find(event.id); });
  REQUIRE(found);
  check_same(*found, event);
  const auto by_uid = read(fixture.store(), [=](Unit& unit) { return unit.events().find_by_uid(event.uid); });
  REQUIRE(by_uid);
  check_same(*by_uid, event);
  CHECK_FALSE(read(fixture.store(), [](Unit& unit) { return unit.events().find_by_uid("no-such"); }));
  CHECK_FALSE(read(fixture.store(), [](Unit& unit) { return unit.events().find(EventId{404}); }));
}

TEST_CASE("a period of every precision comes back as it was stored") {
  Fixture fixture;
  std::vector<Event> events;
  for (int i = 0; i <= static_cast<int>(Precision::none); ++i) {
    auto event = plain_event();
    event.period.precision = static_cast<Precision>(i);
    event.period.source_text = "як у плані " + std::to_string(i);
    if (event.period.precision != Precision::by_other_plan && event.period.precision != Precision::none) {
      event.period.first = make_date(1900, 1, 1);
      event.period.last = make_date(2199, 12, 31);
    }
    if (event.period.precision == Precision::exact_time) {
      event.period.last = event.period.first;
      event.period.time = TimeOfDay{0};
      event.period.end_time = TimeOfDay{1439};
    }
    event.period.deadline = i % 2 == 0;
    events.push_back(event);
  }
  for (auto& event : events)
    event.id = write(fixture.store(), [=](Unit& unit) { return unit.events().insert(event); });
  const auto found = read(fixture.store(), [](Unit& unit) { return unit.events().all(); });
  REQUIRE(found.size() == events.size());
  for (std::size_t i = 0; i < found.size(); ++i) check_same(found[i], events[i]);
}

TEST_CASE("every event one at a time is what all of them at once are but for what a document said") {
  Fixture fixture;
  write(fixture.store(), [](Unit& unit) {
    for (int i = 0; i < 5; ++i) {
      Event event = plain_event("Подія " + std::to_string(i));
      event.uid = "each-" + std::to_string(i);
      if (i != 1) event.responsible = {{{}, "Ясень В.И.", "", ""}, {{}, "", "методист", ""}};
      if (i > 2) event.agenda = {"перше", "друге"};
      if (i == 3) event.as_read = RowAsRead{};
      unit.events().insert(event);
    }
    return 0;
  });
  auto all = read(fixture.store(), [](Unit& unit) { return unit.events().all(); });
  const auto each = read(fixture.store(), [](Unit& unit) {
    std::vector<Event> events;
    unit.events().each([&](Event event) { events.push_back(std::move(event)); });
    return events;
  });
  REQUIRE(each.size() == 5);
  REQUIRE(all.size() == 5);
  CHECK(all[3].as_read);
  for (std::size_t i = 0; i < each.size(); ++i) {
    all[i].as_read.reset();
    check_same(each[i], all[i]);
  }
}

TEST_CASE("a recurrence of every frequency comes back as it was stored") {
  Fixture fixture;
  for (int i = 0; i <= static_cast<int>(Frequency::list); ++i) {
    CAPTURE(i);
    auto event = plain_event();
    event.period.precision = Precision::recurring;
    event.period.first = make_date(2026, 1, 1);
    event.period.last = make_date(2026, 12, 31);
    Recurrence recurrence;
    recurrence.frequency = static_cast<Frequency>(i);
    if (i % 2 == 0)
      recurrence.weekdays = {{std::chrono::Thursday, 3}, {std::chrono::Sunday, -1}, {std::chrono::Monday, 0}};
    if (i % 3 == 0) recurrence.day_of_month = 31;
    if (recurrence.frequency == Frequency::list) {
      recurrence.dates = {make_date(2026, 2, 1), make_date(2026, 4, 1)};
      recurrence.list_of_months = true;
    }
    event.period.recurrence = recurrence;
    event.id = write(fixture.store(), [=](Unit& unit) { return unit.events().insert(event); });
    const auto found = read(fixture.store(), [=](Unit& unit) { return unit.events().find(event.id); });
    REQUIRE(found);
    check_same(*found, event);
  }
}

TEST_CASE("an updated event keeps its number and nothing of its former self") {
  Fixture fixture;
  auto event = full_event();
  event.id = write(fixture.store(), [=](Unit& unit) { return unit.events().insert(event); });
  Event changed = plain_event("Інша назва");
  changed.id = event.id;
  changed.uid = event.uid;
  changed.responsible = {{{}, "Ясень В.И.", "", ""}};
  changed.sequence = 4;
  write(fixture.store(), [=](Unit& unit) { return unit.events().update(changed), 0; });
  const auto all = read(fixture.store(), [](Unit& unit) { return unit.events().all(); });
  REQUIRE(all.size() == 1);
  check_same(all[0], changed);
}

TEST_CASE("events of a plan come in its order and events of a person whoever else answers for them") {
  Fixture fixture;
  PlanId plan, other;
  PersonId first, second;
  write(fixture.store(), [&](Unit& unit) {
    plan = unit.plans().insert(full_plan());
    other = unit.plans().insert(full_plan());
    first = unit.people().insert(reader("Ковтун В.И."));
    second = unit.people().insert(reader("Ясень В.И."));
    for (const int position : {3, 1, 2}) {
      auto event = plain_event(std::to_string(position));
      event.plan = plan;
      event.position = position;
      event.agenda = {"питання " + event.title};
      event.responsible = {{second, "", "", ""}, {position == 2 ? PersonId{} : first, "", "", ""}};
      unit.events().insert(event);
    }
    auto event = plain_event("інший план");
    event.plan = other;
    unit.events().insert(event);
    return 0;
  });
  const auto of_plan = read(fixture.store(), [=](Unit& unit) { return unit.events().of_plan(plan); });
  REQUIRE(of_plan.size() == 3);
  for (int i = 0; i < 3; ++i) {
    const auto& event = of_plan[static_cast<std::size_t>(i)];
    CHECK(event.title == std::to_string(i + 1));
    CHECK(event.agenda == std::vector{"питання " + event.title});
    CHECK(event.responsible.size() == 2);
  }
  const auto of_first =
      read(fixture.store(), [=](Unit& unit) { return unit.events().of_responsible(first); });
  REQUIRE(of_first.size() == 2);
  CHECK(of_first[0].title == "3");
  CHECK(of_first[1].title == "1");
  CHECK(of_first[0].responsible.size() == 2);
  CHECK(read(fixture.store(), [=](Unit& u) { return u.events().of_responsible(second); }).size() == 3);
}

TEST_CASE("events changed since a moment of the log are those and no others") {
  Fixture fixture;
  std::vector<Event> events;
  for (int i = 0; i < 4; ++i) {
    events.push_back(plain_event());
    events.back().id =
        write(fixture.store(), [e = events.back()](Unit& unit) { return unit.events().insert(e); });
  }
  const auto before = fixture.store().last_change();
  write(fixture.store(), [=](Unit& unit) {
    unit.events().update(events[2]);
    unit.people().insert(reader("Ковтун В.И."));
    unit.events().update(events[0]);
    return 0;
  });
  const auto changed = read(fixture.store(), [=](Unit& unit) { return unit.events().changed_since(before); });
  CHECK(ids(changed) == std::vector{events[0].id.value, events[2].id.value});
  CHECK(read(fixture.store(), [&](Unit& u) { return u.events().changed_since(u.changes().last()); }).empty());
  CHECK(read(fixture.store(), [](Unit& unit) { return unit.events().changed_since(0); }).size() == 4);
}

TEST_CASE("events are found by the words they have now and by no others") {
  Fixture fixture;
  const auto stored = [&](const std::string& title, const std::string& place, const std::string& who) {
    auto event = plain_event(title);
    event.place = place;
    event.responsible = {{PersonId{}, who, "", ""}};
    event.id = write(fixture.store(), [=](Unit& unit) { return unit.events().insert(event); });
    return event;
  };
  const auto search = [&](std::vector<std::string> words, int limit = 10) {
    return read(fixture.store(), [=](Unit& unit) { return unit.events().search(words, limit); });
  };
  auto table = stored("Круглый стол", "Полесье", "Ясень В.И.");
  const auto seminar = stored("Семинар о круглых датах", "Залесье", "Ковтун К.П.");
  CHECK(search({"кругл"}) == std::vector{table.id, seminar.id});  // a title of two words is the better one
  CHECK(search({"кругл"}, 1).size() == 1);
  CHECK(search({"кругл", "ковтун"}) == std::vector{seminar.id});
  CHECK(search({"полес"}) == std::vector{table.id});
  CHECK(search({"лесье"}).empty());  // within a word, not at its beginning
  CHECK(search({}).empty());
  for (const auto* word : {"or", "and", "near", "not"})
    CHECK(search({word}).empty());  // no words of FTS5's own
  table.title = "Совещание";
  write(fixture.store(), [=](Unit& unit) {
    unit.events().update(table);
    return 0;
  });
  CHECK(search({"кругл"}) == std::vector{seminar.id});
  CHECK(search({"совещан"}) == std::vector{table.id});
  write(fixture.store(), [=](Unit& unit) {
    unit.events().remove(seminar.id);
    return 0;
  });
  CHECK(search({"кругл"}).empty());
}

TEST_CASE("two events with one uid are refused and neither half is stored") {
  Fixture fixture;
  const auto event = full_event();
  write(fixture.store(), [=](Unit& unit) { return unit.events().insert(event); });
  const auto again = fixture.store()
                         .write(author(),
                                [=](Unit& unit) {
                                  unit.people().insert(reader("Ковтун В.И."));
                                  return unit.events().insert(event);
                                })
                         .wait();
  REQUIRE_FALSE(again);
  CHECK(again.error().code == Errc::internal);
  CHECK(read(fixture.store(), [](Unit& unit) { return unit.events().all(); }).size() == 1);
  CHECK(read(fixture.store(), [](Unit& unit) { return unit.people().list(); }).empty());
}

TEST_CASE("an update of what is not there is a fault and changes nothing") {
  Fixture fixture;
  const auto refused = [&](auto fn) {
    const auto result = fixture.store().write(author(), fn).wait();
    CHECK_FALSE(result);
    return !result;
  };
  CHECK(refused([](Unit& unit) { return unit.events().update(plain_event()), 0; }));
  CHECK(refused([](Unit& unit) { return unit.people().update(reader("Ковтун В.И.")), 0; }));
  CHECK(refused([](Unit& unit) { return unit.plans().update(full_plan()), 0; }));
  CHECK(refused([](Unit& unit) { return unit.organisations().update(college()), 0; }));
  CHECK(fixture.store().last_change() == 0);
}

TEST_CASE("an event of a plan or a person that is not there is refused") {
  Fixture fixture;
  auto of_plan = plain_event();
  of_plan.plan = PlanId{12};
  CHECK_FALSE(
      fixture.store().write(author(), [=](Unit& unit) { return unit.events().insert(of_plan); }).wait());
  auto of_person = plain_event();
  of_person.responsible = {{PersonId{12}, "", "", ""}};
  CHECK_FALSE(
      fixture.store().write(author(), [=](Unit& unit) { return unit.events().insert(of_person); }).wait());
  auto backwards = plain_event();
  backwards.period.first = make_date(2026, 2, 2);
  backwards.period.last = make_date(2026, 2, 1);
  CHECK_FALSE(
      fixture.store().write(author(), [=](Unit& unit) { return unit.events().insert(backwards); }).wait());
  CHECK(read(fixture.store(), [](Unit& unit) { return unit.events().all(); }).empty());
}

TEST_CASE("a token is found by its hash alone and once revoked cannot be revoked again") {
  Fixture fixture;
  db::ApiToken token;
  token.name = "сайт коледжу";
  token.hash = sha256_hex("a secret");
  token.scope = "write";
  token.created = at(1);
  token.id = write(fixture.store(), [=](Unit& unit) { return unit.tokens().insert(token); });
  const auto logged = fixture.store().last_change();
  write(fixture.store(), [=](Unit& unit) { return unit.tokens().touch(token.id, at(60)), 0; });
  CHECK(fixture.store().last_change() == logged);
  const auto found =
      read(fixture.store(), [=](Unit& unit) { return unit.tokens().find_by_hash(token.hash); });
  REQUIRE(found);
  CHECK(found->id == token.id);
  CHECK(found->name == token.name);
  CHECK(found->hash == token.hash);
  CHECK(found->scope == "write");
  CHECK(found->created == at(1));
  CHECK((found->last_used == at(60)));
  CHECK_FALSE(found->revoked);
  CHECK_FALSE(read(fixture.store(), [](Unit& unit) { return unit.tokens().find_by_hash("a secret"); }));
  CHECK(write(fixture.store(), [=](Unit& unit) { return unit.tokens().revoke(token.id, at(70)); }));
  CHECK_FALSE(write(fixture.store(), [=](Unit& unit) { return unit.tokens().revoke(token.id, at(80)); }));
  CHECK_FALSE(write(fixture.store(), [=](Unit& unit) { return unit.tokens().revoke(TokenId{55}, at(80)); }));
  const auto all = read(fixture.store(), [](Unit& unit) { return unit.tokens().list(); });
  REQUIRE(all.size() == 1);
  CHECK((all[0].revoked == at(70)));
}

}  // namespace convoke::tests
