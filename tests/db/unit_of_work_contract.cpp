#include "tests/db/store_contract.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>

namespace convoke::tests {
namespace {

using db::Unit;

Person person(const std::string& name) {
  Person p;
  p.name = name;
  return p;
}

std::size_t count_people(db::Store& store) {
  return read(store, [](Unit& unit) { return unit.people().list().size(); });
}

// Keeps the writer busy until opened, so that what is submitted meanwhile waits together.
class Gate {
 public:
  explicit Gate(db::Store& store) {
    std::promise<void> entered;
    auto inside = entered.get_future();
    store.submit_write(
        author(),
        [this, &entered](Unit&) {
          entered.set_value();
          opened_.get_future().wait();
          return false;
        },
        [](std::exception_ptr) {});
    inside.wait();
  }
  void open() { opened_.set_value(); }

 private:
  std::promise<void> opened_;
};

// What one unit finds of the three things that a store may keep in mind between units.
struct Found {
  std::string event, organisation, told;
  bool operator==(const Found&) const = default;
};

Found look(Unit& unit, EventId event, OrganisationId organisation) {
  const auto found = unit.events().find(event);
  const auto form = unit.registrations().form(event);
  return {found ? found->title : "none", unit.organisations().find(organisation)->name,
          form ? form->told : "none"};
}

// Changes all three and looks at once.
Found become(Unit& unit, EventId id, OrganisationId organisation, const std::string& name) {
  auto event = *unit.events().find(id);
  event.title = name;
  unit.events().update(event);
  auto own = *unit.organisations().find(organisation);
  own.name = name;
  unit.organisations().update(own);
  unit.registrations().mark_told(id, name);
  return look(unit, id, organisation);
}

}  // namespace

TEST_CASE("every change stands in the log with its author and time and the unit it belongs to") {
  Fixture fixture;
  CHECK(fixture.store().last_change() == 0);
  CHECK(read(fixture.store(), [](Unit& unit) { return unit.changes().last(); }) == 0);
  CHECK_FALSE(read(fixture.store(), [](Unit& unit) { return unit.changes().last_visible(); }));
  auto event = full_event();
  std::int64_t somebody = 0;
  const auto first = fixture.store()
                         .write({"token:3", at(100)},
                                [&](Unit& unit) {
                                  event.id = unit.events().insert(event);
                                  somebody = unit.people().insert(person("Ковтун В.И.")).value;
                                  return 0;
                                })
                         .wait();
  REQUIRE(first);
  CHECK(fixture.store().last_change() == 2);
  const auto second = fixture.store()
                          .write({"cli", at(200)}, [=](Unit& unit) { return unit.events().update(event), 0; })
                          .wait();
  REQUIRE(second);
  CHECK(fixture.store().last_change() == 3);

  const auto log = read(fixture.store(), [](Unit& unit) { return unit.changes().since(0, 100); });
  REQUIRE(log.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(log[i].number == static_cast<std::int64_t>(i) + 1);
  CHECK(log[0].entity == "event");
  CHECK(log[0].action == "insert");
  CHECK(log[0].entity_id == event.id.value);
  CHECK(log[0].author == "token:3");
  CHECK(log[0].at == at(100));
  CHECK(log[1].entity == "person");
  CHECK(log[1].entity_id == somebody);
  CHECK(log[0].unit == 1);
  CHECK(log[1].unit == 1);
  CHECK(log[2].unit == 3);
  CHECK(log[2].action == "update");
  CHECK(log[2].author == "cli");
  CHECK(log[2].at == at(200));

  const auto of_event =
      read(fixture.store(), [=](Unit& u) { return u.changes().of_entity("event", event.id.value); });
  REQUIRE(of_event.size() == 2);
  CHECK(of_event[0].number == 1);
  CHECK(of_event[1].number == 3);
  const auto one = read(fixture.store(), [](Unit& unit) { return unit.changes().since(1, 1); });
  REQUIRE(one.size() == 1);
  CHECK(one[0].number == 2);
}

TEST_CASE("visible changes of two units never share a second even when a clock stands still or goes back") {
  Fixture fixture;
  const auto add = [&](std::int64_t second, const std::string& name) {
    fixture.store()
        .write({"cli", at(second)},
               [name](Unit& unit) {
                 Organisation organisation;
                 organisation.name = name;
                 unit.organisations().insert(organisation);
                 organisation.name = name + " 2";
                 unit.organisations().insert(organisation);
                 return 0;
               })
        .wait()
        .value();
    return read(fixture.store(), [](Unit& unit) { return unit.changes().last_visible(); }).value().at;
  };
  CHECK(add(100, "а") == at(100));
  CHECK(add(100, "б") == at(101));
  CHECK(add(50, "в") == at(102));
  CHECK(add(200, "г") == at(200));
  const auto log = read(fixture.store(), [](Unit& unit) { return unit.changes().since(0, 100); });
  CHECK(log.at(0).at == log.at(1).at);  // one unit, one moment
}

TEST_CASE("the newest visible change passes over people and tokens") {
  Fixture fixture;
  write(fixture.store(), [](Unit& unit) {
    Organisation organisation;
    organisation.name = "Спілка";
    unit.organisations().insert(organisation);
    unit.people().insert(person("Ковтун В.И."));
    return 0;
  });
  const auto visible = read(fixture.store(), [](Unit& unit) { return unit.changes().last_visible(); });
  REQUIRE(visible);
  CHECK(visible->number == 1);
  CHECK(visible->entity == "organisation");
  CHECK(fixture.store().last_change() == 2);
}

TEST_CASE("reminders and the use of a token leave the change log alone") {
  Fixture fixture;
  const auto event = write(fixture.store(), [](Unit& unit) { return unit.events().insert(plain_event()); });
  const auto before = fixture.store().last_change();
  CHECK(write(fixture.store(),
              [=](Unit& unit) { return unit.reminders().enqueue(plain_reminder(event, 10)); }));
  CHECK(fixture.store().last_change() == before);
  CHECK(read(fixture.store(), [](Unit& unit) { return unit.changes().last(); }) == before);
}

TEST_CASE("a unit whose input was bad is undone whole and its error is the one it gave") {
  Fixture fixture;
  const auto result = fixture.store()
                          .write(author(),
                                 [](Unit& unit) -> Result<int> {
                                   unit.people().insert(person("Ковтун В.И."));
                                   return Error{Errc::invalid_input, "the second row has no name"};
                                 })
                          .wait();
  REQUIRE_FALSE(result);
  CHECK(result.error().code == Errc::invalid_input);
  CHECK(result.error().message == "the second row has no name");
  CHECK(count_people(fixture.store()) == 0);
  CHECK(fixture.store().last_change() == 0);
}

TEST_CASE("an exception undoes its unit and the store goes on") {
  Fixture fixture;
  const auto result = fixture.store()
                          .write(author(),
                                 [](Unit& unit) -> int {
                                   unit.people().insert(person("Ковтун В.И."));
                                   throw std::runtime_error("a fault of ours");
                                 })
                          .wait();
  REQUIRE_FALSE(result);
  CHECK(result.error().code == Errc::internal);
  CHECK(result.error().message.find("fault of ours") == std::string::npos);
  const auto odd = fixture.store().write(author(), [](Unit&) -> int { throw 42; }).wait();
  REQUIRE_FALSE(odd);
  CHECK(odd.error().code == Errc::internal);
  CHECK_FALSE(fixture.store().read([](Unit&) -> int { throw std::runtime_error("a fault"); }).wait());
  CHECK(count_people(fixture.store()) == 0);
  write(fixture.store(), [](Unit& unit) { return unit.people().insert(person("Ковтун В.И.")); });
  CHECK(count_people(fixture.store()) == 1);
}

TEST_CASE("of units that wait together each failure undoes only itself") {
  Fixture fixture;
  Gate gate(fixture.store());
  std::vector<std::promise<bool>> ended(200);  // more than one group holds
  for (int i = 0; i < 200; ++i) {
    fixture.store().submit_write(
        author(i),
        [i](Unit& unit) {
          unit.people().insert(person("Читач " + std::to_string(i)));
          if (i % 5 == 1) throw std::runtime_error("thrown");
          if (i % 5 == 2) unit.people().update(person("ніхто"));  // refused by the database
          return i % 5 != 3;
        },
        [&ended, i](std::exception_ptr failure) {
          ended[static_cast<std::size_t>(i)].set_value(failure == nullptr);
          if (i % 7 == 0) throw std::runtime_error("a completion must not do that");
        });
  }
  gate.open();
  for (int i = 0; i < 200; ++i) {
    CAPTURE(i);
    CHECK(ended[static_cast<std::size_t>(i)].get_future().get() == (i % 5 != 1 && i % 5 != 2));
  }
  const auto people = read(fixture.store(), [](Unit& unit) { return unit.people().list(); });
  CHECK(people.size() == 80);
  CHECK(std::ranges::all_of(people, [](const Person& p) {
    const int i = std::stoi(p.name.substr(p.name.find(' ') + 1));
    return i % 5 == 0 || i % 5 == 4;
  }));
  const auto log = read(fixture.store(), [](Unit& unit) { return unit.changes().since(0, 1000); });
  REQUIRE(log.size() == 80);
  for (std::size_t i = 0; i < log.size(); ++i) {
    CHECK(log[i].number == static_cast<std::int64_t>(i) + 1);
    CHECK(log[i].unit == log[i].number);
  }
  CHECK(fixture.store().last_change() == 80);
}

TEST_CASE("of units that share a commit each finds what stands and never what was undone") {
  Fixture fixture;
  OrganisationId organisation;
  EventId event;
  write(fixture.store(), [&](Unit& unit) {
    Organisation own;
    own.name = "before";
    organisation = unit.organisations().insert(own);
    auto first = full_event();
    first.title = "before";
    event = unit.events().insert(first);
    RegistrationForm form;
    form.event = event;
    form.told = "before";
    unit.registrations().save_form(form);
    return 0;
  });
  std::vector<Found> found;
  const auto note = [&](Unit& unit) { found.push_back(look(unit, event, organisation)); };
  const auto change = [&](Unit& unit, const std::string& name) {
    found.push_back(become(unit, event, organisation, name));
  };
  const std::vector<db::Store::Work> units = {
      [&](Unit& unit) { return note(unit), change(unit, "undone"), false; },
      [&](Unit& unit) { return note(unit), change(unit, "kept"), true; },
      [&](Unit& unit) -> bool {
        note(unit);
        change(unit, "lost");
        throw std::runtime_error("a fault of ours");
      },
      [&](Unit& unit) { return note(unit), unit.events().remove(event), note(unit), false; },
      [&](Unit& unit) { return note(unit), true; }};
  {
    Gate gate(fixture.store());
    std::vector<std::promise<void>> ended(units.size());
    for (std::size_t i = 0; i < units.size(); ++i)
      fixture.store().submit_write(author(), units[i],
                                   [&ended, i](std::exception_ptr) { ended[i].set_value(); });
    gate.open();
    for (auto& one : ended) one.get_future().wait();
  }
  const auto all = [](const std::string& name) { return Found{name, name, name}; };
  const Found removed{"none", "kept", "kept"};
  CHECK(found == std::vector{all("before"), all("undone"), all("before"), all("kept"), all("kept"),
                             all("lost"), all("kept"), removed, all("kept")});

  // Another process on the same database.
  found.clear();
  const auto other = fixture.open_another();
  write(*other, [&](Unit& unit) { return change(unit, "theirs"), 0; });
  write(fixture.store(), [&](Unit& unit) { return note(unit), 0; });
  CHECK(found == std::vector{all("theirs"), all("theirs")});
}

TEST_CASE("what many threads write at once is all there and each sees its own write at once") {
  Fixture fixture;
  std::atomic<int> unseen = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 25; ++i) {
        const auto name = "Читач " + std::to_string(t) + "-" + std::to_string(i);
        const auto id = fixture.store()
                            .write(author(), [=](Unit& unit) { return unit.people().insert(person(name)); })
                            .wait();
        const auto found =
            id ? fixture.store().read([=](Unit& unit) { return unit.people().find(*id); }).wait()
               : Result<std::optional<Person>>(std::nullopt);
        if (!found || !*found || (*found)->name != name) ++unseen;
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(unseen == 0);
  CHECK(count_people(fixture.store()) == 200);
  CHECK(fixture.store().last_change() == 200);
}

TEST_CASE("a read sees one moment however much is written meanwhile") {
  Fixture fixture;
  write(fixture.store(), [](Unit& unit) { return unit.people().insert(person("перший")); });
  const auto seen = read(fixture.store(), [&](Unit& unit) {
    const auto before = unit.people().list().size();
    write(fixture.store(), [](Unit& u) { return u.people().insert(person("другий")); });
    return std::pair(before, unit.people().list().size());
  });
  CHECK(seen.first == 1);
  CHECK(seen.second == 1);
  CHECK(count_people(fixture.store()) == 2);
}

TEST_CASE("a read cannot write") {
  Fixture fixture;
  const auto result =
      fixture.store().read([](Unit& unit) { return unit.people().insert(person("потайки")); }).wait();
  CHECK_FALSE(result);
  CHECK(count_people(fixture.store()) == 0);
  CHECK(fixture.store().last_change() == 0);
}

TEST_CASE("a change by another process raises the number of the last change at once") {
  Fixture fixture;
  const auto other = fixture.open_another();
  for (int i = 1; i <= 10; ++i) {
    write(*other, [](Unit& unit) { return unit.people().insert(person("з командного рядка")); });
    CHECK(fixture.store().last_change() == 2 * i - 1);
    write(fixture.store(), [](Unit& unit) { return unit.people().insert(person("з сервера")); });
    CHECK(other->last_change() == 2 * i);
  }
  CHECK(count_people(*other) == 20);
}

TEST_CASE("two processes that write at once lose nothing and share one numbering") {
  Fixture fixture;
  const auto other = fixture.open_another();
  std::atomic<int> failed = 0;
  const auto fill = [&failed](db::Store& store) {
    for (int i = 0; i < 100; ++i)
      if (!store.write(author(), [](Unit& unit) { return unit.people().insert(person("читач")); }).wait())
        ++failed;
  };
  std::thread first([&] { fill(fixture.store()); });
  std::thread second([&] { fill(*other); });
  first.join();
  second.join();
  CHECK(failed == 0);
  CHECK(count_people(fixture.store()) == 200);
  const auto log = read(fixture.store(), [](Unit& unit) { return unit.changes().since(0, 1000); });
  CHECK(log.size() == 200);
  CHECK(log.back().number == 200);
  CHECK(other->last_change() == 200);
}

TEST_CASE("a store that is closed has finished what it was given") {
  Fixture fixture;
  std::atomic<int> done = 0;
  {
    const auto other = fixture.open_another();
    for (int i = 0; i < 300; ++i)
      other->submit_write(
          author(), [](Unit& unit) { return unit.people().insert(person("читач")).value > 0; },
          [&done](std::exception_ptr failure) { done += failure == nullptr; });
  }
  CHECK(done == 300);
  CHECK(count_people(fixture.store()) == 300);
}

TEST_CASE("a sound database has no problems to report") {
  Fixture fixture;
  write(fixture.store(), [](Unit& unit) { return unit.events().insert(full_event()); });
  const auto problems = fixture.store().check().wait();
  REQUIRE(problems);
  CHECK(*problems == "");
}

TEST_CASE("a thousand events are written in one unit and read back complete") {
  Fixture fixture;
  write(fixture.store(), [](Unit& unit) {
    for (int i = 0; i < 1000; ++i) {
      auto event = full_event();
      event.position = i;
      unit.events().insert(event);
    }
    return 0;
  });
  const auto events = read(fixture.store(), [](Unit& unit) { return unit.events().all(); });
  REQUIRE(events.size() == 1000);
  CHECK(std::ranges::all_of(
      events, [](const Event& e) { return e.agenda.size() == 3 && e.responsible.size() == 2; }));
  for (std::size_t i = 0; i < events.size(); ++i) CHECK(events[i].position == static_cast<int>(i));
}

}  // namespace convoke::tests
