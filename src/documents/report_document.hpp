// How a plan was carried out, as a document to print and to hand in: figures, a picture of the months,
// tables. The words are the caller's, in the language of the plan.
#pragma once

#include <string>
#include <vector>

namespace convoke::documents {

struct MonthBars {
  std::string planned, done;  // what the two kinds of bars are called
  struct Month {
    std::string label;  // "09.24"
    int planned = 0, done = 0;
  };
  std::vector<Month> months;
};

struct ReportTable {
  std::string caption;  // above it; may be empty
  std::vector<std::string> headings;
  std::vector<int> shares;  // of the width, one a column
  struct Line {
    bool section = false;  // one cell over the whole width
    std::vector<std::string> cells;
  };
  std::vector<Line> lines;
};

struct ReportDocument {
  std::string language;  // BCP 47
  std::string title;
  std::vector<std::string> head;     // centred below the title: the plan, the day
  std::vector<ReportTable> figures;  // before the picture
  std::string picture_caption;
  MonthBars bars;  // no months: no picture
  std::vector<ReportTable> tables;
};

struct PictureSize {
  int width = 0, height = 0;  // points
};
PictureSize size_of(const MonthBars& bars);
// Two bars a month as a PNG. Numbers stand above their bars.
std::string draw_months(const MonthBars& bars);

// A4 across. The same report gives the same bytes. Throws std::runtime_error when memory is out.
std::string write_report_docx(const ReportDocument& report);

}  // namespace convoke::documents
