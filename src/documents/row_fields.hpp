// One table row sorted by what its columns mean, and what single rows and cells say of themselves.
#pragma once

#include "documents/columns.hpp"
#include "documents/document.hpp"

#include <string>
#include <string_view>

namespace convoke::documents {

struct RowFields {
  std::string number, title, period, responsible, place, note, audience, form, section;
  bool title_merged = false, number_merged = false;
  std::size_t filled = 0, columns_filled_outside_title = 0;
};

// A dash alone: nothing is to be said.
bool is_dash(std::string_view text);

RowFields fields_of(const TableRow& row, const Columns& columns);

// Adds the trimmed text behind the separator; nothing when there is no text.
void append(std::string& to, std::string_view text, std::string_view separator = " ");

// Puts together a text cut in two by a page's end, also inside a word.
void append_rest(std::string& to, std::string_view rest, std::string_view separator = " ");

// "-//-", "— » —", "то же": the cell above once more.
bool is_ditto(std::string_view cell);

// "Всього: 7", "Итого 12 мероприятий": a row that counts the rows above.
bool is_total(const TableRow& row);

// "Склала: Бурак Л.Д.", "Исп. Силина М.Ю.": a row that says who wrote the plan.
bool is_written_by(const TableRow& row);

}  // namespace convoke::documents
