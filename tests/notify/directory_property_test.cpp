// Random directories: whatever offices, groups, leave, bounces and accounts there are, what must never happen
// does not. A checker of its own says so, and is shown to see each fault.
#include "notify/directory.hpp"
#include "notify/recipients.hpp"
#include "tests/support/catch.hpp"

#include <ctime>
#include <iostream>
#include <random>
#include <set>

using namespace convoke;
using namespace convoke::notify;

namespace {

constexpr OrganisationId home{1}, elsewhere{2};
const Date today = make_date(2026, 3, 10);

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(engine_); }
  bool one_in(int chances) { return below(chances) == 0; }
  std::optional<Date> day() {
    return one_in(3) ? std::nullopt : std::optional(add_days(today, below(21) - 10));
  }

 private:
  std::mt19937 engine_;
};

const std::vector<std::string> posts = {"директор", "методист", "рада", "журі"};

Directory random_directory(Dice& dice) {
  Directory all;
  const int people = 2 + dice.below(12);
  for (int id = 1; id <= people; ++id) {
    Person one;
    one.id = PersonId{id};
    one.name = "Людина " + std::to_string(dice.below(people)) + ".";
    one.organisation = dice.one_in(5) ? OrganisationId{} : dice.one_in(5) ? elsewhere : home;
    if (!dice.one_in(4)) one.email = "p" + std::to_string(id) + "@example.org";
    if (dice.one_in(6)) one.email = "no address";
    if (dice.one_in(2)) one.post = posts[static_cast<std::size_t>(dice.below(4))];
    if (dice.one_in(6)) all.troubles.push_back({one.email, {}, "5.1.1", ""});
    all.people.push_back(one);
  }
  for (int id = 1; id <= dice.below(8); ++id) {
    const Date first = add_days(today, dice.below(9) - 6);
    all.absences.push_back({AbsenceId{id}, PersonId{1 + dice.below(people)}, first,
                            add_days(first, dice.below(8)), PersonId{dice.below(people + 1)}});
  }
  for (int id = 1; id <= dice.below(6); ++id) {
    Roster one;
    one.id = RosterId{id};
    one.organisation = dice.one_in(4) ? OrganisationId{} : home;
    one.kind = dice.one_in(2) ? RosterKind::office : RosterKind::group;
    one.name = posts[static_cast<std::size_t>(dice.below(4))];
    one.duty = static_cast<Duty>(dice.below(3));
    if (dice.one_in(2)) one.section = "Розділ";
    for (int i = dice.below(6); i > 0; --i)
      one.tenures.push_back({PersonId{1 + dice.below(people)}, dice.day(), dice.day()});
    all.rosters.push_back(one);
  }
  for (int id = 1; id <= dice.below(5); ++id) {
    Account one;
    one.id = AccountId{id};
    one.login = dice.one_in(2) ? "p" + std::to_string(1 + dice.below(people)) + "@example.org"
                               : "a" + std::to_string(id) + "@example.org";
    one.role = static_cast<AccountRole>(dice.below(3));
    one.organisation = dice.one_in(2) ? OrganisationId{} : home;
    if (dice.one_in(2)) one.person = PersonId{1 + dice.below(people)};
    if (dice.one_in(5)) one.closed = Instant{};
    all.accounts.push_back(one);
  }
  return all;
}

std::vector<std::string> keys_of(const Directory& all) {
  std::vector<std::string> keys = {"duty:chair", "duty:section_head", "person:99", "name:ніхто"};
  for (const auto& post : posts) keys.push_back("post:" + post);
  for (const auto& one : all.people) {
    keys.push_back(person_key(one.id));
    keys.push_back("name:" + name_key(one.name));
  }
  for (const auto& one : all.accounts) keys.push_back(account_key(one.id));
  return keys;
}

bool away(const Directory& all, PersonId who) {
  return std::any_of(all.absences.begin(), all.absences.end(), [&](const Absence& one) {
    return one.person == who && one.first <= today && today <= one.last;
  });
}

bool bounced(const Directory& all, const std::string& address) {
  return std::any_of(all.troubles.begin(), all.troubles.end(),
                     [&](const AddressTrouble& one) { return one.address == address; });
}

bool reachable(const Directory& all, PersonId who) {
  const auto usable = [&](const std::string& address) {
    return is_mail_address(address) && !bounced(all, address);
  };
  for (const auto& one : all.people)
    if (one.id == who && usable(one.email)) return true;
  return std::any_of(all.accounts.begin(), all.accounts.end(), [&](const Account& one) {
    return one.person == who && !one.closed && usable(one.login);
  });
}

// Whether somebody who is there and reachable stands in directly for one on leave.
bool has_present_deputy(const Directory& all, PersonId who) {
  return std::any_of(all.absences.begin(), all.absences.end(), [&](const Absence& one) {
    return one.person == who && one.first <= today && today <= one.last && one.deputy &&
           !away(all, one.deputy) && reachable(all, one.deputy);
  });
}

// What is wrong with an answer; empty when nothing is.
std::string fault(const Directory& all, const Addressees& found) {
  std::set<std::string> keys, lone_addresses, addresses;
  for (const auto& one : found.to) {
    if (!keys.insert(one.key).second) return "twice";
    if (!is_mail_address(one.person.email) || bounced(all, one.person.email)) return "no address";
    if (one.person.id && away(all, one.person.id) && has_present_deputy(all, one.person.id)) return "away";
    if (one.stands_in_for && !away(all, one.stands_in_for)) return "stands in for one who is there";
    (one.person.id ? addresses : lone_addresses).insert(one.person.email);
  }
  for (const auto& address : lone_addresses)
    if (addresses.contains(address)) return "an account twice";
  if (found.to.empty() == (found.why == Unreached::none)) return "no reason";
  for (const auto& one : found.missed)
    if (one.why == Unreached::none || keys.contains(person_key(one.person.id)))
      return "missed though reached";
  return {};
}

}  // namespace

TEST_CASE("in random directories nobody gets two mails and nobody on leave or without an address gets one") {
  long answers = 0, reached = 0, deputies = 0;
  for (unsigned seed = 1; seed <= 3'000; ++seed) {
    Dice dice(seed);
    const auto all = random_directory(dice);
    const AddressBook book(all);
    for (const auto& key : keys_of(all)) {
      const auto found = book.resolve(key, {home, dice.one_in(2) ? "Розділ" : "", today});
      CAPTURE(seed, key);
      const auto wrong = fault(all, found);
      if (!wrong.empty()) FAIL(wrong);
      ++answers;
      reached += found.reached() ? 1 : 0;
      for (const auto& one : found.to) deputies += one.stands_in_for ? 1 : 0;
    }
  }
  CHECK(answers > 30'000);
  CHECK(reached > answers / 5);
  CHECK(deputies > 500);
}

TEST_CASE("each fault of an answer about people is seen") {
  Directory all;
  Person one, two;
  one.id = PersonId{1};
  one.email = "p1@example.org";
  two.id = PersonId{2};
  two.email = "p2@example.org";
  all.people = {one, two};
  all.absences = {{AbsenceId{1}, one.id, today, today, two.id}};
  Addressees found;
  CHECK(fault(all, found) == "no reason");
  found.to = {{"person:2", two, {}}};
  CHECK(fault(all, found).empty());
  found.to.push_back(found.to.front());
  CHECK(fault(all, found) == "twice");
  found.to = {{"person:1", one, {}}};
  CHECK(fault(all, found) == "away");
  two.email.clear();
  found.to = {{"person:2", two, {}}};
  CHECK(fault(all, found) == "no address");
  two.email = "p2@example.org";
  found.to = {{"person:2", two, two.id}};
  CHECK(fault(all, found) == "stands in for one who is there");
  Person account;
  account.email = two.email;
  found.to = {{"person:2", two, {}}, {"account:1", account, {}}};
  CHECK(fault(all, found) == "an account twice");
  found.to = {{"person:2", two, {}}};
  found.missed = {{two, Unreached::no_address}};
  CHECK(fault(all, found) == "missed though reached");
}

// The bound is far above what any machine here needs; the figures are printed.
TEST_CASE("a directory of thousands is indexed once and asked cheaply") {
  Directory all;
  for (int id = 1; id <= 5'000; ++id) {
    Person one;
    one.id = PersonId{id};
    one.name = "Людина" + std::to_string(id) + " О.П.";
    one.email = "p" + std::to_string(id) + "@example.org";
    one.post = "Бібліотекар " + std::to_string(id % 400);
    one.organisation = home;
    all.people.push_back(one);
    if (id % 10 == 0) all.absences.push_back({AbsenceId{id}, one.id, today, today, PersonId{id - 1}});
  }
  const auto begin = std::clock();
  const AddressBook book(all);
  const auto built = std::clock();
  std::size_t reached = 0;
  for (int id = 1; id <= 5'000; ++id) {
    reached += book.resolve(person_key(PersonId{id}), {home, "", today}).to.size();
    reached += book.resolve("post:бібліотекар " + std::to_string(id % 400), {home, "", today}).to.size();
  }
  const auto asked = std::clock();
  const auto micros = [](std::clock_t span) {
    return static_cast<long>(span) * 1'000 / (CLOCKS_PER_SEC / 1'000);
  };
  std::cout << "5,000 people, processor time: index " << micros(built - begin) << " us, 10,000 questions "
            << micros(asked - built) << " us\n";
  CHECK(reached > 60'000);
  CHECK(micros(asked - begin) < 30'000'000);
}
