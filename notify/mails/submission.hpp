// Mails about calls for papers: to authors and to reviewers (notify/submission_text.hpp).
#pragma once

#include "notify/composer.hpp"

namespace convoke::notify {

// To the author of a paper. Superseded when it is no longer in the state that the mail tells of.
Composition compose_submission(const Composing& composing);
// To a reviewer: what waits for them when it is sent. Superseded when nothing does.
Composition compose_review(const Composing& composing);

}  // namespace convoke::notify
