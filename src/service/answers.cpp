#include "service/answers.hpp"

#include "base/id.hpp"
#include "base/signed_text.hpp"
#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "notify/planner.hpp"
#include "notify/recipients.hpp"
#include "service/answer_people.hpp"
#include "service/answer_steps.hpp"
#include "service/checked_text.hpp"

#include <algorithm>

namespace convoke::service {
namespace {

using notify::AnswerLink;
using notify::LinkPurpose;

constexpr std::string_view used_link_purpose = "answer";  // among db::OneTimeLinks

Error no_such_link() {
  return {Errc::not_found, "this link is not one of ours, or what it was about is there no more"};
}

AnswerKind kind_of(LinkPurpose purpose) {
  switch (purpose) {
    case LinkPurpose::done:
      return AnswerKind::done;
    case LinkPurpose::postpone:
      return AnswerKind::postpone;
    case LinkPurpose::hand_over:
      return AnswerKind::hand_over;
    case LinkPurpose::name_day:
      return AnswerKind::named_day;
    case LinkPurpose::accept:
      return AnswerKind::accepted;
    case LinkPurpose::decline:
      return AnswerKind::declined;
    default:
      return AnswerKind::acknowledged;
  }
}

bool is_reply(AnswerKind kind) {
  return kind == AnswerKind::accepted || kind == AnswerKind::tentative || kind == AnswerKind::declined;
}

// One link has many spellings (the last letter of its signature holds spare bits): the first is counted.
std::string hash_of(const std::string& key, const AnswerLink& link) {
  return sha256_hex(notify::token_of(key, link));
}

struct OpenedLink {
  AnswerLink link;
  std::string hash;
};

// Errors: not_found, gone.
Result<OpenedLink> open_link(db::Unit& unit, const std::string& token, Instant now) {
  const auto key = unit.secrets().find(std::string(notify::link_key_name));
  if (!key) return no_such_link();
  auto link = notify::read_link(*key, token, now);
  if (!link) return link.error();
  if (link->purpose == LinkPurpose::confirm || link->purpose == LinkPurpose::unsubscribe)
    return no_such_link();
  auto hash = hash_of(*key, *link);
  return OpenedLink{std::move(*link), std::move(hash)};
}

// The newest answer of that kind to that occurrence, by `who` or, when that is empty, by anybody.
std::optional<Answer> newest(const std::vector<Answer>& answers, const AnswerLink& link, AnswerKind kind,
                             const std::string& who) {
  const auto found = std::find_if(answers.rbegin(), answers.rend(), [&](const Answer& one) {
    return one.kind == kind && one.occurrence == link.occurrence && (who.empty() || one.who == who);
  });
  return found == answers.rend() ? std::nullopt : std::optional(*found);
}

// What the same person last said to an invitation.
std::optional<Answer> last_reply(const std::vector<Answer>& answers, const AnswerLink& link) {
  const auto found = std::find_if(answers.rbegin(), answers.rend(), [&](const Answer& one) {
    return is_reply(one.kind) && one.occurrence == link.occurrence && one.who == link.who;
  });
  return found == answers.rend() ? std::nullopt : std::optional(*found);
}

void judge_decision(db::Unit& unit, LinkView& view) {
  if (!view.answer || view.answer->event != view.event.id)
    view.state = StepState::superseded;
  else if (view.answer->decision != Decision::pending)
    view.state = StepState::taken;
  else if (!controls(unit, view.event, view.who, view.today))
    view.state = StepState::not_yours;
}

void judge_reply(db::Unit& unit, const Event& event, const AnswerLink& link, LinkView& view) {
  view.state = state_of(unit, event, link.occurrence);
  if (view.state != StepState::open) return;
  view.answer = last_reply(unit.answers().of_event(event.id), link);
  if (view.answer && view.answer->kind == kind_of(link.purpose) && view.answer->sequence == event.sequence)
    view.state = StepState::taken;
}

// Whether the day that is asked for is known, or asked for no more.
bool has_its_day(const Event& event) {
  return event.period.is_dated() || event.period.precision == Precision::date_range ||
         event.period.precision == Precision::recurring;
}

void judge_step(db::Unit& unit, const Event& event, const OpenedLink& opened, LinkView& view) {
  const auto& link = opened.link;
  const auto kind = kind_of(link.purpose);
  const auto answers = unit.answers().of_event(event.id);
  if (unit.one_time_links().find(opened.hash)) {
    view.state = StepState::taken;
    view.answer = newest(answers, link, kind, link.who);
    return;
  }
  view.state = state_of(unit, event, link.occurrence);
  if (view.state == StepState::closed) view.answer = newest(answers, link, AnswerKind::done, {});
  if (view.state != StepState::open) return;
  if (!answers_for(unit, event, link.who, view.today)) {
    view.state = StepState::not_yours;
    return;
  }
  if (kind == AnswerKind::named_day && has_its_day(event)) {
    view.state = StepState::closed;
    view.answer = newest(answers, link, kind, {});
  }
  const auto before =
      newest(answers, link, kind, kind == AnswerKind::acknowledged ? link.who : std::string());
  const bool same_question = before && before->sequence == event.sequence;
  if ((kind == AnswerKind::acknowledged && same_question) ||
      (kind == AnswerKind::postpone && before && before->decision == Decision::pending)) {
    view.state = StepState::taken;
    view.answer = before;
  }
}

std::vector<std::string> colleagues_of(db::Unit& unit, const Event& event, const std::string& who) {
  std::vector<std::string> names;
  for (const auto& person : unit.people().list()) {
    const bool ours = !person.organisation || person.organisation == event.organisation;
    if (ours && !person.email.empty() && notify::person_key(person.id) != who) names.push_back(person.name);
  }
  std::sort(names.begin(), names.end(),
            [](const auto& a, const auto& b) { return compare_in("uk", a, b) < 0; });
  names.erase(std::unique(names.begin(), names.end()), names.end());
  if (names.size() > most_colleagues) names.resize(most_colleagues);
  return names;
}

std::string responsible_for(const Event& event) {
  if (event.responsible.empty()) return event.responsible_text;
  const auto& lead = event.responsible.front();
  return lead.name.empty() ? lead.post : lead.name;
}

Event as_asked(const Event& event, const std::string& occurrence) {
  const auto one = occurrence_called(event, occurrence);
  return one ? calendar::as_on(event, *one) : event;
}

Result<LinkView> view_of(db::Unit& unit, const Event& event, const OpenedLink& opened, Instant now) {
  const auto& link = opened.link;
  LinkView view;
  view.purpose = link.purpose;
  view.event = event;
  view.occurrence = link.occurrence;
  view.who = link.who;
  view.name = name_of_key(unit, link.who);
  view.language = language_of_key(unit, link.who);
  view.today = civil_date(now, notify::zone_of(event));
  view.responsible = responsible_for(event);
  if (const auto organisation = unit.organisations().find(event.organisation))
    view.association = organisation->name;
  if (link.purpose == LinkPurpose::decide) {
    view.answer = unit.answers().find(link.answer);
    if (view.answer) view.occurrence = view.answer->occurrence;
    judge_decision(unit, view);
  } else if (is_reply(kind_of(link.purpose))) {
    judge_reply(unit, event, link, view);
  } else {
    judge_step(unit, event, opened, view);
  }
  view.event = as_asked(event, view.occurrence);
  if (link.purpose == LinkPurpose::hand_over && view.state == StepState::open)
    view.colleagues = colleagues_of(unit, event, link.who);
  return view;
}

Result<LinkView> look(db::Unit& unit, const std::string& token, Instant now) {
  const auto opened = open_link(unit, token, now);
  if (!opened) return opened.error();
  const auto event = unit.events().find(opened->link.event);
  if (!event) return no_such_link();
  return view_of(unit, *event, *opened, now);
}

void mark_used(const Writing& writing, const OpenedLink& opened) {
  OneTimeLink used;
  used.hash = opened.hash;
  used.purpose = used_link_purpose;
  used.created = writing.now;
  used.expires = opened.link.expires.value_or(writing.now);
  used.used = writing.now;
  writing.unit.one_time_links().insert(used);
}

Result<StepOutcome> decide_by_link(const Writing& writing, const Event& event, const OpenedLink& opened,
                                   StepOutcome outcome, const AnswerForm& form) {
  auto note = checked_text(form.note, longest_answer, "the note");
  if (!note) {
    outcome.problem = AnswerProblem::note_long;
    return outcome;
  }
  auto decided = take_decision(writing, *outcome.view.answer, form.approve, opened.link.who, *note);
  // What is asked for may have become impossible; then it can still be sent back.
  if (!decided && decided.error().code == Errc::invalid_input) {
    outcome.problem = AnswerProblem::day_unclear;
    return outcome;
  }
  if (!decided) return decided.error();
  outcome.stored = true;
  auto view =
      view_of(writing.unit, writing.unit.events().find(event.id).value_or(event), opened, writing.now);
  if (!view) return view.error();
  outcome.view = std::move(*view);
  return outcome;
}

// One who only helps has done a part; the item is done when the one who leads says so.
AnswerKind counted_kind(const Writing& writing, const Step& step, bool lead_closes, Date today) {
  const bool part_only = lead_closes && step.kind == AnswerKind::done && step.decides.empty() &&
                         !leads(writing.unit, step.event, step.who, today);
  return part_only ? AnswerKind::acknowledged : step.kind;
}

Result<StepOutcome> act(const Writing& writing, const std::string& token, const AnswerForm& form,
                        bool lead_closes) {
  const auto opened = open_link(writing.unit, token, writing.now);
  if (!opened) return opened.error();
  const auto event = writing.unit.events().find(opened->link.event);
  if (!event) return no_such_link();
  auto view = view_of(writing.unit, *event, *opened, writing.now);
  if (!view) return view.error();
  StepOutcome outcome;
  outcome.view = std::move(*view);
  if (outcome.view.state != StepState::open) return outcome;
  const Date today = outcome.view.today;
  if (opened->link.purpose == LinkPurpose::decide)
    return decide_by_link(writing, *event, *opened, std::move(outcome), form);

  Step step;
  step.event = *event;
  step.occurrence = opened->link.occurrence;
  step.kind = kind_of(opened->link.purpose);
  step.who = opened->link.who;
  step.name = outcome.view.name;
  if (controls(writing.unit, *event, step.who, today)) step.decides = step.who;
  step.kind = counted_kind(writing, step, lead_closes, today);
  auto taken = take_step(writing, step, form);
  if (!taken) return taken.error();
  if (const auto* problem = std::get_if<AnswerProblem>(&*taken)) {
    outcome.problem = *problem;
    return outcome;
  }
  if (!is_reply(step.kind)) mark_used(writing, *opened);
  const auto& answer = std::get<Answer>(*taken);
  const auto after = writing.unit.events().find(event->id).value_or(*event);
  outcome.view.event = as_asked(after, step.occurrence);
  outcome.view.responsible = responsible_for(after);
  outcome.view.state = StepState::taken;
  outcome.view.answer = answer;
  outcome.stored = true;
  outcome.waits = answer.decision == Decision::pending;
  return outcome;
}

}  // namespace

Deferred<std::string> link_key(Context& context) {
  return context.store.write(db::Author("system", context.clock.now()), [](db::Unit& unit) {
    return unit.secrets().keep(std::string(notify::link_key_name), new_signing_key());
  });
}

Deferred<LinkView> view_link(Context& context, std::string token) {
  return context.store.read([token = std::move(token), now = context.clock.now()](db::Unit& unit) {
    return look(unit, token, now);
  });
}

// The change log names the link and not the person: who it was stands in the answer.
Deferred<StepOutcome> answer_link(Context& context, std::string token, AnswerForm form) {
  const Instant now = context.clock.now();
  auto work = [token = std::move(token), form = std::move(form), rules = rules_of(context.settings), now,
               lead_closes = context.settings.lead_closes](db::Unit& unit) {
    return act({unit, rules, now}, token, form, lead_closes);
  };
  return context.store.write(db::Author("link", now), std::move(work))
      .after_success(context.reminders_queued);
}

}  // namespace convoke::service
