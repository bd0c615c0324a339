#include "web/pages/clash_words.hpp"

#include "base/text.hpp"
#include "web/i18n.hpp"
#include "web/pages/frame.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <algorithm>

namespace convoke::web {

using calendar::DayStanding;
using ctemplate::TemplateDictionary;

std::string day_label(Date day, Language language) {
  return weekday_short(day, language) + ", " + date_text(day, language);
}

std::string standing_text(const calendar::StandingDay& day, Language language) {
  std::string text;
  switch (day.standing) {
    case DayStanding::weekend:
      return tr(language, "a weekend");
    case DayStanding::holiday:
      text = tr(language, "a public holiday");
      break;
    case DayStanding::moved_off:
      text = tr(language, "a day off, exchanged for another");
      break;
    case DayStanding::moved_work:
      text = tr(language, "a weekend day that is worked");
      break;
    case DayStanding::working:
      return tr(language, "a working day");
  }
  return day.name.empty() ? text : text + ": " + day.name;
}

std::string why_text(const service::FoundConflict& conflict, Language language) {
  std::vector<std::string> reasons;
  if (conflict.responsible) reasons.push_back(tr(language, "the same person"));
  if (conflict.speaker && !conflict.responsible) reasons.push_back(tr(language, "the same speaker"));
  if (conflict.place) reasons.push_back(tr(language, "the same place"));
  if (conflict.audience) reasons.push_back(tr(language, "for the same people"));
  if (!conflict.source.empty()) reasons.push_back(tr(language, "from {name}", {{"name", conflict.source}}));
  return join(reasons, " · ");
}

std::string clash_line(const service::Clash& clash, Language language) {
  if (!clash.other) return day_label(clash.day, language) + ": " + standing_text(clash.standing, language);
  const auto& other = *clash.other->other;
  return tr(language, "“{title}”, {when}: {why}",
            {{"title", ellipsize_words(other.title, 80)},
             {"when", when_text(other.period, language)},
             {"why", why_text(*clash.other, language)}});
}

void fill_clash_lines(TemplateDictionary& values, const std::vector<service::Clash>& clashes,
                      Language language) {
  const auto shown = std::min(clashes.size(), most_clash_lines);
  for (std::size_t i = 0; i < shown; ++i)
    (*values.AddSectionDictionary("CLASH"))["CLASH_TEXT"] = clash_line(clashes[i], language);
  if (clashes.size() > shown)
    (*values.AddSectionDictionary("CLASH"))["CLASH_TEXT"] =
        trn(language, "and {n} more", "and {n} more", static_cast<long>(clashes.size() - shown));
}

namespace {

// "пн, 25 травня 2026"; "пн–ср, 25–27 травня 2026"
std::string free_label(const calendar::FreeDay& one, Language language) {
  if (one.day == one.last) return day_label(one.day, language);
  Period period;
  period.precision = Precision::date_range;
  period.first = one.day;
  period.last = one.last;
  return weekday_short(one.day, language) + "–" + weekday_short(one.last, language) + ", " +
         when_text(period, language);
}

}  // namespace

void fill_free_days(TemplateDictionary& values, const std::vector<calendar::FreeDay>& days,
                    Language language) {
  for (const auto& one : days) {
    auto& day = *values.AddSectionDictionary("FREE_DAY");
    day["VALUE"] = format_iso(one.day) + (one.day == one.last ? "" : "/" + format_iso(one.last));
    day["LABEL"] = free_label(one, language);
    std::vector<std::string> notes;
    if (one.beside_day_off) notes.push_back(tr(language, "beside a holiday"));
    if (one.others > 0)
      notes.push_back(trn(language, "{n} other event of ours", "{n} other events of ours",
                          static_cast<long>(one.others)));
    if (one.neighbours > 0)
      notes.push_back(trn(language, "{n} event of neighbours", "{n} events of neighbours",
                          static_cast<long>(one.neighbours)));
    show_text(day, "NOTE", join(notes, " · "));
  }
}

}  // namespace convoke::web
