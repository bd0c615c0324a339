// How people work on a plan together: how far its approval has come, what each edit did to its rows, and the
// versions that were approved. The rows themselves are events (model/event.hpp).
#pragma once

#include "base/clock.hpp"
#include "model/event.hpp"
#include "model/ids.hpp"
#include "model/plan.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke {

// What a stamp says of a plan: adopted at a meeting (принято), agreed with somebody (согласовано), approved
// by the head (утверждаю). Ordered by weight; in which order people sign is theirs.
enum class ApprovalStage { adopted, agreed, approved };
std::string_view name_of(ApprovalStage stage);
std::optional<ApprovalStage> approval_stage_of(std::string_view name);
// By the verb as printed, in four languages; nothing for a signature without a verb.
std::optional<ApprovalStage> stage_of_verb(std::string_view verb);
// How documents in that language print it: "СОГЛАСОВАНО".
std::string_view verb_of(ApprovalStage stage, std::string_view language);

// The weightiest stamp that bears a date; nothing: a draft.
std::optional<ApprovalStage> state_of(const std::vector<Approval>& approvals);

// What an edit did to one row. No `before`: the row was added; no `after`: it was removed.
struct RowStep {
  std::optional<Event> before, after;
  EventId behind;      // the row it stood behind before the edit; 0: it was the first
  bool moved = false;  // its place in the order changed

  EventId row() const { return before ? before->id : after ? after->id : EventId{}; }
};

// What stands above the table and is written by hand.
struct PlanHeading {
  std::string title;
  std::vector<PreambleItem> preamble;

  bool operator==(const PlanHeading&) const = default;
};

enum class PlanAct { add, change, move, remove, cancel, rename_section, bulk, undo, heading, move_section };
std::string_view name_of(PlanAct act);
std::optional<PlanAct> plan_act_of(std::string_view name);

struct PlanEdit {
  PlanEditId id;
  PlanId plan;
  Instant at{};
  std::string author;  // as in the change log
  std::string name;    // of whoever did it, as pages show it
  PlanAct act = PlanAct::change;
  std::string subject;  // what it was about, for a list of edits: the title of its first row
  int count = 0;        // of rows
  std::vector<RowStep> rows;
  std::optional<PlanHeading> heading_before, heading_after;  // both or none
  std::optional<Instant> undone;
};

// A plan as it was when it was adopted, agreed or approved.
struct PlanVersion {
  PlanId plan;
  int number = 0;  // from 1
  Instant at{};
  std::string author, name;
  std::string reason;  // the stamp: "УТВЕРЖДАЮ, Калина О.П."
  Plan heading;
  std::vector<Event> rows;
};

}  // namespace convoke
