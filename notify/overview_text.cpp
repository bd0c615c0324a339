#include "base/text.hpp"
#include "calendar/period_format.hpp"
#include "notify/event_words.hpp"
#include "notify/mail_words.hpp"
#include "notify/overview.hpp"

#include <algorithm>
#include <utility>

namespace convoke::notify {
namespace {

class OverviewWriter {
 public:
  OverviewWriter(Language language, const MailSettings& settings, Date today)
      : language_(language), settings_(settings), today_(today) {}

  template<class List, class LineOf>
  std::vector<Block> part(const List& list, LineOf line_of) const {
    if (list.empty()) return {};
    Items items;
    for (std::size_t i = 0; i < std::min(list.size(), longest_overview_part); ++i)
      items.rows.push_back(line_of(list[i]));
    std::vector<Block> blocks{std::move(items)};
    if (list.size() > longest_overview_part)
      blocks.push_back(Paragraph{worded(MailWord::more, language_,
                                        {{"count", std::to_string(list.size() - longest_overview_part)}})});
    return blocks;
  }

  Items::Item item(const Event& event, std::string line, bool with_names = true) const {
    Items::Item one;
    one.title = mail_title(event);
    one.url = event_page(event, settings_);
    one.lines.push_back(std::move(line));
    const auto names = responsible_names(event);
    if (with_names && !names.empty())
      one.lines.push_back(worded(MailWord::line_responsible, language_, {{"who", names}}));
    return one;
  }

  std::string date(Date day) const { return calendar::format_period(make_dated(day), language_); }
  std::string period(const Event& event) const { return calendar::format_period(event.period, language_); }

  Items::Item due(const Overview::Line& line) const {
    const int days = static_cast<int>((to_days(line.day) - to_days(today_)).count());
    return item(line.event,
                worded(MailWord::line_upcoming, language_,
                       {{"When", capitalise(in_days(days, language_))}, {"period", period(line.event)}}));
  }
  Items::Item overdue(const Overview::Line& line) const {
    const int days = static_cast<int>((to_days(today_) - to_days(line.day)).count());
    return item(line.event, worded(MailWord::line_overdue, language_,
                                   {{"days", counted(std::max(days, 1), MailWord::days, language_)},
                                    {"date", date(line.day)}}));
  }
  Items::Item unanswered(const Overview::Line& line) const {
    return item(line.event, worded(MailWord::line_no_answer, language_, {{"date", date(line.day)}}));
  }
  Items::Item undated(const Overview::Line& line) const {
    return item(line.event, worded(MailWord::line_fix_date, language_, {{"period", period(line.event)}}));
  }
  Items::Item waiting(const Overview::Waiting& one) const {
    const Answer& answer = one.answer;
    const auto name = collapse_spaces(to_valid_utf8(answer.name));
    Items::Item made = item(one.event, name, false);
    if (answer.kind != AnswerKind::postpone) {
      made.lines.front() += ": " + std::string(mail_word(MailWord::said_done, language_));
      return made;
    }
    const auto day = answer.new_date
                         ? calendar::format_period(make_dated(*answer.new_date, answer.new_time), language_)
                         : collapse_spaces(to_valid_utf8(answer.new_period));
    made.lines.push_back(worded(MailWord::line_new_date, language_, {{"new_date", day}}));
    return made;
  }
  Items::Item lost(const Overview::Lost& one) const {
    auto line = worded(MailWord::line_unreached, language_, {{"who", one.who}, {"why", one.why}});
    return item(one.event, collapse_spaces(to_valid_utf8(line)), false);
  }

 private:
  Language language_;
  const MailSettings& settings_;
  Date today_;
};

}  // namespace

MailText write_overview(const Overview& overview, const Person& reader, const MailSettings& settings,
                        const TemplateText& text) {
  const OverviewWriter writer(reader.language, settings, overview.today);
  MailValues values;
  set_reader(values, reader, settings);
  values.set("date", writer.date(overview.today));
  values.set("due", writer.part(overview.due, [&](const auto& one) { return writer.due(one); }));
  values.set("overdue", writer.part(overview.overdue, [&](const auto& one) { return writer.overdue(one); }));
  values.set("unanswered",
             writer.part(overview.unanswered, [&](const auto& one) { return writer.unanswered(one); }));
  values.set("undated", writer.part(overview.undated, [&](const auto& one) { return writer.undated(one); }));
  values.set("waiting", writer.part(overview.waiting, [&](const auto& one) { return writer.waiting(one); }));
  values.set("undelivered", writer.part(overview.lost, [&](const auto& one) { return writer.lost(one); }));
  if (!settings.base_url.empty())
    values.set("page",
               std::vector<Block>{Button{std::string(mail_word(MailWord::control_page, reader.language)),
                                         settings.base_url + "/manage"}});
  return fill_template(text, ReminderReason::overview, values);
}

}  // namespace convoke::notify
