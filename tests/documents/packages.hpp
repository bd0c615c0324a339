// Documents made by the tests themselves: the parts of a package are written out, so that a case shows what
// is in it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace packages {

struct Entry {
  std::string name, bytes;
  bool symlink = false;
  bool encrypted = false;  // with a password
  int packing = -1;        // one of libzip's ZIP_CM_…; as it chooses
};

std::string zip(const std::vector<Entry>& entries);
// `body` is what stands in w:body; `numbering` what stands in w:numbering.
std::string docx(const std::string& body, const std::string& numbering = {});
// `text` is what stands in office:text; `styles` in office:automatic-styles.
std::string odt(const std::string& text, const std::string& styles = {});
// `rows` is what stands in sheetData; `after` behind it (mergeCells); cell style 1 is a date, 2 a month.
std::string xlsx(const std::string& rows, const std::string& after = {},
                 const std::vector<std::string>& shared = {});

// <w:p> with one run.
std::string word_paragraph(const std::string& text, const std::string& properties = {});
// <w:tr> of cells given as their paragraphs' XML or, without "<", as text.
std::string word_row(const std::vector<std::string>& cells);

}  // namespace packages
