#include "notify/mails/digest.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "calendar/period_format.hpp"
#include "notify/answer_links.hpp"
#include "notify/bulk_mail.hpp"
#include "notify/event_words.hpp"
#include "notify/gathering.hpp"
#include "notify/mail_links.hpp"
#include "notify/mail_texts.hpp"
#include "notify/mail_words.hpp"
#include "notify/mails/reminder.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"
#include "notify/step_words.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace convoke::notify {
namespace {

// Of each thing the likeliest answers; its page and its own mail have them all.
constexpr std::size_t most_links = 2;

// A later step about the same thing says all that an earlier one would.
void keep_latest(std::vector<DigestEntry>& entries) {
  std::stable_sort(entries.begin(), entries.end(), [](const DigestEntry& a, const DigestEntry& b) {
    return std::tie(a.row.due, a.row.id) > std::tie(b.row.due, b.row.id);
  });
  std::set<std::pair<EventId, std::string>> seen;
  std::erase_if(entries, [&](const DigestEntry& one) {
    return !seen.emplace(one.event.id, one.row.key.occurrence).second;
  });
}

}  // namespace

MailText write_digest(std::vector<DigestEntry> entries, const Person& reader, const MailSettings& settings,
                      const TemplateText& text, const std::string& choice_url, Instant now) {
  keep_latest(entries);
  const auto day = [&](const DigestEntry& one) {
    return target_day(one.row, one.event, civil_date(now, zone_of(one.event)));
  };
  std::stable_sort(entries.begin(), entries.end(),
                   [&](const DigestEntry& a, const DigestEntry& b) { return day(a) < day(b); });
  Items items;
  for (const auto& one : entries) {
    const Event event = as_reminded(one.event, one.row);
    Items::Item item;
    item.title = mail_title(event);
    item.url = event_page(event, settings);
    item.lines.push_back(step_line(one.row, event, reader.language, now));
    if (one.controls)
      item.lines.push_back(
          worded(MailWord::line_responsible, reader.language, {{"who", responsible_names(event)}}));
    item.links.assign(one.answers.begin(), one.answers.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                     one.answers.size(), most_links)));
    items.rows.push_back(std::move(item));
  }
  MailValues values;
  set_reader(values, reader, settings);
  values.set("count", counted(static_cast<int>(items.rows.size()), MailWord::items, reader.language));
  values.set("date", calendar::format_period(make_dated(civil_date(now, "UTC")), reader.language));
  values.set("items", std::vector<Block>{std::move(items)});
  set_choice(values, choice_url, MailWord::rhythm_choice, reader.language);
  return fill_template(text, ReminderReason::digest, values);
}

Composition compose_digest(const Composing& composing) {
  const Reminder& row = composing.row;
  if (composing.now > row.expires)
    return Composition::dropped(ReminderState::missed, "too late to be of use");
  const auto id = person_of_key(row.key.recipient);
  const auto person = id ? composing.unit.people().find(*id) : std::nullopt;
  if (!person) return Composition::dropped(ReminderState::superseded, "the person is gone");
  const std::string zone = zone_of_reader(composing.unit, *person);
  const auto to = composing.book().resolve(row.key.recipient,
                                           {person->organisation, {}, civil_date(composing.now, zone)});
  if (to.to.size() != 1 || to.to.front().key != row.key.recipient)
    return Composition::dropped(ReminderState::superseded, "each mail finds its own reader");
  auto gathered = gathered_for(composing, *person, zone);
  std::vector<DigestEntry> entries;
  std::vector<ReminderId> taken;
  for (auto& one : gathered) {
    auto event = composing.unit.events().find(one.key.event);
    if (!event || !is_open(event->status)) continue;
    taken.push_back(one.id);
    const bool controls = is_for_controller(composing.unit, one, *event);
    std::vector<Button> links;
    if (!controls)
      links = answer_buttons(links_of(one, *event, row.key.recipient, composing.settings),
                             to.to.front().person.language);
    entries.push_back({std::move(one), std::move(*event), std::move(links), controls});
  }
  if (entries.empty()) return Composition::dropped(ReminderState::superseded, "nothing to tell");
  MailSettings settings = composing.settings;
  if (const auto own = composing.unit.organisations().find(person->organisation))
    settings.association = own->name;
  Composition one;
  one.kind = Composition::Kind::send;
  one.then = [taken](db::Unit& unit, Instant at) {
    for (const auto& id_taken : taken) unit.reminders().supersede(id_taken, at);
  };
  one.write = [row, entries = std::move(entries), reader = to.to.front().person,
               settings = std::move(settings),
               text = text_of(composing.unit, person->organisation, ReminderReason::digest,
                              to.to.front().person.language),
               now = composing.now] {
    const auto leave = unsubscribe_links(settings, row.key.recipient);
    return bulk_mail(write_digest(entries, reader, settings, text, leave.page, now), reader, settings, leave,
                     row.message_id, now);
  };
  return one;
}

}  // namespace convoke::notify
