// A meeting leaves minutes; an organiser sees when they are still to be written.
#include "web/i18n.hpp"
#include "web/kinds/kind.hpp"

namespace convoke::web {
namespace {

std::vector<KindFact> facts(const KindView& view, Language language) {
  const Event& event = *view.event;
  const bool over =
      event.status == EventStatus::held ||
      (event.status != EventStatus::cancelled && event.period.is_dated() && event.period.last < view.today);
  if (!view.organiser || !over || !event.minutes_url.empty()) return {};
  KindFact fact;
  fact.label = tr(language, "Minutes");
  fact.text = tr(language, "not here yet: add their address under “Execution”");
  fact.late = true;
  fact.plan_words = false;
  return {fact};
}

}  // namespace

const KindDescriptor meeting_kind = {EventKind::meeting, "Agenda", "Parts", "Minutes", facts};

}  // namespace convoke::web
