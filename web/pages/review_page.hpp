// The reviewer's page behind the link of the mail: what was given to them, and what they say of it.
#pragma once

#include "service/reviews.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>

namespace convoke::web {

struct ReviewPage {
  const service::ReviewDesk* desk = nullptr;
  std::string problem;                        // in the reader's language
  SubmissionId open;                          // whose form is open; 0: the first that waits
  std::optional<service::ReviewEntry> entered;  // of `open`, what could not be stored
  bool saved = false;

  ReviewPage() = default;
};
// `frame.address` is the page's own: where its forms go.
std::string render_reviews(const ReviewPage& page, const Frame& frame);

}  // namespace convoke::web
