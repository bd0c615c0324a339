#include "documents/plan_text.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"

namespace convoke::documents {
namespace {

constexpr std::size_t longest_title_line = 260;
constexpr std::size_t most_title_lines = 8;

// A Roman number as it was before folding.
std::string capitals(std::string_view folded) {
  std::u32string letters = decode(folded);
  for (auto& c : letters) c = c == U'і' ? U'І' : c == U'х' ? U'Х' : (c >= U'a' && c <= U'z') ? c - 32 : c;
  return encode(letters);
}

const Paragraph* paragraph_at(const std::vector<Part>& parts, std::size_t at) {
  return at < parts.size() ? std::get_if<Paragraph>(&parts[at]) : nullptr;
}

bool can_be_title(const Paragraph& paragraph) {
  const std::string line = plain_line(paragraph.text);
  return !line.empty() && length(line) <= longest_title_line && !line.ends_with(':') &&
         mark_of(paragraph).kind != ListMark::Kind::bullet && paragraph.marker.empty();
}

// "РОЗДІЛ І. …", "Раздел 2 …": the word and its number.
bool is_section_word(const std::string& folded) {
  const auto words = split(folded, ' ');
  if (words.size() < 2) return false;
  bool word = false;
  for (const std::string_view name : {"раздел", "розділ", "раздзел", "section", "part", "частина", "часть"})
    word = word || words[0] == name;
  std::string number(words[1]);
  while (number.ends_with('.') || number.ends_with(':')) number.pop_back();
  return word && (row_number(number) || roman_number(capitals(number)));
}

// The title goes on with the next line: until the year has come, and while lines go on in lower case.
bool goes_on(const std::string& title, const Paragraph& next) {
  const std::string line = plain_line(next.text);
  if (!can_be_title(next) || mark_of(next).kind != ListMark::Kind::none) return false;
  const bool lower = starts_lower(line) && !starts_with_quote(line) ? is_lower(decode(line)[0]) : false;
  if (find_year(title)) return lower && !next.after_empty && length(line) < 120;
  const bool label = line.find(':') != std::string::npos;
  return !label && (!next.after_empty || lower || find_year(line).has_value());
}

}  // namespace

ListMark mark_of(const Paragraph& paragraph) {
  if (paragraph.marker.empty()) return read_list_mark(plain_line(paragraph.text));
  auto mark = read_list_mark(paragraph.marker + " " + plain_line(paragraph.text));
  if (mark.kind == ListMark::Kind::none) mark = {ListMark::Kind::bullet, "", plain_line(paragraph.text)};
  return mark;
}

bool names_plan(std::string_view folded) {
  if (has_stem(folded, {"циклограм", "цыклаграм", "дорожная карта", "дорожня карта", "дарожная карта",
                        "медіаплан", "медиаплан", "медыяплан", "programme of", "program of"}))
    return true;
  for (auto at = find_stem(folded, {"план", "plan"}); at;) {
    const auto rest = folded.substr(*at);
    const auto word = decode(rest.substr(0, rest.find_first_of(" -,.;:\"()\n")));
    // "план", "плану", "planned" and "планирование" are told apart by their length.
    if (word.size() <= 6 && !encode(word).ends_with("в")) return true;
    folded.remove_prefix(*at + 4);
    at = find_stem(folded, {"план", "plan"});
  }
  return false;
}

bool opens_title(std::string_view folded) {
  return begins_with(
      folded,
      {"план",        "plan",      "годовой план", "річний план",    "гадавы план",   "annual plan",
       "work plan",   "календарн", "каляндарн",    "перспективн",    "перспектыўн",   "комплексн",
       "комплексны",  "программа", "програма",     "праграма",       "график",        "графік",
       "annual work", "циклограм", "цыклаграм",    "дорожная карта", "дорожня карта", "дарожная карта",
       "медіаплан",   "медиаплан", "медыяплан",    "programme",      "program of",    "calendar of"});
}

TitleReading find_title(const std::vector<Part>& parts) {
  TitleReading out;
  std::optional<std::size_t> by_plan, by_year;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto* paragraph = paragraph_at(parts, i);
    if (paragraph == nullptr) break;
    if (trim(paragraph->text).empty()) continue;
    const std::string folded = fold(plain_line(paragraph->text));
    // "План засідань …:" opens a list; the title stands before it.
    if (folded.ends_with(':') && (by_year || by_plan)) break;
    if (!can_be_title(*paragraph)) continue;
    const auto mark = read_list_mark(folded);
    const std::string_view head =
        mark.kind == ListMark::Kind::none ? std::string_view(folded) : std::string_view(mark.rest);
    const bool opens = opens_title(head);
    if (!by_plan && (opens || (names_plan(folded) && find_year(folded)))) by_plan = i;
    if (!by_year && find_year(folded) && !is_stamp_date_line(folded)) by_year = i;
    if (by_plan) break;
  }
  const auto start = by_plan ? by_plan : by_year;
  if (!start) return out;
  out.found = true;
  out.first = out.last = *start;
  out.title = plain_line(paragraph_at(parts, *start)->text);
  for (std::size_t i = *start + 1; i < parts.size() && i < *start + most_title_lines; ++i) {
    const auto* next = paragraph_at(parts, i);
    if (next == nullptr || trim(next->text).empty() || !goes_on(out.title, *next)) break;
    out.title += " " + plain_line(next->text);
    out.last = i;
  }
  out.names_plan = names_plan(fold(out.title));
  return out;
}

bool is_goal_caption(std::string_view line) {
  const std::string folded = fold(caption_text(line));
  const auto mark = read_list_mark(caption_text(line));
  const std::string text = mark.kind == ListMark::Kind::none ? folded : fold(mark.rest);
  if (length(text) > 140) return false;
  // "Мероприятия по направлениям" lists events.
  if (names_plan(text) || has_stem(text, {"мероприят", "заход", "мерапрыемств", "засідан", "заседан",
                                          "пасяджэн", "event", "activit", "meeting"})) {
    if (!begins_with(text, {"цел", "задач", "мета ", "завдан", "мэта", "задачы", "goal", "objective", "aim"}))
      return false;
  }
  return has_stem(text + " ", {"задач",   "завдан",   "цели",      "цель",      "мета ",      "мэта ",
                               "мэты",    "цілі",     "приоритет", "пріоритет", "прыярытэт",  "направления",
                               "напрями", "напрямки", "напрямків", "кірункі",   "напрамкі",   "objectives",
                               "goals",   "goal",     "aims",      "aim",       "priorities", "функции",
                               "функції", "функцыі",  "принципы",  "принципи",  "ожидаемые",  "очікувані",
                               "чаканыя"}) &&
         (folded.size() < 2 || length(text) <= 140);
}

bool is_caption(const Paragraph& paragraph) {
  const std::string line = plain_line(paragraph.text);
  if (line.empty() || length(line) > 220) return false;
  if (line.ends_with(':')) return true;
  if (is_section_word(fold(line)) && !line.ends_with(';')) return true;
  const auto mark = mark_of(paragraph);
  return mark.kind == ListMark::Kind::roman && !mark.rest.empty() && !line.ends_with('.') &&
         !line.ends_with(';');
}

}  // namespace convoke::documents
