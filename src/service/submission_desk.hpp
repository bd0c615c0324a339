// A call for papers as the organiser of an event works with it: switching it on, what came in, who reads it,
// the decision. What is of another association is not found.
#pragma once

#include "base/deferred.hpp"
#include "db/submissions.hpp"
#include "model/event.hpp"
#include "model/submission.hpp"
#include "service/context.hpp"
#include "service/registration_desk.hpp"
#include "service/submissions.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace convoke::service {

inline constexpr std::size_t longest_reviewer_name = 150, longest_guidance = 4'000;

struct SubmissionRow {
  Submission paper;
  std::vector<SubmittedFile> files;
  std::vector<Review> reviews;
  std::optional<double> mean;               // of the totals
  std::vector<std::optional<double>> marks;  // means, by criterion
  int place = 0;                            // among all that were marked; 0: not marked

  SubmissionRow() = default;
};

// Somebody of the association who could review: their name and address.
struct ReviewerChoice {
  std::string name, email;
  Language language = Language::uk;

  ReviewerChoice() = default;
};

struct SubmissionDesk {
  Event event;
  std::optional<Call> call;  // none: never switched on
  RegistrationDoor door = RegistrationDoor::off;
  std::vector<SubmissionRow> rows;
  std::map<SubmissionState, int> counts;  // of all, whatever was asked for
  std::vector<Reviewer> reviewers;
  std::map<ReviewerId, std::pair<int, int>> loads;  // given, asked in all
  std::vector<ReviewerChoice> choices;
  std::string association;

  SubmissionDesk() = default;
};
enum class PaperOrder { arrival, place };
// Errors: unauthenticated, forbidden, not_found.
Deferred<SubmissionDesk> submission_desk(Context& context, Actor actor, DeskScope scope,
                                         db::SubmissionSelection selection, PaperOrder order);

// As entered: days and times local to the event, lists one a line.
struct CallSettings {
  bool on = true;
  std::string opens_date, opens_time, closes_date, closes_time, review_date, review_time;
  std::string longest_abstract = "2500";
  bool file_required = false;
  std::array<bool, 6> kinds = {true, true, true, true, true, true};
  std::vector<std::string> sections, criteria;
  std::string scale = "five";
  bool anonymous = true;
  std::array<std::string, 4> guidance, consent;
  std::string keep_months = "12";

  CallSettings() = default;
};
// Stores them. A later closing than before is told to authors who can still change theirs. Errors:
// invalid_input naming the field first ("'closes': …"); conflict when marks were given on another scale; those
// of submission_desk().
Deferred<Call> save_call(Context& context, Actor actor, DeskScope scope, CallSettings settings);

// One paper with everything that was said of it. Errors: not_found, also for another event's.
struct PaperDesk {
  Event event;
  Call call;
  SubmissionRow row;
  std::vector<Reviewer> reviewers;  // of the event

  PaperDesk() = default;
};
Deferred<PaperDesk> paper_desk(Context& context, Actor actor, DeskScope scope, SubmissionId id);

// Gives papers to a reviewer: one that there is, or a new one by name and address. What a reviewer has
// already, wrote, or said that they cannot read is passed over.
struct Assignment {
  std::vector<SubmissionId> papers;
  ReviewerId reviewer;      // 0: a new one
  std::string name, email;  // of a new one; a name may be missing for somebody of the association
  Language language = Language::uk;

  Assignment() = default;
};
// How many papers were given. Errors: invalid_input ("'email': …", "'papers': …"), limit_exceeded; those of
// submission_desk().
Deferred<int> assign_reviewer(Context& context, Actor actor, DeskScope scope, Assignment assignment);
// A paper is not theirs to read any more. Errors: those of paper_desk().
Deferred<bool> release_reviewer(Context& context, Actor actor, DeskScope scope, SubmissionId id,
                                ReviewerId reviewer);

// accept, reject, revise, reopen; `note` goes to the author. Errors: conflict; forbidden for an author's step;
// those of paper_desk().
Deferred<Submission> decide_on_paper(Context& context, Actor actor, DeskScope scope, SubmissionId id,
                                     SubmissionStep step, std::string note);

// Errors: not_found, also for a file of another event's paper.
Deferred<PaperFile> paper_file_at_desk(Context& context, Actor actor, DeskScope scope, SubmissionId id,
                                       SubmittedFileId file);

// The list as a file, "csv" or "xlsx": by place when there is one. Headings: those of `headings`, one a fixed
// column (number, title, section, authors, institutions, e-mail, state, sent in, files, reviews, mean, place),
// then the criteria.
struct PaperExportWords {
  std::vector<std::string> headings;
  std::map<SubmissionState, std::string> states;

  PaperExportWords() = default;
};
std::string submission_table(const SubmissionDesk& desk, const PaperExportWords& words, bool xlsx);

}  // namespace convoke::service
