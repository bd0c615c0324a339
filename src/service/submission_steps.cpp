#include "service/submission_steps.hpp"

#include "notify/enqueue.hpp"
#include "notify/submission_links.hpp"
#include "service/accepted_talks.hpp"
#include "service/registration_consent.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

// How long a mail about a paper is of use.
constexpr std::chrono::hours mail_lifetime{14 * 24};

std::optional<ReminderReason> reason_of(SubmissionStep step) {
  switch (step) {
    case SubmissionStep::submit:
    case SubmissionStep::resubmit:
      return ReminderReason::submission_received;
    case SubmissionStep::accept:
      return ReminderReason::submission_accepted;
    case SubmissionStep::reject:
      return ReminderReason::submission_rejected;
    case SubmissionStep::revise:
      return ReminderReason::submission_revise;
    default:
      return std::nullopt;
  }
}

// What came back is looked at once more: the marks stay as they were until they are given again.
void ask_again(const RegistrationWork& work, const Submission& paper) {
  for (auto review : work.unit.submissions().reviews_of(paper.id)) {
    if (review.state != ReviewState::given) continue;
    review.state = ReviewState::asked;
    review.asked = work.now;
    work.unit.submissions().save_review(review);
    if (const auto reviewer = work.unit.submissions().reviewer(review.reviewer))
      queue_review_mail(work, *reviewer);
  }
}

void drop_files(const RegistrationWork& work, const Submission& paper) {
  for (const auto& file : work.unit.submissions().files_of(paper.id))
    work.unit.submissions().remove_file(paper.id, file.id);
}

}  // namespace

Result<AskedPaper> asked_paper(db::Unit& unit, EventId id) {
  const Error none(Errc::not_found, "there is no call for papers for this event");
  auto call = unit.submissions().call(id);
  if (!call || call->erased) return none;
  auto event = unit.events().find(id);
  if (!event || event->source) return none;
  return AskedPaper(std::move(*event), std::move(*call));
}

RegistrationDoor door_now(const AskedPaper& asked, Instant now) {
  if (!is_open(asked.event.status))
    return asked.call.on ? RegistrationDoor::closed : RegistrationDoor::off;
  return door_of(asked.call, last_moment(asked.event), now);
}

std::string association_of(db::Unit& unit, const Event& event) {
  const auto organisation = unit.organisations().find(event.organisation);
  if (organisation) return organisation->name;
  const auto all = unit.organisations().list();
  return all.size() == 1 ? all.front().name : std::string("Convoke");
}

std::string call_consent_text(const AskedPaper& asked, const std::string& association, Language language) {
  RegistrationForm form;
  form.consent = asked.call.consent;
  form.keep_months = asked.call.keep_months;
  return consent_text(form, association, language);
}

namespace {

// What is accepted stands in the programme, and nothing else.
Result<void> follow_in_programme(const PaperWork& work, const Event& event, Submission& paper,
                                 SubmissionState from) {
  const bool was = from == SubmissionState::accepted, is = paper.state == SubmissionState::accepted;
  if (was == is) return {};
  const Writing writing{work.unit, work.rules, work.now};
  return is ? add_to_programme(writing, event, paper) : take_from_programme(writing, event, paper);
}

}  // namespace

Result<void> take_step(const PaperWork& work, const AskedPaper& asked, Submission& paper,
                       SubmissionStep step) {
  const bool open = door_now(asked, work.now) == RegistrationDoor::open;
  const auto to = next_state(paper.state, step, open);
  if (!to) return to.error();
  const auto from = paper.state;
  paper.state = *to;
  paper.settled = work.now;
  if (step == SubmissionStep::submit) paper.confirmed = work.now;
  if (auto followed = follow_in_programme(work, asked.event, paper, from); !followed) return followed;
  if (step == SubmissionStep::withdraw) drop_files(work, paper);
  work.unit.submissions().update(paper);
  if (step == SubmissionStep::resubmit) ask_again(work, paper);
  if (const auto reason = reason_of(step))
    queue_paper_mail(work, paper, *reason, std::string(name_of(step)) + " " + format_iso(work.now));
  return {};
}

void queue_paper_mail(const RegistrationWork& work, const Submission& paper, ReminderReason reason,
                      const std::string& what) {
  if (paper.email.empty()) return;
  notify::enqueue(work.unit, notify::submission_mail(paper, reason, what, work.now, work.now + mail_lifetime,
                                                     work.mail_domain));
}

void queue_review_mail(const RegistrationWork& work, const Reviewer& reviewer) {
  db::ReminderSelection waiting;
  waiting.recipient = notify::reviewer_key(reviewer.id);
  waiting.state = ReminderState::planned;
  const auto rows = work.unit.reminders().list(waiting);
  if (std::ranges::any_of(rows,
                          [](const Reminder& row) { return row.reason == ReminderReason::review_asked; }))
    return;
  notify::enqueue(work.unit, notify::review_mail(reviewer, ReminderReason::review_asked, format_iso(work.now),
                                                 work.now, work.now + mail_lifetime, work.mail_domain));
}

}  // namespace convoke::service
