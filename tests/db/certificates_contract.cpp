// Certificates: numbers that are given once, words and picture of an event, names that go when they are
// erased.
#include "tests/db/store_contract.hpp"

namespace convoke::tests {
namespace {

using db::Unit;

constexpr EventId conference{7};

Certificate certificate_of(std::int64_t registration, int year = 2026, std::int64_t organisation = 3) {
  Certificate one;
  one.event = conference;
  one.registration = RegistrationId{registration};
  one.organisation = OrganisationId{organisation};
  one.year = year;
  one.code = "code-" + std::to_string(registration);
  one.name = "Калина Ольга";
  one.event_title = "Книга в дорозі";
  one.first = make_date(2026, 9, 24);
  one.last = make_date(2026, 9, 25);
  one.issued = at(1);
  return one;
}

Certificate give(db::Store& store, const Certificate& one) {
  return write(store, [=](Unit& unit) { return unit.certificates().insert(one); });
}

RegistrationId enter_person(db::Store& store, const std::string& name) {
  return write(store, [=](Unit& unit) {
    Registration one;
    one.event = conference;
    one.code = one.party = "of-" + name;
    one.state = RegistrationState::attended;
    one.holds_place = true;
    one.name = name;
    one.email = "reader@example.org";
    return unit.registrations().insert(one);
  });
}

}  // namespace

TEST_CASE("a number of the register is given once in an association and a year") {
  Fixture fixture;
  auto& store = fixture.store();
  CHECK(give(store, certificate_of(1)).number == 1);
  const auto second = give(store, certificate_of(2));
  CHECK(second.number == 2);
  CHECK(give(store, certificate_of(3, 2027)).number == 1);
  CHECK(give(store, certificate_of(4, 2026, 4)).number == 1);
  CHECK(give(store, certificate_of(5, 2026, 0)).number == 1);
  auto claimed = certificate_of(6);
  claimed.number = 1;
  CHECK(give(store, claimed).number == 3);
  // Nobody has two, and what failed uses no number up.
  CHECK_FALSE(
      store.write(author(), [](Unit& unit) { return unit.certificates().insert(certificate_of(2)); }).wait());
  CHECK(give(store, certificate_of(8)).number == 4);
  CHECK(read(store, [&](Unit& unit) { return unit.certificates().find(second.id); }) == second);
  CHECK(read(store, [](Unit& unit) { return unit.certificates().find_by_code("code-2"); }) == second);
  CHECK_FALSE(read(store, [](Unit& unit) { return unit.certificates().find_by_code("code-99"); }));
}

TEST_CASE("a certificate keeps its number when it is written anew or revoked") {
  Fixture fixture;
  auto& store = fixture.store();
  auto one = give(store, certificate_of(1));
  give(store, certificate_of(2));
  one.name = "Калина Ольга Петрівна";
  one.reissued = at(5);
  one.revoked = at(6);
  auto meddled = one;
  meddled.number = 77;
  meddled.code = "another";
  write(store, [=](Unit& unit) { return unit.certificates().update(meddled), true; });
  CHECK(read(store, [&](Unit& unit) { return unit.certificates().find(one.id); }) == one);
  CHECK(read(store, [](Unit& unit) { return unit.certificates().count(conference); }) == 1);
  CHECK(read(store, [](Unit& unit) { return unit.certificates().of_event(conference); }).size() == 2);
}

TEST_CASE("a name that is erased is gone from its certificate and the number stays") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto person = enter_person(store, "Явір Степан");
  const auto one = give(store, certificate_of(person.value));
  CHECK(write(store, [](Unit& unit) { return unit.registrations().erase_people(conference); }) == 1);
  const auto left = read(store, [&](Unit& unit) { return unit.certificates().of_registration(person); });
  REQUIRE(left);
  CHECK(left->name.empty());
  CHECK(number_text(*left) == number_text(one));
  CHECK(left->code == one.code);
}

TEST_CASE("the words and the picture of an event's certificates come back as they were saved") {
  Fixture fixture;
  auto& store = fixture.store();
  CertificateSettings none;
  none.event = conference;
  CHECK(read(store, [](Unit& unit) { return unit.certificates().settings(conference); }) == none);
  const std::string picture("\xFF\xD8\xFF\0\x01\xFE", 6);
  write(store, [=](Unit& unit) { return unit.certificates().put_background(conference, picture), true; });
  auto settings = none;
  settings.awaited = true;
  settings.hours = "6,5";
  settings.background = true;
  settings.words[0] = {"Диплом", "вручається", "за доповідь\n{event}", "Калина О. П."};
  write(store, [=](Unit& unit) { return unit.certificates().save_settings(settings), true; });
  CHECK(read(store, [](Unit& unit) { return unit.certificates().settings(conference); }) == settings);
  CHECK(read(store, [](Unit& unit) { return unit.certificates().background(conference); }) == picture);
  write(store, [=](Unit& unit) { return unit.certificates().put_background(conference, ""), true; });
  settings.background = false;
  CHECK(read(store, [](Unit& unit) { return unit.certificates().settings(conference); }) == settings);
}

TEST_CASE("what a certificate says is kept until its name is erased") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto person = enter_person(store, "Явір Степан");
  const auto one = give(store, certificate_of(person.value));
  const auto other = give(store, certificate_of(4711));
  CertificateSaying saying;
  saying.words = {"Диплом", "вручається", "за доповідь\n{event}", "Калина О. П."};
  saying.hours = "8";
  saying.association = "Об’єднання";
  saying.institution = "Бібліотека № 3";
  saying.format = AttendanceFormat::online;
  write(store, [&](Unit& unit) { return unit.certificates().put_saying(other.id, saying), true; });
  write(store, [&](Unit& unit) { return unit.certificates().put_saying(one.id, saying), true; });
  saying.hours = "6,5";
  write(store, [&](Unit& unit) { return unit.certificates().put_saying(one.id, saying), true; });
  auto kept = read(store, [](Unit& unit) { return unit.certificates().sayings(conference); });
  REQUIRE(kept.size() == 2);
  CHECK(kept.at(one.id) == saying);
  CHECK(kept.at(other.id).hours == "8");
  CHECK(read(store, [](Unit& unit) { return unit.certificates().sayings(EventId{8}); }).empty());
  write(store, [](Unit& unit) { return unit.registrations().erase_people(conference); });
  kept = read(store, [](Unit& unit) { return unit.certificates().sayings(conference); });
  CHECK(kept.size() == 1);
  CHECK(kept.contains(other.id));
}

}  // namespace convoke::tests
