// The page on which an organiser adds an event that stands in no plan.
#include "db/store.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

constexpr const char* page = "/manage/events/new";

// The sample's clock stands at 7 October 2024; association 1 is the only one.
struct Office : AccountsSite {
  Browser browser{*this};

  explicit Office(const std::string& organisation = "1") {
    add("organiser@example.org", AccountRole::organiser, organisation);
    REQUIRE(browser.sign_in("organiser@example.org").status == 303);
  }
  OrganisationId add_association(const std::string& name) {
    return context.store
        .write(db::Author("test", clock.now()),
               [name](db::Unit& unit) {
                 Organisation one;
                 one.name = name;
                 return unit.organisations().insert(one);
               })
        .wait()
        .value();
  }
  // As a browser sends it whose script has shown the reading.
  RawReply send(const Pairs& written, const std::string& language = "en") {
    Pairs fields = {{"csrf", browser.form_token(page)},
                    {"title", "Зустріч із письменницею"},
                    {"period", "3 декабря"},
                    {"read", "3 декабря"},
                    {"kind", ""},
                    {"organisation", "1"},
                    {"responsible", ""}};
    for (const auto& [name, value] : written) {
      bool known = false;
      for (auto& field : fields)
        if (field.first == name) field.second = value, known = true;
      if (!known) fields.emplace_back(name, value);
    }
    return browser.post(std::string(page) + "?lang=" + language, fields);
  }
  std::size_t events() {
    return context.store.read([](db::Unit& unit) { return unit.events().all().size(); }).wait().value();
  }
  Event newest() {
    return context.store.read([](db::Unit& unit) { return unit.events().all().back(); }).wait().value();
  }
};

// What stands between the field and the next one.
std::string beside(const std::string& body, const std::string& field) {
  const auto from = body.find("id=\"" + field + "\"");
  REQUIRE(from != std::string::npos);
  return body.substr(from, body.find("<label", from) - from);
}

}  // namespace

TEST_CASE("an organiser adds an event of no plan and is led to its details and everybody sees it") {
  Office office;
  CHECK_THAT(office.browser.get("/manage").body, Contains(page));
  CHECK_THAT(office.browser.get("/calendar").body, Contains(page));
  CHECK_THAT(Browser(office).get("/calendar").body, !Contains(page));
  const auto before = office.events();
  const auto saved = office.send({{"responsible", "Зимянина Т.Р."}, {"kind", "seminar"}});
  CHECK(saved.status == 303);
  REQUIRE(office.events() == before + 1);
  const auto event = office.newest();
  const auto own = "/manage/events/" + std::to_string(event.id.value) + "/details";
  CHECK(saved.header("location") == own + "?done=added");
  CHECK(event.title == "Зустріч із письменницею");
  CHECK(event.kind == EventKind::seminar);
  CHECK(event.organisation == OrganisationId{1});
  CHECK_FALSE(event.plan);
  CHECK(format_iso(*event.period.first) == "2024-12-03");
  CHECK_THAT(office.browser.get(own + "?done=added&lang=en").body,
             Contains("in the calendars now") && Contains("name=\"agenda\"") && Contains("3 December 2024"));
  Browser reader(office);
  CHECK_THAT(reader.get("/feeds/all.ics").body, Contains("Зустріч із письменницею") && Contains("20241203"));
  CHECK_THAT(reader.get("/calendar?from=2024-12").body, Contains("Зустріч із письменницею"));
}

TEST_CASE("without scripts the reading of the period is shown before the event is saved") {
  Office office;
  const auto before = office.events();
  const auto shown = office.send({{"read", ""}, {"responsible", "Зимянина Т.Р."}, {"kind", "meeting"}});
  CHECK(shown.status == 200);
  CHECK_THAT(shown.body, Contains("Read as:") && Contains("3 December 2024") && Contains("Save it so") &&
                             Contains("name=\"read\" value=\"3 декабря\"") && Contains("Зимянина Т.Р.") &&
                             Contains("value=\"meeting\" selected") && Contains("Not saved yet"));
  CHECK(office.events() == before);
  // Another period is read anew.
  CHECK(office.send({{"period", "ноябрь"}}).status == 200);
  CHECK(office.events() == before);
  CHECK(office.send({}).status == 303);
  const auto live =
      office.browser
          .get("/manage/period?year=coming&lang=en&text=3%20%D0%B4%D0%B5%D0%BA%D0%B0%D0%B1%D1%80%D1%8F")
          .body;
  CHECK_THAT(live, Contains("3 December 2024") && Contains("\"read\":true"));
  CHECK_THAT(office.browser.get("/manage/period?year=coming&lang=en&text=zzz").body,
             Contains("No date could be read in this.") && Contains("\"read\":false"));
}

TEST_CASE("what is wrong with a new event is said beside each field and nothing typed is lost") {
  Office office;
  const auto before = office.events();
  const auto reply =
      office.send({{"title", " "}, {"period", "как-нибудь потом"}, {"responsible", "Зимянина Т.Р."}});
  CHECK(reply.status == 422);
  CHECK_THAT(beside(reply.body, "title"), Contains("What is the event called?"));
  CHECK_THAT(beside(reply.body, "period"), Contains("No date could be read") && Contains("как-нибудь потом"));
  CHECK_THAT(beside(reply.body, "responsible"), Contains("Зимянина Т.Р.") && !Contains("message-bad"));
  const auto empty = office.send({{"period", ""}, {"read", ""}});
  CHECK(empty.status == 422);
  CHECK_THAT(beside(empty.body, "period"), Contains("a month will do"));
  CHECK_THAT(beside(office.send({{"title", std::string(1001, 'x')}}).body, "title"), Contains("too long"));
  CHECK(office.events() == before);
  for (const auto* language : {"uk", "be", "ru"})
    CHECK_THAT(office.send({{"title", ""}}, language).body, !Contains("What is the event called?"));
}

TEST_CASE("an event that is there already is shown before a second one is added") {
  Office office;
  REQUIRE(office.send({}).status == 303);
  const auto first = office.newest();
  const auto before = office.events();
  const auto reply = office.send({});
  CHECK(reply.status == 409);
  const auto number = std::to_string(first.id.value);
  CHECK_THAT(reply.body, Contains("href=\"/events/" + number + "\"") &&
                             Contains("name=\"known\" value=\"" + number + "\"") && Contains("3 декабря"));
  CHECK(office.events() == before);
  CHECK(office.send({{"known", number}}).status == 303);
  CHECK(office.events() == before + 1);
}

TEST_CASE("whoever keeps several associations says whose event it is and nobody reaches beyond") {
  Office office("");
  const auto other = office.add_association("Сусіднє об’єднання");
  const auto before = office.events();
  CHECK_THAT(office.browser.get(std::string(page) + "?lang=en").body,
             Contains("choose one") && Contains("Сусіднє об’єднання"));
  const auto reply = office.send({{"organisation", ""}});
  CHECK(reply.status == 422);
  CHECK_THAT(beside(reply.body, "organisation"), Contains("Choose whose event it is."));
  CHECK(office.send({{"organisation", std::to_string(other.value)}}).status == 303);
  CHECK(office.newest().organisation == other);
  CHECK(office.events() == before + 1);

  office.add("near@example.org", AccountRole::organiser, "1");
  Browser near(office);
  REQUIRE(near.sign_in("near@example.org").status == 303);
  CHECK_THAT(near.get(page).body, !Contains("Сусіднє об’єднання"));
  const auto stranger = near.post(page, {{"csrf", near.form_token(page)},
                                         {"title", "Чуже"},
                                         {"period", "3 декабря"},
                                         {"read", "3 декабря"},
                                         {"organisation", std::to_string(other.value)}});
  CHECK(stranger.status == 404);
  CHECK(near.post(page, {{"title", "Чуже"}, {"period", "3 декабря"}, {"read", "3 декабря"}}).status == 403);
  CHECK(office.events() == before + 1);
}
