// Bringing a plan in: where a document is uploaded or pasted, the preview in which it is put right, and the
// rows that were over before it was entered.
#pragma once

#include "service/intake.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::web {

struct IntakeStartView {
  std::vector<Intake> open;  // begun and not entered
  std::vector<Organisation> organisations;
  bool of_all = false;  // else one of the associations is chosen
  Date today{};
  std::string zone;
  // What was entered, when it could not be used.
  std::string problem;  // in the reader's words
  std::string text, year;
  OrganisationId organisation;
};
std::string render_intake_start(const IntakeStartView& view, const Frame& frame);

inline constexpr std::size_t intake_page_rows = 200;

struct IntakeView {
  service::IntakeDesk desk;
  bool only_doubtful = false;
  std::size_t page = 0;
  int open_row = 0;  // the key of the row that is being put right; 0: none
  Date today{};
  // What was entered for it, or for a name, when it could not be used.
  std::optional<service::RowEntry> entered;
  std::string problem;    // in the reader's words
  std::string open_name;  // the key of the name that the problem is about
};
std::string render_intake(const IntakeView& view, const Frame& frame);

std::string intake_path(IntakeId id);
// With what the list shows: "/manage/intake/3?only=doubtful&page=2#row-12"
std::string intake_path(IntakeId id, bool only_doubtful, std::size_t page, int row);

inline constexpr std::size_t past_page_rows = 150;  // a form has 200 fields at most
std::string render_past_rows(const service::PastRows& past, const Frame& frame);

}  // namespace convoke::web
