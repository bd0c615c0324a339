#include "documents/plan_rows.hpp"

#include "base/text.hpp"
#include "documents/characters.hpp"
#include "documents/limits.hpp"
#include "documents/names.hpp"
#include "documents/plan_year.hpp"
#include "documents/row_fields.hpp"

#include <algorithm>

namespace convoke::documents {
namespace {

class RowReader {
 public:
  RowReader(const TablePart& table, const Columns& columns, SectionStack& sections,
            std::vector<Paragraph>& tail)
      : table_(table), columns_(columns), sections_(sections), tail_(tail) {}

  std::vector<Entry> run() {
    for (std::size_t i = 0; i < table_.rows.size(); ++i) row(i);
    return std::move(entries_);
  }

 private:
  void row(std::size_t at) {
    const TableRow& row = *table_.rows[at];
    if (is_repeated_heading(row) || is_index_row(row) || is_total(row)) return;
    if (is_written_by(row) && !entries_.empty()) return tail(row);
    if (ends_sections(row)) return sections_.clear();
    RowFields fields = fields_of(row, columns_);
    if (fields.filled == 0) return;
    if (const auto caption = section_caption(row, fields, at); !caption.empty())
      enter(caption);
    else if (is_signature(row, fields, at))
      tail(row);
    else if (continues(row, fields))
      glue(fields, row);
    else
      entry(std::move(fields), row);
  }

  // The row as a reader of the document sees it.
  static std::string as_written(const TableRow& row) {
    std::string line;
    for (const auto& cell : row.cells) {
      const std::string text = cell.covered || cell.merged_above ? "" : collapse_spaces(cell.text);
      if (!text.empty()) line += (line.empty() ? "" : " | ") + text;
    }
    return line;
  }

  // A dash in place of a caption: what follows stands in no section.
  static bool ends_sections(const TableRow& row) {
    for (std::size_t i = 1; i < row.cells.size(); ++i)
      if (!trim(row.cells[i].text).empty() && !row.cells[i].merged_above) return false;
    return !row.cells.empty() && is_dash(row.cells.front().text);
  }

  // A heading that comes again on the next page.
  bool is_repeated_heading(const TableRow& row) const {
    std::size_t same = 0, filled = 0;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (trim(row.cells[i].text).empty()) continue;
      ++filled;
      if (i < columns_.size() && repeats(columns_[i].caption, row.cells[i].text)) ++same;
    }
    return same > 0 && same * 2 >= filled && read_heading(row).has_value();
  }

  void enter(const std::string& caption) { sections_.enter(caption, is_month_caption(caption)); }

  // The caption when the row is a section's; empty when it is not.
  std::string section_caption(const TableRow& row, const RowFields& fields, std::size_t at) const {
    std::size_t filled = 0;
    const Cell* only = nullptr;
    for (const auto& cell : row.cells) {
      if (trim(cell.text).empty() || cell.merged_above) continue;
      ++filled;
      only = &cell;
    }
    // Months are sections in any column that leads the row, whatever stands before it.
    if (filled == 1 && only == &row.cells.front() && is_month_caption(only->text))
      return collapse_spaces(only->text);
    if (filled == 1 && only->span + 1 >= table_.width && table_.width > 1 && only->span > 1)
      return collapse_spaces(only->text);
    const auto numbered = row_number(fields.number);
    if (filled == 1 && !numbered && fields.title.empty() && !fields.number.empty())
      return lone(row, fields.number);
    if (filled == 1 && fields.number.empty() && !fields.title.empty() && !fields.title_merged)
      return lone(row, fields.title);
    if (filled == 1 && !has_role(columns_, Role::number) && !row.cells.empty() &&
        !trim(row.cells[0].text).empty() && !row.after_empty)
      return collapse_spaces(row.cells[0].text);
    if (filled == 2 && numbered && !fields.title.empty() && opens_section(*numbered, fields, at))
      return collapse_spaces(fields.number) + " " + collapse_spaces(fields.title);
    return {};
  }

  // A row with one text: a section, unless it goes on from the row above.
  std::string lone(const TableRow& row, const std::string& text) const {
    const bool in_number_column = fold(text) == fold(row.cells.empty() ? "" : row.cells[0].text) &&
                                  has_role(columns_, Role::number) && columns_[0].role == Role::number;
    if (!in_number_column && !entries_.empty()) {
      if (starts_lower(text)) return {};
      if (row.after_empty && has_role(columns_, Role::number) && !is_all_capitals(text)) return {};
    }
    return collapse_spaces(text);
  }

  static bool is_all_capitals(std::string_view text) {
    bool letters = false;
    for (const char32_t c : decode(text)) {
      if (is_lower(c)) return false;
      letters = letters || is_letter(c);
    }
    return letters;
  }

  // A number and a caption and nothing else: "1. Организационная работа", if what follows is counted inside
  // it.
  bool opens_section(const std::string& number, const RowFields& fields, std::size_t at) const {
    if (roman_number(number) || trim(fields.title).ends_with(':')) return true;
    for (auto next = at + 1; next < table_.rows.size(); ++next) {
      if (is_repeated_heading(*table_.rows[next]) || is_index_row(*table_.rows[next])) continue;
      const auto below = fields_of(*table_.rows[next], columns_);
      const auto below_number = row_number(below.number);
      if (!below_number) {
        if (below.number.empty() && below.columns_filled_outside_title == 0) continue;
        return below.number.empty() && number != "1";
      }
      return below_number->starts_with(number + ".") || (*below_number == "1" && number != "1") ||
             (*below_number == "1" && below.columns_filled_outside_title > 0);
    }
    return false;
  }

  bool continues(const TableRow& row, const RowFields& fields) const {
    if (entries_.empty()) return false;
    if (fields.title.empty() && (fields.number.empty() || fields.number_merged)) return true;
    if (!fields.number.empty() && !fields.number_merged) return false;
    if (fields.title_merged && !fields.title.empty()) return true;
    const bool empty_cell = std::any_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) {
      return trim(cell.text).empty() && !cell.covered;
    });
    std::size_t empty_beside_number = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i].role != Role::number && (i >= row.cells.size() || trim(row.cells[i].text).empty()))
        ++empty_beside_number;
    if (row.after_empty && empty_cell && has_role(columns_, Role::number))
      return empty_beside_number > 0 || starts_lower(fields.title);
    if (fields.columns_filled_outside_title == 0) return starts_lower(fields.title);
    return halves_sentence(fields);
  }

  // A page's end that left no gap: the number is missing where rows have one, the sentence goes on in lower
  // case, and the period's cell holds the rest of one or nothing.
  bool halves_sentence(const RowFields& fields) const {
    const auto title = decode(trim(fields.title)), period = decode(trim(fields.period));
    if (entries_.back().number.empty() || title.empty() || !is_lower(title[0])) return false;
    constexpr std::size_t year_digits = 4;
    std::size_t digits = 0;
    while (digits < period.size() && is_digit(period[digits])) ++digits;
    return period.empty() || digits == year_digits;
  }

  // A cell that says what the upper part says already. Folding keeps a text's size within half and double.
  static bool repeats(const std::string& above, const std::string& text) {
    return above.size() <= 2 * text.size() + 16 && text.size() <= 2 * above.size() + 16 &&
           fold(above) == fold(text);
  }

  void glue(const RowFields& fields, const TableRow& row) {
    Entry& entry = entries_.back();
    constexpr std::size_t most_raw = 8;
    if (entry.raw.size() < most_raw) entry.raw.push_back(as_written(row));
    std::string what;
    const auto join_in = [&](std::string& to, const std::string& text, const char* name,
                             std::string_view separator = " ") {
      if (trim(text).empty() || repeats(to, text)) return;
      if (to.size() + text.size() > max_cell_bytes) return;  // no row of people is broken that often
      append_rest(to, text, separator);
      what += (what.empty() ? "" : ", ") + std::string(name);
    };
    if (!fields.title_merged) join_in(entry.title, fields.title, "title");
    // Under one merged title each row is a date of its own; across a page's end it is half of one.
    join_in(entry.period, fields.period, "period", fields.title_merged ? ", " : " ");
    // Somebody else on the other page, or the rest of a post.
    const auto names = find_names(decode(trim(fields.responsible)));
    join_in(entry.responsible, fields.responsible, "responsible",
            !names.empty() && names.front().begin == 0 ? "\n" : " ");
    join_in(entry.place, fields.place, "place");
    join_in(entry.note, fields.note, "note");
    constexpr std::size_t most_warnings = 8;
    if (!what.empty() && entry.warnings.size() < most_warnings)
      entry.warnings.push_back("joined: a row broken in two was put together (" + what + ")");
  }

  // "Голова МО … І.І. Іваненко" as one of the last rows of a sheet, in whatever column: a post and perhaps
  // a name, and none of the other things that an entry has.
  bool is_signature(const TableRow& row, const RowFields& fields, std::size_t at) const {
    constexpr std::size_t last_rows = 3, most_cells = 3;
    if (at + last_rows < table_.rows.size() || entries_.empty() || fields.filled > most_cells) return false;
    if (row_number(fields.number)) return false;
    std::string first;
    bool named = false;
    for (const auto& cell : row.cells) {
      if (trim(cell.text).empty()) continue;
      if (first.empty())
        first = fold(cell.text);
      else
        named = named || !find_names(decode(cell.text)).empty();
    }
    if (!is_leading_post(first.substr(0, first.find(' ')))) return false;
    if (fold(fields.responsible) == first) return false;  // the responsible of the row above, broken off
    if (!entries_.front().number.empty()) return trim(fields.period).empty();
    return named && (fields.title.empty() || trim(fields.period).empty());
  }

  void tail(const TableRow& row) {
    Paragraph paragraph;
    for (const auto& cell : row.cells)
      if (!trim(cell.text).empty()) paragraph.text += (paragraph.text.empty() ? "" : " ") + cell.text;
    tail_.push_back(std::move(paragraph));
  }

  void entry(RowFields fields, const TableRow& row) {
    if (!fields.section.empty()) {
      const std::string caption = collapse_spaces(fields.section);
      if (caption != column_section_) enter(caption);
      column_section_ = caption;
    }
    Entry out;
    out.raw.push_back(as_written(row));
    out.section = sections_.path();
    out.month = sections_.month();
    out.number = row_number(fields.number).value_or(collapse_spaces(fields.number));
    out.title = std::move(fields.title);
    if (out.title.empty() && !fields.form.empty()) std::swap(out.title, fields.form);
    out.period = repeat(fields.period, last_period_, "period", out);
    if (trim(out.period).empty() && !last_period_.empty() && months_lead()) {
      out.period = last_period_;
      out.warnings.push_back("period: the cell is empty; the month of the row above was taken");
    }
    out.responsible = repeat(fields.responsible, last_responsible_, "person", out);
    out.place = std::move(fields.place);
    out.note = std::move(fields.note);
    out.audience = std::move(fields.audience);
    out.form = std::move(fields.form);
    for (const auto& column : columns_) out.period_holds_place = out.period_holds_place || column.holds_place;
    last_period_ = out.period;
    last_responsible_ = out.responsible;
    entries_.push_back(std::move(out));
    sections_.item_follows();
  }

  // A first column of months, each written once for the rows below it.
  bool months_lead() const {
    for (const auto& column : columns_) {
      if (column.role == Role::number) continue;
      return column.role == Role::period && begins_with(fold(column.caption), {"месяц", "місяц", "month"});
    }
    return false;
  }

  static std::string repeat(const std::string& cell, const std::string& above, const char* what,
                            Entry& entry) {
    if (!is_ditto(cell) || above.empty()) return cell;
    entry.warnings.push_back(std::string(what) + ": \"" + collapse_spaces(cell) +
                             "\" was read as the row above says");
    return above;
  }

  const TablePart& table_;
  const Columns& columns_;
  SectionStack& sections_;
  std::vector<Paragraph>& tail_;
  std::vector<Entry> entries_;
  std::string last_period_, last_responsible_, column_section_;
};

}  // namespace

bool is_month_caption(std::string_view caption) {
  std::string folded = fold(caption_text(caption));
  const auto mark = read_list_mark(folded);
  if (mark.kind == ListMark::Kind::arabic) folded = mark.rest;
  std::size_t months = 0, others = 0;
  for (const auto word : split(folded, ' ')) {
    if (word.empty()) continue;
    const bool year =
        is_digit(decode(word)[0]) || begins_with(word, {"г.", "р.", "год", "рок", "рік", "месяц", "місяць"});
    if (month_of_word(word))
      ++months;
    else if (!year)
      ++others;
  }
  return months == 1 && others == 0;
}

std::vector<Entry> read_rows(const TablePart& table, const Columns& columns, SectionStack& sections,
                             std::vector<Paragraph>& tail) {
  return RowReader(table, columns, sections, tail).run();
}

}  // namespace convoke::documents
