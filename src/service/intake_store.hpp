// What the use cases of service/intake.hpp share, in the caller's transaction.
#pragma once

#include "db/unit.hpp"
#include "service/intake.hpp"

#include <string>

namespace convoke::service {

// Whose drafts are worked with.
struct IntakeOwner {
  Actor actor;
  AccountId account;
  OrganisationId organisation;        // 0: of all
  std::vector<OrganisationId> reach;  // it and what lies below it

  explicit IntakeOwner(const SignedIn& who);
  // Whether plans of it may be brought in.
  bool may(OrganisationId id) const;
  // The association that was chosen, if it may be; else the owner's own. 0 for one of all who chose none.
  OrganisationId chosen(OrganisationId id) const;
};

struct OpenDraft {
  Intake intake;
  IntakeDraft draft;
};

// Errors: forbidden, not_found for another's, internal.
Result<OpenDraft> find_draft(db::Unit& unit, const IntakeOwner& owner, IntakeId id);
// The same of one that was not entered yet. Errors: gone, too.
Result<OpenDraft> find_open_draft(db::Unit& unit, const IntakeOwner& owner, IntakeId id);
void store_draft(db::Unit& unit, OpenDraft& open);

// The association that the plan is of: the chosen one, or the one that it names, if that is entered.
std::optional<Organisation> organisation_of(db::Unit& unit, const IntakeDraft& draft);

// Reads `text` as the row's period; what the reader said of the old one is no longer said.
void set_period(DraftRow& row, std::string_view text, const Plan& plan);

// What people put right in earlier documents of this association, over the draft.
void apply_corrections(db::Unit& unit, IntakeDraft& draft, OrganisationId organisation);
// What they put right in this one, for the next.
void keep_corrections(db::Unit& unit, const IntakeDraft& draft, OrganisationId organisation, Instant now);
// A title as corrections know it: folded, without years, numbers and editions.
std::string title_key(std::string_view title);

// The draft of a document that was read.
IntakeDraft draft_of(ImportedPlan plan);
// One that is to be entered: the rows that are left, with as_read set.
ImportedPlan imported_of(const IntakeDraft& draft);

}  // namespace convoke::service
