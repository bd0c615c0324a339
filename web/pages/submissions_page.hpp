// The organiser's pages of a call for papers: what came in and the settings, one paper, the protocol.
#pragma once

#include "service/submission_desk.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>

namespace convoke::web {

struct SubmissionsPage {
  const service::SubmissionDesk* desk = nullptr;
  std::optional<service::CallSettings> entered;  // what could not be stored; none: as stored
  std::string problem;                           // in the reader's language
  bool saved = false;
  std::string words, section;  // that were asked for
  std::optional<SubmissionState> state;
  bool by_place = false;
  service::Assignment assigning;  // as entered

  SubmissionsPage() = default;
};
std::string render_submissions(const SubmissionsPage& page, const Frame& frame);

struct SubmissionPage {
  const service::PaperDesk* desk = nullptr;
  std::string problem, note;  // as entered
  bool saved = false;

  SubmissionPage() = default;
};
std::string render_submission(const SubmissionPage& page, const Frame& frame);

// A sheet for the jury to sign: places, marks, names.
std::string render_protocol(const service::SubmissionDesk& desk, const std::string& association,
                            const Frame& frame);

service::PaperExportWords paper_export_words(Language language);

}  // namespace convoke::web
