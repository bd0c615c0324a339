// Certificates: A4 across, one on a page.
#include "documents/event_papers.hpp"
#include "documents/pdf_canvas.hpp"

#include <algorithm>

namespace convoke::documents {
namespace {

constexpr double width = a4_long, height = a4_short;
constexpr double side = 64, above = 54, below = 48;  // what stays free
constexpr double foot = 104;                         // of the signature and the code
constexpr double code_side = 88, room_width = width - 2 * side;
constexpr const char* family = "Serif";

// What stands in the middle, at a size. Everything is made smaller together when there is too much.
class Middle {
 public:
  Middle(PdfCanvas& canvas, const CertificateSheet& sheet, double scale)
      : canvas_(canvas), sheet_(sheet), scale_(scale) {}

  double height() { return walk(0, false); }
  void draw(double y) { walk(y, true); }

 private:
  Look look(double size, bool bold) const { return {family, size * scale_, bold, Align::centre}; }

  double put(const std::string& words, const Look& look, double y, bool draw, double gap) {
    if (words.empty()) return 0;
    const double tall =
        draw ? canvas_.text(words, look, side, y, room_width) : canvas_.height_of(words, look, room_width);
    return tall + gap * scale_;
  }

  double walk(double y, bool draw) {
    const double begin = y;
    canvas_.ink(soft_ink);
    y += put(sheet_.association, look(14, false), y, draw, 12);
    canvas_.ink(accent_ink);
    y += put(sheet_.title, canvas_.fitted(sheet_.title, look(40, true), room_width, 1, 20 * scale_), y, draw,
             10);
    canvas_.ink(Ink());
    y += put(sheet_.lead, look(16, false), y, draw, 10);
    const auto name = canvas_.fitted(sheet_.name, look(42, true), room_width, 2, 16 * scale_);
    y += put(sheet_.name, name, y, draw, 6);
    if (draw) {
      canvas_.ink(accent_ink);
      canvas_.line(width / 2 - 130, y, width / 2 + 130, y, 1);
      canvas_.ink(Ink());
    }
    y += 14 * scale_;
    for (const auto& line : sheet_.lines)
      y += put(line.text, line.strong ? look(18, true) : look(15, false), y, draw, 4);
    return y - begin;
  }

  PdfCanvas& canvas_;
  const CertificateSheet& sheet_;
  double scale_;
};

void draw_middle(PdfCanvas& canvas, const CertificateSheet& sheet) {
  constexpr double room = height - above - below - foot - 12, step = 0.05, smallest = 0.4;
  double scale = 1;
  while (scale - step > smallest && Middle(canvas, sheet, scale).height() > room) scale -= step;
  Middle middle(canvas, sheet, scale);
  middle.draw(above + std::max(0.0, (room - middle.height()) / 2));
}

void draw_signature(PdfCanvas& canvas, const CertificateSheet& sheet) {
  constexpr double signature_width = 300, bottom = height - below;
  const Look look(family, 12), day(family, 12);
  double y = bottom - 18;
  if (!sheet.date.empty()) canvas.text(sheet.date, day, side, y, signature_width);
  if (sheet.signatory.empty()) return;
  const auto fitted = canvas.fitted(sheet.signatory, look, signature_width, 3, 8);
  y -= 10 + canvas.height_of(sheet.signatory, fitted, signature_width);
  canvas.text(sheet.signatory, fitted, side, y, signature_width);
  canvas.line(side, y - 5, side + signature_width, y - 5, 0.7);
}

void draw_number(PdfCanvas& canvas, const CertificateSheet& sheet) {
  constexpr double bottom = height - below, code_x = width - side - code_side, words_x = code_x - 290,
                   words_width = 280;
  if (!sheet.address.empty()) canvas.qr(sheet.address, code_x, bottom - code_side, code_side);
  constexpr double address_height = 24;
  canvas.text(sheet.number, Look(family, 13, true, Align::right), words_x, bottom - address_height - 36,
              words_width);
  canvas.ink(soft_ink);
  canvas.text(sheet.hint, Look("Sans", 8, false, Align::right), words_x, bottom - address_height - 14,
              words_width);
  const Look small("Sans", 8, false, Align::right);
  canvas.text(sheet.address, canvas.fitted(sheet.address, small, words_width, 1, 5.5), words_x,
              bottom - address_height, words_width);
  canvas.ink(Ink());
}

void draw_plain_frame(PdfCanvas& canvas) {
  canvas.ink(accent_ink);
  canvas.frame(22, 22, width - 44, height - 44, 2);
  canvas.frame(28, 28, width - 56, height - 56, 0.6);
  canvas.ink(Ink());
}

}  // namespace

std::string write_certificates(const Certificates& certificates) {
  PdfCanvas canvas(width, height, certificates.title, certificates.language);
  for (const auto& sheet : certificates.sheets) {
    if (certificates.background)
      canvas.picture(*certificates.background, 0, 0, width, height);
    else
      draw_plain_frame(canvas);
    draw_middle(canvas, sheet);
    draw_signature(canvas, sheet);
    draw_number(canvas, sheet);
    canvas.next_page();
  }
  return canvas.finish();
}

}  // namespace convoke::documents
