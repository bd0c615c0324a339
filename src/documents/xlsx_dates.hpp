// Numbers of a sheet that are dates: only the cell's style says so (ECMA-376 part 1, 18.8.30).
#pragma once

#include <pugixml.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::documents {

class SheetStyles {
 public:
  bool date1904 = false;  // serial 0 is 1904-01-01 instead of 1899-12-30

  void load(pugi::xml_node style_sheet);
  // The number as written, or "2024-10-15", "2024-10-15 10:00", "10:00", or "10/2024" for a format without a
  // day.
  std::string number_text(std::string_view value, std::size_t style) const;

 private:
  enum class Shape { number, date, month, time };
  static Shape shape_of(std::size_t id, std::string_view code);

  std::vector<Shape> shapes_;  // by cell style
};

}  // namespace convoke::documents
