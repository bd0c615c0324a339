#include "notify/mail_links.hpp"

#include "base/time_zone.hpp"
#include "notify/mail_words.hpp"
#include "notify/planner.hpp"

#include <algorithm>
#include <charconv>

namespace convoke::notify {
namespace {

using enum LinkPurpose;

constexpr std::string_view answer_prefix = "answer/";

// Whether the mail goes out when the work may be over already.
bool has_begun(const Reminder& reminder, const Event& event) {
  const auto day =
      event.period.precision == Precision::recurring ? last_day_of(reminder.key) : event.period.first;
  return day && *day <= civil_date(reminder.due, zone_of(event));
}

MailWord word_of(LinkPurpose purpose) {
  switch (purpose) {
    case acknowledge:
      return MailWord::acknowledge;
    case done:
      return MailWord::done;
    case postpone:
      return MailWord::postpone;
    case hand_over:
      return MailWord::hand_over;
    case name_day:
      return MailWord::name_day;
    case accept:
      return MailWord::accept;
    case decline:
      return MailWord::decline;
    case decide:
      return MailWord::decide;
    case confirm:
      return MailWord::confirm;
    case unsubscribe:
      break;
  }
  return MailWord::unsubscribe;
}

std::vector<LinkPurpose> purposes_of(const Reminder& reminder, const Event& event, const Answer* about) {
  std::vector<LinkPurpose> purposes;
  switch (reminder.reason) {
    case ReminderReason::upcoming:
      purposes = {acknowledge, postpone, hand_over};
      if (has_begun(reminder, event)) purposes.insert(purposes.begin(), done);
      break;
    case ReminderReason::deadline:
      purposes = {done, acknowledge, postpone, hand_over};
      break;
    case ReminderReason::overdue:
      purposes = {done, postpone, acknowledge, hand_over};
      break;
    case ReminderReason::check_in:
      purposes = {acknowledge, done, postpone, hand_over};
      break;
    case ReminderReason::fix_date:
      purposes = {name_day, postpone, hand_over};
      break;
    case ReminderReason::invitation:
      purposes = {accept, decline};
      break;
    case ReminderReason::answer:
      if (reminder.key.rule == decide_rule) purposes = {decide};
      break;
    case ReminderReason::decision:
      if (about != nullptr && about->decision == Decision::declined) purposes = {done, postpone, hand_over};
      break;
    default:
      break;
  }
  // All-year work has no day that could be moved.
  if (event.period.is_all_year()) std::erase(purposes, postpone);
  return purposes;
}

}  // namespace

std::string occurrence_of(AnswerId answer) {
  return std::string(answer_prefix) + std::to_string(answer.value);
}

std::optional<AnswerId> answer_of(std::string_view occurrence) {
  if (!occurrence.starts_with(answer_prefix)) return std::nullopt;
  const auto digits = occurrence.substr(answer_prefix.size());
  AnswerId id;
  const auto end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, id.value);
  if (parsed.ec != std::errc{} || parsed.ptr != end || id.value <= 0) return std::nullopt;
  return id;
}

std::string answered_occurrence(const Event& event, const Reminder& reminder) {
  if (event.period.precision != Precision::recurring || answer_of(reminder.key.occurrence)) return {};
  return occurrence_of(reminder.key);
}

std::vector<MailLink> links_of(const Reminder& reminder, const Event& event, std::string_view who,
                               const MailSettings& settings, const Answer* about) {
  std::vector<MailLink> links;
  if (settings.link_key.empty() || settings.base_url.empty() || !event.id || event.source) return links;
  AnswerLink link;
  link.event = event.id;
  link.occurrence = about != nullptr ? about->occurrence : answered_occurrence(event, reminder);
  link.who = who;
  link.expires = reminder.due + link_lifetime;
  for (const auto purpose : purposes_of(reminder, event, about)) {
    link.purpose = purpose;
    link.answer = {};
    if (purpose == decide) {
      const auto answer = answer_of(reminder.key.occurrence);
      if (!answer) continue;
      link.answer = *answer;
    }
    links.push_back({purpose, answer_url(settings.base_url, settings.link_key, link)});
  }
  return links;
}

std::vector<Button> answer_buttons(const std::vector<MailLink>& links, Language language) {
  std::vector<Button> buttons;
  for (const auto& link : links)
    buttons.push_back({std::string(mail_word(word_of(link.purpose), language)), link.url});
  return buttons;
}

}  // namespace convoke::notify
