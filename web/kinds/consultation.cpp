// A consultation is often a visit: organisers see how to reach the institution before they go.
#include "web/i18n.hpp"
#include "web/kinds/kind.hpp"

namespace convoke::web {
namespace {

std::vector<KindFact> facts(const KindView& view, Language language) {
  std::vector<KindFact> found;
  if (!view.organiser) return found;
  for (const auto& one : view.institutions) {
    KindFact fact;
    fact.label = tr(language, "Whom to visit");
    fact.text = one.contact.empty() ? one.name : one.name + ", " + one.contact;
    found.push_back(std::move(fact));
  }
  return found;
}

}  // namespace

const KindDescriptor consultation_kind = {EventKind::consultation, "Questions", "Parts", "Visit report",
                                          facts};

}  // namespace convoke::web
