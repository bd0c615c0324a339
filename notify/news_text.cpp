#include "notify/news_text.hpp"

#include "base/text.hpp"
#include "calendar/period_format.hpp"
#include "notify/event_words.hpp"
#include "notify/mail_words.hpp"

#include <algorithm>
#include <utility>

namespace convoke::notify {
namespace {

std::string line_of(const EventChange& change, Language language) {
  const WordValues values = {{"period", calendar::format_period(change.event.period, language)},
                             {"before", change.before}};
  switch (change.kind) {
    case EventChange::Kind::added:
      return worded(MailWord::line_added, language, values);
    case EventChange::Kind::dated:
      return worded(MailWord::line_dated, language, values);
    case EventChange::Kind::moved:
      return worded(change.before.empty() ? MailWord::line_moved_now : MailWord::line_moved, language,
                    values);
    case EventChange::Kind::cancelled:
      return worded(MailWord::line_cancelled, language, values);
    case EventChange::Kind::removed:
      return worded(MailWord::line_removed, language, values);
    case EventChange::Kind::revised:
      break;
  }
  return worded(MailWord::line_text_changed, language, values);
}

std::string filter_words(const std::string& filter, Language language) {
  return filter.empty() ? std::string(mail_word(MailWord::everything, language)) : filter;
}

}  // namespace

MailText write_changes(const std::vector<EventChange>& changes, const std::string& filter, Language language,
                       const MailSettings& settings, const TemplateText& text, const std::string& leave_url,
                       const std::string& page_url, Date today) {
  Items items;
  for (std::size_t i = 0; i < std::min(changes.size(), longest_news); ++i) {
    const auto& change = changes[i];
    Items::Item item;
    item.title = mail_title(change.event);
    if (change.kind != EventChange::Kind::removed) item.url = event_page(change.event, settings);
    item.lines.push_back(line_of(change, language));
    if (const auto place = trim(change.event.place); !place.empty())
      item.lines.push_back(ellipsize(collapse_spaces(to_valid_utf8(place)), 200));
    items.rows.push_back(std::move(item));
  }
  std::vector<Block> blocks{std::move(items)};
  if (changes.size() > longest_news)
    blocks.push_back(Paragraph{
        worded(MailWord::more, language, {{"count", std::to_string(changes.size() - longest_news)}})});
  MailValues values;
  values.set("association", settings.association);
  values.set("count", counted(static_cast<int>(changes.size()), MailWord::changes, language));
  values.set("date", calendar::format_period(make_dated(today), language));
  values.set("filter", filter_words(filter, language));
  values.set("items", std::move(blocks));
  if (!page_url.empty())
    values.set("page", std::vector<Block>{
                           QuietLink{std::string(mail_word(MailWord::news_page, language)), page_url}});
  if (!leave_url.empty())
    values.set("choice", std::vector<Block>{
                             QuietLink{std::string(mail_word(MailWord::unsubscribe, language)), leave_url}});
  return fill_template(text, ReminderReason::changes, values);
}

MailText write_confirmation(const Subscriber& subscriber, const std::string& filter,
                            const MailSettings& settings, const TemplateText& text,
                            const std::string& confirm_url) {
  const Language language = subscriber.language;
  const bool weekly = subscriber.rhythm == MailRhythm::weekly;
  MailValues values;
  values.set("association", settings.association);
  values.set("filter", filter_words(filter, language));
  values.set("rhythm", mail_word(weekly ? MailWord::weekly : MailWord::daily, language));
  if (!confirm_url.empty())
    values.set("answers", std::vector<Block>{
                              Buttons{{{std::string(mail_word(MailWord::confirm, language)), confirm_url}}}});
  return fill_template(text, ReminderReason::confirmation, values);
}

}  // namespace convoke::notify
