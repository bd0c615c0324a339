#include "model/submission.hpp"

#include "base/digest.hpp"
#include "model/named_values.hpp"

#include <algorithm>
#include <cmath>

namespace convoke {
namespace {

constexpr std::array<std::string_view, submission_state_count> state_names = {
    "draft", "submitted", "in_review", "revise", "resubmitted", "accepted", "rejected", "withdrawn"};
constexpr std::array<std::string_view, submission_step_count> step_names = {
    "submit", "assign", "accept", "reject", "revise", "reopen", "resubmit", "withdraw"};
constexpr std::array<std::string_view, 6> kind_names = {"pdf", "docx", "odt", "pptx", "jpg", "png"};
constexpr std::array<std::string_view, 6> media_types = {
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "image/jpeg",
    "image/png"};
constexpr std::array<std::string_view, 2> scale_names = {"five", "ten"};
constexpr std::array<std::string_view, 3> review_names = {"asked", "given", "conflict"};

using State = SubmissionState;
using Step = SubmissionStep;

struct Transition {
  State from;
  Step step;
  State to;
};

// What is not in it is refused.
constexpr Transition transitions[] = {
    {State::draft, Step::submit, State::submitted},         //
    {State::draft, Step::withdraw, State::withdrawn},       //
    {State::submitted, Step::assign, State::in_review},     //
    {State::submitted, Step::accept, State::accepted},      // a small meeting asks nobody
    {State::submitted, Step::reject, State::rejected},      //
    {State::submitted, Step::revise, State::revise},        //
    {State::submitted, Step::withdraw, State::withdrawn},   //
    {State::in_review, Step::assign, State::in_review},     // one reviewer more
    {State::in_review, Step::accept, State::accepted},      //
    {State::in_review, Step::reject, State::rejected},      //
    {State::in_review, Step::revise, State::revise},        //
    {State::in_review, Step::withdraw, State::withdrawn},   //
    {State::revise, Step::assign, State::revise},           //
    {State::revise, Step::resubmit, State::resubmitted},    //
    {State::revise, Step::accept, State::accepted},         // without waiting
    {State::revise, Step::reject, State::rejected},         // it never came back
    {State::revise, Step::withdraw, State::withdrawn},      //
    {State::resubmitted, Step::assign, State::in_review},   //
    {State::resubmitted, Step::accept, State::accepted},    //
    {State::resubmitted, Step::reject, State::rejected},    //
    {State::resubmitted, Step::revise, State::revise},      // once more
    {State::resubmitted, Step::withdraw, State::withdrawn},  //
    {State::accepted, Step::reopen, State::in_review},      //
    {State::accepted, Step::withdraw, State::withdrawn},    // cannot come after all
    {State::rejected, Step::reopen, State::in_review},
};

}  // namespace

std::string_view name_of(SubmissionState state) {
  return name_in(state_names, state);
}
std::optional<SubmissionState> submission_state_of(std::string_view name) {
  return value_in<SubmissionState>(state_names, name);
}
std::string_view name_of(SubmissionStep step) {
  return name_in(step_names, step);
}
std::optional<SubmissionStep> submission_step_of(std::string_view name) {
  return value_in<SubmissionStep>(step_names, name);
}
std::string_view name_of(SubmittedKind kind) {
  return name_in(kind_names, kind);
}
std::optional<SubmittedKind> submitted_kind_of(std::string_view name) {
  return value_in<SubmittedKind>(kind_names, name);
}
std::string_view media_type_of(SubmittedKind kind) {
  return name_in(media_types, kind);
}
std::string_view name_of(MarkScale scale) {
  return name_in(scale_names, scale);
}
std::optional<MarkScale> mark_scale_of(std::string_view name) {
  return value_in<MarkScale>(scale_names, name);
}
std::string_view name_of(ReviewState state) {
  return name_in(review_names, state);
}
std::optional<ReviewState> review_state_of(std::string_view name) {
  return value_in<ReviewState>(review_names, name);
}

Result<SubmissionState> next_state(SubmissionState from, SubmissionStep step, bool open) {
  for (const auto& one : transitions) {
    if (one.from != from || one.step != step) continue;
    if (step == Step::submit && !open) return Error(Errc::gone, "the call is closed");
    return one.to;
  }
  return Error(Errc::conflict,
               "'" + std::string(name_of(step)) + "' does not follow '" + std::string(name_of(from)) + "'");
}

const std::string& guidance_in(const Call& call, Language language) {
  const auto& own = call.guidance.at(static_cast<std::size_t>(language));
  if (!own.empty()) return own;
  const auto first =
      std::ranges::find_if(call.guidance, [](const std::string& text) { return !text.empty(); });
  return first == call.guidance.end() ? own : *first;
}

RegistrationDoor door_of(const Call& call, std::optional<Instant> last, Instant now) {
  RegistrationForm form;
  form.on = call.on;
  form.opens = call.opens;
  form.closes = call.closes;
  return door_of(form, last, now);
}

std::vector<Criterion> criteria_of(const std::vector<std::string>& labels) {
  constexpr std::size_t digits = 10;
  std::vector<Criterion> criteria;
  for (const auto& label : labels)
    if (std::ranges::find(criteria, label, &Criterion::label) == criteria.end())
      criteria.emplace_back("c" + hex_of(digest_of(label)).substr(0, digits), label);
  return criteria;
}

std::optional<int> total_of(const Review& review, const std::vector<Criterion>& criteria) {
  if (review.state != ReviewState::given || criteria.empty()) return std::nullopt;
  int total = 0;
  for (const auto& criterion : criteria) {
    const auto mark =
        std::ranges::find_if(review.marks, [&](const auto& one) { return one.first == criterion.key; });
    if (mark == review.marks.end()) return std::nullopt;
    total += mark->second;
  }
  return total;
}

std::optional<double> mean_total(const std::vector<Review>& reviews, const std::vector<Criterion>& criteria) {
  double sum = 0;
  int count = 0;
  for (const auto& review : reviews) {
    const auto total = total_of(review, criteria);
    if (!total) continue;
    sum += *total;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / count;
}

std::optional<double> mean_mark(const std::vector<Review>& reviews, const std::string& criterion) {
  double sum = 0;
  int count = 0;
  for (const auto& review : reviews) {
    if (review.state != ReviewState::given) continue;
    for (const auto& [key, mark] : review.marks) {
      if (key != criterion) continue;
      sum += mark;
      ++count;
    }
  }
  if (count == 0) return std::nullopt;
  return sum / count;
}

std::string mark_text(double mark) {
  const auto hundredths = std::llround(mark * 100);
  auto text = std::to_string(hundredths / 100);
  if (const auto rest = hundredths % 100; rest != 0) {
    text += '.';
    text += static_cast<char>('0' + rest / 10);
    if (rest % 10 != 0) text += static_cast<char>('0' + rest % 10);
  }
  return text;
}

std::vector<int> places_of(const std::vector<std::optional<double>>& means) {
  // As they are shown: what reads the same shares a place.
  const auto shown = [](const std::optional<double>& mean) { return std::llround(*mean * 100); };
  std::vector<int> places;
  for (const auto& mean : means) {
    if (!mean) {
      places.push_back(0);
      continue;
    }
    int better = 0;
    for (const auto& other : means) better += other && shown(other) > shown(mean) ? 1 : 0;
    places.push_back(better + 1);
  }
  return places;
}

}  // namespace convoke
