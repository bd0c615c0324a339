#include "web/pages/sources_page.hpp"

#include "base/time_zone.hpp"
#include "web/i18n.hpp"
#include "web/pages/account_words.hpp"
#include "web/pages/when.hpp"
#include "web/templates.hpp"

#include <ctemplate/template_dictionary.h>

#include <array>

namespace convoke::web {
namespace {

using ctemplate::TemplateDictionary;

// In the order of SourceTrouble, without the first.
constexpr std::array<const char*, source_trouble_count - 1> reasons = {
    "this address may not be read from",
    "the server does not answer",
    "the certificate of the server is not valid",
    "the server answers too slowly",
    "the file is too large",
    "the server sends on too often",
    "the server answers with an error",
    "a web page came instead of a calendar",
    "what came is no calendar",
};

const char* problem_text(SourceProblem problem) {
  switch (problem) {
    case SourceProblem::address:
      return "This address cannot be used. It begins with https:// or webcal:// and leads to a calendar on "
             "the public internet.";
    case SourceProblem::known:
      return "The calendar at this address is read already.";
    case SourceProblem::too_many:
      return "There are too many calendars already. Remove one that nobody needs.";
    case SourceProblem::other:
      break;
  }
  return "What was entered could not be used.";
}

std::string day_text(Instant instant, const std::string& zone, Language language) {
  return date_text(civil_date(instant, zone), language);
}

void add_form(TemplateDictionary& values, const char* section, const CalendarSource& source,
              const char* action, const Frame& frame) {
  auto& form = *values.AddSectionDictionary(section);
  form["ACTION"] = "/sources/" + std::to_string(source.id.value) + action;
  form["CSRF"] = frame.csrf;
}

void fill_source(TemplateDictionary& values, const CalendarSource& source, const SourcesView& view,
                 const Frame& frame) {
  const Language language = frame.language;
  values["NAME"] = source.name;
  if (source.trouble != SourceTrouble::none) values.ShowSection("BROKEN");
  if (!source.shared) values.ShowSection("HIDDEN");
  values["STATE"] = source_state_text(source, view.now, view.zone, language);
  if (source.last_good) show_text(values, "COUNT", trn(language, "{n} event", "{n} events", source.events));
  if (source.trouble != SourceTrouble::none && source.last_good)
    show_text(values, "KEPT",
              tr(language, "Shown as it was on {date}.",
                 {{"date", day_text(*source.last_good, view.zone, language)}}));
  if (!view.may_change) return;
  show_text(values, "ADDRESS", source.url);
  show_text(values, "PROBLEM", source.last_error);
  if (!source.is_file()) add_form(values, "REFRESH", source, "/refresh", frame);
  add_form(values, "REMOVE", source, "/remove", frame);
}

void fill_form(TemplateDictionary& values, const SourcesView& view, const Frame& frame) {
  auto& form = *values.AddSectionDictionary("ADD");
  form["CSRF"] = frame.csrf;
  form["NAME"] = view.name;
  form["URL"] = view.url;
  form["LONGEST"] = "200";
  if (view.problem) show_text(form, "PROBLEM", tr(frame.language, problem_text(*view.problem)));
}

}  // namespace

std::string source_state_text(const CalendarSource& source, Instant now, const std::string& zone,
                              Language language) {
  if (source.trouble == SourceTrouble::none) {
    if (!source.last_good) return tr(language, "not read yet");
    return tr(language, "read {ago}", {{"ago", ago_text(now - *source.last_good, language)}});
  }
  const auto reason = tr(language, reasons.at(static_cast<std::size_t>(source.trouble) - 1));
  const auto since = day_text(source.broken_since.value_or(now), zone, language);
  return tr(language, "cannot be read since {date}: {reason}", {{"date", since}, {"reason", reason}});
}

std::string render_sources(const SourcesView& view, const Frame& frame) {
  TemplateDictionary values("sources");
  fill_frame(values, frame, tr(frame.language, "Neighbouring calendars"), Place::elsewhere);
  if (view.sources.empty()) values.ShowSection("NONE");
  for (const auto& source : view.sources)
    fill_source(*values.AddSectionDictionary("SOURCE"), source, view, frame);
  if (view.may_change) fill_form(values, view, frame);
  return render_template("sources.html", frame.language, values);
}

}  // namespace convoke::web
