// Registering for an event: the form, its mail, places, the waiting list, and what never happens.
#include "service/registrations.hpp"

#include "notify/mails/registration.hpp"
#include "service/registration_desk.hpp"
#include "service/registration_entry.hpp"
#include "service/registration_list.hpp"
#include "service/registration_own_data.hpp"
#include "service/registration_steps.hpp"
#include "tests/service/conference.hpp"

#include <algorithm>

using namespace convoke;
using namespace convoke::service;
using namespace convoke::service::testing;
using namespace std::chrono_literals;

namespace {

using Names = std::vector<std::string>;
using What = RegistrationAct::What;

}  // namespace

TEST_CASE("somebody fills in a form and answers its mail and has a place") {
  Conference conference;
  CHECK_FALSE(conference.send("olena"));
  CHECK(conference.states() == "olena submitted; ");
  CHECK(conference.taken() == 1);
  CHECK(conference.mails(ReminderReason::registration_confirm) == Names{"olena"});
  const auto consent = conference.one("olena").consent;
  CHECK(consent.version.size() == 16);
  CHECK(consent.purpose == "participation");
  CHECK(consent.channel == "form");
  CHECK(consent.at == conference.fixture.clock.now());

  const auto acted = conference.act("olena", What::confirm);
  CHECK(acted.done);
  CHECK(conference.states() == "olena registered; ");
  CHECK(conference.mails(ReminderReason::registration_done) == Names{"olena"});
  CHECK(conference.taken() == 1);
  CHECK_FALSE(conference.act("olena", What::confirm).done);
  CHECK(conference.mails(ReminderReason::registration_done) == Names{"olena"});
}

TEST_CASE("whoever finds no place waits and the first in the list gets the next one") {
  Conference conference("1");
  conference.come("olena");
  conference.come("taras");
  conference.come("iryna");
  CHECK(conference.states() == "olena registered; taras waiting; iryna waiting; ");
  CHECK(view_registration(conference.fixture.context, conference.token("iryna")).wait().value().before == 1);
  conference.cancel("olena");
  CHECK(conference.states() == "olena cancelled; taras registered; iryna waiting; ");
  CHECK(conference.mails(ReminderReason::registration_promoted) == Names{"taras"});
  CHECK(conference.mails(ReminderReason::registration_cancelled) == Names{"olena"});
  CHECK(conference.taken() == 1);
  conference.cancel("taras");
  conference.cancel("iryna");
  CHECK(conference.taken() == 0);
}

TEST_CASE("nobody who comes later overtakes a party that waits for several places") {
  Conference conference("2");
  conference.come("olena");
  auto party = conference.entry("taras");
  party.colleagues = {"марія"};
  CHECK_FALSE(conference.send(party));
  conference.confirm("taras");
  CHECK(conference.states() == "olena registered; taras waiting; марія waiting; ");
  conference.come("iryna");
  CHECK(conference.one("iryna").state == RegistrationState::waiting);
  CHECK(conference.taken() == 1);
  conference.cancel("olena");
  CHECK(conference.states() == "olena cancelled; taras registered; марія registered; iryna waiting; ");
  CHECK(conference.mails(ReminderReason::registration_promoted) == Names{"taras"});
}

TEST_CASE("more places go to those who wait and fewer than are taken are refused") {
  Conference conference("1");
  conference.come("olena");
  conference.come("taras");
  conference.settings.places[0] = "0";
  const auto fewer =
      save_registration(conference.fixture.context, editor, conference.scope(), conference.settings).wait();
  REQUIRE_FALSE(fewer);
  CHECK(fewer.error().code == Errc::invalid_input);
  conference.settings.places[0] = "";
  conference.open();
  CHECK(conference.states() == "olena registered; taras registered; ");
}

TEST_CASE("a place that nobody confirms lapses after a day and goes to who waits") {
  Conference conference("1");
  CHECK_FALSE(conference.send("olena"));
  conference.come("taras");
  conference.fixture.clock.set(conference.fixture.clock.now() + place_held_for - 1s);
  conference.round();
  CHECK(conference.states() == "olena submitted; taras waiting; ");
  conference.fixture.clock.set(conference.fixture.clock.now() + 1s);
  conference.round();
  CHECK(conference.states() == "olena lapsed; taras registered; ");
  // Late, but in time for the list.
  conference.confirm("olena");
  CHECK(conference.states() == "olena waiting; taras registered; ");
}

TEST_CASE("without a list the form says that every place is taken and stores nothing") {
  Conference conference("1", false);
  conference.come("olena");
  CHECK(conference.send("taras") == RegistrationProblem::full);
  CHECK(conference.send("olena") == RegistrationProblem::full);
  CHECK(conference.all().size() == 1);
}

TEST_CASE("the organiser decides about each where that is wanted and the place is kept meanwhile") {
  Conference conference("1", true, true);
  conference.come("olena");
  conference.come("taras");
  CHECK(conference.states() == "olena pending; taras pending; ");
  CHECK(conference.taken() == 1);
  const auto step = [&](const std::string& name, RegistrationStep which) {
    return step_registration(conference.fixture.context, editor, conference.scope(), conference.one(name).id,
                             which)
        .wait();
  };
  CHECK(step("taras", RegistrationStep::approve));
  CHECK(conference.one("taras").state == RegistrationState::waiting);
  CHECK(step("olena", RegistrationStep::refuse));
  CHECK(conference.states() == "olena refused; taras registered; ");
  CHECK(conference.mails(ReminderReason::registration_refused) == Names{"olena"});
  CHECK(step("taras", RegistrationStep::attend));
  CHECK_FALSE(step("taras", RegistrationStep::attend));
  CHECK_FALSE(step("taras", RegistrationStep::cancel));
  CHECK_FALSE(step("olena", RegistrationStep::confirm));
  CHECK(conference.taken() == 1);
}

TEST_CASE("the same form twice and the same address twice are one registration and tell nobody of it") {
  Conference conference;
  const auto form = conference.entry("olena");
  CHECK_FALSE(conference.send(form));
  CHECK_FALSE(conference.send(form));
  CHECK(conference.all().size() == 1);
  CHECK(conference.mails(ReminderReason::registration_confirm).size() == 1);
  // Another form with that address: the mail once more, three a day at most.
  for (int i = 1; i <= 5; ++i) {
    conference.fixture.clock.set(conference.fixture.clock.now() + 1min);
    auto again = conference.entry("olena");
    again.email = "OLENA@example.org";
    CHECK_FALSE(conference.send(again));
  }
  CHECK(conference.all().size() == 1);
  CHECK(conference.mails(ReminderReason::registration_confirm).size() == 3);
}

TEST_CASE("nobody can send more than three mails a day to an address that is not theirs") {
  Conference conference("");
  for (int i = 0; i < 6; ++i) {
    conference.fixture.clock.set(conference.fixture.clock.now() + 1min);
    CHECK_FALSE(conference.send("victim"));
    if (!conference.all().empty() && is_alive(conference.all().back().state)) conference.cancel("victim");
  }
  CHECK(conference.mails(ReminderReason::registration_confirm).size() <= 3);
}

TEST_CASE("a form is taken only with its key in its time and while the registration is open") {
  Conference conference;
  auto none = conference.entry("olena");
  none.key = "invented";
  CHECK(conference.send(none) == RegistrationProblem::old_form);
  auto other = conference.entry("olena");
  other.key = new_form_key(conference.key, EventId{99}, conference.fixture.clock.now() - 1min);
  CHECK(conference.send(other) == RegistrationProblem::old_form);
  auto fast = conference.entry("olena");
  fast.key =
      new_form_key(conference.key, conference.event, conference.fixture.clock.now() - fastest_form + 1s);
  CHECK(conference.send(fast) == RegistrationProblem::too_fast);
  auto old = conference.entry("olena");
  old.key =
      new_form_key(conference.key, conference.event, conference.fixture.clock.now() - form_lifetime - 1s);
  CHECK(conference.send(old) == RegistrationProblem::old_form);
  conference.settings.closes_date = "2026-09-10";
  conference.settings.closes_time = "18:00";
  conference.open();
  conference.at("2026-09-10T14:59:59Z");
  CHECK_FALSE(conference.send("olena"));
  conference.at("2026-09-10T15:00:00Z");
  CHECK(conference.send("taras") == RegistrationProblem::closed);
}

TEST_CASE("each thing that is missing in a form is said and nothing is stored") {
  Conference conference;
  FieldChange change;
  change.field.kind = FieldKind::choice;
  change.field.required = true;
  change.field.words[0].label = "Секція";
  change.field.words[0].choices = {"Фонди", "Читання"};
  REQUIRE(change_field(conference.fixture.context, editor, conference.scope(), change).wait());
  const auto problem = [&](const std::function<void(RegistrationEntry&)>& spoil) {
    auto entry = conference.entry("olena");
    entry.answers = {{"f1", "Фонди"}, {"f9", "не з форми"}};
    spoil(entry);
    return conference.send(entry);
  };
  CHECK(problem([](auto& one) { one.name = " "; }) == RegistrationProblem::name);
  CHECK(problem([](auto& one) { one.name = std::string(151, 'a'); }) == RegistrationProblem::name);
  CHECK(problem([](auto& one) { one.email = "olena@example.org\r\nBcc: x@y"; }) ==
        RegistrationProblem::email);
  CHECK(problem([](auto& one) { one.institution = std::string(301, 'a'); }) ==
        RegistrationProblem::institution);
  CHECK(problem([](auto& one) { one.format = AttendanceFormat::online; }) == RegistrationProblem::format);
  CHECK(problem([](auto& one) { one.consent = false; }) == RegistrationProblem::consent);
  CHECK(problem([](auto& one) { one.shown_version = "0000000000000000"; }) ==
        RegistrationProblem::consent_changed);
  CHECK(problem([](auto& one) { one.colleagues.assign(10, "хтось"); }) == RegistrationProblem::colleagues);
  CHECK(problem([](auto& one) { one.answers = {}; }) == RegistrationProblem::field);
  CHECK(problem([](auto& one) { one.answers = {{"f1", "Інше"}}; }) == RegistrationProblem::field);
  CHECK(conference.all().empty());
  CHECK_FALSE(problem([](auto& one) { one.name = std::string(150, 'a'); }));
  REQUIRE(conference.all().size() == 1);
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  CHECK(conference.all().front().answers == Pairs{{"f1", "Фонди"}});
}

TEST_CASE("a place is handed over by its link and the old link is dead") {
  Conference conference;
  conference.come("olena");
  const auto old = conference.token("olena");
  RegistrationAct act;
  act.what = What::hand_over;
  act.name = "Taras";
  act.email = "taras@example.org";
  const auto acted = act_on_registration(conference.fixture.context, old, act).wait().value();
  CHECK(acted.done);
  CHECK(acted.moved);
  CHECK(conference.states() == "Taras registered; ");
  CHECK(conference.one("Taras").email == "taras@example.org");
  CHECK_FALSE(view_registration(conference.fixture.context, old).wait());
  CHECK(conference.mails(ReminderReason::registration_done).size() == 2);
  CHECK(conference.taken() == 1);
  act.what = What::change;
  act.name = "Тарас";
  act.email.clear();
  CHECK(act_on_registration(conference.fixture.context, conference.token("Taras"), act).wait().value().done);
  CHECK(conference.states() == "Тарас registered; ");
}

TEST_CASE("a link of ours leads to its own registration and a text that is none leads nowhere") {
  Conference conference;
  conference.come("olena");
  const auto token = conference.token("olena");
  CHECK(view_registration(conference.fixture.context, token).wait().value().mine.name == "olena");
  for (const auto& wrong : {token + "x", token.substr(1), std::string(), std::string("a.b")})
    CHECK(view_registration(conference.fixture.context, wrong).wait().error().code == Errc::not_found);
  RegistrationAct act;
  act.what = What::cancel;
  act.who = RegistrationId{conference.one("olena").id.value + 1};
  CHECK(act_on_registration(conference.fixture.context, token, act).wait().error().code == Errc::not_found);
}

TEST_CASE("an extended deadline is shown and told to those who are registered") {
  Conference conference;
  conference.settings.closes_date = "2026-09-10";
  conference.open();
  conference.come("olena");
  conference.settings.closes_date = "2026-09-15";
  conference.open();
  CHECK(conference.mails(ReminderReason::registration_changed) == Names{"olena"});
  const auto offer =
      registration_offer(conference.fixture.context, conference.event, Language::uk).wait().value();
  CHECK(offer.form.first_closes == parse_iso_instant("2026-09-10T20:59:00Z").value());
  CHECK(offer.until == parse_iso_instant("2026-09-15T20:59:00Z").value());
}

TEST_CASE(
    "the registered hear of a change and of the day before and are thanked and their answers are erased") {
  Conference conference;
  conference.come("olena");
  conference.round();
  CHECK(conference.mails(ReminderReason::registration_changed).empty());
  conference.write([&](db::Unit& unit) {
    auto event = *unit.events().find(conference.event);
    event.place = "Мала зала";
    return unit.events().update(event), true;
  });
  conference.round();
  conference.round();
  CHECK(conference.mails(ReminderReason::registration_changed) == Names{"olena"});
  conference.at("2026-09-23T06:59:59Z");
  conference.round();
  CHECK(conference.mails(ReminderReason::registration_reminder).empty());
  conference.at("2026-09-23T07:00:00Z");
  conference.round();
  conference.round();
  CHECK(conference.mails(ReminderReason::registration_reminder) == Names{"olena"});
  conference.at("2026-09-24T15:00:00Z");
  conference.round();
  conference.round();
  CHECK(conference.mails(ReminderReason::registration_thanks) == Names{"olena"});
  conference.at("2027-09-23T20:00:00Z");
  conference.round();
  CHECK(conference.one("olena").institution == "Бібліотека № 3");
  conference.at("2027-09-24T00:00:00Z");
  conference.round();
  REQUIRE(conference.all().size() == 1);
  CHECK(conference.all().front().name.empty());
  CHECK(conference.all().front().email.empty());
  CHECK(conference.all().front().state == RegistrationState::registered);
}

TEST_CASE("what people sent for an event that was removed is erased after thirty days and not before") {
  Conference conference;
  conference.come("olena");
  conference.write([&](db::Unit& unit) { return unit.events().remove(conference.event), true; });
  const auto removed = conference.fixture.clock.now();
  conference.fixture.clock.set(removed + 30 * 24h - 1min);
  conference.round();
  CHECK(conference.one("olena").institution == "Бібліотека № 3");
  conference.fixture.clock.set(removed + 30 * 24h + 1min);
  conference.round();
  REQUIRE(conference.all().size() == 1);
  CHECK(conference.all().front().name.empty());
  CHECK(conference.all().front().email.empty());
}

TEST_CASE("the organiser adds somebody by hand and nobody else sees the list") {
  Conference conference("1");
  RegistrationEntry entry;
  entry.name = "Верба Н.І.";
  entry.channel = "organiser";
  auto& context = conference.fixture.context;
  CHECK(add_registration(context, editor, conference.scope(), entry).wait().value().id);
  CHECK(conference.states() == "Верба Н.І. registered; ");
  entry.name = "Липа К.К.";
  CHECK(add_registration(context, editor, conference.scope(), entry).wait());
  CHECK(conference.one("Липа К.К.").state == RegistrationState::waiting);
  for (const auto& actor : {Actor(), Actor("token:1", Role::reader)}) {
    CHECK_FALSE(registration_desk(context, actor, conference.scope(), {}).wait());
    CHECK_FALSE(export_registrations(context, actor, conference.scope()).wait());
    CHECK_FALSE(add_registration(context, actor, conference.scope(), entry).wait());
  }
  const DeskScope other(conference.event, OrganisationId{77});
  CHECK(registration_desk(context, editor, other, {}).wait().error().code == Errc::not_found);
  const auto desk = registration_desk(context, editor, conference.scope(), {}).wait().value();
  CHECK(desk.figures.by_state.at(RegistrationState::waiting) == 1);
  CHECK(desk.figures.by_format.at(AttendanceFormat::hall).registered == 1);
  CHECK(desk.figures.by_format.at(AttendanceFormat::hall).came == 0);
  const auto came = conference.one("Верба Н.І.").id;
  REQUIRE(step_registration(context, editor, conference.scope(), came, RegistrationStep::attend).wait());
  const auto after = registration_desk(context, editor, conference.scope(), {}).wait().value().figures;
  CHECK(after.by_format.at(AttendanceFormat::hall).registered == 1);
  CHECK(after.by_format.at(AttendanceFormat::hall).came == 1);
  CHECK(after.by_institution.front().second.came == 1);
}

TEST_CASE("an exported list holds no formula") {
  Conference conference;
  RegistrationEntry entry;
  entry.name = "=HYPERLINK(\"http://example.org\")";
  entry.institution = "+380";
  auto& context = conference.fixture.context;
  REQUIRE(add_registration(context, editor, conference.scope(), entry).wait());
  const auto all = export_registrations(context, editor, conference.scope()).wait().value();
  ExportWords words;
  words.headings = {"Ім’я", "Адреса", "Установа", "Форма", "Стан", "Подано", "Підтверджено"};
  for (std::size_t i = 0; i < registration_state_count; ++i)
    words.states[static_cast<RegistrationState>(i)] = "стан";
  words.formats = {{AttendanceFormat::hall, "зала"}, {AttendanceFormat::online, "онлайн"}};
  const auto csv = registration_file(all, words, false);
  CHECK_THAT(csv, Catch::Matchers::Contains("\"'=HYPERLINK(\"\"http://example.org\"\")\";\"\";\"'+380\""));
  CHECK(registration_file(all, words, true).substr(0, 2) == "PK");
}

TEST_CASE("whoever erases their own data frees the place and leaves a figure") {
  Conference conference("1");
  conference.come("olena");
  conference.come("taras");
  const auto token = conference.token("olena");
  auto& context = conference.fixture.context;
  const auto data = own_registration_data(context, token).wait().value();
  CHECK_THAT(data, Catch::Matchers::Contains("olena@example.org") &&
                       Catch::Matchers::Contains("registration_done") &&
                       Catch::Matchers::Contains("\"version\""));
  CHECK_THAT(data, !Catch::Matchers::Contains("taras"));
  const auto mails = conference.mails(ReminderReason::registration_cancelled).size();
  const auto acted = conference.act("olena", What::erase);
  CHECK(acted.erased);
  CHECK(conference.states() == " cancelled; taras registered; ");
  const auto gone = conference.all().front();
  CHECK(gone.email.empty());
  CHECK(gone.answers.empty());
  CHECK(gone.institution == "Бібліотека № 3");
  CHECK(conference.mails(ReminderReason::registration_cancelled).size() == mails);
  CHECK(conference.mails(ReminderReason::registration_promoted) == Names{"taras"});
  CHECK_FALSE(own_registration_data(context, token).wait());
  CHECK_FALSE(view_registration(context, token).wait());
  conference.come("olena");  // the address is nobody's by now
  CHECK(conference.all().size() == 3);
}

TEST_CASE("whoever came keeps a place in the figures when the data are erased") {
  Conference conference;
  conference.come("olena");
  auto& context = conference.fixture.context;
  REQUIRE(step_registration(context, editor, conference.scope(), conference.one("olena").id,
                            RegistrationStep::attend)
              .wait());
  CHECK(conference.act("olena", What::erase).erased);
  CHECK(conference.states() == " attended; ");
  CHECK(conference.taken() == 1);
}

TEST_CASE("a list is looked at before it is registered and says what becomes of each row") {
  Conference conference("2");
  conference.come("olena");
  auto& context = conference.fixture.context;
  const std::string table =
      "ПІБ;Пошта;Заклад\n"
      "Явір С.М.;yavir@example.org;Бібліотека № 1\n"
      "Верба Н.І.;olena@example.org;\n"
      "Липа К.К.;YAVIR@example.org;\n"
      "Клен О.О.;no address;\n"
      "Дуб П.П.;;Бібліотека № 2\n";
  const auto preview = preview_registration_list(context, editor, conference.scope(), table, "list.csv",
                                                 AttendanceFormat::hall)
                           .wait()
                           .value();
  const auto fates = [](const RegistrationList& list) {
    std::vector<ListedFate> all;
    for (const auto& one : list.people) all.push_back(one.fate);
    return all;
  };
  const std::vector expected = {ListedFate::registered, ListedFate::known, ListedFate::twice,
                                ListedFate::wrong, ListedFate::waiting};
  CHECK(fates(preview) == expected);
  CHECK(preview.people[3].problem == RegistrationProblem::email);
  CHECK(conference.all().size() == 1);
  const auto commit = [&] {
    return commit_registration_list(context, editor, conference.scope(), preview.table,
                                    AttendanceFormat::hall)
        .wait()
        .value();
  };
  CHECK(fates(commit()) == expected);
  CHECK(conference.states() == "olena registered; Явір С.М. registered; Дуб П.П. waiting; ");
  CHECK(conference.one("Явір С.М.").institution == "Бібліотека № 1");
  CHECK(conference.mails(ReminderReason::registration_done) == Names{"olena", "Явір С.М."});
  const auto again = commit();
  CHECK(again.people[0].fate == ListedFate::known);
  CHECK(preview_registration_list(context, editor, conference.scope(), "a;b\n1;2\n", "list.csv",
                                  AttendanceFormat::hall)
            .wait()
            .error()
            .code == Errc::invalid_input);
  CHECK(preview_registration_list(context, editor, conference.scope(), table, "list.csv",
                                  AttendanceFormat::online)
            .wait()
            .error()
            .code == Errc::invalid_input);
  CHECK(preview_registration_list(context, Actor(), conference.scope(), table, "list.csv",
                                  AttendanceFormat::hall)
            .wait()
            .error()
            .code == Errc::unauthenticated);
}

TEST_CASE("a list has a thousand people and not one more") {
  Conference conference("5");
  const auto table_of = [](std::size_t count) {
    std::string table = "name\n";
    for (std::size_t i = 0; i < count; ++i) table += "Verba " + std::to_string(i) + "\n";
    return table;
  };
  auto& context = conference.fixture.context;
  const auto preview = [&](std::size_t count) {
    return preview_registration_list(context, editor, conference.scope(), table_of(count), "list.csv",
                                     AttendanceFormat::hall)
        .wait();
  };
  const auto full = preview(most_listed_people);
  REQUIRE(full);
  CHECK(full->people.size() == most_listed_people);
  CHECK(std::ranges::count(full->people, ListedFate::registered, &ListedPerson::fate) == 5);
  CHECK(preview(most_listed_people + 1).error().code == Errc::limit_exceeded);
}

TEST_CASE("the organiser enters somebody without the answers that the form requires") {
  Conference conference;
  FieldChange change;
  change.field.required = true;
  change.field.words[0].label = "Секція";
  auto& context = conference.fixture.context;
  REQUIRE(change_field(context, editor, conference.scope(), change).wait());
  CHECK(conference.send("olena") == RegistrationProblem::field);
  RegistrationEntry entry;
  entry.name = "Верба Н.І.";
  CHECK_FALSE(add_registration(context, editor, conference.scope(), entry).wait().value().problem);
  CHECK(conference.states() == "Верба Н.І. registered; ");
}

TEST_CASE("a field of a form never gets the key of one that was removed with what was answered to it") {
  Conference conference;
  auto& context = conference.fixture.context;
  const auto change = [&](FieldChange::What what, const std::string& key, const std::string& label) {
    FieldChange one;
    one.what = what;
    one.field.key = key;
    one.field.words[0].label = label;
    return change_field(context, editor, conference.scope(), one).wait().value();
  };
  const auto keys = [](const RegistrationForm& form) {
    std::string text;
    for (const auto& field : form.fields) text += field.key + " " + field.words[0].label + "; ";
    return text;
  };
  change(FieldChange::What::put, "", "Алергії");
  auto entry = conference.entry("olena");
  entry.answers = {{"f1", "горіхи"}};
  REQUIRE_FALSE(conference.send(entry));
  change(FieldChange::What::remove, "f1", "");
  CHECK(keys(change(FieldChange::What::put, "", "Секція")) == "f2 Секція; ");
  change(FieldChange::What::put, "", "Готель");
  change(FieldChange::What::remove, "f3", "");
  change(FieldChange::What::remove, "f2", "");
  conference.open();  // the settings are saved in between
  CHECK(keys(change(FieldChange::What::put, "", "Доповідь")) == "f4 Доповідь; ");
}
