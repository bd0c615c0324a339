// The directory in the workplace, as organisers' browsers use it.
#include "service/directory.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"

using namespace convoke;
using namespace convoke::web;

namespace {

constexpr const char* const organiser_login = "organiser@example.org";

struct Organiser {
  AccountsSite site;
  Browser browser{site};
  std::string csrf;

  explicit Organiser(const std::string& organisation = "1", AccountRole role = AccountRole::organiser) {
    site.add(organiser_login, role, organisation);
    const auto session = site.session(organiser_login);
    browser.cookies["sid"] = session.cookie;
    csrf = session.who.csrf;
  }

  std::string page(const std::string& target, unsigned status = 200) {
    const auto reply = browser.get(target, "Accept-Language: en\r\n");
    CAPTURE(target, reply.body);
    CHECK(reply.status == status);
    return reply.body;
  }
  RawReply send(const std::string& target, Pairs fields) {
    fields.emplace_back("csrf", csrf);
    return browser.post(target, fields, "Accept-Language: en\r\n");
  }
  // Where a form that was taken leads.
  std::string taken(const std::string& target, Pairs fields) {
    const auto reply = send(target, std::move(fields));
    CAPTURE(target, reply.body);
    REQUIRE(reply.status == 303);
    auto path = std::string(reply.header("location"));
    CHECK(path.find("saved=1") != std::string::npos);
    return path.substr(0, path.find('?'));
  }
  std::string refused(const std::string& target, Pairs fields) {
    const auto reply = send(target, std::move(fields));
    CAPTURE(target, reply.body);
    CHECK(reply.status == 422);
    return reply.body;
  }

  service::DirectoryView directory() {
    const service::Keeper all{service::Actor("test", service::Role::editor), {}};
    return service::view_directory(site.context, all).wait().value();
  }
};

using Catch::Matchers::Contains;

}  // namespace

TEST_CASE("an organiser enters people and an office and who takes it over") {
  Organiser organiser;
  const auto person =
      organiser.taken("/manage/directory/people", {{"name", "Верба Н.І."}, {"email", "verba@example.org"}});
  organiser.taken("/manage/directory/people", {{"name", "Липа К.К."}, {"email", "lypa@example.org"}});
  CHECK_THAT(organiser.page("/manage/directory?q=%D0%B2%D0%B5%D1%80%D0%B1%D0%B0"), Contains("Верба Н.І."));
  CHECK_THAT(organiser.page("/manage/directory?q=%D0%B2%D0%B5%D1%80%D0%B1%D0%B0"), !Contains("Липа К.К."));
  organiser.taken(person, {{"name", "Верба Н.І."},
                           {"email", ""},
                           {"post", "методист"},
                           {"language", "be"},
                           {"rhythm", "weekly"}});
  CHECK_THAT(organiser.page(person), Contains("No e-mail address has been entered."));
  const auto office = organiser.taken("/manage/directory/offices",
                                      {{"name", "Голова ради"}, {"kind", "office"}, {"duty", "chair"}});
  organiser.taken(office + "/members", {{"who", "Верба Н.І."}});
  organiser.taken(office + "/members", {{"who", "Липа К.К."}, {"first", "2024-10-07"}, {"succeeds", "1"}});
  const auto page = organiser.page(office);
  CHECK_THAT(page, Contains("until 6 October 2024") && Contains("since 7 October 2024"));
  CHECK_THAT(organiser.page("/manage/directory/offices"), Contains("Голова ради") && Contains("Липа К.К."));
  const auto view = organiser.directory();
  REQUIRE(view.rosters.size() == 1);
  CHECK(view.rosters[0].duty == Duty::chair);
  CHECK(view.rosters[0].organisation == OrganisationId{1});
  const auto number = std::to_string(view.rosters[0].tenures[0].person.value);
  organiser.taken(office + "/members/1", {{"person", number}, {"do", "remove"}});
  CHECK_THAT(organiser.refused(office + "/members/1", {{"person", number}, {"do", "remove"}}),
             Contains("Somebody changed this meanwhile."));
  organiser.taken(office + "/remove", {});
  organiser.page(office, 404);
}

TEST_CASE("a form of the directory that cannot be used says what is wrong") {
  Organiser organiser;
  CHECK_THAT(organiser.refused("/manage/directory/people", {{"name", "Верба Н.І."}, {"email", "verba"}}),
             Contains("An e-mail address is written like") && Contains("value=\"Верба Н.І.\""));
  CHECK_THAT(organiser.refused("/manage/directory/people", {{"name", " "}}), Contains("A name is needed"));
  CHECK_THAT(organiser.refused("/manage/directory/offices", {{"name", ""}}), Contains("A name is needed"));
  const auto office = organiser.taken("/manage/directory/offices", {{"name", "Голова"}});
  CHECK_THAT(organiser.refused("/manage/directory/offices", {{"name", "ГОЛОВА"}}), Contains("already"));
  CHECK_THAT(organiser.refused(office + "/members", {{"who", "Ніхто Н.Н."}}),
             Contains("Nobody of this name"));
  CHECK_THAT(organiser.refused(office + "/members", {{"who", "x"}, {"first", "soon"}}), Contains("The days"));
  CHECK_THAT(organiser.refused("/manage/directory/leave",
                               {{"who", "x"}, {"first", "2024-10-09"}, {"last", "2024-10-08"}}),
             Contains("The days"));
  organiser.taken("/manage/directory/people", {{"name", "Верба Н.І."}});
  CHECK_THAT(
      organiser.refused(
          "/manage/directory/leave",
          {{"who", "Верба Н.І."}, {"first", "2024-10-09"}, {"last", "2024-10-09"}, {"deputy", "Верба Н.І."}}),
      Contains("Nobody stands in for themself"));
  organiser.taken("/manage/directory/leave",
                  {{"who", "Верба Н.І."}, {"first", "2024-10-09"}, {"last", "2024-10-09"}});
  CHECK_THAT(organiser.page("/manage/directory/leave"), Contains("9 October 2024"));
}

TEST_CASE("a name that is a script is text on every page of the directory") {
  Organiser organiser;
  const std::string script = "<script>alert(1)</script>";
  const auto person = organiser.taken("/manage/directory/people", {{"name", script}, {"post", script}});
  const auto office = organiser.taken("/manage/directory/offices", {{"name", script}});
  for (const std::string& target :
       {std::string("/manage/directory"), person, office, std::string("/manage/directory/offices"),
        std::string("/manage/directory/leave"), std::string("/manage/directory?q=%3Cscript%3E")}) {
    CAPTURE(target);
    CHECK_THAT(organiser.page(target), !Contains("<script") && Contains("&lt;script&gt;"));
  }
}

TEST_CASE("an address entered on the page of unreachable responsibles takes the row away") {
  Organiser organiser;
  const auto before = organiser.page("/manage/unreachable");
  const auto marker = before.find("name=\"key\" value=\"");
  REQUIRE(marker != std::string::npos);
  const auto begin = marker + std::string("name=\"key\" value=\"").size();
  const auto key = before.substr(begin, before.find('"', begin) - begin);
  CAPTURE(key);
  const auto value_of = [&](const std::string& name) {
    const auto mark = "name=\"" + name + "\" value=\"";
    const auto at = before.find(mark, marker);
    REQUIRE(at != std::string::npos);
    const auto first = at + mark.size();
    return before.substr(first, before.find('"', first) - first);
  };
  Pairs fields = {{"key", key},
                  {"organisation", value_of("organisation")},
                  {"office", value_of("office")},
                  {"name", "Липа К.К."},
                  {"email", "no address"}};
  CHECK_THAT(organiser.refused("/manage/unreachable", fields), Contains("An e-mail address is written like"));
  fields.back().second = "lypa@example.org";
  CHECK(organiser.taken("/manage/unreachable", fields) == "/manage/unreachable");
  CHECK_THAT(organiser.page("/manage/unreachable"), !Contains("value=\"" + key + "\""));
}

TEST_CASE("an organiser of another association finds nobody here") {
  Organiser organiser;
  auto entered =
      organiser.site.store->write(db::Author("test", organiser.site.clock.now()), [](db::Unit& unit) {
        Organisation other;
        other.name = "Інша громада";
        Person person;
        person.name = "Явір С.М.";
        person.organisation = unit.organisations().insert(other);
        return unit.people().insert(person);
      });
  const auto id = std::move(entered).wait().value();
  const auto path = "/manage/directory/people/" + std::to_string(id.value);
  organiser.page(path, 404);
  CHECK(organiser.send(path, {{"name", "Чужий Ч.Ч."}, {"email", "foreign@example.org"}}).status == 404);
  CHECK_THAT(organiser.page("/manage/directory"), !Contains("Явір С.М."));
}
