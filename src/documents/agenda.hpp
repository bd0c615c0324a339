// "Заседание № 1. 1. … 2. …": a title that carries its agenda.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace convoke::documents {

struct TitleAndAgenda {
  std::string title;
  std::vector<std::string> agenda;  // without their numbers; empty when the title has none
};

// `cell` may hold line breaks. Numbers count 1, 2, 3 …; "№ 1" is no agenda number.
TitleAndAgenda split_agenda(std::string_view cell);

}  // namespace convoke::documents
