// The months of a report as a picture, drawn with Cairo, its words set by Pango.
#include "base/text.hpp"
#include "documents/report_document.hpp"

#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace convoke::documents {
namespace {

// Points; drawn at twice that, for paper.
constexpr int month_width = 56, bar_width = 19, bar_height = 130, above = 40, below = 24, fineness = 2,
              least_width = 240;

struct Unref {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};

cairo_status_t keep(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

class Picture {
 public:
  Picture(int width, int height) {
    surface_.reset(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width * fineness, height * fineness));
    context_.reset(cairo_create(surface_.get()));
    cairo_scale(context_.get(), fineness, fineness);
    colour(1, 1, 1);
    cairo_paint(context_.get());
  }

  void colour(double red, double green, double blue) {
    cairo_set_source_rgb(context_.get(), red, green, blue);
  }
  void planned() { colour(0.72, 0.76, 0.78); }
  void done() { colour(0.04, 0.36, 0.4); }
  void ink() { colour(0.1, 0.14, 0.19); }

  void box(double x, double y, double width, double height) {
    cairo_rectangle(context_.get(), x, y, width, height);
    cairo_fill(context_.get());
  }

  // Centred on `x` or, from the left, beginning there; the width it takes.
  double words(const std::string& text, double x, double y, bool centred = true) {
    std::unique_ptr<PangoLayout, Unref> layout(pango_cairo_create_layout(context_.get()));
    PangoFontDescription* font = pango_font_description_from_string("Sans 9");
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);
    const auto clean = to_valid_utf8(text);
    pango_layout_set_text(layout.get(), clean.c_str(), static_cast<int>(clean.size()));
    int width = 0, height = 0;
    pango_layout_get_pixel_size(layout.get(), &width, &height);
    cairo_move_to(context_.get(), centred ? x - width / 2.0 : x, y);
    pango_cairo_show_layout(context_.get(), layout.get());
    return width;
  }

  std::string png() {
    std::string bytes;
    if (cairo_surface_write_to_png_stream(surface_.get(), keep, &bytes) != CAIRO_STATUS_SUCCESS)
      throw std::runtime_error("the picture of a report could not be drawn");
    return bytes;
  }

 private:
  std::unique_ptr<cairo_surface_t, Unref> surface_;
  std::unique_ptr<cairo_t, Unref> context_;
};

}  // namespace

PictureSize size_of(const MonthBars& bars) {
  return {std::max(least_width, static_cast<int>(bars.months.size()) * month_width),
          above + bar_height + below};
}

std::string draw_months(const MonthBars& bars) {
  int most = 1;
  for (const auto& one : bars.months) most = std::max({most, one.planned, one.done});
  const int base = above + bar_height;
  const auto size = size_of(bars);
  Picture picture(size.width, size.height);
  picture.planned();
  picture.box(4, 6, 10, 10);
  picture.ink();
  const double next = 20 + picture.words(bars.planned, 18, 3, false) + 14;
  picture.done();
  picture.box(next, 6, 10, 10);
  picture.ink();
  picture.words(bars.done, next + 14, 3, false);
  double left = 0;
  for (const auto& one : bars.months) {
    const double middle = left + month_width / 2.0;
    const auto bar = [&](int number, double x, bool is_done) {
      const int height = number * bar_height / most;
      is_done ? picture.done() : picture.planned();
      picture.box(x, base - height, bar_width, height);
      picture.ink();
      if (number > 0) picture.words(std::to_string(number), x + bar_width / 2.0, base - height - 15);
    };
    bar(one.planned, middle - bar_width - 1, false);
    bar(one.done, middle + 1, true);
    picture.words(one.label, middle, base + 5);
    left += month_width;
  }
  picture.ink();
  picture.box(0, base, left, 1);
  return picture.png();
}

}  // namespace convoke::documents
