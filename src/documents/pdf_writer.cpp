// A4 pages drawn with Cairo, their text set by Pango.
#include "base/text.hpp"
#include "documents/plan_writers.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

namespace convoke::documents {
namespace {

// Points.
constexpr double page_width = 595.28, page_height = 841.89;
constexpr double left = 56, right = 34, top = 45, bottom = 51, padding = 3.5;
constexpr double text_width = page_width - left - right;
// Of the columns; a date in figures stays on one line.
constexpr std::array<double, 6> shares_of_four = {0.07, 0.47, 0.22, 0.24, 0, 0},
                                shares_of_six = {0.07, 0.29, 0.18, 0.18, 0.15, 0.13};

struct Unref {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Layout = std::unique_ptr<PangoLayout, Unref>;

cairo_status_t keep(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

class Pages {
 public:
  explicit Pages(const PlanLayout& plan) : plan_(plan) {
    surface_.reset(cairo_pdf_surface_create_for_stream(keep, &bytes_, page_width, page_height));
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE,
                                   to_valid_utf8(plan.title).c_str());
    // The same plan gives the same bytes.
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2026-01-01T00:00:00");
    context_.reset(cairo_create(surface_.get()));
    cairo_set_line_width(context_.get(), 0.6);
    double rest = text_width;
    for (std::size_t i = 0; i < plan.headings.size(); ++i) {
      const auto& shares = plan.headings.size() == 4 ? shares_of_four : shares_of_six;
      widths_.push_back(text_width * shares.at(i));
      rest -= widths_.back();
    }
    if (widths_.size() > 1) widths_[1] += rest;
  }

  std::string run() {
    stamps();
    if (!plan_.organisation.empty()) text(plan_.organisation, "Serif 12", PANGO_ALIGN_CENTER);
    text(plan_.title, "Serif Bold 13", PANGO_ALIGN_CENTER);
    y_ += 6;
    for (const auto& one : plan_.preamble)
      text((one.point ? "• " : "") + one.text, one.caption ? "Serif Bold 11" : "Serif 11", PANGO_ALIGN_LEFT);
    y_ += 6;
    table();
    for (const auto& line : plan_.signatures) {
      y_ += 18;
      text(line, "Serif 11", PANGO_ALIGN_LEFT);
    }
    finish_page();
    context_.reset();
    cairo_surface_finish(surface_.get());
    if (cairo_surface_status(surface_.get()) != CAIRO_STATUS_SUCCESS)
      throw std::runtime_error("a PDF could not be written");
    surface_.reset();
    return std::move(bytes_);
  }

 private:
  Layout layout(const std::string& words, const char* font, double width, PangoAlignment align) {
    Layout made(pango_cairo_create_layout(context_.get()));
    PangoFontDescription* description = pango_font_description_from_string(font);
    pango_layout_set_font_description(made.get(), description);
    pango_font_description_free(description);
    pango_layout_set_width(made.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(made.get(), align);
    const auto clean = strip_controls(to_valid_utf8(words));
    pango_layout_set_text(made.get(), clean.c_str(), static_cast<int>(clean.size()));
    return made;
  }

  // Draws the lines [from, to) of a text with its left upper corner at x, y.
  void draw_lines(PangoLayout* layout, int from, int to, double x, double y) {
    double base = 0;
    for (int i = from; i < to; ++i) {
      PangoLayoutLine* line = pango_layout_get_line_readonly(layout, i);
      PangoRectangle extents;
      pango_layout_line_get_extents(line, nullptr, &extents);
      const double width = static_cast<double>(extents.width) / PANGO_SCALE;
      const double room = static_cast<double>(pango_layout_get_width(layout)) / PANGO_SCALE;
      const double shift =
          pango_layout_get_alignment(layout) == PANGO_ALIGN_CENTER ? std::max(0.0, (room - width) / 2) : 0;
      cairo_move_to(context_.get(), x + shift, y + base - static_cast<double>(extents.y) / PANGO_SCALE);
      pango_cairo_show_layout_line(context_.get(), line);
      base += static_cast<double>(extents.height) / PANGO_SCALE;
    }
  }

  static double line_height(PangoLayout* layout, int index) {
    PangoRectangle extents;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, index), nullptr, &extents);
    return static_cast<double>(extents.height) / PANGO_SCALE;
  }

  // How many lines from `from` fit into `room`, and their height.
  static int fitting(PangoLayout* layout, int from, double room, double& height) {
    height = 0;
    int i = from;
    for (; i < pango_layout_get_line_count(layout); ++i) {
      const double more = line_height(layout, i);
      if (height + more > room) break;
      height += more;
    }
    return i;
  }

  double room() const { return page_height - bottom - y_; }

  void finish_page() {
    const auto number = layout(std::to_string(++page_), "Serif 9", text_width, PANGO_ALIGN_CENTER);
    draw_lines(number.get(), 0, 1, left, page_height - bottom + 14);
    cairo_show_page(context_.get());
    y_ = top;
  }

  void text(const std::string& words, const char* font, PangoAlignment align) {
    const auto made = layout(words, font, text_width, align);
    const int lines = pango_layout_get_line_count(made.get());
    for (int from = 0; from < lines;) {
      double height = 0;
      const int to = fitting(made.get(), from, room(), height);
      if (to == from) {
        finish_page();
        continue;
      }
      draw_lines(made.get(), from, to, left, y_);
      y_ += height;
      from = to;
    }
    y_ += 3;
  }

  void stamps() {
    constexpr std::size_t side_by_side = 2;
    for (std::size_t i = 0; i < plan_.stamps.size(); i += side_by_side) {
      double tallest = 0;
      for (std::size_t k = i; k < std::min(i + side_by_side, plan_.stamps.size()); ++k) {
        const double x = left + static_cast<double>(k - i) * text_width / 2;
        const auto made =
            layout(join(plan_.stamps[k], "\n"), "Serif 11", text_width / 2 - 12, PANGO_ALIGN_LEFT);
        double height = 0;
        const int to = fitting(made.get(), 0, room(), height);
        draw_lines(made.get(), 0, to, x, y_);
        tallest = std::max(tallest, height);
      }
      y_ += tallest + 12;
    }
  }

  // One row, broken over pages when it is taller than what is left and a page cannot hold it.
  void row(const std::vector<Layout>& cells, const std::vector<double>& widths, bool heading) {
    std::vector<int> next(cells.size(), 0);
    double whole = 0;
    for (const auto& cell : cells) {
      double height = 0;
      fitting(cell.get(), 0, page_height * 10, height);
      whole = std::max(whole, height);
    }
    if (whole + 2 * padding > room() && !heading && whole + 2 * padding < page_height - top - bottom - 60) {
      finish_page();
      draw_heading();
    }
    for (bool more = true; more;) {
      more = false;
      double tallest = 0;
      std::vector<int> to(cells.size(), 0);
      bool progress = false;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        double height = 0;
        to[i] = fitting(cells[i].get(), next[i], room() - 2 * padding, height);
        progress = progress || to[i] > next[i];
        tallest = std::max(tallest, height);
        more = more || to[i] < pango_layout_get_line_count(cells[i].get());
      }
      if (!progress && more) {
        finish_page();
        if (!heading) draw_heading();
        continue;
      }
      double x = left;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        draw_lines(cells[i].get(), next[i], to[i], x + padding, y_ + padding);
        cairo_rectangle(context_.get(), x, y_, widths[i], tallest + 2 * padding);
        x += widths[i];
      }
      cairo_stroke(context_.get());
      y_ += tallest + 2 * padding;
      next = to;
      if (more) {
        finish_page();
        if (!heading) draw_heading();
      }
    }
  }

  void draw_heading() {
    std::vector<Layout> cells;
    for (std::size_t i = 0; i < plan_.headings.size(); ++i)
      cells.push_back(
          layout(plan_.headings[i], "Serif Bold 10", widths_[i] - 2 * padding, PANGO_ALIGN_CENTER));
    row(cells, widths_, true);
  }

  void table() {
    if (room() < 80) finish_page();
    draw_heading();
    for (const auto& line : plan_.lines) {
      std::vector<Layout> cells;
      if (line.kind == LaidOutLine::Kind::caption) {
        cells.push_back(
            layout(line.cells.front(), "Serif Bold 10", text_width - 2 * padding, PANGO_ALIGN_CENTER));
        if (room() < 70) {
          finish_page();
          draw_heading();
        }
        row(cells, {text_width}, false);
        continue;
      }
      for (std::size_t i = 0; i < line.cells.size(); ++i)
        cells.push_back(layout(line.cells[i], "Serif 10", widths_[i] - 2 * padding, PANGO_ALIGN_LEFT));
      row(cells, widths_, false);
    }
  }

  const PlanLayout& plan_;
  std::string bytes_;
  std::unique_ptr<cairo_surface_t, Unref> surface_;
  std::unique_ptr<cairo_t, Unref> context_;
  std::vector<double> widths_;
  double y_ = top;
  int page_ = 0;
};

}  // namespace

std::string write_pdf(const PlanLayout& layout) {
  return Pages(layout).run();
}

}  // namespace convoke::documents
