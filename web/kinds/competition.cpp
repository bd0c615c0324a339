// A competition goes by stages, is judged, and ends with the jury's decision.
#include "base/text.hpp"
#include "web/i18n.hpp"
#include "web/kinds/kind.hpp"

namespace convoke::web {
namespace {

std::vector<KindFact> facts(const KindView& view, Language language) {
  const Event& event = *view.event;
  std::vector<KindFact> found;
  // Who leads comes first; whoever else is named judges and organises with them.
  std::vector<std::string> others;
  for (std::size_t i = 1; i < event.responsible.size(); ++i) {
    const auto& one = event.responsible[i];
    const auto& name = one.name.empty() ? one.post : one.name;
    if (!name.empty()) others.push_back(name);
  }
  if (!others.empty()) {
    KindFact jury;
    jury.label = tr(language, "Jury and organisers");
    jury.text = join(others, ", ");
    found.push_back(std::move(jury));
  }
  const bool over = event.status == EventStatus::held;
  if (view.organiser && over && event.minutes_url.empty() && event.outcome.empty()) {
    KindFact missing;
    missing.label = tr(language, "Decision of the jury");
    missing.text = tr(language, "not here yet: add it under “Execution”");
    missing.late = true;
    missing.plan_words = false;
    found.push_back(std::move(missing));
  }
  return found;
}

}  // namespace

const KindDescriptor competition_kind = {EventKind::competition, "Stages", "Stages", "Decision of the jury",
                                         facts};

}  // namespace convoke::web
