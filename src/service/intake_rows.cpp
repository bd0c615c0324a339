// Putting the rows of a draft right: fields typed anew, rows joined, split, left out; who is meant by a name.
#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "db/store.hpp"
#include "documents/kinds.hpp"
#include "documents/levels.hpp"
#include "documents/limits.hpp"
#include "documents/responsible.hpp"
#include "model/names.hpp"
#include "model/person.hpp"
#include "service/checked_text.hpp"
#include "service/directory_scope.hpp"
#include "service/intake_store.hpp"

#include <algorithm>
#include <array>

namespace convoke::service {
namespace {

constexpr std::array<std::string_view, 6> steps = {"save",      "confirm", "leave_out",
                                                   "take_back", "join",    "split"};

constexpr std::size_t longest_cell = 2'000;  // code points of a period's or a responsible's cell

// Texts of a form as they may be stored. Errors: those of checked_text().
Result<RowEntry> checked(RowEntry entry) {
  struct Field {
    std::string* text;
    std::size_t limit;
    const char* what;
  };
  const std::array<Field, 7> fields = {{{&entry.section, longest_title, "the section"},
                                        {&entry.number, 40, "the number"},
                                        {&entry.title, longest_title, "the title"},
                                        {&entry.period, longest_cell, "the period"},
                                        {&entry.responsible, longest_cell, "the responsible"},
                                        {&entry.place, longest_title, "the place"},
                                        {&entry.note, longest_cell, "the note"}}};
  for (const auto& field : fields) {
    auto text = checked_text(*field.text, field.limit, field.what);
    if (!text) return text.error();
    *field.text = std::move(*text);
  }
  return entry;
}

void set_responsible(DraftRow& row, const std::string& text) {
  auto& event = row.item.event;
  auto reading = documents::read_responsible(text);
  put_right(row, static_cast<unsigned>(RowField::responsible));
  event.responsible_text = collapse_spaces(text);
  event.responsible = std::move(reading.people);
  for (auto& warning : reading.warnings)
    row.item.warnings.push_back(warning.starts_with("person:") ? warning : "person: " + warning);
}

void save(DraftRow& row, const RowEntry& entry, const Plan& plan) {
  auto& event = row.item.event;
  // What a person left as it was has been seen: it is right. What was typed is read, and may be doubtful.
  const bool other_period = collapse_spaces(entry.period) != event.period.source_text;
  const bool other_people = collapse_spaces(entry.responsible) != event.responsible_text;
  put_right(row, all_row_fields);
  event.section = collapse_spaces(entry.section);
  event.number = collapse_spaces(entry.number);
  const std::string title = collapse_spaces(entry.title);
  if (title != event.title) {
    event.involvement = documents::involvement_of_title(title);
    event.level = documents::level_of_title(title);
  }
  event.title = title;
  event.kind = entry.kind;
  event.place = collapse_spaces(entry.place);
  event.note = collapse_spaces(entry.note);
  if (other_period) set_period(row, entry.period, plan);
  if (other_people) set_responsible(row, entry.responsible);
}

void append(std::string& to, const std::string& text, const char* separator) {
  if (text.empty() || to == text) return;
  to += (to.empty() ? "" : separator) + text;
}

// The row goes on from the one above it.
void join(DraftRow& above, const DraftRow& row, const Plan& plan) {
  auto& event = above.item.event;
  const auto& rest = row.item.event;
  append(event.title, rest.title, " ");
  append(event.place, rest.place, ", ");
  append(event.note, rest.note, "; ");
  append(above.item.raw, row.item.raw, "\n");
  event.agenda.insert(event.agenda.end(), rest.agenda.begin(), rest.agenda.end());
  std::string people = event.responsible_text;
  append(people, rest.responsible_text, ", ");
  if (people != event.responsible_text) set_responsible(above, people);
  std::string period = event.period.source_text;
  append(period, rest.period.source_text, " ");
  if (period != event.period.source_text) set_period(above, period, plan);
  put_right(above, static_cast<unsigned>(RowField::row) | static_cast<unsigned>(RowField::title));
}

// One row for each line of the title; what else it says is said of each.
Result<std::vector<DraftRow>> split_row(IntakeDraft& draft, const DraftRow& row, const RowEntry& entry) {
  std::vector<DraftRow> rows;
  for (const auto line : split(entry.title, '\n')) {
    const std::string title = collapse_spaces(line);
    if (title.empty()) continue;
    DraftRow one = row;
    if (!rows.empty()) {
      one.key = ++draft.last_key;
      one.item.event.number.clear();
      one.item.event.agenda.clear();
    }
    one.item.event.title = title;
    one.item.event.as_read->title = title;
    const auto kind = documents::read_kind(title, one.item.event.section, one.item.event.period);
    one.item.event.kind = kind.kind;
    put_right(one, static_cast<unsigned>(RowField::row) | static_cast<unsigned>(RowField::title));
    rows.push_back(std::move(one));
  }
  if (rows.size() < 2)
    return Error{Errc::invalid_input, "write each row's title on a line of its own, then split"};
  return rows;
}

Result<bool> take_step(IntakeDraft& draft, int key, DraftStep step, const RowEntry& entry) {
  const auto at =
      std::find_if(draft.rows.begin(), draft.rows.end(), [&](const DraftRow& row) { return row.key == key; });
  if (at == draft.rows.end()) return Error{Errc::not_found, "there is no such row"};
  switch (step) {
    case DraftStep::save:
      if (collapse_spaces(entry.title).empty()) return Error{Errc::invalid_input, "a row needs a title"};
      save(*at, entry, draft.plan);
      break;
    case DraftStep::confirm:
      put_right(*at, all_row_fields);
      break;
    case DraftStep::leave_out:
    case DraftStep::take_back:
      at->left_out = step == DraftStep::leave_out;
      break;
    case DraftStep::join: {
      const auto above = std::find_if(std::make_reverse_iterator(at), draft.rows.rend(),
                                      [](const DraftRow& row) { return !row.left_out; });
      if (above == draft.rows.rend()) return Error{Errc::invalid_input, "there is no row above this one"};
      join(*above, *at, draft.plan);
      draft.rows.erase(at);
      break;
    }
    case DraftStep::split: {
      if (!at->item.event.as_read) at->item.event.as_read.emplace();
      auto rows = split_row(draft, *at, entry);
      if (!rows) return rows.error();
      if (draft.rows.size() + rows->size() > documents::max_items)
        return Error{Errc::limit_exceeded, "max_items: a plan has at most 5000 rows"};
      const auto place = draft.rows.erase(at);
      draft.rows.insert(place, std::make_move_iterator(rows->begin()), std::make_move_iterator(rows->end()));
      break;
    }
  }
  return true;
}

// The number of a person among those of the association, by "Гайко В.И." or "Гайко В.И. #12".
Result<NameDecision> decision_of(db::Unit& unit, const IntakeOwner& owner, const IntakeDraft& draft,
                                 const NameEntry& entry) {
  NameDecision decision;
  if (!entry.same_as.empty()) {
    for (const auto& row : draft.rows)
      for (const auto& who : row.item.event.responsible)
        if (name_key(who.name) == name_key(entry.same_as) && name_key(who.name) != entry.key) {
          decision.what = NameDecision::What::same_as;
          decision.name = who.name;
          return decision;
        }
    return Error{Errc::not_found, "this name does not stand in the plan"};
  }
  if (entry.person.empty()) return decision;
  const auto organisation = organisation_of(unit, draft);
  Keeper keeper{owner.actor, organisation ? organisation->id : owner.organisation};
  PersonChoice choice;
  choice.who = entry.person;
  const auto person = chosen_person(unit, keeper, choice);
  if (!person) return person.error();
  decision.what = NameDecision::What::person;
  decision.person = person->id;
  return decision;
}

bool stands_in(const IntakeDraft& draft, const std::string& key) {
  return std::any_of(draft.rows.begin(), draft.rows.end(), [&](const DraftRow& row) {
    const auto& people = row.item.event.responsible;
    return std::any_of(people.begin(), people.end(), [&](const Responsible& who) {
      return !who.name.empty() && name_key(who.name) == key;
    });
  });
}

}  // namespace

std::optional<DraftStep> draft_step_of(std::string_view name) {
  return find_name<DraftStep>(steps, name);
}

Deferred<bool> change_row(Context& context, const SignedIn& who, IntakeId id, int row, DraftStep step,
                          RowEntry entry) {
  const Instant now = context.clock.now();
  const IntakeOwner owner(who);
  auto work = [owner, id, row, step, entry = std::move(entry)](db::Unit& unit) -> Result<bool> {
    auto open = find_open_draft(unit, owner, id);
    if (!open) return open.error();
    const auto texts = checked(entry);
    if (!texts) return texts.error();
    const auto taken = take_step(open->draft, row, step, *texts);
    if (!taken) return taken.error();
    store_draft(unit, *open);
    return true;
  };
  return context.store.write(db::Author(owner.actor.name, now), std::move(work));
}

Deferred<bool> decide_name(Context& context, const SignedIn& who, IntakeId id, NameEntry entry) {
  const Instant now = context.clock.now();
  const IntakeOwner owner(who);
  auto work = [owner, id, entry = std::move(entry)](db::Unit& unit) -> Result<bool> {
    auto open = find_open_draft(unit, owner, id);
    if (!open) return open.error();
    if (!stands_in(open->draft, entry.key))
      return Error{Errc::not_found, "this name does not stand in the plan"};
    if (entry.open) {
      open->draft.names.erase(entry.key);
    } else {
      auto decision = decision_of(unit, owner, open->draft, entry);
      if (!decision) return decision.error();
      open->draft.names[entry.key] = std::move(*decision);
    }
    store_draft(unit, *open);
    return true;
  };
  return context.store.write(db::Author(owner.actor.name, now), std::move(work));
}

}  // namespace convoke::service
