#include "web/pages/report_words.hpp"

#include "base/text.hpp"
#include "service/presentation.hpp"
#include "web/i18n.hpp"
#include "web/pages/when.hpp"

namespace convoke::web {

using service::Fate;
using service::FateCounts;

std::string month_figures(std::chrono::year_month month) {
  const auto text = format_month(month);
  return text.substr(5) + "." + text.substr(2, 2);
}

std::string fate_label(Fate fate, Language language) {
  switch (fate) {
    case Fate::done:
      return tr(language, "done in time");
    case Fate::late:
      return tr(language, "done late");
    case Fate::cancelled:
      return tr(language, "not held");
    case Fate::overdue:
      return tr(language, "overdue");
    case Fate::open:
      return tr(language, "still to come");
    case Fate::ongoing:
      return tr(language, "without a day of its own");
  }
  return {};
}

std::vector<service::ReportLine> named_kinds(std::vector<service::ReportLine> kinds, Language language) {
  for (auto& one : kinds)
    if (const auto kind = event_kind_of(one.name))
      one.name = capitalise(calendar::kind_label(*kind, language));
  return kinds;
}

std::string fate_text(const FateCounts& counts, Language language) {
  std::vector<std::string> parts;
  for (const Fate fate : all_fates) {
    if (counts[fate] == 0) continue;
    auto text = fate_label(fate, language);
    if (counts.all() > 1) text += ": " + std::to_string(counts[fate]);
    parts.push_back(std::move(text));
  }
  if (counts.moved > 0) parts.push_back(tr(language, "held in another period"));
  return join(parts, ", ");
}

}  // namespace convoke::web
