#include "notify/mails/submission.hpp"

#include "db/submissions.hpp"
#include "notify/mail_texts.hpp"
#include "notify/mails/reader.hpp"
#include "notify/outgoing.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"
#include "notify/registration_text.hpp"
#include "notify/submission_links.hpp"
#include "notify/submission_text.hpp"

#include <algorithm>
#include <utility>

namespace convoke::notify {
namespace {

bool still_true(ReminderReason reason, SubmissionState state) {
  switch (reason) {
    case ReminderReason::submission_confirm:
      return state == SubmissionState::draft;
    case ReminderReason::submission_received:
      return state != SubmissionState::draft && state != SubmissionState::withdrawn;
    case ReminderReason::submission_accepted:
      return state == SubmissionState::accepted;
    case ReminderReason::submission_rejected:
      return state == SubmissionState::rejected;
    case ReminderReason::submission_revise:
      return state == SubmissionState::revise;
    default:
      return state == SubmissionState::draft || state == SubmissionState::submitted;
  }
}

Composition superseded(const char* why) {
  return Composition::dropped(ReminderState::superseded, why);
}

Composition sent(const Composing& composing, SubmissionMail mail) {
  const Reminder& row = composing.row;
  if (composing.now > row.expires)
    return Composition::dropped(ReminderState::missed, "too late to be of use");
  if (!is_mail_address(mail.email))
    return Composition::dropped(ReminderState::failed, "no mail goes to this address");
  Composition one;
  one.kind = Composition::Kind::send;
  auto text = text_of(composing.unit, mail.event.organisation, row.reason, mail.language);
  one.write = [mail = std::move(mail), settings = signed_by(composing, mail.event), reason = row.reason,
               message_id = row.message_id, now = composing.now, text = std::move(text)] {
    return as_outgoing(mail_parts(write_submission(reason, mail, settings, text), {mail.name, mail.email},
                                  mail.language, settings, message_id, now));
  };
  return one;
}

std::string address_of(const MailSettings& settings, std::string_view path, const std::string& token) {
  return settings.base_url + std::string(path) + token;
}

bool has_links(const MailSettings& settings) {
  return !settings.base_url.empty() && !settings.link_key.empty();
}

}  // namespace

Composition compose_submission(const Composing& composing) {
  const Reminder& row = composing.row;
  const auto id = submission_of_key(row.key.recipient);
  const auto found = id ? composing.unit.submissions().find(*id) : std::nullopt;
  const auto event = composing.event();
  if (!found || !event || !still_true(row.reason, found->state)) return superseded("the paper has gone on");
  const auto call = composing.unit.submissions().call(event->id);
  if (!call) return superseded("the call is gone");
  SubmissionMail mail;
  mail.event = *event;
  mail.name = found->authors.empty() ? std::string() : found->authors.front().name;
  mail.email = found->email;
  mail.language = found->language;
  mail.paper = found->title;
  if (row.reason != ReminderReason::submission_confirm) mail.note = found->decision_note;
  const bool decided =
      row.reason == ReminderReason::submission_accepted || row.reason == ReminderReason::submission_rejected;
  if (call->closes && !decided && row.reason != ReminderReason::submission_revise)
    mail.until = moment_text(*call->closes, zone_of(*event), found->language);
  if (has_links(composing.settings))
    mail.url = address_of(composing.settings, submission_link_path,
                          submission_token(composing.settings.link_key, found->code));
  return sent(composing, std::move(mail));
}

Composition compose_review(const Composing& composing) {
  const Reminder& row = composing.row;
  const auto id = reviewer_of_key(row.key.recipient);
  const auto reviewer = id ? composing.unit.submissions().reviewer(*id) : std::nullopt;
  const auto event = composing.event();
  if (!reviewer || !event) return superseded("the reviewer is gone");
  const auto call = composing.unit.submissions().call(event->id);
  if (!call) return superseded("the call is gone");
  int waiting = 0;
  for (const auto& review : composing.unit.submissions().reviews_by(reviewer->id)) {
    const auto paper = composing.unit.submissions().find(review.submission);
    waiting += review.state == ReviewState::asked && paper && is_under_review(paper->state) ? 1 : 0;
  }
  if (waiting == 0) return superseded("nothing waits for this reviewer");
  SubmissionMail mail;
  mail.event = *event;
  mail.name = reviewer->name;
  mail.email = reviewer->email;
  mail.language = reviewer->language;
  mail.count = std::to_string(waiting);
  if (call->review_by) mail.until = moment_text(*call->review_by, zone_of(*event), reviewer->language);
  if (has_links(composing.settings))
    mail.url = address_of(composing.settings, review_link_path,
                          review_token(composing.settings.link_key, reviewer->code));
  return sent(composing, std::move(mail));
}

}  // namespace convoke::notify
