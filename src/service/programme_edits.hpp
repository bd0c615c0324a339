// What an organiser does with a programme in one step. Pure: what comes of it is stored by
// programme_store.hpp.
#pragma once

#include "base/result.hpp"
#include "model/programme.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::service {

struct ProgrammeEdit {
  enum class What {
    add_section,
    save_section,
    remove_section,  // its talks wait for another one
    section_up,
    section_down,
    add_row,
    save_row,
    remove_row,
    row_up,
    row_down,
    place,   // to the end of section `to`; 0: it waits for one
    cancel,  // a talk that takes place no more, and stays in the programme as such
    restore,
    append,  // `rows` behind those that the section has
  };
  What what = What::add_row;
  int section = 0;      // its number; 0: among those that wait
  std::size_t row = 0;  // its place there
  int to = 0;
  ProgrammeSection head;  // of add_section, save_section: its rows do not matter
  ProgrammeRow entry;     // of add_row, save_row: its talk does not matter
  std::vector<ProgrammeRow> rows;
  std::optional<TimeOfDay> first;  // of append: when the first of them begins

  ProgrammeEdit() = default;
};

std::optional<ProgrammeEdit::What> programme_edit_of(std::string_view name);  // "add_section"

// Errors: not_found for a section or row that is not there.
Result<Programme> edited(Programme programme, const ProgrammeEdit& edit);

}  // namespace convoke::service
