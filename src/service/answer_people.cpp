#include "service/answer_people.hpp"

#include "base/text.hpp"
#include "notify/recipients.hpp"

#include <algorithm>
#include <charconv>
#include <functional>

namespace convoke::service {
namespace {

constexpr int longest_substitution = 8;  // deputies of deputies that are followed

std::optional<Account> account_of(db::Unit& unit, std::string_view who) {
  constexpr std::string_view prefix = "account:";
  if (!who.starts_with(prefix)) return std::nullopt;
  AccountId id;
  const auto end = who.data() + who.size();
  const auto parsed = std::from_chars(who.data() + prefix.size(), end, id.value);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return unit.accounts().find(id);
}

std::optional<Person> person_of(db::Unit& unit, std::string_view who) {
  const auto id = notify::person_of_key(who);
  return id ? unit.people().find(*id) : std::nullopt;
}

// What is asked of one person after another: of whoever is meant, then of those they stand in for.
class Standing {
 public:
  Standing(db::Unit& unit, const Event& event, Date day)
      : event_(event), day_(day), rosters_(unit.rosters().list()), absences_(unit.absences().list()) {
    std::erase_if(absences_, [&](const Absence& one) { return day < one.first || one.last < day; });
  }

  bool is_responsible(const Person& person, const Responsible& one) const {
    if (one.person) return one.person == person.id;
    if (!trim(one.name).empty()) return name_key(one.name) == name_key(person.name);
    const auto post = fold(one.post);
    if (post.empty()) return false;
    const bool of_ours = !person.organisation || person.organisation == event_.organisation;
    if (of_ours && fold(person.post) == post) return true;
    return holds_any(person, [&](const Roster& roster) { return fold(roster.name) == post; });
  }
  bool is_responsible(const Person& person) const {
    return std::any_of(event_.responsible.begin(), event_.responsible.end(),
                       [&](const Responsible& one) { return is_responsible(person, one); });
  }
  bool is_head(const Person& person) const {
    return holds_any(person, [&](const Roster& roster) {
      const bool section = roster.section.empty() || fold(roster.section) == fold(event_.section);
      return roster.duty == Duty::section_head && section;
    });
  }
  bool is_chair(const Person& person) const {
    return holds_any(person, [](const Roster& roster) { return roster.duty == Duty::chair; });
  }

  // `asked` of the person, or of somebody whose deputy they are today.
  bool self_or_deputy(db::Unit& unit, const Person& person, const std::function<bool(const Person&)>& asked,
                      int depth = 0) const {
    if (asked(person)) return true;
    if (depth == longest_substitution) return false;
    return std::any_of(absences_.begin(), absences_.end(), [&](const Absence& one) {
      if (one.deputy != person.id || one.person == person.id) return false;
      const auto away = unit.people().find(one.person);
      return away && self_or_deputy(unit, *away, asked, depth + 1);
    });
  }

 private:
  template<class Fits>
  bool holds_any(const Person& person, Fits fits) const {
    return std::any_of(rosters_.begin(), rosters_.end(), [&](const Roster& roster) {
      const bool ours = !roster.organisation || roster.organisation == event_.organisation;
      return ours && fits(roster) &&
             std::any_of(roster.tenures.begin(), roster.tenures.end(), [&](const Tenure& tenure) {
               return tenure.person == person.id && holds(tenure, day_);
             });
    });
  }

  const Event& event_;
  Date day_;
  std::vector<Roster> rosters_;
  std::vector<Absence> absences_;  // of that day
};

bool keeps_plans(const Account& account, const Event& event) {
  return !account.closed && account.role != AccountRole::member &&
         (!account.organisation || account.organisation == event.organisation);
}

bool person_controls(db::Unit& unit, const Standing& standing, const Event& event, const Person& person) {
  if (standing.self_or_deputy(unit, person, [&](const Person& one) { return standing.is_chair(one); }))
    return true;
  const auto accounts = unit.accounts().list();
  return std::any_of(accounts.begin(), accounts.end(), [&](const Account& account) {
    return account.person == person.id && keeps_plans(account, event);
  });
}

}  // namespace

bool controls(db::Unit& unit, const Event& event, const std::string& who, Date day) {
  if (const auto account = account_of(unit, who)) return keeps_plans(*account, event);
  const auto person = person_of(unit, who);
  return person && person_controls(unit, Standing(unit, event, day), event, *person);
}

bool answers_for(db::Unit& unit, const Event& event, const std::string& who, Date day) {
  const auto person = person_of(unit, who);
  if (!person) return controls(unit, event, who, day);
  const Standing standing(unit, event, day);
  const auto asked = [&](const Person& one) { return standing.is_responsible(one) || standing.is_head(one); };
  return standing.self_or_deputy(unit, *person, asked) || person_controls(unit, standing, event, *person);
}

bool leads(db::Unit& unit, const Event& event, const std::string& who, Date day) {
  const auto person = person_of(unit, who);
  if (!person || event.responsible.empty()) return false;
  const Standing standing(unit, event, day);
  return standing.self_or_deputy(unit, *person, [&](const Person& one) {
    return standing.is_responsible(one, event.responsible.front());
  });
}

std::string name_of_key(db::Unit& unit, const std::string& who) {
  if (const auto person = person_of(unit, who)) return person->name;
  const auto account = account_of(unit, who);
  return account ? account->name : std::string();
}

Language language_of_key(db::Unit& unit, const std::string& who) {
  if (const auto person = person_of(unit, who)) return person->language;
  const auto account = account_of(unit, who);
  return account ? account->language : Language::uk;
}

}  // namespace convoke::service
