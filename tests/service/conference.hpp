// A conference that people register for, as tests of its parts need it.
#pragma once

#include "db/store.hpp"
#include "notify/registration_links.hpp"
#include "service/answers.hpp"
#include "service/registration_desk.hpp"
#include "service/registration_entry.hpp"
#include "service/registration_round.hpp"
#include "service/registrations.hpp"
#include "tests/service/conference_event.hpp"
#include "tests/service/fixture.hpp"

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace convoke::service::testing {

using namespace std::chrono_literals;

// A conference on 24 September 2026 at 10:00 in Kyiv; it is 1 September.
class Conference {
 public:
  template<class Fn>
  auto write(Fn fn) {
    return fixture.context.store.write(db::Author("test", fixture.clock.now()), fn).wait().value();
  }
  explicit Conference(std::string places = "2", bool waiting_list = true, bool moderated = false) {
    key = link_key(fixture.context).wait().value();
    fixture.context.settings.mail_domain = "plans.example.org";
    event = write([](db::Unit& unit) {
      return unit.events().insert(conference_event(unit, "Об’єднання бібліотек Вишневої громади"));
    });
    settings.places[0] = std::move(places);
    settings.waiting_list = waiting_list;
    settings.moderated = moderated;
    open();
  }

  void open() {
    const auto saved = save_registration(fixture.context, editor, scope(), settings).wait();
    if (!saved) FAIL(saved.error().message);
  }
  DeskScope scope() const { return DeskScope(event, {}); }
  template<class Fn>
  auto read(Fn fn) {
    return fixture.context.store.read(fn).wait().value();
  }
  RegistrationEntry entry(const std::string& name) {
    RegistrationEntry one;
    one.key = new_form_key(key, event, fixture.clock.now() - 1min);
    one.name = name;
    one.email = name + "@example.org";
    one.institution = "Бібліотека № 3";
    one.consent = true;
    return one;
  }
  std::optional<RegistrationProblem> send(RegistrationEntry one) {
    return register_for(fixture.context, event, std::move(one)).wait().value().problem;
  }
  std::optional<RegistrationProblem> send(const std::string& name) { return send(entry(name)); }
  std::vector<Registration> all() {
    return read([this](db::Unit& unit) {
      db::RegistrationSelection selection;
      selection.event = event;
      return unit.registrations().list(selection);
    });
  }
  Registration one(const std::string& name) {
    for (auto& each : all())
      if (each.name == name) return each;
    FAIL("nobody is called " + name);
    return {};
  }
  std::string states() {
    std::string text;
    for (const auto& each : all()) text += each.name + " " + std::string(name_of(each.state)) + "; ";
    return text;
  }
  std::string token(const std::string& name) { return notify::registration_token(key, one(name).code); }
  RegistrationActed act(const std::string& name, RegistrationAct::What what) {
    RegistrationAct wanted;
    wanted.what = what;
    return act_on_registration(fixture.context, token(name), wanted).wait().value();
  }
  void confirm(const std::string& name) { act(name, RegistrationAct::What::confirm); }
  void cancel(const std::string& name) { act(name, RegistrationAct::What::cancel); }
  void come(const std::string& name) {
    CHECK_FALSE(send(name));
    confirm(name);
  }
  int taken() {
    return read([this](db::Unit& unit) { return unit.registrations().form(event); })
        ->of(AttendanceFormat::hall)
        .taken;
  }
  // The mails of one reason, to whom, in the order in which they were queued.
  std::vector<std::string> mails(ReminderReason reason) {
    std::map<std::int64_t, std::string> names;
    for (const auto& each : all()) names[each.id.value] = each.name;
    return read([&](db::Unit& unit) {
      db::ReminderSelection selection;
      selection.limit = std::numeric_limits<int>::max();
      std::vector<std::string> to;
      for (const auto& row : unit.reminders().list(selection))
        if (row.reason == reason) to.push_back(names[notify::registration_of_key(row.key.recipient)->value]);
      return to;
    });
  }
  void round() {
    write([this](db::Unit& unit) {
      return registration_round(unit, fixture.context.settings.mail_domain, fixture.clock.now()) >= 0;
    });
  }
  void at(const char* when) { fixture.clock.set(parse_iso_instant(when).value()); }

  Fixture fixture;
  std::string key;
  EventId event;
  RegistrationSettings settings;
};

}  // namespace convoke::service::testing
