// The repositories of plans on their way in, and of what people put right in them. Part of db/unit.hpp.
// Nothing here stands in the change log: what matters of it becomes a plan.
#pragma once

#include "model/intake.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::db {

class Intakes {
 public:
  virtual ~Intakes() = default;
  virtual IntakeId insert(const Intake& intake) = 0;
  // Writes organisation, zone, draft and committed.
  virtual void update(const Intake& intake) = 0;
  virtual std::optional<Intake> find(IntakeId id) = 0;
  // Newest first, without their bytes and drafts.
  virtual std::vector<Intake> of_account(AccountId account) = 0;
  virtual bool remove(IntakeId id) = 0;
  // Those whose time is over; how many.
  virtual int remove_expired(Instant now) = 0;
};

class Corrections {
 public:
  virtual ~Corrections() = default;
  virtual void save(const Correction& correction) = 0;  // in place of an older one of that text
  virtual std::vector<Correction> list(OrganisationId organisation) = 0;
  virtual bool remove(OrganisationId organisation, CorrectedField field, const std::string& raw) = 0;
};

}  // namespace convoke::db
