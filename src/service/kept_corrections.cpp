#include "service/kept_corrections.hpp"

#include "base/text.hpp"
#include "db/store.hpp"
#include "service/intake_store.hpp"

#include <charconv>

namespace convoke::service {
namespace {

const Error may_not(Errc::forbidden, "corrections are kept for those who may change plans");
const Error unknown(Errc::not_found, "there is no such correction");

// Empty when it names nobody who is in the directory.
std::string person_meant(db::Unit& unit, const Correction& correction) {
  if (correction.field != CorrectedField::person) return {};
  std::int64_t number = 0;
  const char* const last = correction.value.data() + correction.value.size();
  const auto [end, problem] = std::from_chars(correction.value.data(), last, number);
  if (problem != std::errc() || end != last) return correction.value;
  const auto person = unit.people().find(PersonId{number});
  return person ? person->name : std::string();
}

}  // namespace

Deferred<std::vector<KeptCorrection>> kept_corrections(Context& context, const SignedIn& who) {
  using Kept = std::vector<KeptCorrection>;
  const IntakeOwner owner(who);
  return context.store.read([owner](db::Unit& unit) -> Result<Kept> {
    if (owner.actor.role != Role::editor) return may_not;
    Kept kept;
    for (const auto& organisation : unit.organisations().list()) {
      if (!owner.may(organisation.id)) continue;
      for (auto& correction : unit.corrections().list(organisation.id)) {
        KeptCorrection one;
        one.person = person_meant(unit, correction);
        one.organisation = organisation.name;
        one.correction = std::move(correction);
        kept.push_back(std::move(one));
      }
    }
    return kept;
  });
}

Deferred<bool> forget_correction(Context& context, const SignedIn& who, OrganisationId organisation,
                                 CorrectedField field, std::string raw) {
  const IntakeOwner owner(who);
  auto work = [owner, organisation, field, raw = std::move(raw)](db::Unit& unit) -> Result<bool> {
    if (owner.actor.role != Role::editor) return may_not;
    if (!owner.may(organisation) || !unit.corrections().remove(organisation, field, raw)) return unknown;
    return true;
  };
  return context.store.write(db::Author(owner.actor.name, context.clock.now()), std::move(work));
}

}  // namespace convoke::service
