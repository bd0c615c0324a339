// The programme of a conference as everybody reads it: on a screen, on paper, as a document.
#pragma once

#include "service/programme.hpp"
#include "service/report_export.hpp"
#include "web/pages/frame.hpp"

#include <string>

namespace convoke::web {

std::string programme_path(EventId event);       // "/events/7/programme"
std::string programme_desk_path(EventId event);  // "/manage/events/7/programme"

// "10:00–10:20"; 24:00 as the end of a day.
std::string hours_text(const Stretch& stretch);
// "чт, 14 листопада 2026", or "Day 2" while the days are not fixed.
std::string programme_day(const Event& conference, int day, Language language);

struct ProgrammePage {
  const service::PublishedProgramme* programme = nullptr;
  bool has_file = false;  // a calendar can hold it
  bool edits = false;     // who reads it may change it

  ProgrammePage() = default;
};
std::string render_programme(const ProgrammePage& page, const Frame& frame);

documents::ReportDocument programme_document(const service::PublishedProgramme& programme, Language language);

}  // namespace convoke::web
