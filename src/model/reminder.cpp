#include "model/reminder.hpp"

#include "model/named_values.hpp"

namespace convoke {
namespace {

constexpr std::array<std::string_view, reminder_reason_count> reason_names = {"upcoming",
                                                                              "deadline",
                                                                              "fix_date",
                                                                              "check_in",
                                                                              "overdue",
                                                                              "invitation",
                                                                              "cancellation",
                                                                              "answer",
                                                                              "decision",
                                                                              "digest",
                                                                              "overview",
                                                                              "changes",
                                                                              "confirmation",
                                                                              "undeliverable",
                                                                              "account_invitation",
                                                                              "sign_in",
                                                                              "date_poll",
                                                                              "date_poll_result",
                                                                              "registration_confirm",
                                                                              "registration_nudge",
                                                                              "registration_done",
                                                                              "registration_pending",
                                                                              "registration_waiting",
                                                                              "registration_promoted",
                                                                              "registration_cancelled",
                                                                              "registration_refused",
                                                                              "registration_changed",
                                                                              "registration_reminder",
                                                                              "registration_thanks",
                                                                              "submission_confirm",
                                                                              "submission_received",
                                                                              "submission_accepted",
                                                                              "submission_rejected",
                                                                              "submission_revise",
                                                                              "submission_extended",
                                                                              "review_asked",
                                                                              "review_reminder",
                                                                              "registration_invited",
                                                                              "registration_certificate",
                                                                              "hook"};
constexpr std::array<std::string_view, 7> state_names = {"planned", "claimed", "sent",      "retrying",
                                                         "failed",  "missed",  "superseded"};
constexpr std::array<std::string_view, 3> rhythm_names = {"each", "daily", "weekly"};

}  // namespace

std::string_view name_of(ReminderReason reason) {
  return name_in(reason_names, reason);
}
std::optional<ReminderReason> reminder_reason_of(std::string_view name) {
  return value_in<ReminderReason>(reason_names, name);
}

std::string_view name_of(ReminderState state) {
  return name_in(state_names, state);
}
std::optional<ReminderState> reminder_state_of(std::string_view name) {
  return value_in<ReminderState>(state_names, name);
}

std::string_view name_of(MailRhythm rhythm) {
  return name_in(rhythm_names, rhythm);
}
std::optional<MailRhythm> mail_rhythm_of(std::string_view name) {
  return value_in<MailRhythm>(rhythm_names, name);
}

}  // namespace convoke
