#include "notify/message.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/event_occurrences.hpp"
#include "calendar/feed.hpp"
#include "calendar/feed_words.hpp"
#include "calendar/period_format.hpp"
#include "notify/mail_words.hpp"
#include "notify/outgoing.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace convoke::notify {
namespace {

// Longer texts are cut: the event's page has them whole.
constexpr std::size_t longest_title = 300, longest_text = 1000, longest_agenda = 30, longest_others = 20;

std::string line(std::string_view text, std::size_t limit = longest_text) {
  return ellipsize(strip_controls(collapse_spaces(to_valid_utf8(text))), limit);
}

// Everything that fills the places of a sentence.
struct Writer {
  const Reminder& reminder;
  const Event& event;
  const Person& person;
  const MailSettings& settings;
  const MailWords& words;
  Date today;

  std::string title() const { return line(event.title, longest_title); }

  // The day that the mail counts down to.
  Date target() const {
    const auto last = last_day_of(reminder.key);
    const Date end = last ? *last : event.period.last.value_or(today);
    if (reminder.reason == ReminderReason::deadline) return end;
    return event.period.precision == Precision::recurring ? end : event.period.first.value_or(end);
  }
  int days_left() const { return static_cast<int>((to_days(target()) - to_days(today)).count()); }

  std::string fill(std::string_view pattern) const {
    const std::string when = in_days(days_left(), person.language);
    return fmt::format(fmt::runtime(pattern), fmt::arg("when", when), fmt::arg("When", capitalise(when)),
                       fmt::arg("date", calendar::format_period(make_dated(target()), person.language)),
                       fmt::arg("title", title()), fmt::arg("name", line(person.name)),
                       fmt::arg("association", line(settings.association)));
  }

  std::string_view subject_pattern() const {
    switch (reminder.reason) {
      case ReminderReason::deadline:
        return words.deadline_subject;
      case ReminderReason::fix_date:
        return words.fix_date_subject;
      default:
        break;
    }
    return words.upcoming_subject;
  }

  std::string_view lead_pattern() const {
    switch (reminder.reason) {
      case ReminderReason::deadline:
        return words.deadline_lead;
      case ReminderReason::fix_date:
        return days_left() >= 0 ? words.fix_date_lead : words.fix_date_begun_lead;
      default:
        break;
    }
    return words.upcoming_lead;
  }

  std::string_view request_pattern() const {
    switch (reminder.reason) {
      case ReminderReason::deadline:
        return settings.reply_to ? words.deadline_reply : words.deadline_request;
      case ReminderReason::fix_date:
        return settings.reply_to ? words.fix_date_reply : words.fix_date_request;
      default:
        break;
    }
    return settings.reply_to ? words.upcoming_reply : words.upcoming_request;
  }

  bool is_recipient(const Responsible& responsible) const {
    if (responsible.person) return responsible.person == person.id;
    if (!trim(responsible.name).empty()) return name_key(responsible.name) == name_key(person.name);
    return !trim(responsible.post).empty() && fold(responsible.post) == fold(person.post);
  }

  // Empty when the person is not among the responsible (an office has changed hands since).
  std::string role() const {
    const auto found = std::find_if(event.responsible.begin(), event.responsible.end(),
                                    [&](const Responsible& one) { return is_recipient(one); });
    if (found == event.responsible.end()) return {};
    const std::string part(found == event.responsible.begin() ? words.leads : words.assists);
    const std::string post = line(found->post);
    return post.empty() ? part : part + " (" + post + ")";
  }

  std::string others() const {
    std::vector<std::string> names;
    for (const auto& one : event.responsible) {
      if (is_recipient(one) || names.size() == longest_others) continue;
      std::string name = line(one.name.empty() ? one.post : one.name);
      if (!name.empty()) names.push_back(std::move(name));
    }
    return join(names, ", ");
  }

  std::string when() const { return calendar::format_period(event.period, person.language); }

  Facts facts() const {
    Facts facts;
    const auto add = [&](std::string_view label, std::string value, bool is_link = false) {
      if (!value.empty()) facts.rows.push_back({std::string(label), std::move(value), is_link});
    };
    add(words.what, std::string(calendar::kind_label(event.kind, person.language)));
    add(words.when, when());
    add(words.place, line(event.place));
    add(words.online, line(event.online_url), true);
    add(words.role, role());
    add(words.together, others());
    add(calendar::word(calendar::Word::note, person.language), line(event.note));
    return facts;
  }

  std::string page() const { return settings.base_url + "/events/" + std::to_string(event.id.value); }
};

// The event as it is on the day that `reminder` speaks of: a lesson that was moved or given another room is
// announced as it will be, not as the series says.
Event as_reminded(const Event& event, const Reminder& reminder) {
  const auto day = last_day_of(reminder.key);
  if (event.overrides.empty() || !day) return event;
  for (const auto& one : calendar::event_occurrences(event, *day, *day)) {
    const bool meant = one.last == *day && reminder.key.occurrence.starts_with(one.key + "/");
    if (meant && (one.moved || one.title || one.place || one.note)) return calendar::as_on(event, one);
  }
  return event;
}

// Letters, digits, hyphens and single dots: what may stand in a List-Id (RFC 2919 section 3, 255 bytes with
// the label).
bool is_host_name(std::string_view host) {
  constexpr std::size_t longest = 240;
  if (host.empty() || host.size() > longest || host.front() == '.' || host.back() == '.') return false;
  if (host.find("..") != std::string_view::npos) return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

}  // namespace

MailText write_mail(const Reminder& reminder, const Event& whole, const Person& person,
                    const MailSettings& settings, Instant now) {
  const Event event = as_reminded(whole, reminder);
  const auto& words = mail_words(person.language);
  const Writer writer{reminder, event, person, settings, words, civil_date(now, zone_of(event))};
  MailText mail;
  mail.subject = writer.fill(writer.subject_pattern());
  mail.blocks.push_back(
      Paragraph{writer.fill(line(person.name).empty() ? words.greeting_nameless : words.greeting)});
  mail.blocks.push_back(Paragraph{writer.fill(writer.lead_pattern())});
  mail.blocks.push_back(Heading{writer.title()});
  mail.blocks.push_back(writer.facts());
  if (!event.agenda.empty()) {
    NumberedList agenda;
    agenda.label = calendar::word(calendar::Word::agenda, person.language);
    for (std::size_t i = 0; i < std::min(event.agenda.size(), longest_agenda); ++i)
      agenda.items.push_back(line(event.agenda[i]));
    mail.blocks.push_back(std::move(agenda));
  }
  mail.blocks.push_back(Paragraph{std::string(writer.request_pattern())});
  if (!settings.base_url.empty())
    mail.blocks.push_back(
        Button{std::string(calendar::word(calendar::Word::page, person.language)), writer.page()});
  mail.blocks.push_back(Paragraph{std::string(words.attachment)});
  mail.blocks.push_back(Footer{writer.fill(words.footer)});
  return mail;
}

std::string list_id_of(const MailSettings& settings) {
  std::string_view host = settings.base_url;
  const auto scheme = host.find("://");
  host = scheme == std::string_view::npos ? std::string_view{} : host.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (!host.starts_with('[')) host = host.substr(0, host.find(':'));
  const auto& sender = settings.from.address;
  for (const std::string_view name : {host, std::string_view(sender).substr(sender.find('@') + 1)})
    if (is_host_name(name)) return "reminders." + to_lower(name);
  return "reminders.localhost";
}

OutgoingMail render_mail(const Reminder& reminder, const Event& event, const Person& person,
                         const MailSettings& settings, Instant now) {
  calendar::FeedView view;
  view.language = person.language;
  view.base_url = settings.base_url;
  MimeParts parts;
  parts.calendar = calendar::single_event_file(event, view);

  MailText mail = write_mail(reminder, event, person, settings, now);
  if (parts.calendar.empty()) {  // nothing attached: then the mail must not say so
    std::erase_if(mail.blocks, [&](const Block& block) {
      const auto* paragraph = std::get_if<Paragraph>(&block);
      return paragraph != nullptr && paragraph->text == mail_words(person.language).attachment;
    });
  }
  parts.from = settings.from;
  if (parts.from.name.empty()) parts.from.name = settings.association;
  parts.reply_to = settings.reply_to;
  parts.list_name = settings.association;
  parts.list_id = list_id_of(settings);
  parts.to = {person.name, person.email};
  parts.subject = mail.subject;
  parts.message_id = sound_message_id(reminder.message_id, settings.from.address);
  parts.date = now;
  parts.text = render_text(mail.blocks);
  parts.html = render_html(mail.blocks, person.language);
  return as_outgoing(parts);
}

}  // namespace convoke::notify
