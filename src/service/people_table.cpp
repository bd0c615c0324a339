#include "service/people_table.hpp"

#include "base/text.hpp"

#include <charconv>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace convoke::service {
namespace {

enum class Column { name, email, post, language, organisation, line };

std::optional<Column> column_of(std::string_view heading) {
  static const std::vector<std::pair<Column, std::vector<std::string_view>>> headings = {
      {Column::name,
       {"name", "ім'я", "ім’я", "піб", "прізвище", "имя", "фио", "ф.и.о", "фамилия", "імя", "прозвішча",
        "пракпаб"}},
      {Column::email, {"email", "e-mail", "mail", "пошта", "електронна", "почта", "электронная", "эл"}},
      {Column::post, {"post", "position", "посада", "должность", "пасада"}},
      {Column::language, {"language", "lang", "мова", "язык"}},
      {Column::organisation,
       {"organisation", "organization", "установа", "заклад", "організація", "арганізацыя", "учреждение",
        "организация"}},
      {Column::line, {"row in the file"}},
  };
  const std::string folded = fold(heading);
  for (const auto& [column, words] : headings)
    for (const auto word : words)
      if (folded.starts_with(word)) return column;
  return std::nullopt;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

int number_in(const std::string& text, int otherwise) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && number > 0 ? number : otherwise;
}

}  // namespace

Result<std::vector<TableLine>> read_people_table(const documents::Document& table) {
  std::vector<TableLine> lines;
  std::map<Column, std::size_t> columns;
  int line = 0;
  for (const auto& block : table.blocks) {
    ++line;
    const auto* row = std::get_if<documents::TableRow>(&block);
    if (!row) continue;
    if (!columns.contains(Column::name)) {
      columns.clear();  // a title above the headings may have had one of their words
      for (std::size_t i = 0; i < row->cells.size(); ++i)
        if (const auto column = column_of(row->cells[i].text)) columns.emplace(*column, i);
      continue;
    }
    const auto cell = [&](Column column) {
      const auto at = columns.find(column);
      return at == columns.end() || at->second >= row->cells.size()
                 ? std::string()
                 : collapse_spaces(row->cells[at->second].text);
    };
    TableLine read;
    read.name = cell(Column::name);
    if (read.name.empty()) continue;
    read.line = number_in(cell(Column::line), line);
    read.email = cell(Column::email);
    read.post = cell(Column::post);
    read.language = cell(Column::language);
    read.organisation = cell(Column::organisation);
    lines.push_back(std::move(read));
  }
  if (!columns.contains(Column::name))
    return Error{Errc::invalid_input, "the table needs a heading row with the columns name and email"};
  return lines;
}

std::string write_people_table(const std::vector<TableLine>& lines) {
  std::string text = "name,email,post,language,organisation,row in the file\n";
  for (const auto& one : lines)
    text += quoted(one.name) + "," + quoted(one.email) + "," + quoted(one.post) + "," + quoted(one.language) +
            "," + quoted(one.organisation) + "," + std::to_string(one.line) + "\n";
  return text;
}

}  // namespace convoke::service
