// What people are told of an event, written on its page of the workplace.
#include "service/event_details.hpp"
#include "db/store.hpp"
#include "model/programme.hpp"
#include "service/checked_text.hpp"
#include "service/events.hpp"
#include "service/minutes.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"
#include "web/pages/minutes_file.hpp"

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

// Event 2 of the sample is a round table of 24 October 2024, 10:00–12:30.
struct DetailsSite : AccountsSite {
  Browser browser{*this};
  std::string csrf;

  DetailsSite() {
    add("organiser@example.org", AccountRole::organiser);
    REQUIRE(browser.sign_in("organiser@example.org").status == 303);
    csrf = browser.form_token("/manage/plans/1");
  }
  Event event(std::int64_t id = 2) {
    return context.store.read([id](db::Unit& unit) { return *unit.events().find(EventId{id}); })
        .wait()
        .value();
  }
  static service::Editor editor() { return {service::Actor("test", service::Role::editor), "test", {}}; }
  static std::string page(std::int64_t id = 2) { return "/manage/events/" + std::to_string(id) + "/details"; }
  // The form as it was opened, with these fields written anew.
  Pairs form(const Pairs& written, const std::string& stamp, std::int64_t id = 2) {
    const auto shown = service::details_of(event(id));
    Pairs fields = {{"csrf", csrf},
                    {"stamp", stamp},
                    {"place", shown.place},
                    {"online_url", shown.online_url},
                    {"time", shown.time},
                    {"end_time", shown.end_time},
                    {"agenda", shown.agenda},
                    {"description", shown.description},
                    {"audience", shown.audience},
                    {"level", shown.level ? std::string(name_of(*shown.level)) : ""},
                    {"contact", shown.contact},
                    {"files", shown.files},
                    {"image_url", shown.image_url}};
    for (const auto& [name, value] : written)
      for (auto& field : fields)
        if (field.first == name) field.second = value;
    return fields;
  }
  RawReply save(const Pairs& written) {
    return browser.post(page(), form(written, service::details_stamp(event())));
  }
};

}  // namespace

TEST_CASE("an organiser writes place and agenda and documents and readers and calendars have them") {
  DetailsSite site;
  const auto before = site.event();
  const auto saved =
      site.save({{"place", "Читальна зала"},
                 {"online_url", "https://example.org/join"},
                 {"time", "11:00"},
                 {"end_time", "13:30"},
                 {"agenda", "Вітальне слово\r\n\r\n  Облік   фонду\r\nРізне"},
                 {"description", "Перший рядок\r\nДругий"},
                 {"audience", "молоді бібліотекарі\r\nметодисти"},
                 {"level", "region"},
                 {"contact", "Відділ методики"},
                 {"files", "https://example.org/p.pdf Положення про конкурс\r\nhttps://example.org/q.pdf"}});
  CHECK(saved.status == 303);
  CHECK(saved.header("location") == "/events/2");
  const auto after = site.event();
  CHECK(after.sequence == before.sequence + 1);
  CHECK(after.agenda == std::vector<std::string>{"Вітальне слово", "Облік фонду", "Різне"});
  CHECK(after.description == "Перший рядок\nДругий");
  CHECK(after.audience == std::vector<std::string>{"молоді бібліотекарі", "методисти"});
  CHECK(after.level == Level::region);
  REQUIRE(after.attachments.size() == 2);
  CHECK(after.attachments[0].name == "Положення про конкурс");
  CHECK(after.attachments[1].name.empty());
  CHECK(after.period.first == before.period.first);
  CHECK(format_iso(*after.period.time) == "11:00");
  CHECK(format_iso(*after.period.end_time) == "13:30");
  CHECK(after.title == before.title);

  Browser reader(site);
  const auto page = reader.get("/events/2?lang=uk").body;
  CHECK_THAT(page, Contains("Читальна зала") && Contains("Облік фонду") && Contains("Положення про конкурс"));
  CHECK_THAT(page, !Contains("/details"));
  CHECK_THAT(reader.get("/feeds/all.ics").body, Contains("Читальна зала") && Contains("20241024T110000"));
  CHECK_THAT(site.browser.get("/events/2").body, Contains("/manage/events/2/details"));
}

TEST_CASE("saving what stands already changes nothing and what is emptied is gone") {
  DetailsSite site;
  REQUIRE(site.save({{"agenda", "Перше"}, {"contact", "Відділ"}, {"description", "a\r\nb"}}).status == 303);
  const auto written = site.event();
  REQUIRE(site.save({}).status == 303);
  REQUIRE(site.save({{"description", "a\r\nb\r\n"}}).status == 303);
  CHECK(site.event().sequence == written.sequence);
  REQUIRE(site.save({{"agenda", ""}, {"contact", ""}, {"time", ""}, {"end_time", ""}}).status == 303);
  CHECK(site.event().agenda.empty());
  CHECK(site.event().contact.empty());
  CHECK_FALSE(site.event().period.time);
  CHECK(site.event().period.first == written.period.first);
}

TEST_CASE("who was overtaken sees both and loses nothing and saves knowingly") {
  DetailsSite site;
  const auto stale = service::details_stamp(site.event());
  REQUIRE(site.save({{"place", "Мала зала"}}).status == 303);
  const auto refused = site.browser.post(DetailsSite::page() + "?lang=en",
                                         site.form({{"place", "Велика зала"}, {"agenda", "Моє"}}, stale));
  CHECK(refused.status == 409);
  CHECK_THAT(refused.body,
             Contains("Велика зала") && Contains("Мала зала") && Contains("Моє") && Contains("It says now"));
  CHECK(site.event().place == "Мала зала");
  const auto stamp = service::details_stamp(site.event());
  CHECK_THAT(refused.body, Contains(stamp));
  REQUIRE(site.browser.post(DetailsSite::page(), site.form({{"place", "Велика зала"}}, stamp)).status == 303);
  CHECK(site.event().place == "Велика зала");
}

TEST_CASE("who was overtaken by a choice is shown what stands now") {
  DetailsSite site;
  const auto stale = service::details_stamp(site.event());
  REQUIRE(site.save({{"level", "region"}, {"agenda", "Перше\r\nДруге"}}).status == 303);
  const auto refused = site.browser.post(DetailsSite::page() + "?lang=en",
                                         site.form({{"level", ""}, {"agenda", ""}, {"place", "Тут"}}, stale));
  CHECK(refused.status == 409);
  const auto from = refused.body.find("id=\"level\"");
  CHECK_THAT(refused.body.substr(from, refused.body.find("<label", from) - from), Contains("It says now"));
  CHECK_THAT(refused.body, Contains("Перше\nДруге"));  // lines stay lines
}

TEST_CASE("as many Cyrillic letters as the fields take are taken and one more is not") {
  DetailsSite site;
  std::string text;
  for (std::size_t i = 0; i < service::longest_text; ++i) text += "я";
  CHECK(site.save({{"description", text}}).status == 303);
  CHECK(site.event().description == text);
  CHECK(site.save({{"description", text + "я"}}).status == 422);
}

TEST_CASE("what cannot be used is said beside its field and nothing is stored") {
  DetailsSite site;
  std::string points;
  for (std::size_t i = 0; i <= service::most_points; ++i) points += "Пункт\n";
  const auto before = site.event();
  const std::pair<const char*, std::string> wrong[] = {{"online_url", "javascript:alert(1)"},
                                                       {"image_url", "ftp://example.org/a.png"},
                                                       {"files", "положення.pdf"},
                                                       {"agenda", points},
                                                       {"end_time", "09:00"},
                                                       {"time", "25:77"},
                                                       {"contact", std::string(401, 'x')}};
  for (const auto& [field, text] : wrong) {
    CAPTURE(field);
    const auto reply = site.save({{field, text}, {"place", "Не тут"}});
    CHECK(reply.status == 422);
    CHECK_THAT(reply.body, Contains("Не тут"));
    // Beside the field: between it and the next one.
    const auto from =
        reply.body.find("id=\"" + std::string(field == std::string("end_time") ? "time" : field) + "\"");
    REQUIRE(from != std::string::npos);
    CHECK_THAT(reply.body.substr(from, reply.body.find("<label", from) - from), Contains("message-bad"));
    CHECK(site.event().place == before.place);
  }
  points.resize(points.size() - std::string("Пункт\n").size());
  CHECK(site.save({{"agenda", points}}).status == 303);
  CHECK(site.event().agenda.size() == service::most_points);
}

TEST_CASE("the details of what is a talk or a neighbour's or another association's are not written here") {
  DetailsSite site;
  const auto talk = site.context.store
                        .write(db::Author("test", site.clock.now()),
                               [](db::Unit& unit) {
                                 Event one;
                                 one.uid = "talk@example.org";
                                 one.title = "Доповідь";
                                 one.zone = "Europe/Kyiv";
                                 one.parent = EventId{2};
                                 return unit.events().insert(one);
                               })
                        .wait()
                        .value();
  REQUIRE(is_talk(site.event(talk.value)));
  CHECK(site.browser.get(DetailsSite::page(talk.value)).status == 404);
  CHECK(site.browser.get(DetailsSite::page(99)).status == 404);
  const service::Editor elsewhere(service::Actor("test", service::Role::editor), "test",
                                  {OrganisationId{77}});
  CHECK(service::event_to_detail(site.context, elsewhere, EventId{2}).wait().error().code == Errc::not_found);
  CHECK(service::save_details(site.context, elsewhere, EventId{2}, service::details_of(site.event()),
                              service::details_stamp(site.event()))
            .wait()
            .error()
            .code == Errc::not_found);
}

TEST_CASE("an event without a plan is given its title and kind where its details are written") {
  DetailsSite site;
  service::NewEvent wanted;
  wanted.title = "Зустріч";
  const auto made = service::create_event(site.context, service::Actor("test", service::Role::editor), wanted)
                        .wait()
                        .value();
  CHECK_THAT(site.browser.get(DetailsSite::page(made.id.value)).body, Contains("name=\"title\""));
  CHECK_THAT(site.browser.get(DetailsSite::page()).body, !Contains("name=\"title\""));
  auto fields = site.form({}, service::details_stamp(site.event(made.id.value)), made.id.value);
  fields.emplace_back("title", "Зустріч із письменницею");
  fields.emplace_back("kind", "seminar");
  CHECK(site.browser.post(DetailsSite::page(made.id.value), fields).status == 303);
  CHECK(site.event(made.id.value).title == "Зустріч із письменницею");
  CHECK(site.event(made.id.value).kind == EventKind::seminar);
  // A form that names a title for a row of a plan is not one of ours: the plan keeps it.
  auto foreign = site.form({}, service::details_stamp(site.event()));
  foreign.emplace_back("title", "Інше");
  REQUIRE(site.browser.post(DetailsSite::page(), foreign).status == 303);
  CHECK(site.event().title != "Інше");
}

TEST_CASE("the agenda becomes a draft of the minutes in the language of the plan") {
  DetailsSite site;
  REQUIRE(site.save({{"agenda", "Облік фонду\r\nРізне & <інше>"},
                     {"audience", "методисти"},
                     {"place", "Читальна зала"}})
              .status == 303);
  CHECK_THAT(site.browser.get("/events/2?lang=en").body, Contains("/manage/events/2/minutes.docx"));
  const auto file = site.browser.get("/manage/events/2/minutes.docx?lang=en");
  CHECK(file.status == 200);
  CHECK(file.header("content-disposition") == "attachment; filename=\"minutes-2.docx\"");
  CHECK(file.header("cache-control") == "no-store");
  const auto service_words = service::minutes_facts(site.context, site.editor(), EventId{2}).wait().value();
  CHECK(service_words.language == Language::ru);  // of its plan, whatever the reader has
  Browser reader(site);
  CHECK(reader.get("/manage/events/2/minutes.docx").status != 200);
  CHECK(site.browser.get("/manage/events/99/minutes.docx").status == 404);
}

TEST_CASE("a draft of minutes names everybody and every point and leaves lines to write on") {
  service::MinutesFacts facts;
  facts.event.title = "Засідання № 1";
  facts.event.kind = EventKind::meeting;
  facts.event.agenda = {"Облік фонду", "Різне"};
  facts.association = "Методичне об’єднання";
  facts.registered = 80;
  std::vector<service::Participant> people(2);
  people[0].name = "Явір С.М.";
  people[1].name = "Верба Л.Т.";
  people[1].status = calendar::Participation::declined;
  const auto draft = minutes_document(facts, people);
  CHECK(draft.title == "Протокол № ____");
  CHECK(draft.points == facts.event.agenda);
  CHECK(draft.headings == std::vector<std::string>{"Слухали", "Виступили", "Ухвалили"});
  REQUIRE(draft.facts.size() == 4);
  CHECK(draft.facts[0].text.empty());
  CHECK(draft.facts[2].text == "зареєстровано: 80");
  CHECK(draft.facts[3].text == "Явір С.М.");
  facts.event.attended = 75;
  CHECK(minutes_document(facts, {}).facts[2].text == "75 людей; зареєстровано: 80");
}
