// Bringing a plan in by hand: a document is read into a draft, people see every guess beside what stands in
// the document, put it right, and enter the whole in one transaction. What they put right is kept for the
// next document of their association.
//
// A draft is its account's alone; another's is not_found (threats D2). Whoever belongs to an association
// brings plans in for it and for those below it. Every use case here: forbidden for those who may not edit.
#pragma once

#include "base/deferred.hpp"
#include "model/intake.hpp"
#include "service/accounts.hpp"
#include "service/intake_check.hpp"
#include "service/intake_draft.hpp"
#include "service/intake_names.hpp"
#include "service/plans.hpp"

#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

inline constexpr std::size_t most_open_intakes = 20;  // of an account; the oldest makes room

struct IntakeUpload {
  std::string bytes;                // a document of any kind that read_document() reads, or a pasted text
  std::string file_name;            // empty for a pasted text
  std::optional<PlanContext> year;  // absent: what the document says, else a guess that is shown
  std::string zone;                 // IANA; empty: the association's, or the settings' default
  OrganisationId organisation;      // 0: the one that the document names

  IntakeUpload() = default;
};

// Reads the document and keeps the draft for intake_lifetime. Errors: those of read_document();
// unsupported_format for a calendar file.
Deferred<IntakeId> begin_intake(Context& context, const SignedIn& who, IntakeUpload upload);
// The same of next year's plan, made from a stored one (next_year.hpp). Errors: not_found.
Deferred<IntakeId> begin_next_year(Context& context, const SignedIn& who, PlanId plan);

// What the preview shows.
struct IntakeDesk {
  Intake intake;  // without its bytes and its draft's text
  IntakeDraft draft;
  IntakeTotals totals;
  std::vector<NameMatch> names;
  std::vector<Organisation> organisations;  // that may be chosen
  std::vector<Person> people;               // of the association, by name: for choosing
  std::optional<Plan> known;                // the stored plan that this one would update
  bool of_all = false;                      // whoever belongs to no association may enter new ones
  bool has_document = false;                // else it was made from a stored plan

  const NameMatch* match(const std::string& name) const;
};
Deferred<IntakeDesk> open_intake(Context& context, const SignedIn& who, IntakeId id);

// Those of this account that are not over, newest first, without bytes and drafts.
Deferred<std::vector<Intake>> list_intakes(Context& context, const SignedIn& who);
Deferred<bool> drop_intake(Context& context, const SignedIn& who, IntakeId id);

// A row as its form has it. Texts are read again as the document's were: the period by the grammar, the
// responsible as a cell of names.
struct RowEntry {
  std::string section, number, title, period, responsible, place, note;
  EventKind kind = EventKind::event;

  RowEntry() = default;
};
enum class DraftStep {
  save,       // what was entered
  confirm,    // it is right as it is
  leave_out,  // it is no event
  take_back,  // it is one after all
  join,       // it goes on from the row above
  split,      // at the line breaks of the title entered: each line is a row
};
std::optional<DraftStep> draft_step_of(std::string_view name);  // "save", "leave_out", …

// Errors: not_found; gone when the draft was entered already; invalid_input for texts that cannot be, a join
// without a row above, a split without a line break; limit_exceeded.
Deferred<bool> change_row(Context& context, const SignedIn& who, IntakeId id, int row, DraftStep step,
                          RowEntry entry);

// Who is meant by a name: `person` ("Гайко В.И.", "Гайко В.И. #12") is somebody known; `same_as` another
// name of the document; neither: somebody new. `open`: nothing is decided after all.
struct NameEntry {
  std::string key;
  std::string person, same_as;
  bool open = false;

  NameEntry() = default;
};
// Errors: not_found, gone, conflict for a name that several people bear.
Deferred<bool> decide_name(Context& context, const SignedIn& who, IntakeId id, NameEntry entry);

// What is said of the plan as a whole. A year other than before reads the periods again.
struct PlanEntry {
  std::string title;
  OrganisationId organisation;    // 0: that of `organisation_name`
  std::string organisation_name;  // of one that is not entered yet
  PlanContext year;
  std::string zone;

  PlanEntry() = default;
};
// Errors: not_found, gone, invalid_input.
Deferred<bool> change_intake(Context& context, const SignedIn& who, IntakeId id, PlanEntry entry);

// Enters the plan with all its rows, plans their reminders, and keeps what was put right; all or nothing.
// The second time gives the same plan and changes nothing. Errors: not_found; invalid_input when no row is
// left.
Deferred<PlanId> commit_intake(Context& context, const SignedIn& who, IntakeId id);

// Rows of a plan whose time was over when it was entered and that nobody has said anything of: were they
// done? Errors: not_found.
struct PastRows {
  Plan plan;
  std::vector<Event> rows;  // by their last day
};
Deferred<PastRows> past_rows(Context& context, const SignedIn& who, PlanId plan);

}  // namespace convoke::service
