// The organiser's page of a programme: sections and their talks, what waits for a place, a list to paste, and
// beside each row whatever stands in its way.
#pragma once

#include "service/programme.hpp"
#include "service/talk_list.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>

namespace convoke::web {

struct ProgrammeDeskPage {
  const service::ProgrammeDesk* desk = nullptr;
  std::optional<service::ProgrammeEdit> entered;  // what could not be stored
  std::string problem;                            // in the reader's language
  std::string list;                               // that was pasted
  int list_section = 0;
  std::optional<service::TalkList> understood;  // of it

  ProgrammeDeskPage() = default;
};
std::string render_programme_desk(const ProgrammeDeskPage& page, const Frame& frame);

}  // namespace convoke::web
