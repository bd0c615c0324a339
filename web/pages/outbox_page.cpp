#include "web/pages/outbox_page.hpp"

#include "base/time_zone.hpp"
#include "web/i18n.hpp"
#include "web/pages/manage_frame.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>
#include <fmt/format.h>

#include <array>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

struct StateWord {
  ReminderState state;
  const char* word;
};
// In the order of a mail's life; the last ones rarely need a look.
constexpr std::array states = {
    StateWord{ReminderState::planned, "mail waits"},
    StateWord{ReminderState::claimed, "mail is being sent"},
    StateWord{ReminderState::retrying, "mail is tried again"},
    StateWord{ReminderState::failed, "mail not delivered"},
    StateWord{ReminderState::sent, "mail sent"},
    StateWord{ReminderState::missed, "mail not sent"},
    StateWord{ReminderState::superseded, "mail taken back"},
};

const char* word_of(ReminderState state) {
  for (const auto& one : states)
    if (one.state == state) return one.word;
  return "";
}

// In the order of ReminderReason.
constexpr std::array<const char*, reminder_reason_count> reasons = {"the event is near",
                                                                    "work is due",
                                                                    "the day is to be named",
                                                                    "how does the work go",
                                                                    "work is overdue",
                                                                    "invitation",
                                                                    "cancellation",
                                                                    "answer of somebody responsible",
                                                                    "decision on an answer",
                                                                    "digest",
                                                                    "overview of the week",
                                                                    "changes in the plan",
                                                                    "confirmation of a subscription",
                                                                    "a mail did not arrive",
                                                                    "invitation to an account",
                                                                    "link to sign in",
                                                                    "question which day suits",
                                                                    "result of a date poll",
                                                                    "confirmation of a registration",
                                                                    "nudge to confirm a registration",
                                                                    "registered",
                                                                    "registration to be decided on",
                                                                    "place in the waiting list",
                                                                    "place freed for somebody waiting",
                                                                    "registration cancelled",
                                                                    "registration declined",
                                                                    "news to the registered",
                                                                    "reminder to the registered",
                                                                    "thanks to those who came",
                                                                    "confirmation of a paper",
                                                                    "paper received",
                                                                    "paper accepted",
                                                                    "paper rejected",
                                                                    "paper sent back for revision",
                                                                    "call for papers extended",
                                                                    "papers to review",
                                                                    "reminder to review",
                                                                    "message to another program"};

const char* outcome_text(const std::string& outcome) {
  if (outcome == "delivered") return "taken by the mail server";
  if (outcome == "refused") return "refused by the mail server";
  if (outcome == "unknown") return "the answer was lost: it may have arrived";
  return "put off";
}

std::string moment_text(Instant instant, const std::string& zone, Language language) {
  const Date day = civil_date(instant, zone);
  const auto time =
      std::chrono::duration_cast<std::chrono::minutes>(instant - to_instant(day, TimeOfDay{0}, zone));
  return fmt::format("{}, {:02}:{:02}", date_text(day, language), time.count() / 60, time.count() % 60);
}

std::string reason_text(const Reminder& row, Language language) {
  return tr(language, reasons.at(static_cast<std::size_t>(row.reason)));
}

void fill_state(TemplateDictionary& values, const Reminder& row, Language language) {
  values["STATE"] = tr(language, word_of(row.state));
  values["STATE_CLASS"] = row.state == ReminderState::failed ? "chip chip-cancelled" : "chip";
}

void fill_row(TemplateDictionary& values, const service::OutboxRow& row, const std::string& zone,
              Language language) {
  values["HREF"] = "/manage/outbox/" + std::to_string(row.reminder.id.value);
  const auto reason = reason_text(row.reminder, language);
  values["TITLE"] = row.event_title.empty() ? reason : row.event_title;
  if (!row.event_title.empty()) show_text(values, "REASON", reason);
  values["WHO"] = row.who;
  values["DUE"] = moment_text(row.reminder.due, zone, language);
  show_text(values, "PROBLEM", row.reminder.last_error);
  fill_state(values, row.reminder, language);
}

void add_filter(TemplateDictionary& values, const std::string& label, std::optional<ReminderState> state,
                const OutboxView& view) {
  auto& one = *values.AddSectionDictionary("FILTER");
  one["HREF"] = outbox_address(state, 1);
  one["LABEL"] = label;
  if (state == view.state) one.ShowSection("CURRENT");
}

void add_filters(TemplateDictionary& values, const OutboxView& view, Language language) {
  int all = 0;
  for (const auto& [state, count] : view.found.counts) all += count;
  add_filter(values, fmt::format("{} {}", tr(language, "all mails"), all), std::nullopt, view);
  for (const auto& one : states) {
    const auto found = view.found.counts.find(one.state);
    if (found == view.found.counts.end() && one.state != view.state) continue;
    const int count = found == view.found.counts.end() ? 0 : found->second;
    add_filter(values, fmt::format("{} {}", tr(language, one.word), count), one.state, view);
  }
}

void add_button(TemplateDictionary& values, const char* section, const Reminder& row, const char* action,
                const Frame& frame) {
  auto& form = *values.AddSectionDictionary(section);
  form["ACTION"] = "/manage/outbox/" + std::to_string(row.id.value) + action;
  form["CSRF"] = frame.csrf;
}

void fill_attempts(TemplateDictionary& values, const service::OutboxMail& mail, const std::string& zone,
                   Language language) {
  if (mail.attempts.empty()) values.ShowSection("NO_ATTEMPT");
  for (const auto& one : mail.attempts) {
    auto& attempt = *values.AddSectionDictionary("ATTEMPT");
    attempt["AT"] = moment_text(one.at, zone, language);
    attempt["OUTCOME"] = tr(language, outcome_text(one.outcome));
    show_text(attempt, "REPLY", one.reply);
  }
}

void fill_copy(TemplateDictionary& values, const MailCopy& mail, ReminderId id) {
  auto& copy = *values.AddSectionDictionary("COPY");
  copy["TO"] = mail.to;
  copy["SUBJECT"] = mail.subject;
  copy["TEXT"] = mail.text;
  if (mail.html.empty()) return;
  auto& html = *copy.AddSectionDictionary("HTML");
  html["HREF"] = "/manage/outbox/" + std::to_string(id.value) + "/html";
}

}  // namespace

std::string outbox_address(std::optional<ReminderState> state, int page) {
  std::string address = "/manage/outbox";
  if (state) address += "?state=" + std::string(name_of(*state));
  if (page > 1) address += (state ? "&page=" : "?page=") + std::to_string(page);
  return address;
}

std::string render_outbox(const OutboxView& view, const Frame& frame) {
  TemplateDictionary values("outbox");
  const Language language = frame.language;
  fill_manage_frame(values, frame, tr(language, "Outbox"), Desk::outbox);
  add_filters(values, view, language);
  if (view.found.rows.empty()) values.ShowSection("NONE");
  for (const auto& row : view.found.rows)
    fill_row(*values.AddSectionDictionary("ROW"), row, view.zone, language);
  if (view.page > 1) {
    auto& earlier = *values.AddSectionDictionary("EARLIER");
    earlier["HREF"] = outbox_address(view.state, view.page - 1);
  }
  if (view.found.more) {
    auto& later = *values.AddSectionDictionary("LATER");
    later["HREF"] = outbox_address(view.state, view.page + 1);
  }
  return render_template("outbox.html", language, values);
}

std::string render_outbox_mail(const service::OutboxMail& mail, const std::string& zone, const Frame& frame) {
  TemplateDictionary values("outbox_mail");
  const Language language = frame.language;
  const auto& row = mail.row.reminder;
  const auto reason = reason_text(row, language);
  auto title = mail.row.event_title.empty() ? reason : mail.row.event_title;
  if (mail.copy && !mail.copy->subject.empty()) title = mail.copy->subject;
  fill_manage_frame(values, frame, title, Desk::outbox);
  values["TITLE"] = title;
  values["REASON"] = reason;
  values["WHO"] = mail.row.who;
  values["DUE"] = moment_text(row.due, zone, language);
  values["MESSAGE_ID"] = row.message_id;
  fill_state(values, row, language);
  show_text(values, "PROBLEM", row.last_error);
  if (row.next_attempt && row.state == ReminderState::retrying)
    show_text(values, "NEXT", moment_text(*row.next_attempt, zone, language));
  if (row.key.event) {
    auto& event = *values.AddSectionDictionary("EVENT");
    event["HREF"] = "/events/" + std::to_string(row.key.event.value);
    event["EVENT_TITLE"] = mail.row.event_title;
  }
  if (mail.may_resend) add_button(values, "RESEND", row, "/resend", frame);
  if (mail.may_cancel) add_button(values, "CANCEL", row, "/cancel", frame);
  fill_attempts(values, mail, zone, language);
  if (mail.copy) fill_copy(values, *mail.copy, row.id);
  return render_template("outbox_mail.html", language, values);
}

}  // namespace convoke::web
