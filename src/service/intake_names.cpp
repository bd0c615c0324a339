#include "service/intake_names.hpp"

#include "base/text.hpp"
#include "model/person.hpp"
#include "service/event_store.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

struct NameParts {
  std::string surname, initials;
};

std::vector<std::string> letters_of(std::string_view text) {
  std::vector<std::string> letters;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0) == 0x80) ++next;
    letters.emplace_back(text.substr(at, next - at));
    at = next;
  }
  return letters;
}

std::string first_letter(std::string_view word) {
  const auto letters = letters_of(word.substr(0, 4));
  return letters.empty() ? std::string() : letters.front();
}

NameParts parts_of(std::string_view name) {
  const std::string key = name_key(name);
  const auto words = split(key, ' ');
  NameParts parts{std::string(words.front()), {}};
  // "Гайко Валентина Ивановна" has the initials of "Гайко В.И.".
  for (std::size_t i = 1; i < words.size(); ++i)
    parts.initials += words[i].ends_with('.') ? std::string(words[i]) : first_letter(words[i]) + ".";
  return parts;
}

// Levenshtein's distance in letters.
std::size_t distance(std::string_view a, std::string_view b) {
  const auto left = letters_of(a), right = letters_of(b);
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row.back();
}

bool are_initials_alike(const std::string& a, const std::string& b) {
  if (a.starts_with(b) || b.starts_with(a)) return true;  // "В." and "В.И."
  const auto left = letters_of(a), right = letters_of(b);
  if (left.size() != right.size()) return false;
  std::size_t differ = 0;
  for (std::size_t i = 0; i < left.size(); ++i) differ += left[i] == right[i] ? 0 : 1;
  return differ == 1;
}

// Names of the people of one association and of those of none, in parts.
struct KnownName {
  Person person;
  std::string key;
};

std::vector<KnownName> known_names(db::Unit& unit, OrganisationId organisation) {
  std::vector<KnownName> names;
  if (!organisation) return names;
  for (auto& person : unit.people().list()) {
    if (person.organisation && person.organisation != organisation) continue;
    auto key = name_key(person.name);
    names.push_back({std::move(person), std::move(key)});
  }
  return names;
}

std::vector<NameMatch> collect(const IntakeDraft& draft) {
  std::vector<NameMatch> names;
  std::map<std::string, std::size_t> places;
  for (const auto& row : draft.rows) {
    if (row.left_out) continue;
    for (const auto& who : row.item.event.responsible) {
      if (who.name.empty()) continue;
      const auto [place, is_new] = places.emplace(name_key(who.name), names.size());
      if (is_new) {
        NameMatch match;
        match.key = place->first;
        match.name = who.name;
        names.push_back(std::move(match));
      }
      auto& match = names[place->second];
      ++match.rows;
      if (who.name != match.name &&
          std::find(match.spellings.begin(), match.spellings.end(), who.name) == match.spellings.end())
        match.spellings.push_back(who.name);
    }
  }
  return names;
}

// Of two names of one plan that are alike, the rarer is asked about, the later of equals.
void find_alike(std::vector<NameMatch>& names, const std::vector<KnownName>& people) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto& one = names[i];
    if (one.decision || !one.known.empty()) continue;
    for (std::size_t j = 0; j < names.size(); ++j) {
      const auto& other = names[j];
      if (other.decision) continue;  // answered there
      const bool asked_there =
          other.known.empty() && (other.rows < one.rows || (other.rows == one.rows && j > i));
      if (i != j && !asked_there && are_alike(one.name, other.name))
        one.alike.push_back({other.name, other.known.size() == 1 ? other.known[0].id : PersonId{}});
    }
    for (const auto& known : people) {
      const bool told =
          std::any_of(names.begin(), names.end(), [&](const auto& other) { return other.key == known.key; });
      if (!told && are_alike(one.name, known.person.name))
        one.alike.push_back({known.person.name, known.person.id});
    }
  }
}

}  // namespace

bool are_alike(std::string_view a, std::string_view b) {
  const auto left = parts_of(a), right = parts_of(b);
  if (left.surname == right.surname)
    return name_key(a) != name_key(b) && are_initials_alike(left.initials, right.initials);
  if (left.initials != right.initials) return false;
  // Short surnames differ by a letter honestly.
  constexpr std::size_t short_surname = 5, long_surname = 9;
  const auto letters = std::min(length(left.surname), length(right.surname));
  if (letters < short_surname) return false;
  return distance(left.surname, right.surname) <= (letters >= long_surname ? 2U : 1U);
}

std::vector<NameMatch> match_names(db::Unit& unit, const IntakeDraft& draft, OrganisationId organisation) {
  auto names = collect(draft);
  for (auto& match : names) {
    if (organisation) match.known = find_named(unit, match.name, organisation).here;
    if (const auto found = draft.names.find(match.key); found != draft.names.end()) {
      match.decision = found->second;
      match.decided = found->second.name;
      if (const auto person = unit.people().find(found->second.person)) match.decided = person->name;
    }
  }
  find_alike(names, known_names(unit, organisation));
  return names;
}

void apply_names(db::Unit& unit, IntakeDraft& draft, OrganisationId organisation, Language language) {
  std::map<std::string, PersonId> entered;
  for (auto& row : draft.rows) {
    for (auto& who : row.item.event.responsible) {
      if (who.name.empty()) continue;
      // A spelling may lead to another one, and that one to a person: two steps at most.
      for (int step = 0; step < 2; ++step) {
        const std::string key = name_key(who.name);
        const auto found = draft.names.find(key);
        if (found == draft.names.end()) break;
        const auto& decision = found->second;
        if (decision.what == NameDecision::What::same_as) {
          who.name = decision.name;
          continue;
        }
        if (decision.what == NameDecision::What::person) {
          who.person = decision.person;
        } else if (const auto made = entered.find(key); made != entered.end()) {
          who.person = made->second;
        } else if (!find_named(unit, who.name, organisation).here.empty()) {
          // A namesake of somebody known: entered here, for link_people() would take the one who is known.
          Person person;
          person.name = who.name;
          person.post = who.post;
          person.organisation = organisation;
          person.language = language;
          who.person = entered[key] = unit.people().insert(person);
        }
        break;
      }
    }
  }
}

}  // namespace convoke::service
