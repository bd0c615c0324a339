#include "documents/names.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"

#include <algorithm>
#include <optional>

namespace convoke::documents {
namespace {

using Text = std::u32string_view;

bool is_word_sign(char32_t c) {
  return is_letter(c) || c == U'-' || c == U'\'' || c == 0x2019 || c == 0x02BC || c == 0x2011;
}

std::size_t word_end(Text text, std::size_t at) {
  while (at < text.size() && is_word_sign(text[at])) ++at;
  while (at > 0 && is_dash(text[at - 1])) --at;
  return at;
}

std::size_t skip_blanks(Text text, std::size_t at) {
  while (at < text.size() && is_space(text[at]) && text[at] != U'\n') ++at;
  return at;
}

std::string folded_word(Text text, std::size_t begin, std::size_t end) {
  return fold(encode(text.substr(begin, end - begin)));
}

// A capital and at least one small letter, or capitals alone ("ІВАНЕНКО").
bool is_surname(Text text, std::size_t begin, std::size_t end) {
  if (end < begin + 2 || !is_upper(text[begin])) return false;
  std::size_t small = 0;
  for (auto i = begin + 1; i < end; ++i) small += is_lower(text[i]) ? 1 : 0;
  if (small == 0 && end - begin < 4) return false;
  return !is_post_or_body(folded_word(text, begin, end));
}

bool is_capitalised(Text text, std::size_t begin, std::size_t end) {
  return end >= begin + 2 && is_upper(text[begin]) && is_lower(text[begin + 1]) &&
         !is_post_or_body(folded_word(text, begin, end));
}

// "В.", "В. И.", "В.И", "Ю.": one or two initials; `end` is behind them.
struct Initials {
  std::u32string letters;  // "В.И."
  std::size_t end = 0;
};

// One initial with its full stop. The second of a pair may have lost it ("О.П Калина").
std::optional<std::size_t> one_initial(Text text, std::size_t at, bool stop_needed) {
  if (at >= text.size() || !is_upper(text[at])) return std::nullopt;
  std::size_t end = at + 1;
  if (end < text.size() && is_lower(text[end]) && end + 1 < text.size() && text[end + 1] == U'.')
    ++end;  // "Дз."
  if (end < text.size() && text[end] == U'.') return end + 1;
  if (!stop_needed && (end == text.size() || !is_word_sign(text[end]))) return end;
  return std::nullopt;
}

std::optional<Initials> read_initials(Text text, std::size_t at) {
  const auto first = one_initial(text, at, true);
  if (!first) return std::nullopt;
  Initials out{std::u32string(text.substr(at, *first - at)), *first};
  const auto next = skip_blanks(text, *first);
  // A second initial without its stop must touch the first, or "И. Ш" would eat a word.
  const auto second = one_initial(text, next, next > *first);
  if (!second) return out;
  out.letters += text.substr(next, *second - next);
  if (out.letters.back() != U'.') out.letters += U'.';
  out.end = *second;
  return out;
}

bool word_starts(Text text, std::size_t at) {
  return at == 0 || !(is_word_sign(text[at - 1]) || is_digit(text[at - 1]));
}

std::optional<NameSpan> surname_first(Text text, std::size_t at) {
  const auto end = word_end(text, at);
  if (!is_surname(text, at, end)) return std::nullopt;
  auto next = skip_blanks(text, end);
  if (next < text.size() && text[next] == U',' && next == end) return std::nullopt;
  if (next == end) return std::nullopt;
  const auto initials = read_initials(text, next);
  if (!initials) return std::nullopt;
  return NameSpan{at, initials->end, encode(text.substr(at, end - at)) + " " + encode(initials->letters)};
}

std::optional<NameSpan> initials_first(Text text, std::size_t at) {
  const auto initials = read_initials(text, at);
  if (!initials) return std::nullopt;
  const auto begin = skip_blanks(text, initials->end);
  const auto end = word_end(text, begin);
  if (!is_surname(text, begin, end)) return std::nullopt;
  // "Иванова И.И. Петрова П.П.": the surname behind belongs to the next pair.
  if (surname_first(text, begin) && initials->letters.size() < 3) return std::nullopt;
  return NameSpan{at, end, encode(text.substr(begin, end - begin)) + " " + encode(initials->letters)};
}

bool is_patronymic(const std::string& word) {
  for (const std::string_view end : {"вич", "віч", "ьич", "вна", "ўна", "ична", "інічна", "чна"})
    if (word.ends_with(end) && length(word) > length(end) + 2) return true;
  return false;
}

std::size_t next_word(Text text, std::size_t end) {
  const auto next = skip_blanks(text, end);
  return next == end ? text.size() : next;
}

bool segment_starts(Text text, std::size_t at) {
  while (at > 0 && is_space(text[at - 1]) && text[at - 1] != U'\n') --at;
  if (at == 0 || text[at - 1] == U',' || text[at - 1] == U';' || text[at - 1] == U'\n' ||
      text[at - 1] == U':')
    return true;
  const auto begin = at >= 4 ? at - 4 : 0;
  const std::string before = encode(text.substr(begin, at - begin));
  return before.ends_with(" и") || before.ends_with(" і") || before.ends_with(" та") ||
         before.ends_with(" and");
}

bool segment_ends(Text text, std::size_t at) {
  at = skip_blanks(text, at);
  if (at >= text.size() || text[at] == U',' || text[at] == U';' || text[at] == U'\n' || text[at] == U'(' ||
      is_dash(text[at]))
    return true;
  const std::string after = encode(text.substr(at, 4));
  return after.starts_with("и ") || after.starts_with("і ") || after.starts_with("та ") ||
         after.starts_with("and ");
}

bool is_in_capitals(Text text, std::size_t begin, std::size_t end) {
  if (!is_surname(text, begin, end)) return false;
  return std::none_of(text.begin() + static_cast<std::ptrdiff_t>(begin),
                      text.begin() + static_cast<std::ptrdiff_t>(end),
                      [](char32_t c) { return is_lower(c); });
}

// "Іваненко Марія Петрівна", "Ірина Петрівна МЕЛЬНИК", "Мария Петровна Иванова".
std::optional<NameSpan> full_name(Text text, std::size_t at) {
  std::size_t begins[3] = {at, 0, 0}, ends[3] = {word_end(text, at), 0, 0}, count = 0;
  for (; count < 3; ++count) {
    if (count > 0) {
      begins[count] = next_word(text, ends[count - 1]);
      ends[count] = word_end(text, begins[count]);
    }
    if (!is_capitalised(text, begins[count], ends[count])) break;
  }
  if (count < 2) return std::nullopt;
  const bool third = count == 3 && is_patronymic(folded_word(text, begins[2], ends[2]));
  const bool second = is_patronymic(folded_word(text, begins[1], ends[1]));
  if (second && count == 2 && is_in_capitals(text, begins[2], ends[2]))
    return NameSpan{at, ends[2], collapse_spaces(encode(text.substr(at, ends[2] - at)))};
  if (third || second) {
    const auto end = ends[third || count == 3 ? 2 : 1];
    return NameSpan{at, end, collapse_spaces(encode(text.substr(at, end - at)))};
  }
  // Two or three capitalised words that fill a place between commas: "Марія Петренко", "Jane A. Doe".
  if (!segment_starts(text, at) || !segment_ends(text, ends[count - 1])) return std::nullopt;
  return NameSpan{at, ends[count - 1], collapse_spaces(encode(text.substr(at, ends[count - 1] - at)))};
}

// "John R. Brown": a Latin name with a middle initial.
std::optional<NameSpan> middle_initial(Text text, std::size_t at) {
  const auto first = word_end(text, at);
  if (!is_capitalised(text, at, first) || text[at] > U'z') return std::nullopt;
  const auto initial = one_initial(text, next_word(text, first), true);
  if (!initial) return std::nullopt;
  const auto begin = next_word(text, *initial);
  const auto end = word_end(text, begin);
  if (!is_capitalised(text, begin, end)) return std::nullopt;
  return NameSpan{at, end, collapse_spaces(encode(text.substr(at, end - at)))};
}

// "Ірина ІВАНЕНКО", as Ukrainian offices sign.
std::optional<NameSpan> capital_surname(Text text, std::size_t at) {
  const auto end = word_end(text, at);
  if (!is_capitalised(text, at, end) || !segment_starts(text, at)) return std::nullopt;
  const auto begin = next_word(text, end);
  const auto last = word_end(text, begin);
  if (last < begin + 4) return std::nullopt;
  for (auto i = begin; i < last; ++i)
    if (is_lower(text[i])) return std::nullopt;
  if (!is_surname(text, begin, last) || !segment_ends(text, last)) return std::nullopt;
  return NameSpan{at, last, collapse_spaces(encode(text.substr(at, last - at)))};
}

// Whether what stands before `at` names an institution after somebody.
bool honours(Text text, std::size_t at) {
  while (at > 0 && (is_space(text[at - 1]) || text[at - 1] == U'.')) --at;
  auto begin = at;
  while (begin > 0 && is_letter(text[begin - 1])) --begin;
  const std::string word = folded_word(text, begin, at);
  for (const std::string_view honour :
       {"им", "имени", "ім", "імені", "імя", "імя", "имя", "памяти", "after", "memory"})
    if (word == honour) return true;
  return word == "пам'яті" || word == "академика" || word == "академіка";
}

}  // namespace

std::vector<NameSpan> find_names(Text text) {
  std::vector<NameSpan> names;
  int quotes = 0;
  bool straight = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = text[at];
    if (is_opening_quote(c)) ++quotes;
    if (is_closing_quote(c)) quotes = std::max(quotes - 1, 0);
    if (c == U'"') straight = !straight;
    if (!is_upper(c) || !word_starts(text, at)) {
      ++at;
      continue;
    }
    std::optional<NameSpan> found = initials_first(text, at);
    if (!found) found = middle_initial(text, at);
    if (!found) found = surname_first(text, at);
    if (!found) found = full_name(text, at);
    if (!found) found = capital_surname(text, at);
    if (found && quotes == 0 && !straight && !honours(text, at)) names.push_back(*found);
    at = found ? found->end : std::max(word_end(text, at), at + 1);
  }
  return names;
}

bool is_leading_post(std::string_view word) {
  for (const std::string_view post :
       {"председатель", "директор", "заведующий", "заведующая", "руководитель", "начальник", "секретарь",
        "куратор",      "методист", "голова",     "завідувач",  "завідувачка",  "завідуюча", "керівник",
        "директорка",   "секретар", "старшыня",   "дырэктар",   "загадчык",     "загадчыца", "кіраўнік",
        "метадыст",     "сакратар", "начальнік",  "head",       "director",     "chair"})
    if (word == post) return true;
  return false;
}

bool is_collective(std::string_view word) {
  return begins_with(word, {"библиотекари",  "бібліотекарі",  "бібліятэкары",  "педагоги-библиотекари",
                            "педагоги",      "участники",     "учасники",      "удзельнікі",
                            "члены",         "члени",         "совет",         "рада",
                            "савет",         "методисты",     "методисти",     "метадысты",
                            "руководители",  "керівники",     "кіраўнікі",     "специалисты",
                            "спеціалісти",   "фахівці",       "спецыялісты",   "заведующие",
                            "завідувачі",    "загадчыкі",     "директора",     "директори",
                            "дырэктары",     "учителя",       "вчителі",       "настаўнікі",
                            "работники",     "працівники",    "работнікі",     "сотрудники",
                            "співробітники", "супрацоўнікі",  "коллектив",     "колектив",
                            "калектыў",      "администрация", "адміністрація", "адміністрацыя",
                            "оргкомитет",    "оргкомітет",    "аргкамітэт",    "жюри",
                            "журі",          "журы",          "библиотеки",    "бібліотеки",
                            "бібліятэкі",    "школьные",      "шкільні",       "школьныя",
                            "все",           "всі",           "усе",           "молодые",
                            "молоді",        "рабочая",       "робоча",        "творческая",
                            "творча",        "творчая",       "комиссия",      "комісія",
                            "камісія",       "актив",         "актыў",         "бюро",
                            "правление",     "правління",     "методсовет",    "методрада",
                            "members",       "librarians",    "staff",         "council",
                            "committee",     "board",         "all",           "participants",
                            "heads",         "team",          "libraries",     "teachers",
                            "педагоги",      "слухачі",       "слушатели",     "докладчики",
                            "доповідачі"});
}

bool is_post_or_body(std::string_view word) {
  if (is_leading_post(word) || is_collective(word)) return true;
  return begins_with(
      word, {"председател", "директор",      "заведующ",    "руководител", "начальник",   "секретар",
             "куратор",     "методист",      "голов",       "завідувач",   "завідуюч",    "керівник",
             "старшын",     "дырэктар",      "загадчы",     "кіраўні",     "метадыст",    "сакратар",
             "библиотек",   "бібліотек",     "бібліятэ",    "заместител",  "заступни",    "намесні",
             "отдел",       "відділ",        "аддзел",      "сектор",      "сектар",      "центр",
             "цэнтр",       "кабинет",       "кабінет",     "управлен",    "управлін",    "упраўлен",
             "департамент", "министерств",   "міністерств", "міністэрств", "учрежден",    "установ",
             "школ",        "гимнази",       "гімназ",      "лице",        "ліце",        "колледж",
             "коледж",      "каледж",        "университет", "університет", "універсітэт", "институт",
             "інститут",    "інстытут",      "академи",     "академі",     "акадэмі",     "кафедр",
             "совет",       "рад",           "савет",       "комитет",     "комітет",     "камітэт",
             "член",        "педагог",       "учител",      "вчител",      "настаўн",     "специалист",
             "спеціаліст",  "спецыяліст",    "главн",       "головн",      "галоўн",      "ведущ",
             "провідн",     "вядуч",         "старш",       "профессор",   "професор",    "прафесар",
             "доцент",      "дацэнт",        "участник",    "учасник",     "удзельнік",   "координацион",
             "координатор", "координацій",   "каардынац",   "каардынатар", "районн",      "раённ",
             "городск",     "міськ",         "гарадск",     "областн",     "обласн",      "абласн",
             "центральн",   "цэнтральн",     "научн",       "науков",      "навуков",     "детск",
             "дитяч",       "дзіцяч",        "сельск",      "сільськ",     "публичн",     "публічн",
             "муниципальн", "государственн", "державн",     "дзяржаўн",    "национальн",  "національн",
             "нацыянальн",  "республик",     "республік",   "рэспублік",   "объединен",   "об'єднан",
             "аб'яднан",    "отв",           "відп",        "адк",         "ответствен",  "відповідальн",
             "адказн",      "организатор",   "організатор", "арганізатар", "зам",         "зав",
             "каб",         "library",       "librarian",   "head",        "chief",       "chair",
             "director",    "council",       "committee",   "association", "department",  "centre",
             "center",      "office",        "team",        "group",       "school",      "university",
             "college",     "public",        "city",        "county",      "district",    "regional",
             "national",    "central",       "methodolog",  "secretary",   "deputy",      "senior",
             "junior",      "coordinator",   "board",       "staff",       "members",     "working",
             "the ",        "lead",          "manager",     "teacher",     "children",    "information",
             "general"});
}

}  // namespace convoke::documents
