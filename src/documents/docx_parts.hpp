// Pieces of Office Open XML (ECMA-376) that every document we write is put together of: paragraphs, tables,
// and the package around them. Text goes in as it is and comes out escaped (threats H2).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace convoke::documents::docx {

// A4. Widths are twentieths of a point.
enum class Sheet { portrait, landscape };
inline constexpr int portrait_width = 9922;  // between the margins
inline constexpr int landscape_width = 14854;

// `align`: "left", "center", "both". `more`: further properties. `half_points`: the size of the letters; 0:
// 12 points.
std::string paragraph(const std::string& text, const char* align = "left", bool bold = false,
                      const char* more = "", int half_points = 0);
std::string cell(const std::string& content, int width, std::size_t span = 1);
// With its grid; the caller closes it. `lines`: with borders.
std::string table_start(const std::vector<int>& columns, int width, bool lines);
// A PNG that package() was given, in a paragraph of its own. `words`: what it shows, for who cannot see it.
// `width` and `height` on paper, in points.
std::string picture(const std::string& words, int width, int height);

// The bytes of the file. `png`: the one picture that picture() stands for; empty: none.
std::string package(const std::string& body, const std::string& language, Sheet sheet,
                    const std::string& png = {});

}  // namespace convoke::documents::docx
