#include "service/plan_edits.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"
#include "db/store.hpp"
#include "service/checked_text.hpp"
#include "service/event_dating.hpp"
#include "service/event_store.hpp"
#include "service/events.hpp"
#include "service/plan_order.hpp"
#include "service/programme_store.hpp"
#include "service/row_changes.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace convoke::service {
namespace {

constexpr std::size_t stamp_digits = 16;

Error no_such_row() {
  return {Errc::not_found, "there is no such row in this plan"};
}
Error changed_since(const Event& row) {
  return {Errc::conflict, "somebody changed the row \"" + ellipsize(row.title, 80) + "\" in between"};
}

// One edit under way: the plan, its order, and what was done to its rows so far.
class Edit {
 public:
  Edit(const Writing& writing, Plan plan, PlanAct act)
      : writing_(writing), plan_(std::move(plan)), order_(writing.unit, plan_.id), act_(act) {}

  const Plan& plan() const { return plan_; }
  db::Unit& unit() { return writing_.unit; }
  Instant now() const { return writing_.now; }
  PlanOrder& order() { return order_; }

  // Errors: not_found; conflict unless the row says what `expected` stands for.
  Result<Event> row(EventId id, const std::string& expected) const {
    const Event* found = order_.find(id);
    if (found == nullptr) return no_such_row();
    if (row_stamp(*found) != expected) return changed_since(*found);
    return *found;
  }

  // Stores the row; `moved`: its position is another.
  EventId change(const Event& before, Event after, bool moved = false) {
    RowStep step;
    step.behind = order_.behind(before.id);
    step.moved = moved;
    link(after);
    auto stored = update_event(writing_, before, std::move(after));
    if (!stored.changed && !moved) return before.id;
    step.before = before;
    step.after = std::move(stored.event);
    if (moved) order_.replace(*step.after);
    steps_.push_back(std::move(step));
    return before.id;
  }

  EventId add(Event event) {
    link(event);
    auto stored = insert_event(writing_, std::move(event));
    // A draft is written in peace: those it names hear of it by its reminders, once it is agreed on.
    if (state_of(plan_.approvals)) announce_new(writing_, stored.event);
    RowStep step;
    step.after = std::move(stored.event);
    const auto id = step.after->id;
    steps_.push_back(std::move(step));
    return id;
  }

  void remove(const Event& before) {
    RowStep step;
    step.before = before;
    step.behind = order_.behind(before.id);
    remove_talks(writing_, before);
    writing_.unit.events().remove(before.id);
    steps_.push_back(std::move(step));
  }

  // Back under its own number and address, which nobody else was given.
  void restore(Event event) {
    event.sequence += 1;
    event.modified = std::max(writing_.now, event.modified + std::chrono::seconds{1});
    if (event.parent && !writing_.unit.events().find(event.parent)) event.parent = EventId{};
    writing_.unit.events().restore(event);
    restore_talks(writing_, event);
    replan_event(writing_, event);
    RowStep step;
    step.after = std::move(event);
    steps_.push_back(std::move(step));
  }

  PlanHeading heading() const { return {plan_.title, plan_.preamble}; }
  void set_heading(PlanHeading after) {
    if (after == heading()) return;
    heading_before_ = heading();
    plan_.title = after.title;
    plan_.preamble = after.preamble;
    heading_after_ = std::move(after);
    writing_.unit.plans().update(plan_);
  }

  EditDone finish(const Editor& editor, EventId row, int left_out = 0) {
    EditDone result;
    result.row = row;
    result.rows = static_cast<int>(steps_.size());
    result.left_out = left_out;
    if (steps_.empty() && !heading_after_) return result;
    PlanEdit edit;
    edit.plan = plan_.id;
    edit.at = writing_.now;
    edit.author = editor.actor.name;
    edit.name = editor.name;
    edit.act = act_;
    if (!steps_.empty()) {
      const auto& first = steps_.front();
      edit.subject = ellipsize(first.after ? first.after->title : first.before->title, longest_label);
    } else {
      edit.subject = ellipsize(plan_.title, longest_label);
    }
    edit.rows = std::move(steps_);
    edit.heading_before = std::move(heading_before_);
    edit.heading_after = std::move(heading_after_);
    result.edit = writing_.unit.plan_edits().insert(edit);
    return result;
  }

 private:
  void link(Event& event) {
    std::vector<std::string> warnings;
    link_people(writing_.unit, event, language_of(plan_.language).value_or(Language::uk), warnings);
  }

  const Writing& writing_;
  Plan plan_;
  PlanOrder order_;
  PlanAct act_;
  std::vector<RowStep> steps_;
  std::optional<PlanHeading> heading_before_, heading_after_;
};

using Work = std::function<Result<EditDone>(Edit&, const Editor&)>;

Deferred<EditDone> edit_plan(Context& context, Editor editor, PlanId plan, PlanAct act, Work work) {
  if (editor.actor.role != Role::editor)
    return Deferred<EditDone>::ready(Error{Errc::forbidden, "only organisers write plans"});
  const Instant now = context.clock.now();
  const db::Author author(editor.actor.name, now);
  auto transaction = [editor = std::move(editor), plan, act, work = std::move(work),
                      rules = rules_of(context.settings), now](db::Unit& unit) -> Result<EditDone> {
    auto found = plan_within(unit, plan, editor.within);
    if (!found) return found.error();
    const Writing writing{unit, rules, now};
    Edit edit(writing, std::move(*found), act);
    return work(edit, editor);
  };
  return context.store.write(author, std::move(transaction)).after_success(context.reminders_queued);
}

// Where a row of that section goes that stands nowhere yet.
std::size_t place_for(PlanOrder& order, const std::string& section, EventId moving) {
  const auto end = order.end_of_section(section, moving);
  return end ? *end : order.rows().size();
}

// The row at its place behind `behind`.
int position_behind(PlanOrder& order, EventId behind, EventId moving) {
  const auto before = behind ? order.index_of(behind, moving) : std::nullopt;
  return order.position_at(before ? *before + 1 : 0, moving);
}

// What has to be the same for an edit to be taken back.
Result<Event> unchanged(Edit& edit, const Event& as_left) {
  const Event* row = edit.order().find(as_left.id);
  if (row == nullptr)
    return Error{Errc::conflict, "the row \"" + ellipsize(as_left.title, 80) + "\" is not there any more"};
  if (row_stamp(*row) != row_stamp(as_left)) return changed_since(*row);
  return *row;
}

// The cells of `old` in what the row is now: what a plan does not write (its address, its files) stays.
Event cells_of(const Event& old, Event now) {
  now.section = old.section;
  now.number = old.number;
  now.title = old.title;
  now.kind = old.kind;
  now.involvement = old.involvement;
  now.level = old.level;
  now.status = old.status;
  now.period = old.period;
  now.place = old.place;
  now.note = old.note;
  now.responsible_text = old.responsible_text;
  now.responsible = old.responsible;
  now.overrides = old.overrides;
  return now;
}

Result<bool> take_back(Edit& edit, const RowStep& step) {
  if (step.after && step.before) {
    const auto now = unchanged(edit, *step.after);
    if (!now) return now.error();
    Event row = cells_of(*step.before, *now);
    if (step.moved) row.position = position_behind(edit.order(), step.behind, row.id);
    edit.change(*now, std::move(row), step.moved);
  } else if (step.after) {
    const auto now = unchanged(edit, *step.after);
    if (!now) return now.error();
    edit.remove(*now);
  } else if (step.before) {
    if (edit.order().find(step.before->id) != nullptr) return changed_since(*step.before);
    Event row = *step.before;
    if (edit.order().index_of(step.behind)) row.position = position_behind(edit.order(), step.behind, row.id);
    edit.restore(std::move(row));
  }
  return true;
}

// As it is stored.
Result<PlanHeading> checked_heading(const PlanHeading& typed) {
  auto title = checked_text(typed.title, longest_title, "the title");
  if (!title) return title.error();
  PlanHeading heading;
  heading.title = collapse_spaces(*title);
  if (heading.title.empty()) return Error{Errc::invalid_input, "a plan needs a title"};
  for (const auto& one : typed.preamble) {
    auto caption = checked_text(one.caption, longest_title, "a caption of the preamble");
    if (!caption) return caption.error();
    auto text = checked_text(one.text, longest_text, "the preamble");
    if (!text) return text.error();
    if (caption->empty() && text->empty()) continue;
    heading.preamble.push_back({collapse_spaces(*caption), std::move(*text)});
  }
  if (heading.preamble.size() > most_preamble_items)
    return Error{Errc::limit_exceeded,
                 "a preamble has at most " + std::to_string(most_preamble_items) + " paragraphs"};
  return heading;
}

}  // namespace

Deferred<EditDone> add_row(Context& context, Editor editor, PlanId plan, RowFields fields, EventId behind) {
  const auto zone = context.settings.default_zone;
  return edit_plan(
      context, std::move(editor), plan, PlanAct::add,
      [fields = std::move(fields), behind, zone](Edit& edit, const Editor& who) -> Result<EditDone> {
        auto& order = edit.order();
        if (order.rows().size() >= most_plan_rows)
          return Error{Errc::limit_exceeded,
                       "a plan has at most " + std::to_string(most_plan_rows) + " rows"};
        if (behind && order.find(behind) == nullptr) return no_such_row();
        Event blank;
        blank.plan = edit.plan().id;
        blank.organisation = edit.plan().organisation;
        const Event* first = order.rows().empty() ? nullptr : &order.rows().front();
        blank.zone = zone_of_new_row(edit.plan(), first, zone);
        auto row = row_with(blank, fields, edit.plan());
        if (!row) return row.error();
        const Event* before = behind ? order.find(behind) : nullptr;
        const auto index = before != nullptr && before->section == row->section
                               ? *order.index_of(behind) + 1
                               : place_for(order, row->section, EventId{});
        row->position = order.position_at(index, EventId{});
        return edit.finish(who, edit.add(std::move(*row)));
      });
}

Deferred<EditDone> change_row(Context& context, Editor editor, PlanId plan, EventId row, RowFields fields,
                              std::string expected) {
  return edit_plan(context, std::move(editor), plan, PlanAct::change,
                   [row, fields = std::move(fields), expected = std::move(expected)](
                       Edit& edit, const Editor& who) -> Result<EditDone> {
                     const auto before = edit.row(row, expected);
                     if (!before) return before.error();
                     auto after = row_with(*before, fields, edit.plan());
                     if (!after) return after.error();
                     const bool moved = after->section != before->section &&
                                        edit.order().end_of_section(after->section, row).has_value();
                     if (moved)
                       after->position =
                           edit.order().position_at(place_for(edit.order(), after->section, row), row);
                     return edit.finish(who, edit.change(*before, std::move(*after), moved));
                   });
}

Deferred<EditDone> date_row(Context& context, Editor editor, PlanId plan, EventId row, RowDay day,
                            std::string expected) {
  return edit_plan(
      context, std::move(editor), plan, PlanAct::change,
      [row, day, expected = std::move(expected)](Edit& edit, const Editor& who) -> Result<EditDone> {
        const auto before = edit.row(row, expected);
        if (!before) return before.error();
        const auto change = dating(*before, day);
        if (!change) return change.error();
        auto after = event_with(edit.unit(), *before, *change, edit.now());
        if (!after) return after.error();
        return edit.finish(who, edit.change(*before, std::move(*after)));
      });
}

Deferred<EditDone> move_row(Context& context, Editor editor, PlanId plan, EventId row, RowMove move,
                            EventId target) {
  return edit_plan(context, std::move(editor), plan, PlanAct::move,
                   [row, move, target](Edit& edit, const Editor& who) -> Result<EditDone> {
                     auto& order = edit.order();
                     const auto index = order.index_of(row);
                     if (!index) return no_such_row();
                     const auto& rows = order.rows();
                     Event after = rows[*index];
                     const Event before = after;
                     // Beside a caption only the section changes: the row goes over the caption.
                     if (move == RowMove::up || move == RowMove::down) {
                       const bool up = move == RowMove::up;
                       if (up ? *index == 0 : *index + 1 == rows.size()) return edit.finish(who, row);
                       const auto& neighbour = rows[up ? *index - 1 : *index + 1];
                       if (neighbour.section != after.section) {
                         after.section = neighbour.section;
                         return edit.finish(who, edit.change(before, std::move(after)));
                       }
                       after.position = order.position_at(up ? *index - 1 : *index + 1, row);
                     } else if (move == RowMove::first) {
                       after.section = rows.front().section;
                       after.position = order.position_at(0, row);
                     } else {
                       const Event* behind = order.find(target);
                       if (behind == nullptr) return no_such_row();
                       if (target == row || order.behind(row) == target) {
                         if (behind->section == after.section) return edit.finish(who, row);
                       }
                       after.section = behind->section;
                       after.position = position_behind(order, target, row);
                     }
                     return edit.finish(who, edit.change(before, std::move(after), true));
                   });
}

Deferred<EditDone> remove_row(Context& context, Editor editor, PlanId plan, EventId row,
                              std::string expected) {
  return edit_plan(context, std::move(editor), plan, PlanAct::remove,
                   [row, expected = std::move(expected)](Edit& edit, const Editor& who) -> Result<EditDone> {
                     const auto before = edit.row(row, expected);
                     if (!before) return before.error();
                     edit.remove(*before);
                     return edit.finish(who, row);
                   });
}

Deferred<EditDone> cancel_row(Context& context, Editor editor, PlanId plan, EventId row,
                              std::string expected) {
  return edit_plan(context, std::move(editor), plan, PlanAct::cancel,
                   [row, expected = std::move(expected)](Edit& edit, const Editor& who) -> Result<EditDone> {
                     const auto before = edit.row(row, expected);
                     if (!before) return before.error();
                     Event after = *before;
                     after.status = EventStatus::cancelled;
                     return edit.finish(who, edit.change(*before, std::move(after)));
                   });
}

Deferred<EditDone> rename_section(Context& context, Editor editor, PlanId plan, EventId row,
                                  std::string expected, std::string name) {
  return edit_plan(context, std::move(editor), plan, PlanAct::rename_section,
                   [row, expected = std::move(expected), name = std::move(name)](
                       Edit& edit, const Editor& who) -> Result<EditDone> {
                     const auto rows = edit.order().section_of(row);
                     if (rows.empty()) return no_such_row();
                     if (rows.front().section != expected) return changed_since(rows.front());
                     const auto caption = checked_text(name, longest_title, "the caption");
                     if (!caption) return caption.error();
                     for (const auto& before : rows) {
                       Event after = before;
                       after.section = collapse_spaces(*caption);
                       edit.change(before, std::move(after));
                     }
                     return edit.finish(who, row);
                   });
}

Deferred<EditDone> move_section(Context& context, Editor editor, PlanId plan, EventId row, std::string expected,
                                bool up) {
  return edit_plan(context, std::move(editor), plan, PlanAct::move_section,
                   [row, expected = std::move(expected), up](Edit& edit, const Editor& who) -> Result<EditDone> {
                     const auto rows = edit.order().section_of(row);
                     if (rows.empty()) return no_such_row();
                     if (rows.front().section != expected) return changed_since(rows.front());
                     const auto& all = edit.order().rows();
                     const auto first = *edit.order().index_of(rows.front().id);
                     const auto end = first + rows.size();
                     if (up ? first == 0 : end == all.size()) return edit.finish(who, row);
                     const auto other = edit.order().section_of(all[up ? first - 1 : end].id);
                     EventId behind = up ? edit.order().behind(other.front().id) : other.back().id;
                     for (const auto& before : rows) {
                       Event after = before;
                       after.position = position_behind(edit.order(), behind, before.id);
                       behind = edit.change(before, std::move(after), true);
                     }
                     return edit.finish(who, row);
                   });
}

std::string heading_stamp(const PlanHeading& heading) {
  std::string all = heading.title;
  for (const auto& one : heading.preamble) all += '\x1e' + one.caption + '\x1f' + one.text;
  return sha256_hex(all).substr(0, stamp_digits);
}

Deferred<EditDone> change_heading(Context& context, Editor editor, PlanId plan, PlanHeading heading,
                                  std::string expected) {
  return edit_plan(context, std::move(editor), plan, PlanAct::heading,
                   [heading = std::move(heading), expected = std::move(expected)](
                       Edit& edit, const Editor& who) -> Result<EditDone> {
                     auto clean = checked_heading(heading);
                     if (!clean) return clean.error();
                     if (heading_stamp(edit.heading()) != expected)
                       return Error{Errc::conflict, "somebody changed the title or the preamble in between"};
                     edit.set_heading(std::move(*clean));
                     return edit.finish(who, EventId{});
                   });
}

Deferred<EditDone> change_rows(Context& context, Editor editor, PlanId plan, std::vector<EventId> rows,
                               RowsChange change) {
  return edit_plan(context, std::move(editor), plan, PlanAct::bulk,
                   [rows = std::move(rows), change = std::move(change)](
                       Edit& edit, const Editor& who) -> Result<EditDone> {
                     const auto text =
                         checked_text(change.responsible, longest_responsible, "the responsible");
                     if (!text) return text.error();
                     const std::set<EventId> chosen(rows.begin(), rows.end());
                     int left_out = 0;
                     const auto all = edit.order().rows();
                     for (const auto& before : all) {
                       if (!chosen.contains(before.id)) continue;
                       if (change.what == RowsChange::What::remove) {
                         edit.remove(before);
                       } else if (auto after = row_after(before, change, edit.plan())) {
                         edit.change(before, std::move(*after));
                       } else {
                         ++left_out;
                       }
                     }
                     return edit.finish(who, rows.empty() ? EventId{} : rows.front(), left_out);
                   });
}

Deferred<EditDone> undo_edit(Context& context, Editor editor, PlanId plan, PlanEditId id) {
  return edit_plan(context, std::move(editor), plan, PlanAct::undo,
                   [id, plan](Edit& edit, const Editor& who) -> Result<EditDone> {
                     const auto before = edit.unit().plan_edits().find(id);
                     if (!before || before->plan != plan)
                       return Error{Errc::not_found, "there is no such edit of this plan"};
                     if (!edit.unit().plan_edits().mark_undone(id, edit.now()))
                       return Error{Errc::conflict, "this was taken back already"};
                     for (auto step = before->rows.rbegin(); step != before->rows.rend(); ++step) {
                       const auto taken = take_back(edit, *step);
                       if (!taken) return taken.error();
                     }
                     if (before->heading_before) {
                       if (edit.heading() != before->heading_after)
                         return Error{Errc::conflict, "somebody changed the title or the preamble since"};
                       edit.set_heading(*before->heading_before);
                     }
                     return edit.finish(who, before->rows.empty() ? EventId{} : before->rows.front().row());
                   });
}

}  // namespace convoke::service
