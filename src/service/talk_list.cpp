#include "service/talk_list.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"
#include "documents/names.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace convoke::service {
namespace {

bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool has_name(std::string_view text) {
  return !documents::find_names(documents::decode(text)).empty();
}

// Whether the text begins with somebody's name, after a degree or an academic title perhaps.
bool begins_with_name(std::string_view text) {
  constexpr std::size_t near = 3;  // code points before it
  const auto names = documents::find_names(documents::decode(text));
  return !names.empty() && names.front().begin <= near;
}

// Takes "10:00", "9.05" off the beginning.
std::optional<TimeOfDay> take_time(std::string_view& text) {
  std::size_t at = 0;
  int hours = 0, minutes = 0;
  while (at < text.size() && at < 2 && is_digit(text[at])) hours = hours * 10 + (text[at++] - '0');
  if (at == 0 || at + 2 >= text.size() || (text[at] != ':' && text[at] != '.')) return std::nullopt;
  for (int i = 0; i < 2; ++i) {
    if (!is_digit(text[at + 1])) return std::nullopt;
    minutes = minutes * 10 + (text[++at] - '0');
  }
  ++at;
  // "10.11.2026" is a day, "10:001" nothing.
  const bool goes_on =
      at < text.size() &&
      (is_digit(text[at]) || (text[at] == '.' && at + 1 < text.size() && is_digit(text[at + 1])));
  if (goes_on || hours > 23 || minutes > 59) return std::nullopt;
  text = trim(text.substr(at));
  return TimeOfDay{hours * 60 + minutes};
}

constexpr std::array<std::string_view, 4> dashes = {"—", "–", "-", "−"};

bool take_dash(std::string_view& text) {
  for (const auto dash : dashes)
    if (text.starts_with(dash)) {
      text = trim(text.substr(dash.size()));
      return true;
    }
  return false;
}

// "1.", "12)", "•": the number of a list.
void drop_number(std::string_view& text) {
  for (const std::string_view bullet : {"•", "·", "*", "—", "–", "-"})
    if (text.starts_with(bullet)) text = trim(text.substr(bullet.size()));
  std::size_t at = 0;
  while (at < text.size() && at < 3 && is_digit(text[at])) ++at;
  if (at == 0 || at + 1 >= text.size() || (text[at] != '.' && text[at] != ')')) return;
  if (text[at + 1] != ' ' && text[at + 1] != '\t') return;
  text = trim(text.substr(at + 1));
}

// Takes "20 хв", "(15 min)" off the end.
std::optional<int> take_length(std::string_view& text) {
  std::string_view rest = trim(text);
  const bool bracket = rest.ends_with(')');
  if (bracket) rest = trim(rest.substr(0, rest.size() - 1));
  if (rest.ends_with('.')) rest.remove_suffix(1);
  for (const std::string_view unit :
       {"хвилин", "минут", "мінут", "хвіл", "хв", "мин", "мін", "minutes", "min"}) {
    if (!rest.ends_with(unit)) continue;
    auto before = trim(rest.substr(0, rest.size() - unit.size()));
    std::size_t begin = before.size();
    while (begin > 0 && before.size() - begin < 3 && is_digit(before[begin - 1])) --begin;
    if (begin == before.size()) return std::nullopt;
    int minutes = 0;
    for (const char c : before.substr(begin)) minutes = minutes * 10 + (c - '0');
    before = trim(before.substr(0, begin));
    if (bracket != before.ends_with('(') || minutes < 1 || minutes > longest_row) return std::nullopt;
    if (bracket) before = trim(before.substr(0, before.size() - 1));
    while (!before.empty() && (before.back() == ',' || before.back() == ';'))
      before = trim(before.substr(0, before.size() - 1));
    text = before;
    return minutes;
  }
  return std::nullopt;
}

bool says_break(std::string_view text) {
  constexpr std::array<std::string_view, 24> words = {
      "перерва",     "перерыв",     "перапынак",    "кава",  "кофе",      "каава",
      "coffee",      "break",       "обід",         "обед",  "абед",      "lunch",
      "пауза",       "pause",       "чай",          "tea",   "фуршет",    "реєстрація",
      "регистрация", "рэгістрацыя", "registration", "буфет", "екскурсія", "экскурсия"};
  const auto folded = fold(text);
  return std::ranges::any_of(words, [&](std::string_view word) {
    if (!folded.starts_with(word)) return false;
    const auto after = std::string_view(folded).substr(word.size());
    return after.empty() || after.front() == ' ' || after.front() == '-' || after.front() == ',' ||
           after.front() == '.' || after.front() == '(' || after.front() == ':';
  });
}

struct Pieces {
  std::string_view title, who;
};

// Where a title and its speaker are told apart: the last dash between spaces, a tab, a bar.
std::optional<Pieces> told_apart(std::string_view text, std::string_view separator) {
  const auto at = text.rfind(separator);
  if (at == std::string_view::npos) return std::nullopt;
  const Pieces pieces{trim(text.substr(0, at)), trim(text.substr(at + separator.size()))};
  if (pieces.title.empty() || pieces.who.empty()) return std::nullopt;
  return pieces;
}

Pieces in_brackets(std::string_view text) {
  const auto open = text.rfind('(');
  if (text.ends_with(')') && open != std::string_view::npos && open > 0) {
    const auto inside = trim(text.substr(open + 1, text.size() - open - 2));
    if (begins_with_name(inside)) return {trim(text.substr(0, open)), inside};
  }
  return {text, {}};
}

// "Surname N. P. «Title»"
Pieces before_quotes(std::string_view text) {
  for (const std::string_view quote : {"«", "“", "\""}) {
    const auto at = text.find(quote);
    if (at == std::string_view::npos || at == 0 || !begins_with_name(text)) continue;
    auto who = trim(text.substr(0, at));
    while (!who.empty() && (who.back() == '.' || who.back() == ':' || who.back() == ',')) {
      if (who.back() == '.' && has_name(who)) break;  // the point of an initial
      who = trim(who.substr(0, who.size() - 1));
    }
    return {trim(text.substr(at)), who};
  }
  return {text, {}};
}

Pieces title_and_speaker(std::string_view text) {
  for (const std::string_view separator : {"\t", " | ", " — ", " – ", " - ", " // "}) {
    auto pieces = told_apart(text, separator);
    if (!pieces) continue;
    if (begins_with_name(pieces->title) && !has_name(pieces->who)) std::swap(pieces->title, pieces->who);
    // A dash within a title tells nobody from it.
    if (!has_name(pieces->who) && separator != "\t" && separator != " | ") continue;
    return *pieces;
  }
  const auto brackets = in_brackets(text);
  return brackets.who.empty() ? before_quotes(text) : brackets;
}

struct Line {
  std::optional<TimeOfDay> begin, end;
  std::optional<int> minutes;
  ProgrammeRow row;
};

std::optional<Line> read_line(std::string_view text) {
  text = trim(text);
  Line line;
  line.begin = take_time(text);
  if (!line.begin) {
    drop_number(text);
    line.begin = take_time(text);
  }
  if (line.begin && take_dash(text)) line.end = take_time(text);
  while (line.begin && take_dash(text)) {
  }
  drop_number(text);
  line.minutes = take_length(text);
  if (text.empty()) return std::nullopt;
  line.row.is_break = says_break(text);
  if (line.row.is_break) {
    line.row.title = collapse_spaces(text);
    return line;
  }
  const auto pieces = title_and_speaker(text);
  line.row.title = collapse_spaces(pieces.title);
  line.row.speakers = read_speakers(pieces.who);
  if (line.row.title.empty()) return std::nullopt;
  return line;
}

// The length of a row: as it says, until its end, until the next one begins, or as talks usually are.
int length_of(const Line& line, const Line* next) {
  if (line.minutes) return *line.minutes;
  const auto until = [&](std::optional<TimeOfDay> end) -> std::optional<int> {
    if (!line.begin || !end || *end <= *line.begin) return std::nullopt;
    const auto minutes = static_cast<int>((*end - *line.begin).count());
    return minutes <= longest_row ? std::optional(minutes) : std::nullopt;
  };
  if (const auto own = until(line.end)) return *own;
  if (const auto gap = until(next != nullptr ? next->begin : std::nullopt); gap && *gap <= longest_gap)
    return *gap;
  return usual_row;
}

}  // namespace

std::vector<std::string> read_speakers(std::string_view text) {
  std::vector<std::string> speakers;
  std::string lines(text);
  std::ranges::replace(lines, '\n', ';');
  for (const auto person : split(lines, ';')) {
    bool open = false;  // whether what follows may belong to the last one
    for (const auto piece : split(person, ',')) {
      const auto clean = collapse_spaces(piece);
      if (clean.empty()) continue;
      if (open && !begins_with_name(clean))
        speakers.back() += ", " + clean;
      else
        speakers.push_back(clean);
      open = true;
    }
  }
  return speakers;
}

Result<TalkList> read_talk_list(std::string_view text) {
  if (text.size() > longest_talk_list) return Error{Errc::limit_exceeded, "'list': it is too long"};
  const auto clean = strip_controls(to_valid_utf8(text));
  std::vector<Line> lines;
  for (const auto one : split(clean, '\n'))
    if (auto line = read_line(one)) lines.push_back(std::move(*line));
  if (lines.empty()) return Error{Errc::invalid_input, "'list': no line of it says anything"};
  if (lines.size() > most_rows)
    return Error{Errc::limit_exceeded,
                 "'list': a section has at most " + std::to_string(most_rows) + " rows"};
  TalkList list;
  list.first = lines.front().begin;
  std::optional<std::chrono::minutes> running = list.first;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto& line = lines[i];
    line.row.minutes = length_of(line, i + 1 < lines.size() ? &lines[i + 1] : nullptr);
    if (i > 0 && line.begin && (!running || *line.begin != *running)) {
      line.row.at = line.begin;
      running = *line.begin;
    }
    if (running) *running += std::chrono::minutes{line.row.minutes};
    list.rows.push_back(std::move(line.row));
  }
  return list;
}

}  // namespace convoke::service
