// The list that those who come sign: A4, the head of the table on each page, empty rows at the end.
#include "documents/event_papers.hpp"
#include "documents/pdf_canvas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace convoke::documents {
namespace {

constexpr double left = 50, right = 34, top = 42, bottom = 48, padding = 4;
constexpr double room_width = a4_short - left - right;
constexpr double least_row = 26;              // room for a signature
constexpr std::size_t before_signatures = 3;  // number, name, institution
constexpr std::size_t most_signatures = 4;    // beside each other; more days are other sheets
constexpr const char* family = "Serif";

class List {
 public:
  explicit List(const AttendanceList& list)
      : list_(list), canvas_(a4_short, a4_long, list.title, list.language) {}

  std::string run() {
    for (std::size_t first = before_signatures; first < list_.headings.size(); first += most_signatures)
      draw_sheets(first);
    return canvas_.finish();
  }

 private:
  // The list with a column for each of up to most_signatures headings from `first` on.
  void draw_sheets(std::size_t first) {
    const auto begin = list_.headings.begin();
    const auto end = std::min(first + most_signatures, list_.headings.size());
    headings_.assign(begin, begin + before_signatures);
    headings_.insert(headings_.end(), begin + static_cast<std::ptrdiff_t>(first),
                     begin + static_cast<std::ptrdiff_t>(end));
    const auto signatures = headings_.size() - before_signatures;
    shares_ = {0.08, 0.36, 0.30};
    if (list_.headings.size() > before_signatures + 1) shares_ = {0.07, 0.33, 0.20};
    const double left_over = 1 - shares_[0] - shares_[1] - shares_[2];
    const auto columns =
        list_.headings.size() > before_signatures + most_signatures ? most_signatures : signatures;
    shares_.insert(shares_.end(), signatures, left_over / static_cast<double>(columns));
    const auto pages = split_pages();
    for (std::size_t page = 0; page < pages.size(); ++page) {
      double y = page == 0 ? draw_head() : top;
      y = draw_cells(headings_, y, true);
      for (std::size_t i = page == 0 ? 0 : pages[page - 1]; i < pages[page]; ++i)
        y = draw_cells(cells_of(i), y, false);
      const auto number = fmt::format("{} / {}", page + 1, pages.size());
      canvas_.ink(soft_ink);
      canvas_.text(list_.title, canvas_.fitted(list_.title, Look(family, 8), room_width - 80, 1, 4), left,
                   a4_long - bottom + 16, room_width - 80);
      canvas_.text(number, Look(family, 9, false, Align::right), left + room_width - 80,
                   a4_long - bottom + 15, 80);
      canvas_.ink(Ink());
      canvas_.next_page();
    }
  }

  std::size_t count() const { return list_.rows.size() + list_.empty_rows; }

  std::vector<std::string> cells_of(std::size_t i) const {
    const auto number = std::to_string(i + 1);
    std::vector<std::string> cells(headings_.size());
    cells[0] = number;
    if (i >= list_.rows.size()) return cells;
    cells[1] = list_.rows[i].name;
    cells[2] = list_.rows[i].institution;
    return cells;
  }

  static Look look_of(bool heading) {
    return {family, heading ? 10.0 : 11.0, heading, heading ? Align::centre : Align::left};
  }

  double tall(const std::vector<std::string>& cells, bool heading) {
    double most = heading ? 0 : least_row - 2 * padding;
    for (std::size_t i = 0; i < cells.size() && i < shares_.size(); ++i)
      most = std::max(
          most, canvas_.height_of(cells[i], look_of(heading), room_width * shares_.at(i) - 2 * padding));
    return most + 2 * padding;
  }

  double head_height() {
    double height = canvas_.height_of(list_.title, Look(family, 15, true, Align::centre), room_width) + 4;
    for (const auto& line : list_.head)
      height += canvas_.height_of(line, Look(family, 11, false, Align::centre), room_width) + 2;
    return height + 10;
  }

  double draw_head() {
    double y = top;
    y += canvas_.text(list_.title, Look(family, 15, true, Align::centre), left, y, room_width) + 4;
    for (const auto& line : list_.head)
      y += canvas_.text(line, Look(family, 11, false, Align::centre), left, y, room_width) + 2;
    return y + 10;
  }

  double draw_cells(const std::vector<std::string>& cells, double y, bool heading) {
    const double height = tall(cells, heading);
    double x = left;
    for (std::size_t i = 0; i < shares_.size(); ++i) {
      const double wide = room_width * shares_.at(i);
      if (i < cells.size()) {
        const double own = canvas_.height_of(cells[i], look_of(heading), wide - 2 * padding);
        canvas_.text(cells[i], look_of(heading), x + padding, y + (height - own) / 2, wide - 2 * padding);
      }
      canvas_.frame(x, y, wide, height, 0.6);
      x += wide;
    }
    return y + height;
  }

  // The row after the last of each page; one page at least.
  std::vector<std::size_t> split_pages() {
    std::vector<std::size_t> ends;
    const double heading = tall(headings_, true), limit = a4_long - bottom;
    double y = top + head_height() + heading;
    for (std::size_t i = 0; i < count(); ++i) {
      const double height = tall(cells_of(i), false);
      if (y + height > limit && (ends.empty() ? i > 0 : i > ends.back())) {
        ends.push_back(i);
        y = top + heading;
      }
      y += height;
    }
    ends.push_back(count());
    return ends;
  }

  const AttendanceList& list_;
  PdfCanvas canvas_;
  std::vector<std::string> headings_;  // of the sheets that are being drawn
  std::vector<double> shares_;         // of the width, by column
};

}  // namespace

std::string write_attendance_list(const AttendanceList& list) {
  return List(list).run();
}

}  // namespace convoke::documents
