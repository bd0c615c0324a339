#include "web/pages/my_work_page.hpp"

#include "web/i18n.hpp"
#include "web/pages/links.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;
using service::MyItem;

std::string step_label(notify::LinkPurpose purpose, Language language) {
  switch (purpose) {
    case notify::LinkPurpose::done:
      return tr(language, "Done");
    case notify::LinkPurpose::postpone:
      return tr(language, "Another date");
    case notify::LinkPurpose::hand_over:
      return tr(language, "Hand over");
    case notify::LinkPurpose::name_day:
      return tr(language, "Name the day");
    default:
      return tr(language, "I have read it");
  }
}

void fill_list(TemplateDictionary& values, const char* anchor, const std::string& heading,
               const std::vector<MyItem>& items, const service::MyWork& work, Language language) {
  if (items.empty()) return;
  auto& list = *values.AddSectionDictionary("LIST");
  list["ANCHOR"] = anchor;
  list["HEADING"] = heading;
  list["COUNT"] = std::to_string(items.size());
  for (const auto& item : items) {
    auto& row = *list.AddSectionDictionary("ROW");
    row["HREF"] = event_path(item.row.event.id);
    row["TITLE"] = item.row.event.title;
    row["WHEN"] = when_text(item.row.event.period, language);
    const auto late = (to_days(work.today) - to_days(item.row.due)).count();
    if (late > 0) show_text(row, "LATE", trn(language, "{n} day late", "{n} days late", late));
    if (item.asked) row.ShowSection("ASKED");
    bool first = true;
    for (const auto& step : item.steps) {
      auto& button = *row.AddSectionDictionary("STEP");
      button["HREF"] = "/answer/" + step.token;
      button["LABEL"] = step_label(step.purpose, language);
      if (!first) button.ShowSection("QUIET");
      first = false;
    }
  }
}

}  // namespace

std::string render_my_work(const service::MyWork& work, const Frame& frame) {
  const Language language = frame.language;
  TemplateDictionary values("my_work");
  fill_frame(values, frame, tr(language, "My work"), Place::my_work);
  if (work.waiting > 0)
    show_text(values, "WAITING",
              trn(language, "{n} answer waits for your decision", "{n} answers wait for your decision",
                  work.waiting));
  if (!work.known) values.ShowSection("UNKNOWN");
  fill_list(values, "overdue", tr(language, "Overdue"), work.overdue, work, language);
  fill_list(values, "to-date", tr(language, "Name the day"), work.to_date, work, language);
  fill_list(values, "coming", tr(language, "Due within 14 days"), work.coming, work, language);
  fill_list(values, "asked", tr(language, "Without an answer"), work.asked, work, language);
  if (work.known && work.overdue.empty() && work.to_date.empty() && work.coming.empty() && work.asked.empty())
    values.ShowSection("CALM");
  return render_template("my_work.html", language, values);
}

}  // namespace convoke::web
