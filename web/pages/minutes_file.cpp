#include "web/pages/minutes_file.hpp"

#include "base/text.hpp"
#include "web/i18n.hpp"
#include "web/kinds/kind.hpp"
#include "web/pages/when.hpp"

namespace convoke::web {
namespace {

using Fact = documents::MinutesDocument::Fact;

// How many were there, as far as anybody has counted.
std::string present(const service::MinutesFacts& facts, Language language) {
  const auto& event = facts.event;
  const auto came = event.attended   ? event.attended
                    : facts.came > 0 ? std::optional(facts.came)
                                     : std::nullopt;
  std::vector<std::string> parts;
  if (came) parts.push_back(trn(language, "{n} person", "{n} people", *came));
  if (facts.registered > 0)
    parts.push_back(tr(language, "registered: {n}", {{"n", std::to_string(facts.registered)}}));
  return join(parts, "; ");
}

std::string names_of(const std::vector<service::Participant>& people) {
  std::vector<std::string> names;
  for (const auto& one : people)
    if (one.status != calendar::Participation::declined) names.push_back(one.name);
  return join(names, ", ");
}

}  // namespace

documents::MinutesDocument minutes_document(const service::MinutesFacts& facts,
                                            const std::vector<service::Participant>& people) {
  const Language language = facts.language;
  const auto& event = facts.event;
  documents::MinutesDocument minutes;
  minutes.language = tag_of(language);
  minutes.association = facts.association;
  minutes.title = tr(language, "Minutes No. ____");
  minutes.head.push_back(event.title);
  minutes.head.push_back(when_text(event.period, language));
  if (!event.place.empty()) minutes.head.push_back(event.place);
  minutes.facts = {Fact{tr(language, "In the chair"), ""}, Fact{tr(language, "Secretary"), ""},
                   Fact{tr(language, "Present"), present(facts, language)}};
  if (auto names = names_of(people); !names.empty())
    minutes.facts.push_back({tr(language, "Of those responsible"), std::move(names)});
  if (!event.audience.empty()) minutes.facts.push_back({tr(language, "Invited"), join(event.audience, "; ")});
  minutes.agenda_heading = tr(language, descriptor_of(event.kind).agenda);
  minutes.points = event.agenda;
  minutes.headings = {tr(language, "Heard"), tr(language, "Spoke"), tr(language, "Decided")};
  minutes.signers = {tr(language, "In the chair"), tr(language, "Secretary")};
  return minutes;
}

}  // namespace convoke::web
