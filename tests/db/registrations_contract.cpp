// Registrations: places that are never sold twice, the waiting list, and what is kept of people.
#include "tests/db/store_contract.hpp"

#include <atomic>
#include <set>
#include <thread>

namespace convoke::tests {
namespace {

using db::Unit;

constexpr EventId conference{7};

RegistrationForm form_with(std::optional<int> hall, std::optional<int> online = std::nullopt) {
  RegistrationForm form;
  form.event = conference;
  form.on = true;
  form.of(AttendanceFormat::hall).offered = true;
  form.of(AttendanceFormat::hall).places = hall;
  if (online) {
    form.of(AttendanceFormat::online).offered = true;
    form.of(AttendanceFormat::online).places = online;
  }
  return form;
}

Registration registration_of(const std::string& name, RegistrationState state) {
  Registration one;
  one.event = conference;
  one.code = "code-" + name;
  one.party = "party-" + name;
  one.state = state;
  one.holds_place = takes_part(state);
  one.name = name;
  one.email = name + "@example.org";
  one.institution = "Бібліотека";
  one.submitted = at(1);
  one.consent.at = at(1);
  return one;
}

void open_form(db::Store& store, const RegistrationForm& form) {
  write(store, [=](Unit& unit) { return unit.registrations().save_form(form), true; });
}

RegistrationId enter(db::Store& store, const Registration& one) {
  return write(store, [=](Unit& unit) { return unit.registrations().insert(one); });
}

}  // namespace

TEST_CASE("a registration form comes back as it was saved and counts its places itself") {
  Fixture fixture;
  auto& store = fixture.store();
  CHECK_FALSE(read(store, [](Unit& unit) { return unit.registrations().form(conference); }));
  auto form = form_with(3, 50);
  form.opens = at(1);
  form.closes = at(9);
  form.moderated = true;
  form.keep_months = 6;
  form.consent[0] = "Згода";
  FormField field;
  field.key = "f1";
  field.kind = FieldKind::choice;
  field.required = true;
  field.words[0].label = "Секція";
  field.words[0].choices = {"Фонди", "Читання"};
  form.fields = {field};
  form.last_field = 4;
  open_form(store, form);
  CHECK(read(store, [](Unit& unit) { return unit.registrations().form(conference); }) == form);

  CHECK(write(store,
              [](Unit& unit) { return unit.registrations().take(conference, AttendanceFormat::hall, 2); }));
  form.closes = at(20);
  form.first_closes = at(9);
  open_form(store, form);
  form.of(AttendanceFormat::hall).taken = 2;
  CHECK(read(store, [](Unit& unit) { return unit.registrations().form(conference); }) == form);
  CHECK(read(store, [](Unit& unit) { return unit.registrations().forms(); }) == std::vector{form});
}

TEST_CASE("places are given all or none and never more than there are") {
  Fixture fixture;
  auto& store = fixture.store();
  open_form(store, form_with(3, 1));
  const auto take = [&](AttendanceFormat format, int count) {
    return write(store, [=](Unit& unit) { return unit.registrations().take(conference, format, count); });
  };
  CHECK_FALSE(take(AttendanceFormat::hall, 4));
  CHECK(take(AttendanceFormat::hall, 2));
  CHECK_FALSE(take(AttendanceFormat::hall, 2));
  CHECK(take(AttendanceFormat::hall, 1));
  CHECK_FALSE(take(AttendanceFormat::hall, 1));
  CHECK(take(AttendanceFormat::online, 1));
  CHECK_FALSE(take(AttendanceFormat::online, 1));
  write(store, [](Unit& unit) {
    return unit.registrations().give_back(conference, AttendanceFormat::hall, 1), true;
  });
  CHECK(take(AttendanceFormat::hall, 1));
  // Fewer places than are taken already: refused, and nothing of the form is stored.
  const auto fewer = store
                         .write(author(),
                                [](Unit& unit) {
                                  auto form = form_with(2, 1);
                                  form.moderated = true;
                                  return unit.registrations().save_form(form), true;
                                })
                         .wait();
  CHECK_FALSE(fewer);
  CHECK_FALSE(read(store, [](Unit& unit) { return unit.registrations().form(conference); })->moderated);
}

TEST_CASE("a thousand who come at once get exactly the places there are") {
  Fixture fixture;
  auto& store = fixture.store();
  open_form(store, form_with(100));
  std::atomic<int> places{0}, refused{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread)
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 125; ++i) {
        const int party = 1 + (thread + i) % 5;
        const auto taken =
            store
                .write(author(),
                       [=](Unit& unit) {
                         return unit.registrations().take(conference, AttendanceFormat::hall, party);
                       })
                .wait();
        (taken && *taken ? places : refused) += taken && *taken ? party : 1;
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(places == 100);
  CHECK(refused > 0);
  CHECK(read(store, [](Unit& unit) { return unit.registrations().form(conference); })
            ->of(AttendanceFormat::hall)
            .taken == 100);
}

TEST_CASE("a registration comes back as it was stored and is found by what it is known by") {
  Fixture fixture;
  auto& store = fixture.store();
  open_form(store, form_with(3));
  auto one = registration_of("olena", RegistrationState::submitted);
  one.holds_place = true;
  one.language = Language::be;
  one.answers = {{"f1", "Фонди\n\"лапки\""}, {"f2", ""}};
  one.held_until = at(90);
  one.consent.version = "0123456789abcdef";
  one.consent.purpose = "participation";
  one.consent.channel = "form";
  one.id = enter(store, one);
  auto colleague = registration_of("taras", RegistrationState::submitted);
  colleague.party = one.party;
  colleague.id = enter(store, colleague);
  CHECK(read(store, [=](Unit& unit) { return unit.registrations().find(one.id); }) == one);
  CHECK(read(store, [=](Unit& unit) { return unit.registrations().find_by_code("code-olena"); }) == one);
  CHECK_FALSE(read(store, [](Unit& unit) { return unit.registrations().find_by_code("code"); }));
  CHECK(read(store, [=](Unit& unit) { return unit.registrations().of_party(one.party); }) ==
        std::vector{one, colleague});
  CHECK(read(store, [](Unit& unit) {
          return unit.registrations().of_address(conference, "olena@example.org");
        }) == std::vector{one});

  one.state = RegistrationState::registered;
  one.confirmed = one.settled = at(5);
  one.held_until.reset();
  one.code = "code-new";
  write(store, [=](Unit& unit) { return unit.registrations().update(one), true; });
  CHECK(read(store, [](Unit& unit) { return unit.registrations().find_by_code("code-new"); }) == one);

  db::RegistrationSelection selection;
  selection.event = conference;
  selection.words = "бібліотека";
  CHECK(read(store, [=](Unit& unit) { return unit.registrations().list(selection); }).size() == 2);
  selection.state = RegistrationState::registered;
  CHECK(read(store, [=](Unit& unit) { return unit.registrations().list(selection); }) == std::vector{one});
  selection.words = "taras";
  CHECK(read(store, [=](Unit& unit) { return unit.registrations().list(selection); }).empty());
  const auto counts = read(store, [](Unit& unit) { return unit.registrations().counts(conference); });
  REQUIRE(counts.size() == 2);
  CHECK(counts[0].count == 1);
}

TEST_CASE("whoever came to the waiting list first is first in it and a party stays together") {
  Fixture fixture;
  auto& store = fixture.store();
  open_form(store, form_with(1));
  CHECK(read(store, [](Unit& unit) {
          return unit.registrations().first_waiting(conference, AttendanceFormat::hall);
        }).empty());
  std::set<std::int64_t> numbers;
  const auto wait = [&](Registration one) {
    one.queued = write(store, [](Unit& unit) { return unit.registrations().next_queued(conference); });
    numbers.insert(one.queued);
    one.id = enter(store, one);
    return one;
  };
  auto late = registration_of("late", RegistrationState::waiting);
  late.queued = 50;
  late.id = enter(store, late);
  const auto first = wait(registration_of("first", RegistrationState::waiting));
  auto second = registration_of("second", RegistrationState::waiting);
  second.party = first.party;
  second = wait(second);
  CHECK(numbers.size() == 2);
  CHECK(read(store, [](Unit& unit) {
          return unit.registrations().first_waiting(conference, AttendanceFormat::hall);
        }) == std::vector{first, second});
  CHECK_FALSE(read(store, [](Unit& unit) {
    return unit.registrations().anybody_waits(conference, AttendanceFormat::online);
  }));
  CHECK(read(store, [](Unit& unit) {
    return unit.registrations().anybody_waits(conference, AttendanceFormat::hall);
  }));
}

TEST_CASE("what was not confirmed in time is found and erased people leave their figures") {
  Fixture fixture;
  auto& store = fixture.store();
  open_form(store, form_with(9));
  auto one = registration_of("olena", RegistrationState::submitted);
  one.holds_place = true;
  one.held_until = at(100);
  one.id = enter(store, one);
  CHECK(read(store, [](Unit& unit) { return unit.registrations().lapsing(at(99), 10); }).empty());
  CHECK(read(store, [](Unit& unit) { return unit.registrations().lapsing(at(100), 10); }).size() == 1);
  Reminder mail;
  mail.key = {EventId{}, "1", "registration", "registration:" + std::to_string(one.id.value)};
  mail.reason = ReminderReason::registration_confirm;
  mail.due = at(50);
  mail.message_id = "<1@example.org>";
  CHECK(write(store, [=](Unit& unit) { return unit.reminders().enqueue(mail); }));
  const auto mails = [&](int since) {
    return read(store, [=](Unit& unit) {
      return unit.registrations().unconfirmed_mails("olena@example.org", at(since));
    });
  };
  CHECK(mails(50) == 1);
  CHECK(mails(51) == 0);
  CHECK(write(store, [](Unit& unit) { return unit.registrations().erase_people(conference); }) == 1);
  const auto left = read(store, [=](Unit& unit) { return unit.registrations().find(one.id); });
  REQUIRE(left);
  CHECK(left->name.empty());
  CHECK(left->email.empty());
  CHECK(left->state == RegistrationState::submitted);
}

TEST_CASE("a person has one mark a day however often it is made") {
  Fixture fixture;
  auto& store = fixture.store();
  const auto enter = [&](const std::string& name, EventId event) {
    return write(store, [=](Unit& unit) {
      auto one = registration_of(name, RegistrationState::attended);
      one.event = event;
      return unit.registrations().insert(one);
    });
  };
  const auto first = enter("a", conference), second = enter("b", conference), other = enter("c", EventId{8});
  const auto marked = [&](RegistrationId who, int day, bool here, int seen) {
    AttendanceMark mark;
    mark.registration = who;
    mark.day = make_date(2026, 9, static_cast<unsigned>(day));
    mark.here = here;
    mark.seen = at(seen);
    mark.heard = at(seen + 1);
    write(store, [=](Unit& unit) { return unit.registrations().mark(mark), true; });
    return mark;
  };
  const auto b = marked(second, 24, true, 5);
  marked(first, 25, true, 3);
  const auto a24 = marked(first, 24, true, 2), a25 = marked(first, 25, false, 9);
  marked(other, 24, true, 1);
  CHECK(read(store, [](Unit& unit) { return unit.registrations().marks(conference); }) ==
        std::vector{a24, a25, b});
  CHECK(read(store, [=](Unit& unit) { return unit.registrations().marks_of(first); }) ==
        std::vector{a24, a25});
}

}  // namespace convoke::tests
