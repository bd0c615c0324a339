#include "notify/directory.hpp"

#include "base/text.hpp"
#include "db/unit.hpp"
#include "notify/recipients.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace convoke::notify {
namespace {

constexpr std::array<std::string_view, unreached_count> names = {
    "",           "unknown_person", "namesakes", "unknown_office", "vacant",
    "no_address", "bounced",        "closed",    "no_controller",  "not_a_person"};

constexpr std::array<std::string_view, unreached_count> texts = {
    "",
    "nobody of this name is known",
    "several people of this name",
    "no such office or group",
    "nobody holds it on that day",
    "no address",
    "mail to the address came back",
    "the account is closed",
    "neither a chair nor an organiser is known",
    "not a person",
};

}  // namespace

Directory read_directory(db::Unit& unit) {
  Directory directory;
  directory.people = unit.people().list();
  directory.organisations = unit.organisations().list();
  directory.rosters = unit.rosters().list();
  directory.absences = unit.absences().list();
  directory.accounts = unit.accounts().list();
  directory.troubles = unit.address_troubles().list();
  return directory;
}

std::string_view name_of(Unreached why) {
  return names.at(static_cast<std::size_t>(why));
}

std::string_view text_of(Unreached why) {
  return texts.at(static_cast<std::size_t>(why));
}

Occasion occasion_of(const Event& event, Date day) {
  return {event.organisation, event.section, day};
}

// Pointers go into `directory`, which never changes once this is built.
struct AddressBook::Index {
  template<class Value>
  using ByText = std::unordered_map<std::string, std::vector<const Value*>>;

  Directory directory;
  std::unordered_map<PersonId, const Person*> people;
  ByText<Person> by_name, by_post;
  ByText<Roster> rosters;
  std::unordered_map<std::string, std::vector<OrganisationId>> organisations;
  std::vector<const Roster*> heads, chairs;
  std::unordered_map<PersonId, std::vector<const Absence*>> absences;
  std::unordered_map<AccountId, const Account*> accounts;
  std::unordered_map<PersonId, std::vector<const Account*>> accounts_of;
  std::unordered_set<std::string> troubles;

  explicit Index(Directory facts) : directory(std::move(facts)) {
    for (const auto& person : directory.people) {
      people.emplace(person.id, &person);
      by_name[name_key(person.name)].push_back(&person);
      if (!trim(person.post).empty()) by_post[fold(person.post)].push_back(&person);
    }
    for (const auto& one : directory.organisations) organisations[fold(one.name)].push_back(one.id);
    for (const auto& roster : directory.rosters) {
      rosters[fold(roster.name)].push_back(&roster);
      if (roster.duty == Duty::section_head) heads.push_back(&roster);
      if (roster.duty == Duty::chair) chairs.push_back(&roster);
    }
    for (const auto& absence : directory.absences) absences[absence.person].push_back(&absence);
    for (const auto& account : directory.accounts) {
      accounts.emplace(account.id, &account);
      if (account.person && !account.closed) accounts_of[account.person].push_back(&account);
    }
    for (const auto& trouble : directory.troubles) troubles.insert(to_lower(trouble.address));
  }

  template<class Map, class Key>
  static auto at(const Map& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? typename Map::mapped_type{} : found->second;
  }

  bool away(PersonId person, Date day) const {
    const auto found = absences.find(person);
    if (found == absences.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(),
                       [&](const Absence* one) { return one->first <= day && day <= one->last; });
  }

  // Where mail reaches this person; otherwise why it does not.
  std::pair<std::string, Unreached> address_of(const Person& person) const {
    auto why = Unreached::no_address;
    const auto usable = [&](const std::string& address) {
      if (!is_mail_address(address)) return false;
      if (!troubles.contains(to_lower(address))) return true;
      why = Unreached::bounced;
      return false;
    };
    if (usable(person.email)) return {person.email, Unreached::none};
    for (const Account* account : at(accounts_of, person.id))
      if (usable(account->login)) return {account->login, Unreached::none};
    return {std::string(), why};
  }

  // The nearest deputy of somebody on leave who is there and can be reached. Deputies of one step are asked
  // in the order of their days; nobody is asked twice, so that a circle ends.
  std::optional<PersonId> deputy_of(PersonId who, Date day) const {
    std::vector<PersonId> step = {who};
    std::unordered_set<PersonId> asked = {who};
    for (int steps = 0; steps < longest_substitution && !step.empty(); ++steps) {
      std::vector<PersonId> next;
      for (const PersonId away_one : step)
        for (const Absence* absence : at(absences, away_one)) {
          if (day < absence->first || absence->last < day || !asked.insert(absence->deputy).second) continue;
          const auto deputy = people.find(absence->deputy);
          if (deputy == people.end()) continue;
          if (away(absence->deputy, day))
            next.push_back(absence->deputy);
          else if (address_of(*deputy->second).second == Unreached::none)
            return absence->deputy;
        }
      step = std::move(next);
    }
    return std::nullopt;
  }
};

namespace {

// The associations that may be meant, nearest first; an absent one is any.
using Scopes = std::vector<std::optional<OrganisationId>>;

Scopes scopes_of(OrganisationId organisation) {
  if (!organisation) return {std::nullopt};
  return {organisation, OrganisationId{}};
}

bool within(OrganisationId organisation, const std::optional<OrganisationId>& scope) {
  return !scope || *scope == organisation;
}

}  // namespace

// One question to the book, being answered.
class AddressBook::Question {
 public:
  Question(const Index& index, const Occasion& occasion) : index_(index), occasion_(occasion) {}

  Addressees answer(std::string_view key) {
    constexpr std::string_view name_prefix = "name:", post_prefix = "post:";
    if (const auto person = person_of_key(key))
      add_known(*person);
    else if (const auto account = account_of_key(key))
      add_account(*account);
    else if (key.starts_with(name_prefix))
      add_named(std::string(key.substr(name_prefix.size())));
    else if (key.starts_with(post_prefix))
      add_office(key.substr(post_prefix.size()));
    else if (key == section_head_key)
      add_section_head();
    else if (key == chair_key)
      add_chair();
    else
      nobody_ = Unreached::not_a_person;
    return finished();
  }

 private:
  bool reached() const { return !found_.to.empty(); }

  void add_known(PersonId id) {
    const auto person = index_.people.find(id);
    if (person == index_.people.end())
      nobody_ = Unreached::unknown_person;
    else
      add(*person->second);
  }

  // The person or, while they are on leave, whoever stands in for them.
  void add(const Person& person) {
    if (index_.away(person.id, occasion_.day)) {
      if (const auto deputy = index_.deputy_of(person.id, occasion_.day)) {
        const Person& other = *index_.people.at(*deputy);
        add_mail(other, index_.address_of(other).first, person.id);
        return;
      }
    }
    auto [address, why] = index_.address_of(person);
    if (why == Unreached::none)
      add_mail(person, std::move(address), {});
    else if (missed_.insert(person.id).second)
      found_.missed.push_back({person, why});
  }

  void add_mail(const Person& person, std::string address, PersonId stands_in_for) {
    const auto known = std::find_if(found_.to.begin(), found_.to.end(),
                                    [&](const Addressee& one) { return one.person.id == person.id; });
    if (known != found_.to.end()) {
      if (!stands_in_for) known->stands_in_for = {};  // meant by themself, too
      return;
    }
    if (account_addresses_.contains(to_lower(address))) return;
    addresses_.insert(to_lower(address));
    Addressee one{person_key(person.id), person, stands_in_for};
    one.person.email = std::move(address);
    found_.to.push_back(std::move(one));
  }

  void add_account(AccountId id) {
    const auto account = index_.accounts.find(id);
    if (account == index_.accounts.end())
      nobody_ = Unreached::unknown_person;
    else
      add_account(*account->second);
  }

  void add_account(const Account& account) {
    if (account.closed) {
      nobody_ = Unreached::closed;
      return;
    }
    const auto person = index_.people.find(account.person);
    if (person != index_.people.end()) {
      add(*person->second);
      return;
    }
    Person holder;
    holder.name = account.name;
    holder.email = account.login;
    holder.organisation = account.organisation;
    holder.language = account.language;
    const auto [address, why] = index_.address_of(holder);
    if (why != Unreached::none) {
      found_.missed.push_back({holder, why});
      return;
    }
    if (!addresses_.insert(to_lower(address)).second) return;
    account_addresses_.insert(to_lower(address));
    found_.to.push_back({account_key(account.id), std::move(holder), {}});
  }

  void add_named(const std::string& name) {
    const auto named = index_.by_name.find(name);
    if (named == index_.by_name.end()) {
      nobody_ = Unreached::unknown_person;
      return;
    }
    for (const auto& scope : scopes_of(occasion_.organisation)) {
      std::vector<const Person*> here;
      std::copy_if(named->second.begin(), named->second.end(), std::back_inserter(here),
                   [&](const Person* one) { return within(one->organisation, scope); });
      if (here.empty()) continue;
      if (here.size() > 1)
        nobody_ = Unreached::namesakes;
      else
        add(*here.front());
      return;
    }
    nobody_ = Unreached::unknown_person;
  }

  // "рада об'єднання" or "методист|центр освіти", folded.
  void add_office(std::string_view text) {
    const auto bar = text.find('|');
    const std::string post(text.substr(0, bar));
    if (bar == std::string_view::npos) {
      add_office(post, scopes_of(occasion_.organisation));
      return;
    }
    const std::string organisation(text.substr(bar + 1));
    const auto named = index_.organisations.find(organisation);
    if (named != index_.organisations.end())
      add_office(post, Scopes(named->second.begin(), named->second.end()));
    else if (!add_filled_rosters(post + " " + organisation, scopes_of(occasion_.organisation)))
      nobody_ = Unreached::unknown_office;
  }

  void add_office(const std::string& post, const Scopes& scopes) {
    if (!add_filled_rosters(post, scopes)) add_people_with_post(post, scopes);
  }

  // False when no roster of that name was ever filled.
  bool add_filled_rosters(const std::string& post, const Scopes& scopes) {
    const auto named = index_.rosters.find(post);
    if (named == index_.rosters.end()) return false;
    for (const auto& scope : scopes) {
      bool filled = false;
      for (const Roster* roster : named->second) {
        if (!within(roster->organisation, scope) || roster->tenures.empty()) continue;
        filled = true;
        add_members(*roster);
      }
      if (!filled) continue;
      nobody_ = Unreached::vacant;
      return true;
    }
    return false;
  }

  void add_people_with_post(const std::string& post, const Scopes& scopes) {
    nobody_ = Unreached::unknown_office;
    const auto known = index_.by_post.find(post);
    if (known == index_.by_post.end()) return;
    for (const Person* person : known->second)
      if (std::any_of(scopes.begin(), scopes.end(),
                      [&](const auto& scope) { return within(person->organisation, scope); }))
        add(*person);
  }

  void add_members(const Roster& roster) {
    for (const auto& tenure : roster.tenures) {
      if (!holds(tenure, occasion_.day)) continue;
      const auto person = index_.people.find(tenure.person);
      if (person != index_.people.end()) add(*person->second);
    }
  }

  template<class Fits>
  void add_watching(const std::vector<const Roster*>& rosters, Fits fits) {
    for (const auto& scope : scopes_of(occasion_.organisation)) {
      for (const Roster* roster : rosters)
        if (within(roster->organisation, scope) && fits(*roster)) add_members(*roster);
      if (reached()) return;
    }
  }

  void add_section_head() {
    const std::string section = fold(occasion_.section);
    if (!section.empty())
      add_watching(index_.heads, [&](const Roster& one) { return fold(one.section) == section; });
    if (!reached()) add_watching(index_.heads, [](const Roster& one) { return trim(one.section).empty(); });
    if (!reached()) add_chair();
  }

  void add_chair() {
    nobody_ = Unreached::no_controller;
    add_watching(index_.chairs, [](const Roster&) { return true; });
    auto scopes = scopes_of(occasion_.organisation);
    for (const auto& scope : scopes) {
      if (reached()) return;
      for (const auto& account : index_.directory.accounts)
        if (!account.closed && account.role >= AccountRole::organiser && within(account.organisation, scope))
          add_account(account);
    }
  }

  Addressees finished() {
    if (found_.to.empty()) found_.why = found_.missed.empty() ? nobody_ : found_.missed.front().why;
    // People by number, then accounts.
    const auto order = [](const Addressee& one) { return std::pair(!one.person.id, one.person.id); };
    std::stable_sort(found_.to.begin(), found_.to.end(),
                     [&](const Addressee& a, const Addressee& b) { return order(a) < order(b); });
    std::stable_sort(found_.missed.begin(), found_.missed.end(),
                     [](const Missed& a, const Missed& b) { return a.person.id < b.person.id; });
    return std::move(found_);
  }

  const Index& index_;
  const Occasion& occasion_;
  Addressees found_;
  Unreached nobody_ = Unreached::unknown_person;
  std::unordered_set<PersonId> missed_;
  std::unordered_set<std::string> addresses_, account_addresses_;
};

AddressBook::AddressBook(Directory directory) : index_(std::make_unique<const Index>(std::move(directory))) {}
AddressBook::~AddressBook() = default;
AddressBook::AddressBook(AddressBook&&) noexcept = default;
AddressBook& AddressBook::operator=(AddressBook&&) noexcept = default;

Addressees AddressBook::resolve(std::string_view key, const Occasion& occasion) const {
  return Question(*index_, occasion).answer(key);
}

Unreached AddressBook::trouble_of(const Person& person) const {
  return index_->address_of(person).second;
}

const Directory& AddressBook::directory() const {
  return index_->directory;
}

}  // namespace convoke::notify
