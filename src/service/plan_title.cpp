#include "service/plan_title.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <initializer_list>
#include <vector>

namespace convoke::service {
namespace {

using Words = std::vector<std::string_view>;

// The word alone: no punctuation around it.
std::string bare(std::string_view word) {
  const std::string folded = fold(word);
  const auto first = folded.find_first_not_of(" .,:;\"'()[]-");
  if (first == std::string::npos) return {};
  return folded.substr(first, folded.find_last_not_of(" .,:;\"'()[]-") - first + 1);
}

bool is_one_of(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_plan(const std::string& word) {
  return is_one_of(word, {"план", "плани", "планы", "план-графік", "план-график", "план-графiк", "plan"});
}

// What stands around the word "plan", before the name of who plans.
bool is_about_plan(const std::string& word) {
  return is_plan(word) || is_one_of(word, {"роботи",
                                           "работы",
                                           "работ",
                                           "работи",
                                           "працы",
                                           "діяльності",
                                           "дзейнасці",
                                           "деятельности",
                                           "заходів",
                                           "мероприятий",
                                           "мерапрыемстваў",
                                           "основних",
                                           "основных",
                                           "асноўных",
                                           "річний",
                                           "годовой",
                                           "гадавы",
                                           "зведений",
                                           "сводный",
                                           "зводны",
                                           "єдиний",
                                           "единый",
                                           "адзіны",
                                           "календарний",
                                           "календарный",
                                           "каляндарны",
                                           "перспективний",
                                           "перспективный",
                                           "перспектыўны",
                                           "і",
                                           "и",
                                           "й",
                                           "та",
                                           "annual",
                                           "yearly",
                                           "work",
                                           "working",
                                           "activity",
                                           "activities",
                                           "events",
                                           "of",
                                           "the",
                                           "calendar",
                                           "and"});
}

bool is_year_number(const std::string& word) {
  if (word.size() < 4 || (word[0] != '1' && word[0] != '2')) return false;
  return std::all_of(word.begin(), word.begin() + 4, [](char c) { return c >= '0' && c <= '9'; }) &&
         (word.size() == 4 || word[4] < '0' || word[4] > '9');
}

bool is_about_year(const std::string& word) {
  return word.empty() || is_year_number(word) ||
         is_one_of(word, {"/",
                          "навчальний",
                          "навчального",
                          "учебный",
                          "учебного",
                          "навучальны",
                          "навучальнага",
                          "академічний",
                          "академический",
                          "акадэмічны",
                          "календарний",
                          "календарный",
                          "каляндарны",
                          "academic",
                          "school",
                          "calendar",
                          "year",
                          "years",
                          "рік",
                          "року",
                          "роки",
                          "год",
                          "года",
                          "годы",
                          "гады",
                          "гадоў",
                          "р",
                          "рр",
                          "г",
                          "гг",
                          "н",
                          "н.р",
                          "н. р",
                          "у",
                          "уч",
                          "уч.г",
                          "навч",
                          "нав",
                          "н.г",
                          "у.г"});
}

bool leads_to_year(const std::string& word) {
  return is_about_year(word) ||
         is_one_of(word, {"на", "за", "в", "у", "for", "in", "the", "on", "of", "from", "з"});
}

void drop_plan_words(Words& words) {
  std::size_t end = 0;
  bool names_plan = false;
  while (end < words.size() && is_about_plan(bare(words[end])))
    names_plan = is_plan(bare(words[end++])) || names_plan;
  if (names_plan) words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(end));
}

// A year with the words about it, when it stands first or last: one in the middle may be part of a name.
void drop_year(Words& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_year_number(bare(words[i]))) continue;
    std::size_t begin = i, end = i + 1;
    while (begin > 0 && leads_to_year(bare(words[begin - 1]))) --begin;
    while (end < words.size() && is_about_year(bare(words[end]))) ++end;
    if (begin == 0 || end == words.size()) {
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(begin),
                  words.begin() + static_cast<std::ptrdiff_t>(end));
      return;
    }
    i = end;
  }
}

}  // namespace

std::string organisation_in_title(std::string_view title) {
  const std::string spaced = collapse_spaces(title);
  Words words = split(spaced, ' ');
  drop_plan_words(words);
  drop_year(words);
  drop_plan_words(words);  // "2027 год: план работы …"
  if (!words.empty() && is_one_of(bare(words.front()), {"of", "the"})) words.erase(words.begin());
  if (!words.empty() && bare(words.front()) == "the") words.erase(words.begin());
  std::string name;
  for (const auto word : words) name += (name.empty() ? "" : " ") + std::string(word);
  while (!name.empty() && std::string_view(" .,:;-").find(name.back()) != std::string_view::npos)
    name.pop_back();
  while (!name.empty() && std::string_view(" .,:;-").find(name.front()) != std::string_view::npos)
    name.erase(name.begin());
  const bool is_name =
      std::any_of(words.begin(), words.end(), [](std::string_view word) { return length(bare(word)) >= 3; });
  return is_name ? capitalise(name) : std::string();
}

}  // namespace convoke::service
