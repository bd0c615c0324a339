#include "model/plan_work.hpp"

#include "base/text.hpp"
#include "model/names.hpp"

#include <algorithm>
#include <array>

namespace convoke {
namespace {

constexpr std::array<std::string_view, 3> stage_names = {"adopted", "agreed", "approved"};
constexpr std::array<std::string_view, 10> act_names = {
    "add", "change", "move", "remove", "cancel", "rename_section", "bulk", "undo", "heading", "move_section"};

struct Stem {
  std::string_view begins;  // of the folded verb
  ApprovalStage stage;
};
constexpr std::array stems = {
    Stem{"утвержд", ApprovalStage::approved},  Stem{"затвердж", ApprovalStage::approved},
    Stem{"зацвярдж", ApprovalStage::approved}, Stem{"зацверджан", ApprovalStage::approved},
    Stem{"approved", ApprovalStage::approved}, Stem{"согласова", ApprovalStage::agreed},
    Stem{"погодж", ApprovalStage::agreed},     Stem{"узгодж", ApprovalStage::agreed},
    Stem{"узгоднен", ApprovalStage::agreed},   Stem{"пагоджан", ApprovalStage::agreed},
    Stem{"agreed", ApprovalStage::agreed},     Stem{"endorsed", ApprovalStage::agreed},
    Stem{"принят", ApprovalStage::adopted},    Stem{"рассмотрен", ApprovalStage::adopted},
    Stem{"одобрен", ApprovalStage::adopted},   Stem{"прийнят", ApprovalStage::adopted},
    Stem{"розглянут", ApprovalStage::adopted}, Stem{"схвален", ApprovalStage::adopted},
    Stem{"ухвален", ApprovalStage::adopted},   Stem{"прынят", ApprovalStage::adopted},
    Stem{"разгледж", ApprovalStage::adopted},  Stem{"adopted", ApprovalStage::adopted},
    Stem{"discussed", ApprovalStage::adopted},
};

// uk, be, ru, en; in the order of the stages.
constexpr std::array<std::array<std::string_view, 3>, 4> verbs = {{
    {"СХВАЛЕНО", "ПОГОДЖЕНО", "ЗАТВЕРДЖУЮ"},
    {"ПРЫНЯТА", "УЗГОДНЕНА", "ЗАЦВЯРДЖАЮ"},
    {"ПРИНЯТО", "СОГЛАСОВАНО", "УТВЕРЖДАЮ"},
    {"ADOPTED", "AGREED", "APPROVED"},
}};

}  // namespace

std::string_view name_of(ApprovalStage stage) {
  return stage_names.at(static_cast<std::size_t>(stage));
}
std::optional<ApprovalStage> approval_stage_of(std::string_view name) {
  return find_name<ApprovalStage>(stage_names, name);
}

std::string_view name_of(PlanAct act) {
  return act_names.at(static_cast<std::size_t>(act));
}
std::optional<PlanAct> plan_act_of(std::string_view name) {
  return find_name<PlanAct>(act_names, name);
}

std::optional<ApprovalStage> stage_of_verb(std::string_view verb) {
  const std::string folded = fold(verb);
  for (const auto& stem : stems)
    if (folded.starts_with(stem.begins)) return stem.stage;
  return std::nullopt;
}

std::string_view verb_of(ApprovalStage stage, std::string_view language) {
  const auto known = language_of(language).value_or(Language::ru);
  return verbs.at(static_cast<std::size_t>(known)).at(static_cast<std::size_t>(stage));
}

std::optional<ApprovalStage> state_of(const std::vector<Approval>& approvals) {
  std::optional<ApprovalStage> state;
  for (const auto& one : approvals) {
    const auto stage = one.date ? stage_of_verb(one.verb) : std::nullopt;
    if (stage && (!state || *stage > *state)) state = stage;
  }
  return state;
}

}  // namespace convoke
