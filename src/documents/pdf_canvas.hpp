// A PDF that is drawn by hand: text set by Pango at a place, lines, codes, one picture. Points (1/72 inch), y
// from the top. Fonts are embedded, the text can be read out again, and the same drawing gives the same
// bytes.
#pragma once

#include "documents/picture.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace convoke::documents {

constexpr double millimetres(double length) {
  return length * 72.0 / 25.4;
}
inline constexpr double a4_short = millimetres(210), a4_long = millimetres(297);

enum class Align { left, centre, right };

struct Look {
  const char* family = "Serif";
  double size = 12;
  bool bold = false;
  Align align = Align::left;

  constexpr Look(const char* f, double s, bool b = false, Align a = Align::left)
      : family(f), size(s), bold(b), align(a) {}
};

struct Ink {
  double red = 0.1, green = 0.14, blue = 0.19;

  constexpr Ink() = default;
  constexpr Ink(double r, double g, double b) : red(r), green(g), blue(b) {}
};
inline constexpr Ink soft_ink{0.36, 0.4, 0.45}, accent_ink{0.04, 0.36, 0.4};

class PdfCanvas {
 public:
  // `language`: BCP 47, what a reader's program pronounces the text in.
  PdfCanvas(double width, double height, std::string_view title, std::string_view language);
  ~PdfCanvas();
  PdfCanvas(const PdfCanvas&) = delete;
  PdfCanvas& operator=(const PdfCanvas&) = delete;

  void ink(Ink colour);
  // Draws with the left upper corner at x, y; lines break at `width`. The height it takes.
  double text(std::string_view words, const Look& look, double x, double y, double width);
  double height_of(std::string_view words, const Look& look, double width);
  // The look made smaller until the words need no more than `lines` lines and break at spaces alone; not
  // below `smallest`, at which they take what lines they need.
  Look fitted(std::string_view words, Look look, double width, int lines, double smallest);
  void line(double x1, double y1, double x2, double y2, double thickness = 0.6);
  void frame(double x, double y, double width, double height, double thickness);
  // A QR code (level M) with its quiet zone of four modules, `side` wide altogether. Nothing for a text that
  // no code holds.
  void qr(const std::string& words, double x, double y, double side);
  // Fills the rectangle: what does not fit its shape is cut off evenly.
  void picture(const Picture& picture, double x, double y, double width, double height);
  void next_page();
  // The bytes. Nothing is drawn after it. Throws std::runtime_error when memory is out.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A PDF as Cairo writes it with /Lang in its catalog, by an incremental update (ISO 32000-1, 7.5.6); as it is
// when it has no such catalog.
std::string with_language(std::string pdf, std::string_view language);

}  // namespace convoke::documents
