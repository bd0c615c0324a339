#include "service/programme_edits.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace convoke::service {
namespace {

using What = ProgrammeEdit::What;

constexpr std::array<std::pair<std::string_view, What>, 14> names = {
    {{"add_section", What::add_section},
     {"save_section", What::save_section},
     {"remove_section", What::remove_section},
     {"section_up", What::section_up},
     {"section_down", What::section_down},
     {"add_row", What::add_row},
     {"save_row", What::save_row},
     {"remove_row", What::remove_row},
     {"row_up", What::row_up},
     {"row_down", What::row_down},
     {"place", What::place},
     {"cancel", What::cancel},
     {"restore", What::restore},
     {"append", What::append}}};

Error no_such(const char* what) {
  return {Errc::not_found, std::string("the programme has no such ") + what};
}

std::vector<ProgrammeSection>::iterator section_in(Programme& programme, int number) {
  return std::ranges::find(programme.sections, number, &ProgrammeSection::number);
}

// The rows of a section, or those that wait; null: there is no such section.
std::vector<ProgrammeRow>* rows_in(Programme& programme, int number) {
  if (number == 0) return &programme.unplaced;
  const auto section = section_in(programme, number);
  return section == programme.sections.end() ? nullptr : &section->rows;
}

Result<Programme> with_section(Programme programme, const ProgrammeEdit& edit) {
  if (edit.what == What::add_section) {
    programme.sections.push_back(edit.head);
    programme.sections.back().number = 0;
    programme.sections.back().rows.clear();
    return programme;
  }
  const auto section = section_in(programme, edit.section);
  if (section == programme.sections.end()) return no_such("section");
  switch (edit.what) {
    case What::save_section: {
      auto rows = std::move(section->rows);
      *section = edit.head;
      section->number = edit.section;
      section->rows = std::move(rows);
      break;
    }
    case What::remove_section:
      for (auto& row : section->rows)
        if (!row.is_break) programme.unplaced.push_back(std::move(row));
      programme.sections.erase(section);
      break;
    case What::section_up:
      if (section != programme.sections.begin()) std::iter_swap(section, section - 1);
      break;
    default:
      if (section + 1 != programme.sections.end()) std::iter_swap(section, section + 1);
  }
  return programme;
}

void append(Programme& programme, const ProgrammeEdit& edit, std::vector<ProgrammeRow>& rows) {
  auto added = edit.rows;
  for (auto& row : added) row.talk = EventId();
  if (edit.first && !added.empty() && edit.section != 0) {
    auto& section = *section_in(programme, edit.section);
    if (rows.empty())
      section.begin = *edit.first;
    else if (span_of(section).end != *edit.first)
      added.front().at = *edit.first;
  }
  // Breaks belong into a section.
  if (edit.section == 0) std::erase_if(added, [](const ProgrammeRow& row) { return row.is_break; });
  rows.insert(rows.end(), added.begin(), added.end());
}

std::optional<Error> change_row(Programme& programme, const ProgrammeEdit& edit,
                                std::vector<ProgrammeRow>& rows) {
  if (edit.row >= rows.size()) return no_such("row");
  const auto at = rows.begin() + static_cast<std::ptrdiff_t>(edit.row);
  switch (edit.what) {
    case What::save_row: {
      ProgrammeRow row = edit.entry;
      row.talk = at->talk;
      row.is_break = at->is_break;
      row.cancelled = at->cancelled;
      row.with_all = at->with_all;
      *at = std::move(row);
      break;
    }
    case What::remove_row:
      rows.erase(at);
      break;
    case What::row_up:
      if (at != rows.begin()) std::iter_swap(at, at - 1);
      break;
    case What::row_down:
      if (at + 1 != rows.end()) std::iter_swap(at, at + 1);
      break;
    case What::cancel:
    case What::restore:
      if (at->is_break) return no_such("talk");
      at->cancelled = edit.what == What::cancel;
      break;
    default: {
      auto* target = rows_in(programme, edit.to);
      if (target == nullptr) return no_such("section");
      if (at->is_break && edit.to == 0) return no_such("talk");
      auto row = std::move(*at);
      row.at.reset();
      rows.erase(at);
      target->push_back(std::move(row));
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<What> programme_edit_of(std::string_view name) {
  const auto found = std::ranges::find(names, name, [](const auto& one) { return one.first; });
  if (found == names.end()) return std::nullopt;
  return found->second;
}

Result<Programme> edited(Programme programme, const ProgrammeEdit& edit) {
  if (edit.what <= What::section_down) return with_section(std::move(programme), edit);
  auto* rows = rows_in(programme, edit.section);
  if (rows == nullptr) return no_such("section");
  if (edit.what == What::add_row) {
    rows->push_back(edit.entry);
    rows->back().talk = EventId();
  } else if (edit.what == What::append) {
    append(programme, edit, *rows);
  } else if (auto error = change_row(programme, edit, *rows)) {
    return std::move(*error);
  }
  return programme;
}

}  // namespace convoke::service
