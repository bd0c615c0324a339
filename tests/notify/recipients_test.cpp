#include "notify/recipients.hpp"

#include "tests/notify/samples.hpp"
#include "tests/support/catch.hpp"

using namespace convoke;
using namespace convoke::notify;
using namespace convoke::notify::samples;

namespace {

Person known(std::int64_t id, std::string name, std::string email, std::string post = {},
             OrganisationId organisation = {}) {
  Person one;
  one.id = PersonId{id};
  one.name = std::move(name);
  one.email = std::move(email);
  one.post = std::move(post);
  one.organisation = organisation;
  return one;
}

Directory directory() {
  Directory known_people;
  Organisation centre;
  centre.id = OrganisationId{3};
  centre.name = "Методичний центр";
  known_people.organisations = {centre};
  known_people.people = {
      known(1, "Ярмак О.П.", "yarmak@example.org", "методист", OrganisationId{3}),
      known(2, "Ярмак С.П.", "s.yarmak@example.org", "Методист"),
      known(3, "Гнатюк Л.І.", "", "директор"),
      known(4, "Мороз Т.В.", "moroz1@example.org"),
      known(5, "Мороз Т. В.", "moroz2@example.org"),
  };
  return known_people;
}

struct Resolution {
  std::vector<Person> people;
  std::string_view problem;
};

Resolution resolve(const Directory& known_people, std::string_view key) {
  const auto found = AddressBook(known_people).resolve(key, Occasion());
  Resolution resolution;
  for (const auto& one : found.to) resolution.people.push_back(one.person);
  resolution.problem = text_of(found.why);
  return resolution;
}

std::vector<std::int64_t> ids(const Resolution& resolution) {
  std::vector<std::int64_t> found;
  for (const auto& one : resolution.people) found.push_back(one.id.value);
  return found;
}

}  // namespace

TEST_CASE("each responsible is one recipient and nobody is two") {
  Event event = dated_event();
  Responsible both = office("Методист", "Методичний  центр");
  event.responsible = {somebody("Ярмак О.П.", PersonId{1}),
                       somebody("Ярмак О. П.", PersonId{1}),
                       somebody("О.П. Ткач"),
                       somebody("Ткач О. П."),
                       both,
                       office("Рада"),
                       Responsible{}};
  CHECK(recipient_keys(event) == std::vector<std::string>{"person:1", "name:ткач о.п.",
                                                          "post:методист|методичний центр", "post:рада"});
}

TEST_CASE("a person is found by number and a name by its spelling without spaces") {
  CHECK(ids(resolve(directory(), "person:2")) == std::vector<std::int64_t>{2});
  CHECK(ids(resolve(directory(), "name:" + name_key("О. П. Ярмак"))) == std::vector<std::int64_t>{1});
}

TEST_CASE("a namesake with other initials is somebody else") {
  const auto nobody = resolve(directory(), "name:" + name_key("Ярмак Т.П."));
  CHECK(nobody.people.empty());
  CHECK(nobody.problem == "nobody of this name is known");
}

TEST_CASE("two people of one name get no mail meant for one of them") {
  const auto both = resolve(directory(), "name:" + name_key("Мороз Т.В."));
  CHECK(both.people.empty());
  CHECK(both.problem == "several people of this name");
}

TEST_CASE("an office is everybody with that post and within one organisation when it is named") {
  CHECK(ids(resolve(directory(), "post:методист")) == std::vector<std::int64_t>{1, 2});
  CHECK(ids(resolve(directory(), "post:методист|методичний центр")) == std::vector<std::int64_t>{1});
  CHECK(resolve(directory(), "post:методист|інший центр").problem == "no such office or group");
}

TEST_CASE("somebody without an address is a visible problem") {
  CHECK(resolve(directory(), "person:3").problem == "no address");
  CHECK(resolve(directory(), "post:директор").problem == "no address");
  CHECK(resolve(directory(), "person:77").problem == "nobody of this name is known");
  CHECK(resolve(directory(), "person:x").problem == "not a person");
  CHECK(resolve(directory(), "").problem == "not a person");
}

TEST_CASE("only addresses that are safe in a command and a header pass") {
  const std::string longest_domain(254 - 2 - 4, 'a');
  for (const std::string good : {"a@b", "first.last+tag@example.org", "o'neil@example.org"}) {
    CAPTURE(good);
    CHECK(is_mail_address(good));
  }
  CHECK(is_mail_address("a@" + longest_domain + ".org"));
  CHECK_FALSE(is_mail_address("a@" + longest_domain + "b.org"));
  CHECK(is_mail_address(std::string(64, 'a') + "@b.org"));
  CHECK_FALSE(is_mail_address(std::string(65, 'a') + "@b.org"));
  const std::vector<std::string> bad = {"",
                                        "a",
                                        "@b",
                                        "a@",
                                        "a@b@c",
                                        "a b@c",
                                        "a@b\r\nRCPT TO:<x@y>",
                                        "\"a\r\n\"@b",
                                        "a@b>",
                                        "<a@b>",
                                        "a@b,c@d",
                                        "a@приклад.укр",
                                        std::string("a@b\0c", 5),
                                        "a@b\x7F",
                                        "a@.b",
                                        "a@b..c",
                                        "a@b.",
                                        ".a@b"};
  for (const auto& address : bad) {
    CAPTURE(address);
    CHECK_FALSE(is_mail_address(address));
  }
}
