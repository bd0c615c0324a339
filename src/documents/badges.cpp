// Badges: ten on an A4 page, with marks to cut along.
#include "base/text.hpp"
#include "documents/event_papers.hpp"
#include "documents/pdf_canvas.hpp"

namespace convoke::documents {
namespace {

constexpr double wide = millimetres(badge_width), tall = millimetres(badge_height);
constexpr int columns = 2, rows = 5;
static_assert(columns * rows == badges_a_page);
constexpr double left = (a4_short - columns * wide) / 2, top = (a4_long - rows * tall) / 2;
constexpr double inside = millimetres(5), code_side = millimetres(23);
constexpr const char* family = "Sans";

// Short lines in the margins, where the knife goes: none of them is on a badge.
void draw_marks(PdfCanvas& canvas) {
  constexpr double gap = millimetres(1), length = millimetres(6);
  canvas.ink(soft_ink);
  for (int i = 0; i <= columns; ++i) {
    const double x = left + i * wide;
    canvas.line(x, top - gap - length, x, top - gap, 0.4);
    canvas.line(x, top + rows * tall + gap, x, top + rows * tall + gap + length, 0.4);
  }
  for (int i = 0; i <= rows; ++i) {
    const double y = top + i * tall;
    canvas.line(left - gap - length, y, left - gap, y, 0.4);
    canvas.line(left + columns * wide + gap, y, left + columns * wide + gap + length, y, 0.4);
  }
  canvas.ink(Ink());
}

void draw_badge(PdfCanvas& canvas, const Badge& badge, double x, double y) {
  constexpr double room = wide - 2 * inside;
  canvas.ink(soft_ink);
  const auto event = canvas.fitted(badge.event, Look(family, 8.5, false, Align::left), room, 2, 6);
  canvas.text(badge.event, event, x + inside, y + inside, room);
  canvas.ink(Ink());
  constexpr double name_top = inside + millimetres(8.5), name_room = millimetres(17);
  auto name = canvas.fitted(badge.name, Look(family, 21, true), room, 2, 9);
  while (name.size > 6 && canvas.height_of(badge.name, name, room) > name_room) name.size -= 1;
  canvas.text(badge.name, name, x + inside, y + name_top, room);
  const bool coded = !badge.address.empty();
  const double below = name_top + name_room + millimetres(1.5),
               below_room = coded ? room - code_side + inside - millimetres(1) : room;
  constexpr double below_height = millimetres(13.5);
  constexpr std::size_t longest = 140;  // code points; a badge has no room for more
  const auto words = ellipsize_words(badge.institution, longest);
  auto institution = canvas.fitted(words, Look(family, 10), below_room, 3, 7);
  while (institution.size > 4.5 && canvas.height_of(words, institution, below_room) > below_height)
    institution.size -= 0.5;
  canvas.text(words, institution, x + inside, y + below, below_room);
  canvas.ink(accent_ink);
  canvas.text(badge.format, Look(family, 8, true), x + inside, y + tall - inside - 9, below_room);
  canvas.ink(Ink());
  if (coded)
    canvas.qr(badge.address, x + wide - code_side - millimetres(1.5), y + tall - code_side - millimetres(1.5),
              code_side);
}

}  // namespace

std::string write_badges(const std::string& title, const std::string& language,
                         const std::vector<Badge>& badges) {
  PdfCanvas canvas(a4_short, a4_long, title, language);
  for (std::size_t i = 0; i < badges.size(); ++i) {
    const auto place = static_cast<int>(i % badges_a_page);
    if (place == 0) {
      if (i > 0) canvas.next_page();
      draw_marks(canvas);
    }
    draw_badge(canvas, badges[i], left + (place % columns) * wide, top + (place / columns) * tall);
  }
  canvas.next_page();
  return canvas.finish();
}

}  // namespace convoke::documents
