// How large a document may be. Everything here comes from strangers: each limit has a name that the refusal
// repeats, and each is enforced before the memory is spent (from a central directory) and again while
// reading.
#pragma once

#include <cstddef>

namespace convoke::documents {

inline constexpr std::size_t max_upload_bytes = 10u << 20;
inline constexpr std::size_t max_unpacked_bytes = 100u << 20;  // all entries of one archive together
inline constexpr std::size_t max_ratio = 100;                  // unpacked to packed, of what unpacks to much
inline constexpr std::size_t ratio_floor_bytes = 1u << 20;  // small parts may compress as well as they like
inline constexpr std::size_t max_entries = 2000;
inline constexpr std::size_t max_xml_part_bytes = 32u << 20;  // a DOM takes several times this
// Elements inside one another. Honest word processors reach about 60 (a text box in a nested table inside a
// content control), so 64 would refuse real files; the walk takes one small frame a level, and 256 of them
// are far from any stack's end.
inline constexpr std::size_t max_xml_depth = 256;
inline constexpr std::size_t max_xml_elements = 1'000'000;
inline constexpr std::size_t max_xml_attributes = 256;  // of one element
inline constexpr std::size_t max_blocks = 20'000;       // paragraphs and table rows
inline constexpr std::size_t max_columns = 256;
inline constexpr std::size_t max_cell_bytes = 64u << 10;
inline constexpr std::size_t max_items = 5'000;  // rows of one plan

}  // namespace convoke::documents
