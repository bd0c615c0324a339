// Who a mail reaches on a day. People, offices and their days are invented.
#include "notify/directory.hpp"

#include "notify/recipients.hpp"
#include "tests/notify/samples.hpp"
#include "tests/support/catch.hpp"

using namespace convoke;
using namespace convoke::notify;
using namespace convoke::notify::samples;

namespace {

constexpr OrganisationId council{1}, other_council{2};

Date day(unsigned number) {
  return make_date(2026, 3, number);
}

// A small association. Person N has the address pN@example.org unless said otherwise.
class World {
 public:
  Directory directory;

  World() {
    for (const auto& [id, name] :
         {std::pair{council, "Рада Липової громади"}, std::pair{other_council, "Рада Вишневої громади"}}) {
      Organisation one;
      one.id = id;
      one.name = name;
      directory.organisations.push_back(one);
    }
  }

  Person& person(std::int64_t id, std::string name, OrganisationId organisation = council) {
    Person one;
    one.id = PersonId{id};
    one.name = std::move(name);
    one.organisation = organisation;
    one.email = "p" + std::to_string(id) + "@example.org";
    directory.people.push_back(std::move(one));
    return directory.people.back();
  }

  void people(std::int64_t last) {
    for (std::int64_t id = 1; id <= last; ++id) person(id, "Людина " + std::to_string(id));
  }

  Person& of(std::int64_t id) {
    for (auto& one : directory.people)
      if (one.id.value == id) return one;
    throw std::out_of_range("nobody");
  }

  Roster& roster(RosterKind kind, std::string name, std::vector<Tenure> tenures, Duty duty = Duty::none) {
    Roster one;
    one.id = RosterId{static_cast<std::int64_t>(directory.rosters.size()) + 1};
    one.organisation = council;
    one.kind = kind;
    one.name = std::move(name);
    one.duty = duty;
    one.tenures = std::move(tenures);
    directory.rosters.push_back(std::move(one));
    return directory.rosters.back();
  }

  void leave(std::int64_t who, Date first, Date last, std::int64_t deputy = 0) {
    directory.absences.push_back({AbsenceId{static_cast<std::int64_t>(directory.absences.size()) + 1},
                                  PersonId{who}, first, last, PersonId{deputy}});
  }

  Account& account(std::int64_t id, std::string login, AccountRole role,
                   OrganisationId organisation = council) {
    Account one;
    one.id = AccountId{id};
    one.login = std::move(login);
    one.name = "Обліковий запис " + std::to_string(id);
    one.role = role;
    one.organisation = organisation;
    directory.accounts.push_back(std::move(one));
    return directory.accounts.back();
  }

  void bounce(std::string address) {
    AddressTrouble trouble;
    trouble.address = std::move(address);
    directory.troubles.push_back(std::move(trouble));
  }

  Addressees ask(std::string_view key, Date on = day(10), std::string section = {},
                 OrganisationId organisation = council) const {
    return AddressBook(directory).resolve(key, {organisation, std::move(section), on});
  }
};

Tenure tenure(std::int64_t person, std::optional<Date> first = {}, std::optional<Date> last = {}) {
  return {PersonId{person}, first, last};
}

using Keys = std::vector<std::string>;

Keys keys(const Addressees& found) {
  Keys all;
  for (const auto& one : found.to) all.push_back(one.key);
  return all;
}

std::vector<std::pair<std::int64_t, Unreached>> missed(const Addressees& found) {
  std::vector<std::pair<std::int64_t, Unreached>> all;
  for (const auto& one : found.missed) all.emplace_back(one.person.id.value, one.why);
  return all;
}

}  // namespace

TEST_CASE("an office's mail goes to whoever holds it on the day it is sent") {
  World world;
  world.people(3);
  world.roster(RosterKind::office, "Голова  ради",
               {tenure(1, {}, day(9)), tenure(2, day(10), day(20)), tenure(3, day(22))});
  struct Row {
    unsigned day;
    Keys expected;
  };
  for (const auto& row : {Row{1, {"person:1"}}, Row{9, {"person:1"}}, Row{10, {"person:2"}},
                          Row{20, {"person:2"}}, Row{21, {}}, Row{22, {"person:3"}}}) {
    CAPTURE(row.day);
    const auto found = world.ask("post:голова ради", day(row.day));
    CHECK(keys(found) == row.expected);
    CHECK(found.why == (row.expected.empty() ? Unreached::vacant : Unreached::none));
  }
}

TEST_CASE("a group's mail goes to each member of that day once") {
  World world;
  world.people(4);
  world.roster(RosterKind::group, "Творча група",
               {tenure(3), tenure(1, {}, day(9)), tenure(2, day(11)), tenure(4, day(1), day(30)), tenure(3)});
  CHECK(keys(world.ask("post:творча група", day(9))) == Keys{"person:1", "person:3", "person:4"});
  CHECK(keys(world.ask("post:творча група", day(10))) == Keys{"person:3", "person:4"});
  CHECK(keys(world.ask("post:творча група", day(11))) == Keys{"person:2", "person:3", "person:4"});
}

TEST_CASE("a member without an address is named while the others are reached") {
  World world;
  world.people(3);
  world.of(2).email.clear();
  world.bounce("P3@Example.org");
  world.roster(RosterKind::group, "Журі", {tenure(1), tenure(2), tenure(3)});
  const auto found = world.ask("post:журі");
  CHECK(keys(found) == Keys{"person:1"});
  CHECK(found.why == Unreached::none);
  CHECK(missed(found) ==
        std::vector<std::pair<std::int64_t, Unreached>>{{2, Unreached::no_address}, {3, Unreached::bounced}});
}

TEST_CASE("a former holder whose post still says so gets nothing") {
  World world;
  world.people(2);
  world.of(1).post = world.of(2).post = "Директор";
  CHECK(keys(world.ask("post:директор")) == Keys{"person:1", "person:2"});
  world.roster(RosterKind::office, "директор", {});
  CHECK(keys(world.ask("post:директор")) == Keys{"person:1", "person:2"});  // nobody was entered yet
  world.directory.rosters.back().tenures = {tenure(2, day(1))};
  CHECK(keys(world.ask("post:директор", day(10))) == Keys{"person:2"});
}

TEST_CASE("an office of another association is never meant") {
  World world;
  world.person(1, "Липа А.А.").post = "методист";
  world.person(2, "Вишня Б.Б.", other_council).post = "методист";
  world.person(3, "Дуб В.В.", {}).post = "методист";
  CHECK(keys(world.ask("post:методист")) == Keys{"person:1", "person:3"});
  CHECK(keys(world.ask("post:методист|рада вишневої громади")) == Keys{"person:2"});
  CHECK(world.ask("post:методист|інша рада").why == Unreached::unknown_office);
  CHECK(keys(world.ask("post:методист", day(1), {}, {})) == Keys{"person:1", "person:2", "person:3"});
  world.roster(RosterKind::office, "методист", {tenure(2)}).organisation = other_council;
  CHECK(keys(world.ask("post:методист")) == Keys{"person:1", "person:3"});
  world.roster(RosterKind::office, "методист", {tenure(3)}).organisation = {};
  CHECK(keys(world.ask("post:методист")) == Keys{"person:3"});
  world.roster(RosterKind::office, "методист", {tenure(1)});
  CHECK(keys(world.ask("post:методист")) == Keys{"person:1"});
}

TEST_CASE("a name is looked for at home first and two of one name get nothing") {
  World world;
  world.person(1, "Мороз Т.В.");
  world.person(2, "Мороз Т. В.", {});
  world.person(3, "Мороз Т.В.", other_council);
  CHECK(keys(world.ask("name:" + name_key("Т.В. Мороз"))) == Keys{"person:1"});
  world.of(1).organisation = other_council;
  CHECK(keys(world.ask("name:" + name_key("Мороз Т.В."))) == Keys{"person:2"});
  world.of(1).organisation = OrganisationId{};
  CHECK(world.ask("name:" + name_key("Мороз Т.В.")).why == Unreached::namesakes);
  world.of(1).organisation = world.of(2).organisation = other_council;
  CHECK(world.ask("name:" + name_key("Мороз Т.В.")).why == Unreached::unknown_person);
}

TEST_CASE("while somebody is on leave their deputy gets the mail") {
  World world;
  world.people(3);
  world.leave(1, day(10), day(12), 2);
  CHECK(keys(world.ask("person:1", day(9))) == Keys{"person:1"});
  const auto found = world.ask("person:1", day(10));
  CHECK(keys(found) == Keys{"person:2"});
  CHECK(found.to.front().stands_in_for == PersonId{1});
  CHECK(found.to.front().person.email == "p2@example.org");
  CHECK(keys(world.ask("person:1", day(12))) == Keys{"person:2"});
  CHECK(keys(world.ask("person:1", day(13))) == Keys{"person:1"});
}

TEST_CASE("an absent person without a deputy still gets the mail") {
  World world;
  world.people(2);
  world.leave(1, day(1), day(31));
  CHECK(keys(world.ask("person:1")) == Keys{"person:1"});
  world.leave(1, day(9), day(11), 2);  // two leaves overlap: the one with a deputy counts
  CHECK(keys(world.ask("person:1")) == Keys{"person:2"});
}

TEST_CASE("an absent deputy passes the mail on and at last it goes to the person") {
  World world;
  world.people(5);
  world.leave(1, day(1), day(31), 2);
  world.leave(2, day(1), day(31), 3);
  CHECK(keys(world.ask("person:1")) == Keys{"person:3"});
  world.leave(3, day(5), day(15));
  CHECK(keys(world.ask("person:1")) == Keys{"person:1"});
  world.leave(2, day(10), day(10), 4);  // a second deputy of the deputy
  CHECK(keys(world.ask("person:1")) == Keys{"person:4"});
  CHECK(keys(world.ask("person:1", day(11))) == Keys{"person:1"});
}

TEST_CASE("deputies who stand in for each other do not go round for ever") {
  World world;
  world.people(3);
  world.leave(1, day(1), day(31), 2);
  world.leave(2, day(1), day(31), 3);
  world.leave(3, day(1), day(31), 1);
  for (const std::string key : {"person:1", "person:2", "person:3"}) CHECK(keys(world.ask(key)) == Keys{key});
  world.leave(3, day(1), day(31), 3);
  CHECK(keys(world.ask("person:3")) == Keys{"person:3"});
}

TEST_CASE("a chain of deputies is followed so far and no farther") {
  World world;
  world.people(longest_substitution + 2);
  for (int i = 1; i < longest_substitution; ++i) world.leave(i, day(1), day(31), i + 1);
  world.leave(longest_substitution, day(1), day(31), longest_substitution + 1);
  CHECK(keys(world.ask("person:1")) == Keys{"person:" + std::to_string(longest_substitution + 1)});
  world.leave(longest_substitution + 1, day(1), day(31), longest_substitution + 2);
  CHECK(keys(world.ask("person:1")) == Keys{"person:1"});
  CHECK(keys(world.ask("person:2")) == Keys{"person:" + std::to_string(longest_substitution + 2)});
}

TEST_CASE("a deputy whom no mail reaches is no deputy") {
  World world;
  world.people(3);
  world.of(2).email.clear();
  world.leave(1, day(1), day(31), 2);
  CHECK(keys(world.ask("person:1")) == Keys{"person:1"});
  world.of(1).email.clear();
  CHECK(missed(world.ask("person:1")) ==
        std::vector<std::pair<std::int64_t, Unreached>>{{1, Unreached::no_address}});
  world.of(2).email = "p2@example.org";
  CHECK(keys(world.ask("person:1")) == Keys{"person:2"});  // the deputy helps where an address is missing
}

TEST_CASE("a deputy who is a member too gets one mail as themself") {
  World world;
  world.people(2);
  world.leave(1, day(1), day(31), 2);
  world.roster(RosterKind::group, "Журі", {tenure(1), tenure(2)});
  const auto found = world.ask("post:журі");
  CHECK(keys(found) == Keys{"person:2"});
  CHECK(!found.to.front().stands_in_for);
}

TEST_CASE("an address that mail came back from is out of reach with a reason of its own") {
  World world;
  world.people(1);
  world.bounce("p1@example.org");
  CHECK(world.ask("person:1").why == Unreached::bounced);
  world.account(4, "another@example.org", AccountRole::member).person = PersonId{1};
  const auto found = world.ask("person:1");
  CHECK(keys(found) == Keys{"person:1"});
  CHECK(found.to.front().person.email == "another@example.org");
  world.directory.accounts.back().closed = Instant{};
  CHECK(world.ask("person:1").why == Unreached::bounced);
}

TEST_CASE("the head of a section hears of its work and otherwise the chair does") {
  World world;
  world.people(4);
  world.roster(RosterKind::office, "Завідувач методичного відділу", {tenure(1)}, Duty::section_head).section =
      "Методична  робота";
  world.roster(RosterKind::office, "Заступник голови", {tenure(2)}, Duty::section_head);
  world.roster(RosterKind::office, "Голова", {tenure(3)}, Duty::chair);
  CHECK(keys(world.ask("duty:section_head", day(1), "методична робота")) == Keys{"person:1"});
  CHECK(keys(world.ask("duty:section_head", day(1), "Конкурси")) == Keys{"person:2"});
  CHECK(keys(world.ask("duty:section_head", day(1))) == Keys{"person:2"});
  CHECK(keys(world.ask("duty:chair")) == Keys{"person:3"});
  world.of(1).email.clear();
  const auto found = world.ask("duty:section_head", day(1), "Методична робота");
  CHECK(keys(found) == Keys{"person:2"});
  CHECK(missed(found).size() == 1);
  world.directory.rosters.erase(world.directory.rosters.begin() + 1);
  CHECK(keys(world.ask("duty:section_head", day(1), "Методична робота")) == Keys{"person:3"});
  CHECK(world.ask("duty:chair", day(1), {}, other_council).why == Unreached::no_controller);
}

TEST_CASE("without a chair the accounts that control get what is for the chair") {
  World world;
  world.people(2);
  world.account(5, "organiser@example.org", AccountRole::organiser);
  world.account(6, "member@example.org", AccountRole::member);
  world.account(7, "closed@example.org", AccountRole::administrator).closed = Instant{};
  world.account(8, "all@example.org", AccountRole::administrator, {});
  world.account(9, "neighbour@example.org", AccountRole::organiser, other_council);
  world.account(10, "P2@example.org", AccountRole::organiser).person = PersonId{2};
  CHECK(keys(world.ask("duty:chair")) == Keys{"person:2", "account:5"});
  world.roster(RosterKind::office, "Голова", {tenure(1, {}, day(9))}, Duty::chair);
  CHECK(keys(world.ask("duty:chair", day(9))) == Keys{"person:1"});
  CHECK(keys(world.ask("duty:chair", day(10))) == Keys{"person:2", "account:5"});
  for (auto& account : world.directory.accounts)
    if (account.organisation == council) account.closed = Instant{};
  CHECK(keys(world.ask("duty:chair")) == Keys{"account:8"});
}

TEST_CASE("an account is reached by its login and a person who is one gets no second mail") {
  World world;
  world.people(1);
  world.account(5, "organiser@example.org", AccountRole::organiser).language = Language::be;
  const auto found = world.ask("account:5");
  REQUIRE(keys(found) == Keys{"account:5"});
  CHECK(found.to.front().person.email == "organiser@example.org");
  CHECK(found.to.front().person.language == Language::be);
  CHECK(!found.to.front().person.id);
  world.account(6, "p1@example.org", AccountRole::organiser);
  world.account(7, "else@example.org", AccountRole::organiser).person = PersonId{1};
  CHECK(keys(world.ask("duty:chair")) == Keys{"account:5", "account:6"});  // person 1 has the address of 6
  world.directory.accounts[0].closed = Instant{};
  CHECK(world.ask("account:5").why == Unreached::closed);
  CHECK(world.ask("account:77").why == Unreached::unknown_person);
}

TEST_CASE("a key that stands for no person says so") {
  World world;
  world.people(1);
  for (const std::string key : {"", "subscriber:4", "hook:3", "person:x", "duty:cook", "chair"}) {
    CAPTURE(key);
    CHECK(world.ask(key).why == Unreached::not_a_person);
  }
  CHECK(world.ask("person:2").why == Unreached::unknown_person);
  CHECK(world.ask("post:рада").why == Unreached::unknown_office);
  CHECK(world.ask("name:рада").why == Unreached::unknown_person);
}

TEST_CASE("every reason has a name and a text of its own") {
  std::vector<std::string_view> all;
  for (std::size_t i = 0; i < unreached_count; ++i) {
    all.push_back(name_of(static_cast<Unreached>(i)));
    all.push_back(text_of(static_cast<Unreached>(i)));
  }
  CHECK(std::count(all.begin(), all.end(), "") == 2);
  std::sort(all.begin(), all.end());
  CHECK(std::unique(all.begin(), all.end()) == all.end() - 1);
}
