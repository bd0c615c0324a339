// A plan on its way in: a document that was read and not stored yet. People see what was read beside what
// stands in the document, put it right and enter it, or let it lapse.
#pragma once

#include "base/clock.hpp"
#include "model/ids.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace convoke {

inline constexpr std::chrono::hours intake_lifetime{7 * 24};

struct Intake {
  IntakeId id;
  AccountId account;            // whose it is: nobody else sees it
  OrganisationId organisation;  // whose plan it becomes; 0: the one that the document names
  std::string file_name;
  std::string bytes;  // the document; empty when it was made from a stored plan
  std::string zone;   // IANA name, of every event
  std::string draft;  // JSON, see service/intake_draft.hpp
  Instant created{};
  Instant expires{};
  PlanId committed;  // the plan it became; 0: none yet

  Intake() = default;
};

// What people put right once, for the next document that says the same.
enum class CorrectedField { kind, period, person };
std::string_view name_of(CorrectedField field);
std::optional<CorrectedField> corrected_field_of(std::string_view name);

struct Correction {
  OrganisationId organisation;
  CorrectedField field = CorrectedField::kind;
  std::string raw;    // as service/corrections.hpp folds it
  std::string value;  // a kind's name; a period's text; "12" for a person, or the name as it should be
  Instant at{};

  Correction() = default;
};

}  // namespace convoke
