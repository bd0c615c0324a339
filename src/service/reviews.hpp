// Reviewing, as whoever holds a reviewer's link does it: the papers that were given to them, without names
// where the call is anonymous, and what they say of each. Nothing of a paper that was not given to them.
#pragma once

#include "base/deferred.hpp"
#include "model/event.hpp"
#include "model/submission.hpp"
#include "service/context.hpp"
#include "service/submissions.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

inline constexpr std::size_t longest_review_comment = 10'000;  // code points

struct AssignedPaper {
  Submission paper;                  // without address and code; without authors, if the review is anonymous
  std::vector<SubmittedFile> files;  // "file-1.pdf", if the review is anonymous
  Review mine;
  bool open = false;  // may be said and changed

  AssignedPaper() = default;
};

struct ReviewDesk {
  Event event;
  Call call;
  Reviewer reviewer;
  std::vector<AssignedPaper> papers;  // by number
  std::string association;

  ReviewDesk() = default;
};
// Changes nothing. Errors: not_found for what is none of ours.
Deferred<ReviewDesk> view_reviews(Context& context, std::string token);

struct ReviewEntry {
  bool conflict = false;  // "I cannot": the rest does not count
  Marks marks;
  std::string to_author, to_organiser;

  ReviewEntry() = default;
};
// Errors: not_found (the link, or a paper that was not given to them); conflict when it is decided by now;
// invalid_input ("'marks': …" when one is missing or off the scale, "'comment': …").
Deferred<ReviewDesk> give_review(Context& context, std::string token, SubmissionId paper, ReviewEntry entry);

// Whether author and company stand beside the text, where they can be taken out; of a PDF or a picture they
// stay.
bool keeps_properties_beside(SubmittedKind kind);
// A copy without them (documents/anonymous_copy.hpp); the bytes themselves where nothing can be taken out.
// Takes a moment. Errors: invalid_input and limit_exceeded ("'file': …") for what cannot be read or is too
// large.
Result<std::string> without_names(SubmittedKind kind, std::string_view bytes);
// Of an anonymous review such a copy. Errors: not_found, also for a file of a paper that was not given to
// them; those of without_names(), for a file that came while the review was open; storage_unavailable when
// too much waits.
Deferred<PaperFile> review_file(Context& context, std::string token, SubmissionId paper,
                                SubmittedFileId file);

}  // namespace convoke::service
