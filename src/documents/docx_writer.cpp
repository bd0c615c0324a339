// Office Open XML (ECMA-376): word/document.xml and what it cannot be opened without.
#include "base/text.hpp"
#include "documents/docx_parts.hpp"
#include "documents/plan_writers.hpp"

#include <array>

namespace convoke::documents {
namespace {

constexpr int text_width = docx::portrait_width;
constexpr std::array<int, 6> widths_of_six = {700, 2922, 1800, 1800, 1400, 1300},
                             widths_of_four = {700, 4622, 2200, 2400, 0, 0};

std::vector<int> widths_for(std::size_t columns) {
  const auto& widths = columns == 4 ? widths_of_four : widths_of_six;
  std::vector<int> all(widths.begin(), widths.begin() + static_cast<std::ptrdiff_t>(columns));
  int rest = text_width;
  for (const int width : all) rest -= width;
  all[1] += rest;
  return all;
}

// Side by side, as they are pasted into plans.
std::string stamps_table(const PlanLayout& layout) {
  constexpr std::size_t side_by_side = 2;
  std::string out;
  for (std::size_t i = 0; i < layout.stamps.size(); i += side_by_side) {
    const std::size_t count = std::min(side_by_side, layout.stamps.size() - i);
    const std::vector<int> columns(count, text_width / static_cast<int>(count));
    out += docx::table_start(columns, text_width, false) + "<w:tr>";
    for (std::size_t k = 0; k < count; ++k) {
      std::string lines;
      for (const auto& line : layout.stamps[i + k])
        lines += docx::paragraph(line, "left", &line == &layout.stamps[i + k].front());
      out += docx::cell(lines, columns[k]);
    }
    out += "</w:tr></w:tbl>" + docx::paragraph("");
  }
  return out;
}

std::string plan_table(const PlanLayout& layout) {
  const auto columns = widths_for(layout.headings.size());
  std::string out = docx::table_start(columns, text_width, true) + "<w:tr><w:trPr><w:tblHeader/></w:trPr>";
  for (std::size_t i = 0; i < columns.size(); ++i)
    out += docx::cell(docx::paragraph(layout.headings[i], "center", true), columns[i]);
  out += "</w:tr>";
  for (const auto& line : layout.lines) {
    out += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
    if (line.kind == LaidOutLine::Kind::caption) {
      out += docx::cell(docx::paragraph(line.cells.front(), "center", true, "<w:keepNext/>"), text_width,
                        columns.size());
    } else {
      for (std::size_t i = 0; i < columns.size(); ++i)
        out += docx::cell(docx::paragraph(line.cells[i]), columns[i]);
    }
    out += "</w:tr>";
  }
  return out + "</w:tbl>";
}

std::string body_of(const PlanLayout& layout) {
  std::string body = stamps_table(layout);
  if (!layout.organisation.empty())
    body += docx::paragraph(layout.organisation, "center") + docx::paragraph("");
  body += docx::paragraph(layout.title, "center", true) + docx::paragraph("");
  for (const auto& one : layout.preamble)
    body += docx::paragraph((one.point ? "• " : "") + one.text, "both", one.caption);
  if (!layout.preamble.empty()) body += docx::paragraph("");
  body += plan_table(layout);
  for (const auto& line : layout.signatures) body += docx::paragraph("") + docx::paragraph(line);
  return body;
}

}  // namespace

std::string write_docx(const PlanLayout& layout) {
  return docx::package(body_of(layout), layout.language, docx::Sheet::portrait);
}

}  // namespace convoke::documents
