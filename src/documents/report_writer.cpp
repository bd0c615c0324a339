#include "documents/docx_parts.hpp"
#include "documents/report_document.hpp"

#include <algorithm>

namespace convoke::documents {
namespace {

constexpr int small = 20;    // half points: of tables
constexpr int widest = 720;  // points: of the picture

std::vector<int> widths_of(const ReportTable& table) {
  int all = 0;
  for (const int share : table.shares) all += share;
  std::vector<int> widths;
  int rest = docx::landscape_width;
  for (const int share : table.shares) {
    widths.push_back(docx::landscape_width * share / std::max(1, all));
    rest -= widths.back();
  }
  if (!widths.empty()) widths.front() += rest;
  return widths;
}

std::string table_of(const ReportTable& table) {
  const auto widths = widths_of(table);
  std::string out;
  if (!table.caption.empty()) out += docx::paragraph(table.caption, "left", true, "<w:keepNext/>");
  out += docx::table_start(widths, docx::landscape_width, true);
  if (!table.headings.empty()) {
    out += "<w:tr><w:trPr><w:tblHeader/></w:trPr>";
    for (std::size_t i = 0; i < widths.size(); ++i)
      out += docx::cell(docx::paragraph(table.headings.at(i), "center", true, "", small), widths[i]);
    out += "</w:tr>";
  }
  for (const auto& line : table.lines) {
    out += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
    if (line.section) {
      const auto words = docx::paragraph(line.cells.at(0), "center", true, "<w:keepNext/>", small);
      out += docx::cell(words, docx::landscape_width, widths.size());
    } else {
      for (std::size_t i = 0; i < widths.size(); ++i)
        out += docx::cell(docx::paragraph(line.cells.at(i), "left", false, "", small), widths[i]);
    }
    out += "</w:tr>";
  }
  return out + "</w:tbl>" + docx::paragraph("");
}

}  // namespace

std::string write_report_docx(const ReportDocument& report) {
  std::string body = docx::paragraph(report.title, "center", true, "", 28);
  for (const auto& line : report.head) body += docx::paragraph(line, "center");
  body += docx::paragraph("");
  for (const auto& table : report.figures) body += table_of(table);
  std::string png;
  if (!report.bars.months.empty()) {
    png = draw_months(report.bars);
    const auto size = size_of(report.bars);
    const int width = std::min(size.width, widest);
    body += docx::paragraph(report.picture_caption, "left", true, "<w:keepNext/>");
    body +=
        docx::picture(report.picture_caption, width, size.height * width / size.width) + docx::paragraph("");
  }
  for (const auto& table : report.tables) body += table_of(table);
  return docx::package(body, report.language, docx::Sheet::landscape, png);
}

}  // namespace convoke::documents
