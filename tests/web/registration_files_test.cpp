// Files with a registration over HTTP: the form, the page of the link, and the desk that hands them out.
#include "tests/web/registration_site.hpp"
#include "web/handlers/register.hpp"
#include "web/routes.hpp"

#include <functional>
#include <regex>

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;

namespace {

std::string pdf(std::size_t size = 40) {
  return "%PDF-1.7\n" + std::string(size - 15, 'x') + "%%EOF\n";
}

// The form asks for a portrait, which must be there.
struct SiteWithFiles : RegistrationSite {
  SiteWithFiles() {
    const auto stored = organiser.post(desk + "/fields", {{"csrf", csrf},
                                                          {"kind", "file"},
                                                          {"required", "yes"},
                                                          {"label_uk", "Портрет <i>"},
                                                          {"help_uk", "Вертикальний"},
                                                          {"do", "save"}});
    REQUIRE(stored.status == 303);
  }
  RawReply come(const std::string& name, const std::vector<File>& files, Pairs more = {}) {
    auto fields = hidden();
    clock.set(clock.now() + std::chrono::seconds{10});
    for (const auto& one : Pairs{{"name", name}, {"email", name + "@example.org"}, {"consent", "yes"}})
      fields.push_back(one);
    for (auto& one : more) fields.push_back(one);
    return send_files(participant, form_path, fields, files);
  }
  std::string desk_file(const std::string& name) {
    for (const auto& one : all())
      if (one.name == name) return desk + "/people/" + std::to_string(one.id.value) + "/files/f1";
    FAIL("nobody is called " + name);
    return {};
  }
};

}  // namespace

TEST_CASE("a form is one of several parts only when it asks for a file") {
  RegistrationSite without;
  CHECK_THAT(without.organiser.get(desk + "/list").body, !Contains("У таблиці немає файлів"));
  CHECK_THAT(without.participant.get(form_path).body, !Contains("multipart") && !Contains("files.js"));
  SiteWithFiles site;
  const auto page = site.participant.get(form_path).body;
  CHECK_THAT(page, Contains("enctype=\"multipart/form-data\"") && Contains("type=\"file\"") &&
                       Contains("Портрет &lt;i&gt;") && Contains("Вертикальний") && Contains("до 5 МБ") &&
                       Contains("accept=\".pdf"));
  CHECK_THAT(site.organiser.get(desk + "/list").body, Contains("У таблиці немає файлів"));
  CHECK_THAT(site.organiser.get(desk).body, Contains("id=\"f1\" name=\"f1\" type=\"file\""));  // the preview
}

TEST_CASE("a portrait goes with the form to the desk and is handed out to be saved") {
  SiteWithFiles site;
  const auto taken = site.come("olena", {{"f1", "Портрет.pdf", pdf()}});
  CHECK(taken.status == 200);
  CHECK_THAT(taken.body, Contains("Перевірте пошту"));
  const auto link = site.link("olena");
  site.participant.post(link, {{"do", "confirm"}});
  const auto page = site.participant.get(link).body;
  CHECK_THAT(page, Contains("Портрет.pdf") && Contains(link + "/files/f1") && Contains("Замінити файл"));
  const auto own = site.participant.get(link + "/files/f1");
  CHECK(own.body == pdf());
  const auto file = site.organiser.get(site.desk_file("olena"));
  CHECK(file.status == 200);
  CHECK(file.body == pdf());
  CHECK(file.header("content-type") == "application/pdf");
  CHECK(file.header("x-content-type-options") == "nosniff");
  CHECK(file.header("cache-control") == "no-store");
  CHECK_THAT(file.header("content-security-policy"), Contains("sandbox"));
  CHECK_THAT(file.header("content-disposition"), Contains("attachment;"));
  CHECK_THAT(site.organiser.get(desk).body, Contains(site.desk_file("olena")) && Contains("Портрет.pdf"));
  CHECK_THAT(site.organiser.get(desk + "/export/csv").body, Contains("Портрет.pdf"));
  CHECK_THAT(site.participant.get(link + "/data").body, Contains("\"files\":[{"));
}

TEST_CASE("a form that is refused keeps what was typed and says that files are chosen again") {
  SiteWithFiles site;
  const auto missing = site.come("olena", {}, {{"institution", "Бібліотека <b>"}});
  CHECK(missing.status == 422);
  CHECK_THAT(missing.body, Contains("Портрет &lt;i&gt;: Тут потрібен файл") &&
                               Contains("Бібліотека &lt;b&gt;") && Contains("olena@example.org") &&
                               Contains("olena"));
  CHECK_THAT(missing.body, Contains("Виберіть, будь ласка, файли ще раз"));
  const auto large = site.come("olena", {{"f1", "a.pdf", pdf(largest_registration_file + 1)}});
  CHECK(large.status == 422);
  CHECK_THAT(large.body, Contains("більший за 5 МБ"));
  CHECK(site.come("olena", {{"f1", "a.svg", "<svg onload=alert(1)>"}}).status == 422);
  CHECK(site.all().empty());
  CHECK(site.come("olena", {{"f1", "a.pdf", pdf(largest_registration_file)}}).status == 200);
  CHECK(site.all().size() == 1);
}

TEST_CASE("the room of a registration form is for files and not for words") {
  SiteWithFiles site;
  const std::string words(form_limit + 1, 'x');
  auto fields = site.hidden();
  fields.emplace_back("name", words);
  CHECK(site.participant.post(form_path, fields).status == 413);
  // Nor beside a file.
  CHECK(site.come(words, {{"f1", "a.pdf", pdf(1000)}}).status == 413);
  for (const auto& route : make_routes(site.services)) {
    if (route.pattern == "/register/{event}" && route.method == Method::post)
      CHECK(route.body_limit == registration_form_limit);
    if (route.pattern == "/register/link/{token}/files") CHECK(route.body_limit == registration_file_limit);
    if (route.pattern == "/register/link/{token}" && route.method == Method::post)
      CHECK(route.body_limit == form_limit);
  }
}

TEST_CASE("a file behind the link is replaced and what is no file of the form is not found") {
  SiteWithFiles site;
  REQUIRE(site.come("olena", {{"f1", "a.pdf", pdf()}}).status == 200);
  const auto link = site.link("olena");
  site.participant.post(link, {{"do", "confirm"}});
  const auto send = [&](const std::string& to, std::vector<RegistrationSite::File> files) {
    return site.send_files(site.participant, to + "/files", {}, files);
  };
  const auto replaced = send(link, {{"f1", "new.pdf", pdf(60)}});
  CHECK(replaced.status == 200);
  CHECK(replaced.header("x-robots-tag") == "noindex");
  CHECK_THAT(replaced.body, Contains("Файл отримано") && Contains("new.pdf"));
  CHECK(site.participant.get(link + "/files/f1").body == pdf(60));
  CHECK(send(link, {{"f1", "x.exe", "MZ"}}).status == 422);
  CHECK(send(link, {{"f2", "a.pdf", pdf()}}).status == 404);
  CHECK(send(link, {}).status == 400);
  CHECK(send(link + "x", {{"f1", "a.pdf", pdf()}}).status == 404);
  CHECK(site.participant.get(link + "/files/f2").status == 404);
  CHECK(site.participant.get(link + "x/files/f1").status == 404);
}

TEST_CASE("files of registrations are the organiser's of that association alone") {
  SiteWithFiles site;
  REQUIRE(site.come("olena", {{"f1", "a.pdf", pdf()}}).status == 200);
  const auto address = site.desk_file("olena");
  CHECK(site.participant.get(address).status == 303);
  site.add("member@example.org");
  Browser member(site);
  REQUIRE(member.sign_in("member@example.org").status == 303);
  CHECK(member.get(address).status == 403);
  auto browser = site.stranger();
  CHECK(browser.get(address).status == 404);
  CHECK(site.organiser.get(address).status == 200);
  CHECK(site.organiser.get("/manage/events/3" + address.substr(std::string("/manage/events/2").size()))
            .status == 404);
  CHECK(site.organiser.get(address.substr(0, address.size() - 1) + "2").status == 404);
}

TEST_CASE("a form that comes while too much is being done is shown again with what was typed") {
  SiteWithFiles site;
  const auto usual = site.context.run_long_work;
  site.context.run_long_work = [](const std::function<void()>&) { return false; };
  const auto busy = site.come("olena", {{"f1", "a.pdf", pdf()}},
                              {{"institution", "Бібліотека <b>"}, {"colleagues", "Верба Марія"}});
  CHECK(busy.status == 503);
  CHECK(busy.header("retry-after") == "5");
  CHECK(busy.header("cache-control") == "no-store");
  CHECK_THAT(busy.body, Contains("натисніть кнопку ще раз за кілька секунд") &&
                            Contains("value=\"Бібліотека &lt;b&gt;\"") && Contains("olena@example.org") &&
                            Contains("value=\"olena\"") && Contains("Верба Марія") &&
                            Contains("Виберіть, будь ласка, файли ще раз"));
  CHECK(site.all().empty());
  site.context.run_long_work = usual;
  // The form goes on with its key.
  std::smatch key;
  static const std::regex shown("name=\"key\" value=\"([^\"]*)\"");
  REQUIRE(std::regex_search(busy.body, key, shown));
  Pairs fields;
  for (const auto& [name, value] : site.hidden())
    fields.emplace_back(name, name == "key" ? key[1].str() : value);
  for (const auto& one : Pairs{{"name", "olena"}, {"email", "olena@example.org"}, {"consent", "yes"}})
    fields.push_back(one);
  CHECK(site.send_files(site.participant, form_path, fields, {{"f1", "a.pdf", pdf()}}).status == 200);
  CHECK(site.all().size() == 1);
}

TEST_CASE("a file behind a link that comes while too much is being done is asked for again") {
  SiteWithFiles site;
  REQUIRE(site.come("olena", {{"f1", "a.pdf", pdf()}}).status == 200);
  const auto link = site.link("olena");
  site.context.run_long_work = [](const std::function<void()>&) { return false; };
  const auto busy = site.send_files(site.participant, link + "/files", {}, {{"f1", "new.pdf", pdf(60)}});
  CHECK(busy.status == 503);
  CHECK(busy.header("retry-after") == "5");
  CHECK(busy.header("x-robots-tag") == "noindex");
  CHECK_THAT(busy.body, Contains("файл не прийнято") && Contains("a.pdf") && !Contains("new.pdf"));
}
