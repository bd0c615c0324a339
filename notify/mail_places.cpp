#include "notify/mail_places.hpp"

#include <algorithm>
#include <array>

namespace convoke::notify {
namespace {

constexpr MailPlace block(std::string_view name) {
  return {name, true, false};
}
constexpr MailPlace needed_block(std::string_view name) {
  return {name, true, true};
}
constexpr MailPlace words(std::string_view name) {
  return {name, false, false};
}
constexpr MailPlace needed_words(std::string_view name) {
  return {name, false, true};
}

// {when} "in 3 days", {When} the same at the head of a sentence, {days} "3 days", {date} a day; {file} is the
// attached calendar file's name; {keeper} reads what is replied.
constexpr auto upcoming = std::to_array<MailPlace>(
    {words("name"), needed_words("title"), words("when"), words("When"), words("days"), words("date"),
     words("kind"), words("period"), words("place"), needed_block("facts"), block("agenda"),
     needed_block("answers"), block("page"), words("file"), words("keeper"), words("association")});

// {begun}: the day the period began, when it has; {when}, {When}, {days} and {date} are empty then.
constexpr auto fix_date = std::to_array<MailPlace>(
    {words("name"), needed_words("title"), words("when"), words("When"), words("days"), words("date"),
     words("begun"), words("kind"), words("period"), words("place"), needed_block("facts"), block("agenda"),
     needed_block("answers"), block("page"), words("file"), words("keeper"), words("association")});

constexpr auto check_in =
    std::to_array<MailPlace>({words("name"), needed_words("title"), words("kind"), words("period"),
                              words("place"), needed_block("facts"), block("agenda"), needed_block("answers"),
                              block("page"), words("keeper"), words("association")});

// {days}: how late; {who}: who is responsible, when the mail goes to the head or the chair.
constexpr auto overdue = std::to_array<MailPlace>(
    {words("name"), needed_words("title"), words("days"), words("date"), words("who"), words("kind"),
     words("period"), words("place"), needed_block("facts"), block("agenda"), needed_block("answers"),
     block("page"), words("keeper"), words("association")});

// {dated}: when it takes place, of a first invitation; {changed}: the same, when it has been changed.
constexpr auto invitation = std::to_array<MailPlace>(
    {words("name"), words("invitation"), needed_words("title"), words("dated"), words("changed"),
     words("kind"), words("period"), words("place"), needed_block("facts"), block("agenda"),
     needed_block("answers"), block("page"), words("file"), words("keeper"), words("association")});

// {cancelled}: when it would have been; {released}: when it is, without the reader.
constexpr auto cancellation = std::to_array<MailPlace>(
    {words("name"), words("cancellation"), needed_words("title"), words("cancelled"), words("released"),
     words("kind"), words("period"), words("place"), block("facts"), block("page"), words("file"),
     words("keeper"), words("association")});

// {answer}: what was answered, in a word. One of the …_by is set: who answered so.
constexpr auto answer = std::to_array<MailPlace>(
    {words("name"), words("answer"), needed_words("title"), words("who"), words("done_by"),
     words("postponed_by"), words("handed_by"), words("day_by"), words("declined_by"), words("new_date"),
     words("to"), words("note"), words("kind"), words("period"), words("place"), needed_block("facts"),
     needed_block("answers"), block("page"), words("association")});

// {decision}: in a word. One of the others that speak of it is set.
constexpr auto decision = std::to_array<MailPlace>(
    {words("name"), words("decision"), needed_words("title"), words("who"), words("closed"),
     words("moved_to"), words("sent_back"), words("day_refused"), words("note"), words("kind"),
     words("period"), words("place"), needed_block("facts"), block("answers"), block("page"), words("keeper"),
     words("association")});

constexpr auto digest =
    std::to_array<MailPlace>({words("name"), words("count"), words("date"), needed_block("items"),
                              block("choice"), words("keeper"), words("association")});

constexpr auto overview = std::to_array<MailPlace>(
    {words("name"), words("date"), needed_block("due"), needed_block("overdue"), needed_block("unanswered"),
     needed_block("undated"), needed_block("waiting"), needed_block("undelivered"), block("page"),
     block("choice"), words("association")});

constexpr auto changes =
    std::to_array<MailPlace>({words("count"), words("date"), words("filter"), needed_block("items"),
                              block("page"), needed_block("choice"), words("association")});

constexpr auto confirmation = std::to_array<MailPlace>(
    {words("filter"), words("rhythm"), needed_block("answers"), words("association")});

// {who} the mail was for; {why}: the server's words.
constexpr auto undeliverable = std::to_array<MailPlace>(
    {words("name"), needed_words("who"), words("address"), words("why"), words("mail"), words("title"),
     block("facts"), block("page"), words("association")});

// {who} invites; {date}: the last day on which the link acts.
constexpr auto account_invitation =
    std::to_array<MailPlace>({words("name"), words("who"), words("address"), words("date"),
                              needed_block("answers"), words("association")});

constexpr auto sign_in = std::to_array<MailPlace>(
    {words("name"), words("address"), needed_block("answers"), words("association")});

// One of the …_by is set: who asks. {note}: in their words; {date}: the last day on which answers are taken.
constexpr auto date_poll = std::to_array<MailPlace>(
    {words("name"), needed_words("title"), words("asked_by"), words("again_by"), words("note"), words("date"),
     words("kind"), words("period"), words("place"), block("facts"), block("agenda"), needed_block("days"),
     needed_block("answers"), block("page"), words("keeper"), words("association")});

// {answered} of {asked} people; {best}: the day on which most can come, when anybody has answered.
constexpr auto date_poll_result = std::to_array<MailPlace>(
    {words("name"), needed_words("title"), words("answered"), words("asked"), words("best"), words("kind"),
     words("period"), words("place"), block("facts"), block("agenda"), needed_block("days"),
     needed_block("answers"), block("page"), words("keeper"), words("association")});
// {format}: in the hall or online; {until}: how long the place is held; {people}: the others of the party
// too; {news}: until when one may register now; {changed}: when the event is, as it is known now;
// {called_off}: when it would have been; {ticket}: name of the attached picture for the door; {certificate}:
// numbers of those that were given to the party, or were written anew.
constexpr auto registration = std::to_array<MailPlace>(
    {words("name"),   needed_words("title"),   words("format"),  words("until"),
     words("people"), words("news"),           words("changed"), words("called_off"),
     words("kind"),   words("period"),         words("place"),   needed_block("facts"),
     block("agenda"), needed_block("answers"), block("page"),    words("file"),
     words("ticket"), words("certificate"),    words("keeper"),  words("association")});
// {paper}: its title; {until}: the deadline; {note}: what the organiser says of the decision.
constexpr auto submission = std::to_array<MailPlace>(
    {words("name"), needed_words("title"), words("paper"), words("until"), words("note"), words("kind"),
     words("period"), words("place"), needed_block("facts"), block("agenda"), needed_block("answers"),
     block("page"), words("keeper"), words("association")});
// {count}: of the papers that wait; {until}: the deadline of reviews.
constexpr auto review = std::to_array<MailPlace>(
    {words("name"), needed_words("title"), words("count"), words("until"), words("kind"), words("period"),
     words("place"), needed_block("facts"), block("agenda"), needed_block("answers"), block("page"),
     words("keeper"), words("association")});
// One of the …_by is set: who invites; {until}: the last moment to register.
constexpr auto registration_invited = std::to_array<MailPlace>(
    {words("name"), needed_words("title"), words("invited_by"), words("again_by"), words("until"),
     words("kind"), words("period"), words("place"), needed_block("facts"), block("agenda"),
     needed_block("answers"), block("page"), words("keeper"), words("association")});

}  // namespace

std::span<const MailPlace> places_of(ReminderReason kind) {
  switch (kind) {
    case ReminderReason::upcoming:
    case ReminderReason::deadline:
      return upcoming;
    case ReminderReason::fix_date:
      return fix_date;
    case ReminderReason::check_in:
      return check_in;
    case ReminderReason::overdue:
      return overdue;
    case ReminderReason::invitation:
      return invitation;
    case ReminderReason::cancellation:
      return cancellation;
    case ReminderReason::answer:
      return answer;
    case ReminderReason::decision:
      return decision;
    case ReminderReason::digest:
      return digest;
    case ReminderReason::overview:
      return overview;
    case ReminderReason::changes:
      return changes;
    case ReminderReason::confirmation:
      return confirmation;
    case ReminderReason::undeliverable:
      return undeliverable;
    case ReminderReason::account_invitation:
      return account_invitation;
    case ReminderReason::sign_in:
      return sign_in;
    case ReminderReason::date_poll:
      return date_poll;
    case ReminderReason::date_poll_result:
      return date_poll_result;
    case ReminderReason::registration_confirm:
    case ReminderReason::registration_nudge:
    case ReminderReason::registration_done:
    case ReminderReason::registration_pending:
    case ReminderReason::registration_waiting:
    case ReminderReason::registration_promoted:
    case ReminderReason::registration_cancelled:
    case ReminderReason::registration_refused:
    case ReminderReason::registration_changed:
    case ReminderReason::registration_reminder:
    case ReminderReason::registration_thanks:
    case ReminderReason::registration_certificate:
      return registration;
    case ReminderReason::submission_confirm:
    case ReminderReason::submission_received:
    case ReminderReason::submission_accepted:
    case ReminderReason::submission_rejected:
    case ReminderReason::submission_revise:
    case ReminderReason::submission_extended:
      return submission;
    case ReminderReason::review_asked:
    case ReminderReason::review_reminder:
      return review;
    case ReminderReason::registration_invited:
      return registration_invited;
    case ReminderReason::hook:
      break;
  }
  return {};
}

std::optional<MailPlace> place_of(ReminderReason kind, std::string_view name) {
  const auto places = places_of(kind);
  const auto found =
      std::find_if(places.begin(), places.end(), [&](const MailPlace& one) { return one.name == name; });
  if (found == places.end()) return std::nullopt;
  return *found;
}

}  // namespace convoke::notify
