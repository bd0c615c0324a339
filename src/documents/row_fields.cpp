#include "documents/row_fields.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"

#include <algorithm>

namespace convoke::documents {
namespace {

constexpr std::size_t longest_total_cell = 40;

std::string first_cell(const TableRow& row) {
  for (const auto& cell : row.cells)
    if (!trim(cell.text).empty()) return fold(cell.text);
  return {};
}

}  // namespace

bool is_dash(std::string_view text) {
  text = trim(text);
  return text == "—" || text == "–" || text == "-";
}

void append(std::string& to, std::string_view text, std::string_view separator) {
  text = trim(text);
  if (text.empty()) return;
  if (!to.empty()) to += separator;
  to += text;
}

RowFields fields_of(const TableRow& row, const Columns& columns) {
  RowFields out;
  for (std::size_t i = 0; i < row.cells.size() && i < columns.size(); ++i) {
    const auto& cell = row.cells[i];
    if (trim(cell.text).empty()) continue;
    ++out.filled;
    const auto role = columns[i].role;
    if (role != Role::title && role != Role::number) ++out.columns_filled_outside_title;
    // A dash stands where there is nothing to say.
    if (is_dash(cell.text)) continue;
    switch (role) {
      case Role::number:
        append(out.number, cell.text);
        out.number_merged = cell.merged_above;
        break;
      case Role::title:
        append(out.title, cell.text, "\n");
        out.title_merged = cell.merged_above;
        break;
      case Role::period:
        append(out.period, cell.text, "\n");
        break;
      case Role::responsible:
        append(out.responsible, cell.text, "\n");
        break;
      case Role::place:
        append(out.place, cell.text);
        break;
      case Role::form:
        append(out.form, cell.text);
        break;
      case Role::section:
        append(out.section, cell.text);
        break;
      case Role::audience:
        append(out.audience, cell.text, "; ");
        break;
      case Role::note:
        append(out.note, cell.text, "; ");
        break;
      case Role::other:
        append(
            out.note,
            columns[i].caption.empty() ? cell.text : collapse_spaces(columns[i].caption) + ": " + cell.text,
            "; ");
        break;
    }
  }
  return out;
}

void append_rest(std::string& to, std::string_view rest, std::string_view separator) {
  rest = trim(rest);
  constexpr std::size_t last_letters = 12;  // in bytes; the whole of a long cell need not be looked at
  const auto before = decode(std::string_view(to).substr(to.size() - std::min(to.size(), last_letters)));
  const auto after = decode(rest.substr(0, last_letters));
  const bool inside_word = before.size() > 1 && before.back() == U'-' &&
                           is_letter(before[before.size() - 2]) && !after.empty() && is_lower(after[0]);
  if (!inside_word) return append(to, rest, separator);
  // «семинар-практикум» keeps its hyphen, «практи-ке» was divided by the word processor.
  const bool compound = begins_with(
      fold(rest), {"практикум", "практыкум", "конкурс", "класс",      "клас",      "лекц",     "тренинг",
                   "тренінг",   "трэнінг",   "библиот", "бібліот",    "бібліят",   "выстав",   "вистав",
                   "презентац", "турнир",    "турнір",  "методическ", "методичн",  "метадычн", "огляд",
                   "агляд",     "смотр",     "практич", "практычн",   "аналитич",  "аналітич", "информ",
                   "інформ",    "інфарм",    "совещан", "нарад",      "путешеств", "подорож",  "игр",
                   "семинар",   "семінар",   "график",  "графік",     "просветит", "просвітн"});
  if (!compound) to.pop_back();
  to += rest;
}

// "-//-", "— » —", "то же": the cell above once more.
bool is_ditto(std::string_view cell) {
  const std::string folded = fold(cell);
  if (folded == "то же" || folded == "те саме" || folded == "тое ж" || folded == "те ж" ||
      folded == "ditto" || folded == "as above")
    return true;
  if (folded.empty() || length(folded) > 7) return false;
  const bool signs = folded.find_first_not_of("-\"'/, ") == std::string::npos;
  return signs && folded.find_first_of("\"'/,") != std::string::npos;
}

bool is_total(const TableRow& row) {
  const std::string first = first_cell(row);
  const auto words = split(first, ' ');
  std::string word(words.front());
  while (word.ends_with(':') || word.ends_with('.')) word.pop_back();
  bool total = false;
  for (const std::string_view name :
       {"всього", "усього", "разом", "всего", "итого", "усяго", "разам", "total"})
    total = total || word == name;
  if (!total) return false;
  // A total has a number and short cells; «Разом до успіху» is a title.
  bool digits = false;
  for (const auto& cell : row.cells) {
    if (length(cell.text) > longest_total_cell) return false;
    digits = digits || cell.text.find_first_of("0123456789") != std::string::npos;
  }
  return digits || words.size() == 1;
}

bool is_written_by(const TableRow& row) {
  const std::string first = first_cell(row);
  const auto words = split(first, ' ');
  const auto word = words.front();
  const bool label = begins_with(
      word, {"склав:", "склала:", "склали:", "составил:", "составила:", "составитель:", "укладач:", "исп.",
             "вик.:", "склаў:", "выканаўца:", "исполнитель:", "виконавець:", "підготував:", "підготувала:",
             "подготовил:", "подготовила:", "падрыхтаваў:", "падрыхтавала:"});
  return label || begins_with(first, {"prepared by", "compiled by"});
}

}  // namespace convoke::documents
