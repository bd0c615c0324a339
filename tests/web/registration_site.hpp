// An event that people register for, over HTTP: a participant, and the organiser at the desk.
#pragma once

#include "db/store.hpp"
#include "notify/answer_links.hpp"
#include "notify/registration_links.hpp"
#include "service/answers.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"

#include <regex>
#include <string>
#include <vector>

namespace convoke::web {

// Event 2 of the sample: a round table on 24 October 2024; the clock stands on 7 October.
inline const std::string form_path = "/register/2";
inline const std::string desk = "/manage/events/2/registration";

struct RegistrationSite : AccountsSite {
  Browser organiser{*this};
  Browser participant{*this};
  std::string csrf;

  RegistrationSite() {
    add("organiser@example.org", AccountRole::organiser);
    REQUIRE(organiser.sign_in("organiser@example.org").status == 303);
    organiser.cookies["lang"] = participant.cookies["lang"] = "uk";
    csrf = organiser.form_token(desk);
    service::link_key(context).wait().value();
    REQUIRE(open({{"hall_places", "1"}}).status == 303);
  }
  // An organiser of another association.
  Browser stranger() {
    const auto other = context.store
                           .write(db::Author("test", clock.now()),
                                  [](db::Unit& unit) {
                                    Organisation one;
                                    one.name = "Інше об’єднання";
                                    return unit.organisations().insert(one);
                                  })
                           .wait()
                           .value();
    add("other@example.org", AccountRole::organiser, std::to_string(other.value));
    Browser browser(*this);
    REQUIRE(browser.sign_in("other@example.org").status == 303);
    return browser;
  }
  RawReply open(Pairs fields) {
    for (const auto& [name, value] : Pairs{
             {"csrf", csrf}, {"on", "yes"}, {"hall", "yes"}, {"waiting_list", "yes"}, {"keep_months", "12"}})
      fields.emplace_back(name, value);
    return organiser.post(desk, fields);
  }
  Pairs hidden() {
    const auto page = participant.get(form_path).body;
    static const std::regex input("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\">");
    Pairs fields;
    for (auto at = std::sregex_iterator(page.begin(), page.end(), input); at != std::sregex_iterator(); ++at)
      fields.emplace_back((*at)[1], (*at)[2]);
    return fields;
  }
  RawReply send(const std::string& name, Pairs more = {}) {
    auto fields = hidden();
    clock.set(clock.now() + std::chrono::seconds{10});
    for (const auto& one : Pairs{{"name", name},
                                 {"email", name + "@example.org"},
                                 {"institution", "Бібліотека № 3"},
                                 {"consent", "yes"}})
      fields.push_back(one);
    for (auto& one : more) fields.push_back(one);
    return participant.post(form_path, fields);
  }
  std::vector<Registration> all() {
    return context.store
        .read([](db::Unit& unit) {
          db::RegistrationSelection selection;
          selection.event = EventId{2};
          return unit.registrations().list(selection);
        })
        .wait()
        .value();
  }
  std::string link(const std::string& name) {
    const auto key = service::link_key(context).wait().value();
    for (const auto& one : all())
      if (one.name == name) return "/register/link/" + notify::registration_token(key, one.code);
    FAIL("nobody is called " + name);
    return {};
  }
  // A form with files, as a browser sends it. Files: field, name and bytes.
  struct File {
    std::string field, name, bytes;
  };
  RawReply send_files(Browser& browser, const std::string& path, const Pairs& fields,
                      const std::vector<File>& files) {
    const std::string boundary = "----a-boundary-of-the-tests";
    std::string body;
    const auto add = [&](const std::string& head, const std::string& value) {
      body += "--" + boundary + "\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + value + "\r\n";
    };
    for (const auto& [name, value] : fields) add("name=\"" + name + "\"", value);
    for (const auto& file : files)
      add("name=\"" + file.field + "\"; filename=\"" + file.name + "\"", file.bytes);
    return browser.send("POST", path, body + "--" + boundary + "--\r\n",
                        "Content-Type: multipart/form-data; boundary=" + boundary + "\r\n");
  }
  RawReply upload(const std::string& table) {
    return send_files(organiser, desk + "/list", {{"csrf", csrf}, {"format", "hall"}},
                      {{"file", "list.csv", table}});
  }
};

}  // namespace convoke::web
