#include "documents/columns.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"
#include "documents/names.hpp"

#include <algorithm>
#include <array>

namespace convoke::documents {
namespace {

constexpr std::size_t longest_heading = 90;
constexpr std::size_t most_guessed_cells = 4000;  // each is tried as a period

struct RoleStems {
  Role role;
  std::initializer_list<std::string_view> stems;
};

// Of several roles the one whose word stands first wins: «Сроки проведения мероприятий» is a period.
const RoleStems role_stems[] = {
    {Role::period,
     {"срок",     "термін", "тэрмін", "дата",   "даты",   "дати",  "дні",     "дни",    "період", "период",
      "перыяд",   "час ",   "время",  "месяц",  "місяць", "месяц", "квартал", "period", "date",   "when",
      "deadline", "due",    "month",  "timing", "time",   "коли",  "когда",   "калі"}},
    {Role::responsible,
     {"ответственн", "отв.",        "відповідальн", "відп.",       "адказн",      "исполнител", "виконав",
      "выканаўц",    "организатор", "організатор",  "арганізатар", "responsible", "person",     "who",
      "lead",        "owner",       "organiser",    "organizer",   "доповідач",   "докладчик",  "дакладчык",
      "выступ",      "speaker",     "presenter",    "хто ",        "кто ",        "ведущ",      "ведуч"}},
    {Role::place,
     {"место", "місце", "месца", "база", "place", "venue", "location", "where", "где", "де проводиться",
      "адрес", "локац", "майданчик", "площадк", "пляцоўк", "platform"}},
    {Role::form, {"форма", "формат", "form", "format", "вид мероприят", "вид заходу", "тип "}},
    {Role::audience,
     {"участник", "учасник", "удзельнік", "аудитор", "аўдытор", "категор", "катэгор", "для кого", "цільова",
      "целевая", "audience", "participants", "for whom", "слухач", "слушател", "клас", "класс", "class"}},
    {Role::note,
     {"примечан", "примітк", "заўваг", "note", "remark", "comment", "отметк", "відмітк", "адзнак",
      "результат", "вынік", "result", "done", "статус", "status", "выполнен", "виконано"}},
    {Role::section,
     {"направлен", "напрям", "кірунак", "кірунк", "раздел", "розділ", "раздзел", "section", "area",
      "direction"}},
    {Role::title, {"мероприят",  "захід",    "заход",    "мерапрыемств", "содержан",  "зміст",   "змест",
                   "наименован", "назва",    "название", "вид деятел",   "вид робот", "виды",    "види",
                   "віды",       "тема",     "тэма",     "темат",        "тэматы",    "вопрос",  "питан",
                   "пытан",      "activit",  "event",    "action",       "topic",     "title",   "what",
                   "work",       "деятельн", "діяльн",   "дзейнасц",     "работа",    "робота",  "задач",
                   "завдан",     "task",     "программ", "програм",      "перелік",   "перечень"}}};

bool is_strong_title(std::string_view folded) {
  return has_stem(folded,
                  {"мероприят", "захід", "заход", "мерапрыемств", "содержан", "зміст", "змест", "деятельн",
                   "діяльн", "дзейнасц", "activit", "event", "action", "работ", "робот", "work"});
}

bool is_number_heading(std::string_view folded) {
  if (length(folded) > 12) return false;
  return folded.starts_with("№") || folded == "п/п" || folded == "з/п" || folded == "no" || folded == "no." ||
         folded == "#" || folded == "n" || folded == "nr" || folded == "n п/п" || folded == "n з/п" ||
         folded == "номер" || folded == "нумар";
}

std::optional<Column> column_of(const std::string& caption) {
  const std::string folded = fold(caption) + " ";  // so that "час " matches a whole word at the end
  const auto word = std::string(trim(folded));
  if (word.empty() || length(word) > longest_heading) return std::nullopt;
  if (is_number_heading(word)) return Column{Role::number, false, false, caption};
  std::optional<std::size_t> best;
  Column column;
  bool period = false, place = false;
  for (const auto& entry : role_stems) {
    const auto at = find_stem(folded, entry.stems);
    if (!at) continue;
    period = period || entry.role == Role::period;
    place = place || entry.role == Role::place;
    if (best && *best <= *at) continue;
    best = at;
    column.role = entry.role;
  }
  if (!best) return std::nullopt;
  if (period && place) column.role = Role::period;  // «Место и время проведения»
  column.holds_place = period && place;
  column.strong = column.role == Role::title && is_strong_title(folded);
  column.caption = collapse_spaces(caption);
  return column;
}

// A second column of one meaning is kept apart, except where a plan splits one: dates and times.
void settle_duplicates(Columns& columns) {
  std::size_t titles = 0;
  for (const auto& column : columns) {
    titles += column.role == Role::title ? 1 : 0;
  }
  if (titles == 0)
    for (auto& column : columns)
      if (column.role == Role::section || column.role == Role::form) {
        column.role = Role::title;
        titles = 1;
        break;
      }
  if (titles < 2) return;
  // Of several titles the one that names events leads; a heading over two columns counts once.
  const auto strong = std::find_if(columns.begin(), columns.end(),
                                   [](const Column& c) { return c.role == Role::title && c.strong; });
  const auto first =
      strong != columns.end() ? strong : std::find_if(columns.begin(), columns.end(), [](const Column& c) {
        return c.role == Role::title;
      });
  for (auto& column : columns)
    if (column.role == Role::title && column.caption != first->caption) column.role = Role::other;
}

}  // namespace

bool has_role(const Columns& columns, Role role) {
  return std::any_of(columns.begin(), columns.end(), [role](const Column& c) { return c.role == role; });
}

std::optional<Columns> read_heading(const TableRow& row) {
  Columns columns(row.cells.size());
  std::size_t known = 0, filled = 0;
  std::array<bool, 10> seen{};
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const auto& cell = row.cells[i];
    if (trim(cell.text).empty()) continue;
    ++filled;
    const auto column = column_of(plain_line(cell.text));
    columns[i].caption = collapse_spaces(cell.text);
    if (!column) continue;
    ++known;
    seen[static_cast<std::size_t>(column->role)] = true;
    for (std::size_t k = i; k < i + cell.span && k < columns.size(); ++k) columns[k] = *column;
  }
  const auto has = [&](Role role) { return seen[static_cast<std::size_t>(role)]; };
  const bool title = has(Role::title) || has(Role::section) || has(Role::form);
  const bool frame = has(Role::period) || has(Role::responsible);
  if (!title || !frame || known * 2 < filled || filled < 2) return std::nullopt;
  // An unnamed first column before the named ones is the numbers'.
  if (!has(Role::number) && columns[0].caption.empty()) columns[0].role = Role::number;
  settle_duplicates(columns);
  return columns;
}

void refine_heading(Columns& columns, const TableRow& row) {
  for (std::size_t i = 0; i < row.cells.size() && i < columns.size(); ++i) {
    if (row.cells[i].merged_above || row.cells[i].covered) continue;
    if (const auto column = column_of(plain_line(row.cells[i].text))) columns[i] = *column;
  }
}

bool is_index_row(const TableRow& row) {
  int expected = 1;
  for (const auto& cell : row.cells) {
    if (cell.covered && cell.text.empty()) continue;
    if (trim(cell.text) != std::to_string(expected)) return false;
    ++expected;
  }
  return expected > 2;
}

std::optional<Columns> guess_columns(const std::vector<const TableRow*>& all_rows, const PeriodReader& reader,
                                     std::string_view language, const PlanContext& year) {
  std::size_t width = 1;
  for (const auto* row : all_rows) width = std::max(width, row->cells.size());
  // The first rows tell; a wide sheet is sampled more shortly.
  const auto sample = std::clamp(most_guessed_cells / width, std::size_t{16}, std::size_t{400});
  const std::vector<const TableRow*> rows(
      all_rows.begin(), all_rows.begin() + static_cast<std::ptrdiff_t>(std::min(sample, all_rows.size())));
  struct Tally {
    std::size_t filled = 0, numbers = 0, periods = 0, names = 0, letters = 0;
  };
  std::vector<Tally> tallies(width);
  for (const auto* row : rows) {
    for (std::size_t i = 0; i < row->cells.size(); ++i) {
      const auto text = collapse_spaces(row->cells[i].text);
      if (text.empty()) continue;
      auto& tally = tallies[i];
      ++tally.filled;
      tally.letters += length(text);
      if (row_number(text))
        ++tally.numbers;
      else if (length(text) <= 60 && reader(text, language, year).period.precision != Precision::none)
        ++tally.periods;
      const auto first = fold(text).substr(0, fold(text).find_first_of(" ,"));
      if (!find_names(decode(text)).empty() || is_collective(first) || is_leading_post(first)) ++tally.names;
    }
  }
  Columns columns(width);
  const auto pick = [&](Role role, auto score) {
    std::size_t best = width;
    for (std::size_t i = 0; i < width; ++i)
      if (columns[i].role == Role::other && tallies[i].filled > 0 &&
          score(tallies[i]) * 2 > tallies[i].filled &&
          (best == width || score(tallies[i]) > score(tallies[best])))
        best = i;
    if (best < width) columns[best].role = role;
    return best < width;
  };
  if (!pick(Role::period, [](const Tally& t) { return t.periods; })) return std::nullopt;
  pick(Role::number, [](const Tally& t) { return t.numbers; });
  pick(Role::responsible, [](const Tally& t) { return t.names; });
  std::size_t title = width;
  for (std::size_t i = 0; i < width; ++i)
    if (columns[i].role == Role::other && tallies[i].filled > 0 &&
        (title == width || tallies[i].letters > tallies[title].letters))
      title = i;
  if (title == width) return std::nullopt;
  columns[title].role = Role::title;
  for (auto& column : columns)
    if (column.role == Role::other) column.role = Role::note;
  return columns;
}

}  // namespace convoke::documents
