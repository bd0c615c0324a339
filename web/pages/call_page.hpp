// The form of a call for papers, and the author's page behind the link of its mails.
#pragma once

#include "service/submissions.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>

namespace convoke::web {

struct CallPage {
  const service::CallOffer* offer = nullptr;
  service::PaperForm entered;
  std::optional<service::PaperProblem> problem;
  bool taken = false;  // a mail is on its way

  CallPage() = default;
};
std::string render_call(const CallPage& page, const Frame& frame);

struct PaperPage {
  const service::PaperView* view = nullptr;
  std::optional<service::PaperEntry> entered;  // what could not be stored; none: as stored
  std::optional<service::PaperProblem> problem;
  bool done = false, gone = false;
  bool busy = false;  // the file was not taken: to be sent again in a moment

  PaperPage() = default;
};
// `frame.address` is the page's own: where its forms go.
std::string render_paper(const PaperPage& page, const Frame& frame);

}  // namespace convoke::web
