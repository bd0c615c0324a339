// Registering over HTTP: the form and the links of its mails as participants use them, the desk as organisers
// do.
#include "tests/web/registration_site.hpp"

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

TEST_CASE("the event leads to its form and the form to a mail and the link to a place") {
  RegistrationSite site;
  CHECK_THAT(site.participant.get("/events/2").body, Contains(form_path));
  CHECK_THAT(site.participant.get("/events/3").body, !Contains("/register/"));
  CHECK(site.participant.get("/register/3").status == 404);
  const auto taken = site.send("olena");
  CHECK(taken.status == 200);
  CHECK_THAT(taken.body, Contains("Перевірте пошту"));
  CHECK(taken.header("cache-control") == "no-store");
  REQUIRE(site.all().size() == 1);
  CHECK(site.all().front().state == RegistrationState::submitted);
  const auto link = site.link("olena");
  const auto page = site.participant.get(link);
  CHECK(page.status == 200);
  CHECK(page.header("x-robots-tag") == "noindex");
  CHECK(page.header("referrer-policy") == "strict-origin");
  CHECK(site.all().front().state == RegistrationState::submitted);  // reading changes nothing
  CHECK(site.participant.post(link, {{"do", "confirm"}}).status == 200);
  CHECK(site.all().front().state == RegistrationState::registered);
  CHECK(site.participant.post(link, {{"do", "jump"}}).status == 400);
  CHECK(site.participant.get(link + "x").status == 404);
}

TEST_CASE("what is wrong in a form is said beside what was entered and a trap stores nothing") {
  RegistrationSite site;
  const auto wrong = site.send("olena", {{"email", "no address"}, {"colleagues", "Явір <i>С.М.</i>"}});
  CHECK(wrong.status == 200);  // the first of two fields of one name counts
  auto fields = site.hidden();
  site.clock.set(site.clock.now() + std::chrono::seconds{10});
  for (const auto& one : Pairs{{"name", "Тарас <i>"}, {"email", "nobody"}, {"consent", "yes"}})
    fields.push_back(one);
  const auto said = site.participant.post(form_path, fields);
  CHECK(said.status == 422);
  CHECK_THAT(said.body, Contains("Тарас &lt;i&gt;") && Contains("role=\"alert\"") && !Contains("Тарас <i>"));
  const auto before = site.all().size();
  CHECK_THAT(site.send("robot", {{"website", "https://spam.example"}}).body, Contains("Перевірте пошту"));
  CHECK(site.all().size() == before);
  auto without = site.hidden();
  std::erase_if(without, [](const auto& one) { return one.first == "csrf"; });
  without.emplace_back("name", "X");
  CHECK(site.participant.post(form_path, without).status == 403);
}

TEST_CASE("whoever took part fetches what is stored and erases it by the link") {
  RegistrationSite site;
  site.send("olena");
  const auto link = site.link("olena");
  site.participant.post(link, {{"do", "confirm"}});
  const auto data = site.participant.get(link + "/data");
  CHECK(data.status == 200);
  CHECK_THAT(data.header("content-disposition"), Contains("attachment"));
  CHECK_THAT(data.body, Contains("olena") && Contains("Бібліотека № 3"));
  CHECK(site.participant.get(link + "x/data").status == 404);
  CHECK(site.participant.post(link, {{"do", "erase"}}).status == 400);  // without the word that one is sure
  CHECK(site.all().front().name == "olena");
  CHECK_THAT(site.participant.post(link, {{"do", "erase"}, {"sure", "yes"}}).body,
             Contains("Ваші дані стерто"));
  CHECK(site.all().front().name.empty());
  CHECK(site.participant.get(link).status == 404);
  CHECK(site.participant.get(link + "/data").status == 404);
  CHECK_THAT(site.organiser.get(desk).body, Contains("(стерто)"));
}

TEST_CASE("an organiser sees who comes and gives steps and exports and nobody else does") {
  RegistrationSite site;
  site.send("olena");
  site.participant.post(site.link("olena"), {{"do", "confirm"}});
  site.send("taras");
  site.participant.post(site.link("taras"), {{"do", "confirm"}});
  const auto page = site.organiser.get(desk);
  CHECK(page.header("cache-control") == "no-store");
  CHECK_THAT(page.body,
             Contains("olena") && Contains("у списку очікування") && !Contains("value=\"promote\""));
  CHECK(site.participant.get(desk).status == 303);
  CHECK(site.participant.get(desk + "/export/csv").status == 303);
  const auto id = std::to_string(site.all().front().id.value);
  const auto there = [&](const std::string& step) {
    return site.organiser.post(desk + "/people/" + id, {{"csrf", site.csrf}, {"step", step}});
  };
  CHECK(there("attend").status == 303);
  CHECK(site.all().front().state == RegistrationState::attended);
  CHECK(there("approve").status == 422);
  CHECK(there("confirm").status == 403);
  const auto csv = site.organiser.get(desk + "/export/csv");
  CHECK_THAT(csv.body, Contains("\"olena\""));
  CHECK_THAT(csv.header("content-disposition"), Contains("registrations-2.csv"));
  CHECK(site.organiser.get(desk + "/export/xlsx").body.substr(0, 2) == "PK");
  CHECK(site.organiser.get(desk + "/export/exe").status == 404);
}

TEST_CASE("an organiser of another association reads nothing of an event's people") {
  RegistrationSite site;
  auto browser = site.stranger();
  for (const auto& path : {desk, desk + "/list", desk + "/export/csv"})
    CHECK(browser.get(path).status == 404);
}

TEST_CASE("a list is looked at and then registered from the page") {
  RegistrationSite site;
  CHECK_THAT(site.organiser.get(desk).body, Contains(desk + "/list"));
  CHECK(site.organiser.get(desk + "/list").status == 200);
  CHECK(site.upload("").status == 422);
  CHECK(site.upload("a,b\n1,2\n").status == 422);
  const auto shown = site.upload("ПІБ,Пошта\nЯвір <b>,yavir@example.org\nЛипа,none\nДуб,\n");
  CHECK(shown.status == 200);
  CHECK_THAT(shown.body, Contains("отримає місце") && Contains("потрапить до списку очікування") &&
                             Contains("Явір &lt;b&gt;") && !Contains("Явір <b>"));
  CHECK(site.all().empty());
  const auto done = site.organiser.post(
      desk + "/list/commit",
      {{"csrf", site.csrf}, {"format", "hall"}, {"table", "name,email\nЯвір,yavir@example.org\nДуб,\n"}});
  CHECK_THAT(done.body, Contains("Список зареєстровано"));
  REQUIRE(site.all().size() == 2);
  CHECK(site.all()[1].state == RegistrationState::waiting);
  CHECK(site.organiser.post(desk + "/list/commit", {{"csrf", "wrong"}, {"table", "name\nX\n"}}).status ==
        403);
}

TEST_CASE("a field of the form is looked at before it is stored and moved and taken away") {
  RegistrationSite site;
  const auto change = [&](Pairs fields) {
    fields.emplace_back("csrf", site.csrf);
    return site.organiser.post(desk + "/fields", fields);
  };
  const auto labels = [&] {
    const auto page = site.participant.get(form_path).body;
    std::string found;
    for (const auto* label : {"Секція", "Телефон"})
      if (const auto at = page.find(label); at != std::string::npos) found += std::to_string(at) + " ";
    return found.empty()                                ? found
           : page.find("Секція") < page.find("Телефон") ? "Секція first"
                                                        : "Телефон first";
  };
  const Pairs section = {{"kind", "text"}, {"label_uk", "Секція"}, {"help_uk", "Номер <b>"}};
  auto looked = section;
  looked.emplace_back("do", "preview");
  const auto shown = change(looked);
  CHECK(shown.status == 200);
  CHECK_THAT(shown.body, Contains("id=\"preview\"") && Contains("Номер &lt;b&gt;"));
  CHECK(labels().empty());  // nothing is stored by looking
  const auto wrong =
      change({{"kind", "choice"}, {"label_uk", "Їжа"}, {"choices_uk", "одна"}, {"do", "save"}});
  CHECK(wrong.status == 422);
  CHECK_THAT(wrong.body, Contains("value=\"Їжа\""));
  auto stored = section;
  stored.emplace_back("do", "save");
  CHECK(change(stored).status == 303);
  CHECK(change({{"kind", "text"}, {"label_uk", "Телефон"}, {"do", "save"}}).status == 303);
  CHECK(labels() == "Секція first");
  CHECK(change({{"key", "f2"}, {"do", "higher"}}).status == 303);
  CHECK(labels() == "Телефон first");
  CHECK(change({{"key", "f2"}, {"do", "higher"}}).status == 303);  // it is the first already
  CHECK(labels() == "Телефон first");
  CHECK(change({{"key", "f2"}, {"do", "lower"}}).status == 303);
  CHECK(labels() == "Секція first");
  CHECK(change({{"key", "f1"}, {"do", "remove"}}).status == 303);
  CHECK_THAT(site.participant.get(form_path).body, !Contains("Секція"));
}

TEST_CASE(
    "the page after a place is handed over is the same for an address that is registered and one that is "
    "not") {
  std::vector<std::string> pages;
  for (const std::string to : {"stranger", "known"}) {
    RegistrationSite site;
    REQUIRE(site.open({{"hall_places", "3"}}).status == 303);
    for (const auto* name : {"olena", "known"}) {
      site.send(name);
      REQUIRE(site.participant.post(site.link(name), {{"do", "confirm"}}).status == 200);
    }
    const auto link = site.link("olena");
    const auto given = site.participant.post(
        link + "?lang=en", {{"do", "hand_over"}, {"name", "Somebody Else"}, {"email", to + "@example.org"}});
    CHECK(given.status == 200);
    CHECK_THAT(given.body,
               Contains("This address is written to") && !Contains("stranger") && !Contains("known"));
    CHECK(site.participant.get(link).status == 404);
    auto page = given.body;
    for (auto at = page.find(link); at != std::string::npos; at = page.find(link))
      page.erase(at, link.size());
    pages.push_back(std::move(page));
  }
  CHECK(pages[0] == pages[1]);
}

TEST_CASE(
    "whoever was handed a place is asked for consent on their page and the desk says that it is missing") {
  RegistrationSite site;
  site.send("olena");
  const auto link = site.link("olena");
  site.participant.post(link, {{"do", "confirm"}});
  CHECK_THAT(site.participant.get(link).body, !Contains("value=\"agree\""));
  CHECK_THAT(site.organiser.get(desk).body, !Contains("згоди ще немає"));
  REQUIRE(site.participant
              .post(link, {{"do", "hand_over"}, {"name", "Верба Марія"}, {"email", "maria@example.org"}})
              .status == 200);
  const auto theirs = site.link("Верба Марія");
  CHECK_THAT(site.organiser.get(desk).body, Contains("згоди ще немає"));
  for (const std::string language : {"uk", "en"}) {
    CAPTURE(language);
    const auto page = site.participant.get(theirs + "?lang=" + language).body;
    std::smatch version;
    static const std::regex shown("name=\"consent_version\" value=\"([0-9a-f]{16})\"");
    REQUIRE(std::regex_search(page, version, shown));
    const Pairs fields = {{"do", "agree"}, {"consent_version", version[1]}};
    const auto unticked = site.participant.post(theirs + "?lang=" + language, fields);
    CHECK(unticked.status == 422);
    CHECK_THAT(unticked.body, Contains("value=\"agree\"") && Contains("role=\"alert\""));
    if (language == "uk") continue;
    auto agreed = fields;
    agreed.emplace_back("consent", "yes");
    // The text of another language is another text.
    CHECK(site.participant.post(theirs + "?lang=uk", agreed).status == 422);
    const auto done = site.participant.post(theirs + "?lang=en", agreed);
    CHECK(done.status == 200);
    CHECK_THAT(done.body, Contains("you agree. Thank you.") && !Contains("value=\"agree\""));
  }
  CHECK_THAT(site.organiser.get(desk).body, !Contains("згоди ще немає"));
  CHECK(site.all().front().state == RegistrationState::registered);
  CHECK(site.all().front().consent.channel == "link");
}
