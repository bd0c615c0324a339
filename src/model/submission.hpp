// A call for papers, or for entries to a competition: what an organiser asks for, and the life of one paper
// from the form to its place in the programme. The same thing under two names: a competition calls it an
// entry, its reviewers a jury, and its decision a place. Pure.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "model/ids.hpp"
#include "model/language.hpp"
#include "model/registration.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoke {

using SubmissionId = Id<struct SubmissionTag>;
using SubmittedFileId = Id<struct SubmittedFileTag>;
using ReviewerId = Id<struct ReviewerTag>;

enum class SubmissionState {
  draft,        // the form came in; the address is not confirmed, nobody but its author sees it
  submitted,    // confirmed and sent in
  in_review,    // somebody was asked to read it
  revise,       // sent back with remarks
  resubmitted,  // came back
  accepted,     // in the programme
  rejected,
  withdrawn,  // by the author
};
inline constexpr std::size_t submission_state_count = 8;
std::string_view name_of(SubmissionState state);
std::optional<SubmissionState> submission_state_of(std::string_view name);

enum class SubmissionStep {
  submit,    // the author confirms the address and sends it in
  assign,    // a reviewer is asked
  accept,    // the organiser decides …
  reject,    //
  revise,    //
  reopen,    // … and thinks better of it
  resubmit,  // the author has put it right
  withdraw,
};
inline constexpr std::size_t submission_step_count = 8;
std::string_view name_of(SubmissionStep step);
std::optional<SubmissionStep> submission_step_of(std::string_view name);

// The state after the step: the one table that says what may follow what. `open`: the call takes papers at
// this moment. Errors: conflict when the step does not follow; gone when a draft comes too late.
Result<SubmissionState> next_state(SubmissionState from, SubmissionStep step, bool open);

// Whether the author may change title, abstract, authors and files: until the deadline, and while it is sent
// back.
constexpr bool may_be_edited(SubmissionState state, bool open) {
  if (state == SubmissionState::revise) return true;
  return open && (state == SubmissionState::draft || state == SubmissionState::submitted);
}
constexpr bool is_decided(SubmissionState state) {
  return state == SubmissionState::accepted || state == SubmissionState::rejected;
}
// Whether reviewers may say and change what they think.
constexpr bool is_under_review(SubmissionState state) {
  return state == SubmissionState::in_review || state == SubmissionState::revise ||
         state == SubmissionState::resubmitted;
}

// What a file may be. Nothing that can hold a macro.
enum class SubmittedKind { pdf, docx, odt, pptx, jpeg, png };
inline constexpr std::array all_submitted_kinds = {SubmittedKind::pdf,  SubmittedKind::docx,
                                                   SubmittedKind::odt,  SubmittedKind::pptx,
                                                   SubmittedKind::jpeg, SubmittedKind::png};
std::string_view name_of(SubmittedKind kind);  // its extension: "pdf"
std::optional<SubmittedKind> submitted_kind_of(std::string_view name);
std::string_view media_type_of(SubmittedKind kind);

inline constexpr std::size_t most_submitted_files = 5;
inline constexpr std::size_t largest_submitted_file = 10u << 20;  // bytes
inline constexpr std::size_t most_authors = 20, most_criteria = 12, most_call_sections = 40;
inline constexpr std::size_t most_reviewers_of_event = 100;
// By one address to one call.
inline constexpr std::size_t most_submissions_of_address = 20;

// How a criterion is marked.
enum class MarkScale { five, ten };  // 1..5, 0..10
std::string_view name_of(MarkScale scale);
std::optional<MarkScale> mark_scale_of(std::string_view name);
constexpr int least_mark(MarkScale scale) {
  return scale == MarkScale::five ? 1 : 0;
}
constexpr int best_mark(MarkScale scale) {
  return scale == MarkScale::five ? 5 : 10;
}

struct Criterion {
  std::string key;    // made of the label
  std::string label;  // as the organiser wrote it

  Criterion() = default;
  Criterion(std::string k, std::string l) : key(std::move(k)), label(std::move(l)) {}
  bool operator==(const Criterion&) const = default;
};

// What one event asks for.
struct Call {
  EventId event;
  bool on = false;
  std::optional<Instant> opens, closes;  // none: at once; until the event begins
  std::optional<Instant> first_closes;   // before it was extended
  std::optional<Instant> review_by;      // reviewers are reminded before
  int longest_abstract = 2'500;          // code points
  bool file_required = false;
  std::array<bool, 6> kinds = {true, true, true, true, true, true};  // by SubmittedKind
  std::vector<std::string> sections;                                 // to choose from; none: not asked
  std::vector<Criterion> criteria;
  MarkScale scale = MarkScale::five;
  bool anonymous = true;                // reviewers see no names
  std::array<std::string, 4> guidance;  // what authors are told, by language
  std::array<std::string, 4> consent;   // own texts by language; empty: the shipped one
  int keep_months = 12;                 // after the event; then people are erased and titles stay
  std::optional<Instant> erased;

  Call() = default;
  bool takes(SubmittedKind kind) const { return kinds.at(static_cast<std::size_t>(kind)); }
  bool operator==(const Call&) const = default;
};
// What authors are told in this language, or in the first one that the organiser wrote.
const std::string& guidance_in(const Call& call, Language language);

// Whether papers are taken at `now`. `last`: when the event begins; none: not known.
RegistrationDoor door_of(const Call& call, std::optional<Instant> last, Instant now);
// The criteria of these labels, each once. The same label has the same key, so that its marks stay with it.
std::vector<Criterion> criteria_of(const std::vector<std::string>& labels);

struct PaperAuthor {
  std::string name, institution;

  PaperAuthor() = default;
  PaperAuthor(std::string n, std::string i) : name(std::move(n)), institution(std::move(i)) {}
  bool operator==(const PaperAuthor&) const = default;
};

struct Submission {
  SubmissionId id;
  EventId event;
  std::string code;      // random: what its link is made of
  std::string form_key;  // random, of the form: one that comes twice is known by it
  SubmissionState state = SubmissionState::draft;
  std::string title, abstract, section;
  std::vector<PaperAuthor> authors;  // the first one is written to
  std::string email;                 // in lower case
  Language language = Language::uk;
  Instant created{};
  std::optional<Instant> confirmed, settled;  // the link was answered; last step
  std::string decision_note;                  // of the organiser, to the author
  EventId talk;                               // in the programme; 0: none
  Consent consent;

  Submission() = default;
  bool operator==(const Submission&) const = default;
};

// Without its bytes.
struct SubmittedFile {
  SubmittedFileId id;
  SubmissionId submission;
  std::string name;  // as its author called it
  SubmittedKind kind = SubmittedKind::pdf;
  std::size_t size = 0;  // bytes
  std::string digest;    // SHA-256, hexadecimal
  Instant added{};

  SubmittedFile() = default;
  bool operator==(const SubmittedFile&) const = default;
};

struct Reviewer {
  ReviewerId id;
  EventId event;
  std::string code;  // random: what the link is made of
  std::string name, email;
  Language language = Language::uk;
  Instant added{};

  Reviewer() = default;
  bool operator==(const Reviewer&) const = default;
};

enum class ReviewState {
  asked,
  given,
  conflict,  // "I cannot": the author is a colleague
};
std::string_view name_of(ReviewState state);
std::optional<ReviewState> review_state_of(std::string_view name);

using Marks = std::vector<std::pair<std::string, int>>;  // key of the criterion, the mark

struct Review {
  SubmissionId submission;
  ReviewerId reviewer;
  ReviewState state = ReviewState::asked;
  Marks marks;
  std::string to_author, to_organiser;
  Instant asked{};
  std::optional<Instant> given;

  Review() = default;
  bool operator==(const Review&) const = default;
};

// The sum of a review's marks over the criteria that the call has; none while one is missing.
std::optional<int> total_of(const Review& review, const std::vector<Criterion>& criteria);
// The mean of the totals of those who gave all marks; none: nobody has.
std::optional<double> mean_total(const std::vector<Review>& reviews, const std::vector<Criterion>& criteria);
// The mean of one criterion over the reviews that were given.
std::optional<double> mean_mark(const std::vector<Review>& reviews, const std::string& criterion);

// "7.5": at most two digits, no zeros behind.
std::string mark_text(double mark);

// Places by mean, the best first: equal means share a place, and the next one is left out (1, 2, 2, 4). 0 for
// those that nobody marked.
std::vector<int> places_of(const std::vector<std::optional<double>>& means);

}  // namespace convoke
