// The captions a row stands under. Plans nest them without saying how deep each is: the style of its number
// tells, as it does for a person who reads.
#pragma once

#include "documents/characters.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::documents {

class SectionStack {
 public:
  // Enters the section `caption` ("III. Планируемые мероприятия:").
  void enter(std::string_view caption, bool is_month = false);
  void item_follows() { item_since_ = true; }
  void clear() { levels_.clear(); }
  // "III. Мероприятия / Проведение заседаний"; empty outside any.
  std::string path() const;
  // The innermost caption that names a month; empty when none does.
  std::string month() const;

 private:
  struct Level {
    std::string caption;
    int rank = 0;
    bool is_month = false;
  };
  std::vector<Level> levels_;
  bool item_since_ = true;
};

// The caption without its colon and stars.
std::string caption_text(std::string_view line);

}  // namespace convoke::documents
