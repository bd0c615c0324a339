// A mail that is owed: planned from an event and a rule, queued in the transaction of the change that caused
// it, sent at least once, recognisable when it comes twice.
#pragma once

#include "base/clock.hpp"
#include "model/ids.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke {

// Why a mail is owed. One mail kind each (notify/mails).
enum class ReminderReason {
  upcoming,      // the event is near
  deadline,      // work is due
  fix_date,      // the period begins soon and nobody has named the day
  check_in,      // ongoing work: how does it go?
  overdue,       // it was due and nobody has said that it is done; also to the head of the section, the chair
  invitation,    // to whom it concerns: the day is known, or has moved (iTIP REQUEST)
  cancellation,  // it does not take place (iTIP CANCEL)
  answer,        // to the one who controls: somebody asks for more time, or says that it is done
  decision,      // to the one who asked: approved or sent back
  digest,        // what is due for one person, in one mail
  overview,      // the chair's Monday: due, overdue, unanswered, undated
  changes,       // to a subscriber: what changed in the plan
  confirmation,  // to somebody who wants to subscribe: was it you?
  undeliverable,             // to the chair: a mail did not arrive
  account_invitation,        // to somebody who may have an account: choose a password
  sign_in,                   // to somebody who asked for a link to sign in with
  date_poll,                 // to a member: on which of these days can you come?
  date_poll_result,          // to the organiser: the poll has ended, here is what people said
  registration_confirm,      // to somebody who filled in a form: was it you?
  registration_nudge,        // the same once more, before the place lapses
  registration_done,         // there is a place, with the calendar file
  registration_pending,      // the organiser decides
  registration_waiting,      // every place is taken: in the list
  registration_promoted,     // a place was freed
  registration_cancelled,    // does not come
  registration_refused,      // the organiser declined
  registration_changed,      // to the registered: the event or its deadline changed
  registration_reminder,     // to the registered: it is tomorrow
  registration_thanks,       // to those who came
  submission_confirm,        // to somebody who sent in a paper: was it you?
  submission_received,       // it is in
  submission_accepted,       // the decision …
  submission_rejected,       //
  submission_revise,         // … sent back with remarks
  submission_extended,       // to authors who can still change theirs: there is more time
  review_asked,              // to a reviewer: papers wait
  review_reminder,           // the same, before the deadline
  registration_invited,      // to somebody whom the organiser wants to come: a link that registers
  registration_certificate,  // to whoever has a certificate: it was written anew
  hook,                      // no mail: a signed request to a webhook
};
inline constexpr std::size_t reminder_reason_count = 40;
std::string_view name_of(ReminderReason reason);
std::optional<ReminderReason> reminder_reason_of(std::string_view name);

// A step of the ladder that a rule plans; the others are queued by what happens.
constexpr bool is_ladder_step(ReminderReason reason) {
  return reason <= ReminderReason::overdue;
}

enum class ReminderState {
  planned,  // waits for its time
  claimed,  // by a dispatcher until lease_until
  sent,
  retrying,    // not taken yet: waits for next_attempt
  failed,      // refused for good
  missed,      // its time was past when it was planned, or it went stale in the queue
  superseded,  // the event changed; others took its place
};
std::string_view name_of(ReminderState state);
std::optional<ReminderState> reminder_state_of(std::string_view name);

// How mails about work reach a person: each by itself, or gathered.
enum class MailRhythm { each, daily, weekly };
std::string_view name_of(MailRhythm rhythm);
std::optional<MailRhythm> mail_rhythm_of(std::string_view name);

// What makes a reminder the same reminder, over every replanning.
struct ReminderKey {
  EventId event;           // 0: about no single event (digest, overview, changes, confirmation)
  std::string occurrence;  // the days it speaks of (notify/planner.hpp); else what tells it from the next one
  std::string rule;        // "exact.14d"
  std::string recipient;  // "person:12", "post:рада об'єднання", "duty:chair", …: resolved when sent

  auto operator<=>(const ReminderKey&) const = default;
};

struct Reminder {
  ReminderId id;
  ReminderKey key;
  ReminderReason reason = ReminderReason::upcoming;
  Instant due{};           // when it should leave
  Instant expires{};       // after this it is stale and becomes missed
  int event_sequence = 0;  // the SEQUENCE it was planned from
  ReminderState state = ReminderState::planned;
  std::string message_id;  // "<…@…>", fixed when queued
  int attempts = 0;
  std::optional<Instant> next_attempt;
  std::optional<Instant> lease_until;
  std::string claimed_by;          // the dispatcher's random boot id
  std::string last_error;          // the relay's words, no addresses
  std::optional<Instant> settled;  // sent, failed or missed at
};

}  // namespace convoke
