// A cell about people cut where one entry ends and the next begins; responsible.cpp puts the pieces together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace convoke::documents {

struct Piece {
  std::string text;  // a chunk between separators, or a name
  bool is_name = false;
  bool touches_left = false;   // nothing but space between it and the piece before
  bool touches_right = false;  // the same on the other side
  bool line_after = false;     // a line break follows
};

struct Pieces {
  std::vector<Piece> pieces;  // in the order of the cell
  bool broken_off = false;    // the cell ends in a conjunction
};

// Cuts at commas, semicolons, line ends and conjunctions before a new post; names are pieces of their own.
Pieces split_responsible(std::u32string_view cell);

// The first word of the text, folded, without what is no letter.
std::string first_word(std::string_view text);
bool is_conjunction(std::string_view folded);
// What separates the parts of a list is no part of them: taken off both ends.
std::string strip_edges(std::string_view text);

}  // namespace convoke::documents
