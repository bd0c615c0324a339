// What a step does to a paper, inside the caller's transaction: the state follows the table
// (model/submission.hpp), its author gets one mail, reviewers are asked again about what came back, and what
// is accepted goes to the programme. The author's page, the organiser's desk and the clock all go through
// here.
#pragma once

#include "db/submissions.hpp"
#include "db/unit.hpp"
#include "model/event.hpp"
#include "model/submission.hpp"
#include "service/event_store.hpp"
#include "service/registration_steps.hpp"

#include <optional>
#include <string>

namespace convoke::service {

// What a step needs: that of registrations, and what reminders of talks are planned with.
struct PaperWork : RegistrationWork {
  notify::Planning rules;

  PaperWork(db::Unit& u, std::string domain, Instant at, notify::Planning r)
      : RegistrationWork(u, std::move(domain), at), rules(std::move(r)) {}
};

// A call and its event.
struct AskedPaper {
  Event event;
  Call call;

  AskedPaper() = default;
  AskedPaper(Event e, Call c) : event(std::move(e)), call(std::move(c)) {}
};

// Errors: not_found when the event has no call (or is none of ours, or its people are erased).
Result<AskedPaper> asked_paper(db::Unit& unit, EventId event);
// Whether papers are taken now.
RegistrationDoor door_now(const AskedPaper& asked, Instant now);
// Who asks for papers, as it is called.
std::string association_of(db::Unit& unit, const Event& event);
// What authors agree to: that of registrations, with the call's own text and time.
std::string call_consent_text(const AskedPaper& asked, const std::string& association, Language language);

// Takes a step and stores the paper. Errors: as next_state() says, and those of the programme; the unit is to
// be rolled back then.
Result<void> take_step(const PaperWork& work, const AskedPaper& asked, Submission& paper,
                       SubmissionStep step);

// Queues one mail about a paper, now.
void queue_paper_mail(const RegistrationWork& work, const Submission& paper, ReminderReason reason,
                      const std::string& what);
// Asks a reviewer to look, unless a mail that says so waits to be sent already.
void queue_review_mail(const RegistrationWork& work, const Reviewer& reviewer);

}  // namespace convoke::service
