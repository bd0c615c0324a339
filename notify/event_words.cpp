#include "notify/event_words.hpp"

#include "base/text.hpp"
#include "calendar/event_occurrences.hpp"
#include "calendar/feed_words.hpp"
#include "calendar/period_format.hpp"
#include "notify/mail_words.hpp"
#include "notify/message.hpp"
#include "notify/planner.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace convoke::notify {
namespace {

constexpr std::size_t longest_title = 300, longest_text = 1000, longest_agenda = 30, longest_others = 20;

std::string line(std::string_view text, std::size_t limit = longest_text) {
  return ellipsize(strip_controls(collapse_spaces(to_valid_utf8(text))), limit);
}

bool is_recipient(const Responsible& responsible, const Person& person) {
  if (responsible.person) return responsible.person == person.id;
  if (!trim(responsible.name).empty()) return name_key(responsible.name) == name_key(person.name);
  return !trim(responsible.post).empty() && fold(responsible.post) == fold(person.post);
}

// Empty when the person is not among the responsible (an office has changed hands since).
std::string role_of(const Event& event, const Person& person) {
  const auto found = std::find_if(event.responsible.begin(), event.responsible.end(),
                                  [&](const Responsible& one) { return is_recipient(one, person); });
  if (found == event.responsible.end()) return {};
  const bool leads = found == event.responsible.begin();
  const std::string part(mail_word(leads ? MailWord::leads : MailWord::assists, person.language));
  const std::string post = line(found->post);
  return post.empty() ? part : part + " (" + post + ")";
}

template<class Wanted>
std::string names_of(const Event& event, Wanted wanted) {
  std::vector<std::string> names;
  for (const auto& one : event.responsible) {
    if (names.size() == longest_others || !wanted(one)) continue;
    std::string name = line(one.name.empty() ? one.post : one.name);
    if (!name.empty()) names.push_back(std::move(name));
  }
  return join(names, ", ");
}

Facts facts_of(const Event& event, const Person& reader) {
  const Language language = reader.language;
  Facts facts;
  const auto add = [&](std::string_view label, std::string value, bool is_link = false) {
    if (!value.empty()) facts.rows.push_back({std::string(label), std::move(value), is_link});
  };
  const std::string role = role_of(event, reader);
  add(mail_word(MailWord::what, language), std::string(calendar::kind_label(event.kind, language)));
  add(mail_word(MailWord::when, language), calendar::format_period(event.period, language));
  add(mail_word(MailWord::place, language), line(event.place));
  add(mail_word(MailWord::online, language), line(event.online_url), true);
  add(mail_word(MailWord::role, language), role);
  add(role.empty() ? calendar::word(calendar::Word::responsible, language)
                   : mail_word(MailWord::together, language),
      names_of(event, [&](const Responsible& one) { return !is_recipient(one, reader); }));
  add(calendar::word(calendar::Word::note, language), line(event.note));
  return facts;
}

}  // namespace

std::string mail_title(const Event& event) {
  return line(event.title, longest_title);
}

std::string event_page(const Event& event, const MailSettings& settings) {
  if (settings.base_url.empty() || !event.id) return {};
  return settings.base_url + "/events/" + std::to_string(event.id.value);
}

void set_reader(MailValues& values, const Person& reader, const MailSettings& settings) {
  values.set("name", reader.name);
  values.set("association", settings.association);
  if (settings.reply_to)
    values.set("keeper",
               trim(settings.reply_to->name).empty() ? settings.reply_to->address : settings.reply_to->name);
}

void set_event(MailValues& values, const Event& event, const Person& reader, const MailSettings& settings) {
  const Language language = reader.language;
  set_reader(values, reader, settings);
  values.set("title", mail_title(event));
  values.set("kind", calendar::kind_label(event.kind, language));
  values.set("period", calendar::format_period(event.period, language));
  values.set("place", event.place);
  values.set("facts", std::vector<Block>{facts_of(event, reader)});
  if (!event.agenda.empty()) {
    NumberedList agenda;
    agenda.label = calendar::word(calendar::Word::agenda, language);
    for (std::size_t i = 0; i < std::min(event.agenda.size(), longest_agenda); ++i)
      agenda.items.push_back(line(event.agenda[i]));
    values.set("agenda", std::vector<Block>{std::move(agenda)});
  }
  if (const auto page = event_page(event, settings); !page.empty())
    values.set("page", std::vector<Block>{
                           QuietLink{std::string(calendar::word(calendar::Word::page, language)), page}});
}

bool is_responsible(const Event& event, const Person& person) {
  return std::any_of(event.responsible.begin(), event.responsible.end(),
                     [&](const Responsible& one) { return is_recipient(one, person); });
}

std::string responsible_names(const Event& event) {
  return names_of(event, [](const Responsible&) { return true; });
}

Event as_reminded(const Event& event, const Reminder& reminder) {
  const auto day = last_day_of(reminder.key);
  if (event.overrides.empty() || !day) return event;
  for (const auto& one : calendar::event_occurrences(event, *day, *day)) {
    const bool meant = one.last == *day && reminder.key.occurrence.starts_with(one.key + "/");
    if (meant && (one.moved || one.title || one.place || one.note)) return calendar::as_on(event, one);
  }
  return event;
}

Date target_day(const Reminder& reminder, const Event& event, Date today) {
  const auto last = last_day_of(reminder.key);
  const Date end = last ? *last : event.period.last.value_or(today);
  if (reminder.reason == ReminderReason::deadline || reminder.reason == ReminderReason::overdue) return end;
  return event.period.precision == Precision::recurring ? end : event.period.first.value_or(end);
}

}  // namespace convoke::notify
