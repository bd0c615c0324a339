#include "documents/organisation.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"
#include "documents/plan_year.hpp"
#include "documents/responsible.hpp"

#include <algorithm>

namespace convoke::documents {
namespace {

bool is_body(const std::string& folded) {
  return has_stem(folded,
                  {"библиотек", "бібліотек", "бібліятэ", "учрежден", "установ",     "центр",       "цэнтр",
                   "кабинет",   "кабінет",   "управлен", "управлін", "объединен",   "об'єднан",    "аб'яднан",
                   "совет",     "рада",      "савет",    "library",  "libraries",   "association", "council",
                   "школ",      "школьн",    "колледж",  "коледж",   "университет", "університет"});
}

bool ends_with(const std::string& folded, std::string_view ending) {
  return folded.size() > ending.size() && folded.ends_with(ending);
}

// What an association is called in the genitive, and how its adjectives end there and in the nominative.
struct Body {
  std::string_view genitive, nominative;
  std::initializer_list<std::pair<std::string_view, std::string_view>> adjectives;
};

const Body bodies[] = {{"объединения", "объединение", {{"ого", "ое"}, {"его", "ее"}}},
                       {"об'єднання", "об'єднання", {{"ого", "е"}}},
                       {"аб'яднання", "аб'яднанне", {{"ага", "ае"}, {"яга", "яе"}, {"ога", "ое"}}},
                       {"совета", "совет", {{"кого", "кий"}, {"гого", "гий"}, {"ого", "ый"}, {"его", "ий"}}},
                       {"ради", "рада", {{"ої", "а"}}},
                       {"савета", "савет", {{"кага", "кі"}, {"ага", "ы"}}}};

std::string nominative(std::string_view word, const Body& body) {
  const std::string text(word), folded = fold(word);
  for (const auto& [from, to] : body.adjectives)
    // Folding changes no length of these endings, so they can be cut off the word as written.
    if (ends_with(folded, from) && text.ends_with(from))
      return text.substr(0, text.size() - from.size()) + std::string(to);
  return {};
}

// "на 2025 год", "на март", "на новый учебный год": where the name is over.
bool ends_name(const std::vector<std::string_view>& words, std::size_t at) {
  const std::string word = fold(words[at]);
  if (is_digit(decode(word)[0])) return true;
  if ((word != "на" && word != "за" && word != "у" && word != "ў") || at + 1 >= words.size()) return false;
  const std::string next = fold(words[at + 1]);
  return is_digit(decode(next)[0]) || month_of_word(next) ||
         begins_with(next, {"учебн", "навчальн", "навучальн", "новый", "новий", "новы", "поточн", "текущ",
                            "бягуч", "перш", "перв", "друг", "втор", "i ", "ii ", "год", "рік"});
}

struct Association {
  std::string name;
  bool generic = false;  // nothing in it tells it from another one
};

bool is_methodical(const std::string& folded) {
  return folded.find("методич") != std::string::npos || folded.find("метадыч") != std::string::npos;
}

bool is_association_acronym(std::string_view word) {
  for (const std::string_view acronym :
       {"МО", "РМО", "ГМО", "ММО", "ОМО", "УМО", "РУМО", "ТМО", "МА", "РМА", "ГМА"})
    if (word == acronym) return true;
  return false;
}

// "громади", "района": of which one, the word does not say.
bool is_some_territory(const std::string& folded) {
  for (const std::string_view word : {"громади", "району", "міста", "області", "района", "города", "области",
                                      "раёна", "горада", "вобласці", "региона", "регіону"})
    if (folded == word) return true;
  return false;
}

// The words of a name up to where it is over, behind what is there already; how many of them tell it apart.
std::size_t add_tail(std::string& name, const std::vector<std::string_view>& words, std::size_t from) {
  std::size_t count = 0;
  for (; from < words.size() && !ends_name(words, from); ++from) {
    name += " " + std::string(words[from]);
    count += is_some_territory(fold(words[from])) ? 0 : 1;
  }
  while (name.ends_with('.') || name.ends_with(',') || name.ends_with(';') || name.ends_with(':'))
    name.pop_back();
  return count;
}

// The association whose plan the title says it is.
Association association_of(const std::string& title) {
  std::vector<std::string_view> words;
  for (const auto word : split(title, ' '))
    if (!word.empty()) words.push_back(word);
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (is_association_acronym(words[i])) {
      std::string name(words[i]);
      const std::size_t tail = add_tail(name, words, i + 1);
      return {name, tail <= 1};
    }
    const std::string folded = fold(words[i]);
    const auto* body = std::find_if(std::begin(bodies), std::end(bodies),
                                    [&](const Body& one) { return one.genitive == folded; });
    if (body == std::end(bodies)) continue;
    std::size_t first = i;
    std::string name;
    Association out;
    out.generic = true;
    while (first > 1) {
      const std::string adjective = nominative(words[first - 1], *body);
      if (adjective.empty()) break;
      --first;
      out.generic = out.generic && is_methodical(fold(adjective));
      name = adjective + (name.empty() ? "" : " ") + name;
    }
    if (first == i) continue;  // "совета" of something else
    // As written where nothing changes, so that the apostrophe stays the document's.
    const bool same = body->genitive == body->nominative;
    name += " " + (same ? std::string(words[i]) : std::string(body->nominative));
    if (body->nominative == "аб'яднанне") {
      name.resize(name.size() - body->nominative.size());
      std::string written(words[i]);
      written.resize(written.size() - std::string_view("я").size());
      name += written + "е";
    }
    const std::size_t tail = add_tail(name, words, i + 1);
    out.generic = out.generic && tail <= 1;
    out.name = capitalise(name);
    return out;
  }
  return {};
}

// «государственным учреждением» before a name is "ГУ", in any case.
std::string spelled_form(const std::string& post) {
  struct Form {
    std::string_view acronym;
    std::initializer_list<std::string_view> stems;
  };
  static const Form forms[] = {{"ГУО", {"государственн", "учрежден", "образован"}},
                               {"ГУК", {"государственн", "учрежден", "культур"}},
                               {"МБУК", {"муниципальн", "бюджетн", "учрежден", "культур"}},
                               {"МКУК", {"муниципальн", "казенн", "учрежден", "культур"}},
                               {"МУК", {"муниципальн", "учрежден", "культур"}},
                               {"ДУА", {"дзяржаўн", "установ", "адукацы"}},
                               {"ДУК", {"дзяржаўн", "установ", "культур"}},
                               {"МБУ", {"муниципальн", "бюджетн", "учрежден"}},
                               {"ГУ", {"государственн", "учрежден"}},
                               {"ДУ", {"дзяржаўн", "установ"}},
                               {"ДУ", {"державн", "установ"}},
                               {"КЗ", {"комунальн", "заклад"}},
                               {"КУ", {"комунальн", "установ"}}};
  const std::string folded = fold(post);
  const auto words = split(folded, ' ');
  for (const auto& form : forms) {
    if (words.size() < form.stems.size()) continue;
    const auto begin = words.end() - static_cast<std::ptrdiff_t>(form.stems.size());
    if (std::equal(begin, words.end(), form.stems.begin(),
                   [](std::string_view word, std::string_view stem) { return word.starts_with(stem); }))
      return std::string(form.acronym) + " ";
  }
  return {};
}

}  // namespace

std::string organisation_of(const std::vector<Part>& parts, const TitleReading& title,
                            const std::vector<Approval>& approvals) {
  const auto association = association_of(title.title);
  if (!association.name.empty() && !association.generic) return association.name;
  for (std::size_t i = 0; title.found && i < title.first; ++i)
    if (const auto* paragraph = std::get_if<Paragraph>(&parts[i])) {
      const std::string line = plain_line(paragraph->text);
      if (!line.empty() && length(line) < 200 && is_body(fold(line))) return line;
    }
  // "Методичне об’єднання … – співпраця …": the sentence that introduces it.
  if (const auto next = title.last + 1; title.found && next < parts.size())
    if (const auto* paragraph = std::get_if<Paragraph>(&parts[next])) {
      const std::string line = plain_line(paragraph->text);
      for (const std::string_view dash : {" – ", " — "})
        if (const auto at = line.find(dash);
            at != std::string::npos && at < 160 && is_body(fold(line.substr(0, at))))
          return line.substr(0, at);
    }
  for (const auto& approval : approvals)
    if (const auto split = split_post(approval.post); !split.organisation.empty())
      return starts_with_quote(split.organisation) ? spelled_form(split.post) + split.organisation
                                                   : split.organisation;
  return association.name;
}

}  // namespace convoke::documents
