#include "service/row_match.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

namespace convoke::service {
namespace {

constexpr std::size_t shortest_word = 3;  // code points

std::vector<std::string> words_of(std::string_view title) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : fold(title) + " ") {
    const auto byte = static_cast<unsigned char>(c);
    const bool in_word = byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
    if (in_word) {
      word += c;
      continue;
    }
    if (length(word) >= shortest_word) words.push_back(word);
    word.clear();
  }
  std::sort(words.begin(), words.end());
  return words;
}

// What rows are compared by, folded once: a plan may have thousands of rows.
struct Key {
  std::string section, number, title, title_as_read, period, responsible;

  explicit Key(const Event& event)
      : section(fold(event.section)),
        number(fold(event.number)),
        title(fold(event.title)),
        title_as_read(event.as_read ? fold(event.as_read->title) : title),
        period(fold(event.as_read ? event.as_read->period_text : event.period.source_text)),
        responsible(fold(event.as_read ? event.as_read->responsible_text : event.responsible_text)) {}
};

std::vector<Key> keys_of(const std::vector<Event>& events) {
  std::vector<Key> keys;
  keys.reserve(events.size());
  for (const auto& event : events) keys.emplace_back(event);
  return keys;
}

class Matching {
 public:
  Matching(std::size_t known, std::size_t rows) : taken_(known), found_(rows) {}

  // One pass: every row without an event takes the first free one that has its name.
  template<class NamesOfKnown, class NameOfRow>
  void pass(const std::vector<Key>& known, const std::vector<Key>& rows, NamesOfKnown names_of,
            NameOfRow name_of) {
    std::map<std::tuple<std::string, std::string>, std::vector<std::size_t>> by_name;
    for (std::size_t i = 0; i < known.size(); ++i)
      if (!taken_[i])
        for (const auto& name : names_of(known[i])) by_name[name].push_back(i);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (found_[row]) continue;
      const auto candidates = by_name.find(name_of(rows[row]));
      if (candidates == by_name.end()) continue;
      for (const auto i : candidates->second)
        if (!taken_[i]) {
          take(row, i);
          break;
        }
    }
  }

  // Of what is left on both sides: one section, one number, and more than that in common.
  void pass_by_number(const std::vector<Event>& events, const std::vector<Event>& rows,
                      const std::vector<Key>& known, const std::vector<Key>& keys) {
    std::map<std::tuple<std::string, std::string>, std::vector<std::size_t>> by_number;
    for (std::size_t i = 0; i < known.size(); ++i)
      if (!taken_[i] && !known[i].number.empty()) by_number[{known[i].section, known[i].number}].push_back(i);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (found_[row] || keys[row].number.empty()) continue;
      const auto candidates = by_number.find({keys[row].section, keys[row].number});
      if (candidates == by_number.end()) continue;
      for (const auto i : candidates->second) {
        if (taken_[i]) continue;
        const bool similar =
            are_similar_titles(events[i].title, rows[row].title) ||
            (events[i].as_read && are_similar_titles(events[i].as_read->title, rows[row].title)) ||
            same_time_and_people(known[i], keys[row], rows[row].period);
        if (!similar) continue;
        take(row, i);
        break;
      }
    }
  }

  std::vector<std::optional<std::size_t>> found() && { return std::move(found_); }

 private:
  // "протягом року" and "щоквартально" stand in many rows and tell none of them apart.
  static bool same_time_and_people(const Key& a, const Key& b, const Period& period) {
    return period.has_dates() && !period.is_all_year() && !period.recurrence && a.period == b.period &&
           !b.responsible.empty() && a.responsible == b.responsible;
  }

  void take(std::size_t row, std::size_t event) {
    taken_[event] = true;
    found_[row] = event;
  }

  std::vector<bool> taken_;
  std::vector<std::optional<std::size_t>> found_;
};

using Name = std::tuple<std::string, std::string>;

std::vector<Name> names_in(const std::string& section, const Key& key) {
  if (key.title == key.title_as_read) return {{section, key.title}};
  return {{section, key.title_as_read}, {section, key.title}};
}

}  // namespace

bool are_similar_titles(std::string_view a, std::string_view b) {
  const auto left = words_of(a), right = words_of(b);
  if (left.empty() || right.empty()) return false;
  std::vector<std::string> shared;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(shared));
  return shared.size() * 2 >= std::max(left.size(), right.size());
}

std::vector<std::optional<std::size_t>> match_rows(const std::vector<Event>& known,
                                                   const std::vector<Event>& rows) {
  const auto known_keys = keys_of(known), row_keys = keys_of(rows);
  Matching matching(known.size(), rows.size());
  // Meetings of one name are told apart by their months.
  matching.pass(
      known_keys, row_keys,
      [](const Key& key) {
        auto names = names_in(key.section, key);
        for (auto& [section, title] : names) title += "\n" + key.period;
        return names;
      },
      [](const Key& key) { return Name(key.section, key.title + "\n" + key.period); });
  matching.pass(
      known_keys, row_keys, [](const Key& key) { return names_in(key.section, key); },
      [](const Key& key) { return Name(key.section, key.title); });
  matching.pass(
      known_keys, row_keys, [](const Key& key) { return names_in("", key); },
      [](const Key& key) { return Name("", key.title); });
  matching.pass_by_number(known, rows, known_keys, row_keys);
  return std::move(matching).found();
}

std::size_t count_same_titles(const std::vector<Event>& known, const std::vector<Event>& rows) {
  const auto known_keys = keys_of(known), row_keys = keys_of(rows);
  Matching matching(known.size(), rows.size());
  matching.pass(
      known_keys, row_keys, [](const Key& key) { return names_in("", key); },
      [](const Key& key) { return Name("", key.title); });
  const auto found = std::move(matching).found();
  return static_cast<std::size_t>(
      std::count_if(found.begin(), found.end(), [](const auto& event) { return event.has_value(); }));
}

}  // namespace convoke::service
