#include "documents/pdf_canvas.hpp"

#include "base/text.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrcodegen/qrcodegen.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>
#include <utility>

namespace convoke::documents {
namespace {

struct Unref {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Layout = std::unique_ptr<PangoLayout, Unref>;
using Surface = std::unique_ptr<cairo_surface_t, Unref>;

cairo_status_t keep(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

PangoAlignment pango_align(Align align) {
  switch (align) {
    case Align::centre:
      return PANGO_ALIGN_CENTER;
    case Align::right:
      return PANGO_ALIGN_RIGHT;
    case Align::left:
      break;
  }
  return PANGO_ALIGN_LEFT;
}

// Whether every line ends where a word does.
bool breaks_within_words(PangoLayout* layout) {
  const std::string_view words(pango_layout_get_text(layout));
  for (int i = 0; i + 1 < pango_layout_get_line_count(layout); ++i) {
    const auto* const line = pango_layout_get_line_readonly(layout, i);
    const auto end = static_cast<std::size_t>(line->start_index + line->length);
    if (end == 0 || end >= words.size()) continue;
    const char before = words[end - 1], after = words[end];
    if (before != ' ' && before != '-' && after != ' ' && after != '\n') return true;
  }
  return false;
}

}  // namespace

struct PdfCanvas::State {
  std::string bytes, language;
  double width, height;
  Surface surface;
  std::unique_ptr<cairo_t, Unref> context;
  std::map<const Picture*, Surface> pictures;  // each is embedded once

  State(double w, double h) : width(w), height(h) {}

  Layout layout(std::string_view words, const Look& look, double room) const {
    Layout made(pango_cairo_create_layout(context.get()));
    PangoFontDescription* font = pango_font_description_new();
    pango_font_description_set_family(font, look.family);
    pango_font_description_set_weight(font, look.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, look.size * PANGO_SCALE);
    pango_layout_set_font_description(made.get(), font);
    pango_font_description_free(font);
    pango_layout_set_width(made.get(), static_cast<int>(room * PANGO_SCALE));
    pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(made.get(), pango_align(look.align));
    // A hyphen that nobody wrote would be read out of the file with the name.
    PangoAttrList* attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(made.get(), attributes);
    pango_attr_list_unref(attributes);
    const auto clean = strip_controls(to_valid_utf8(words));
    pango_layout_set_text(made.get(), clean.c_str(), static_cast<int>(clean.size()));
    return made;
  }
};

PdfCanvas::PdfCanvas(double width, double height, std::string_view title, std::string_view language)
    : state_(std::make_unique<State>(width, height)) {
  auto& state = *state_;
  state.language = language;
  state.surface.reset(cairo_pdf_surface_create_for_stream(keep, &state.bytes, width, height));
  cairo_pdf_surface_set_metadata(state.surface.get(), CAIRO_PDF_METADATA_TITLE, to_valid_utf8(title).c_str());
  // The same paper gives the same bytes.
  cairo_pdf_surface_set_metadata(state.surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2026-01-01T00:00:00");
  state.context.reset(cairo_create(state.surface.get()));
  ink(Ink());
}

PdfCanvas::~PdfCanvas() = default;

void PdfCanvas::ink(Ink colour) {
  cairo_set_source_rgb(state_->context.get(), colour.red, colour.green, colour.blue);
}

double PdfCanvas::text(std::string_view words, const Look& look, double x, double y, double width) {
  const auto made = state_->layout(words, look, width);
  cairo_move_to(state_->context.get(), x, y);
  pango_cairo_show_layout(state_->context.get(), made.get());
  int height = 0;
  pango_layout_get_size(made.get(), nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

double PdfCanvas::height_of(std::string_view words, const Look& look, double width) {
  const auto made = state_->layout(words, look, width);
  int height = 0;
  pango_layout_get_size(made.get(), nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

Look PdfCanvas::fitted(std::string_view words, Look look, double width, int lines, double smallest) {
  for (; look.size > smallest; look.size = std::max(smallest, look.size - 1)) {
    const auto made = state_->layout(words, look, width);
    if (pango_layout_get_line_count(made.get()) <= lines && !breaks_within_words(made.get())) return look;
  }
  return look;
}

void PdfCanvas::line(double x1, double y1, double x2, double y2, double thickness) {
  auto* const context = state_->context.get();
  cairo_set_line_width(context, thickness);
  cairo_move_to(context, x1, y1);
  cairo_line_to(context, x2, y2);
  cairo_stroke(context);
}

void PdfCanvas::frame(double x, double y, double width, double height, double thickness) {
  auto* const context = state_->context.get();
  cairo_set_line_width(context, thickness);
  cairo_rectangle(context, x, y, width, height);
  cairo_stroke(context);
}

void PdfCanvas::qr(const std::string& words, double x, double y, double side) {
  using qrcodegen::QrCode;
  constexpr std::size_t longest = 500;  // denser ones are not read off paper
  constexpr int quiet_zone = 4;
  if (words.empty() || words.size() > longest) return;
  const auto code = QrCode::encodeText(words.c_str(), QrCode::Ecc::MEDIUM);
  const double module = side / (code.getSize() + 2 * quiet_zone);
  auto* const context = state_->context.get();
  cairo_save(context);
  cairo_set_source_rgb(context, 1, 1, 1);
  cairo_rectangle(context, x, y, side, side);
  cairo_fill(context);
  cairo_set_source_rgb(context, 0, 0, 0);
  for (int row = 0; row < code.getSize(); ++row)
    for (int column = 0; column < code.getSize(); ++column) {
      if (!code.getModule(column, row)) continue;
      const int begin = column;
      while (code.getModule(column, row)) ++column;  // outside the code every module is light
      cairo_rectangle(context, x + (begin + quiet_zone) * module, y + (row + quiet_zone) * module,
                      (column - begin) * module, module);
    }
  cairo_fill(context);
  cairo_restore(context);
}

void PdfCanvas::picture(const Picture& picture, double x, double y, double width, double height) {
  auto& kept = state_->pictures[&picture];
  if (!kept) {
    // Cairo puts the JPEG itself into the file; the surface only says how large it is.
    kept.reset(cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture.width, picture.height));
    auto* const bytes = new std::string(picture.jpeg);
    const auto status = cairo_surface_set_mime_data(
        kept.get(), CAIRO_MIME_TYPE_JPEG, reinterpret_cast<const unsigned char*>(bytes->data()),
        bytes->size(), [](void* owned) { delete static_cast<std::string*>(owned); }, bytes);
    if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error("a picture could not be put into a PDF");
  }
  auto* const context = state_->context.get();
  const double scale = std::max(width / picture.width, height / picture.height);
  cairo_save(context);
  cairo_rectangle(context, x, y, width, height);
  cairo_clip(context);
  cairo_translate(context, x + (width - picture.width * scale) / 2,
                  y + (height - picture.height * scale) / 2);
  cairo_scale(context, scale, scale);
  cairo_set_source_surface(context, kept.get(), 0, 0);
  cairo_paint(context);
  cairo_restore(context);
}

void PdfCanvas::next_page() {
  cairo_show_page(state_->context.get());
}

std::string PdfCanvas::finish() {
  auto& state = *state_;
  state.context.reset();
  cairo_surface_finish(state.surface.get());
  if (cairo_surface_status(state.surface.get()) != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error("a PDF could not be written");
  state.surface.reset();
  return with_language(std::move(state.bytes), state.language);
}

}  // namespace convoke::documents
