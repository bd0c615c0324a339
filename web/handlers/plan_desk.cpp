#include "web/handlers/plan_desk.hpp"

#include "base/text.hpp"
#include "service/periods.hpp"
#include "service/plan_edits.hpp"
#include "service/plan_table.hpp"
#include "service/presentation.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/desk_scope.hpp"
#include "web/handlers/forms.hpp"
#include "web/i18n.hpp"
#include "web/pages/links.hpp"
#include "web/pages/plan_desk.hpp"
#include "web/pages/plan_head.hpp"
#include "web/pages/plan_words.hpp"
#include "web/target.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
using service::RowFields;

Result<PlanId> plan_in(const Request& request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) return number.error();
  return PlanId{*number};
}
Result<EventId> row_in(const Request& request) {
  const auto number = number_in(request.captures.at(1));
  if (!number) return number.error();
  return EventId{*number};
}
EventId row_named(std::string_view text) {
  const auto number = number_in(text);
  return number ? EventId{*number} : EventId{};
}
EventId row_asked(const Request& request, std::string_view name) {
  const auto value = request.query_value(name);
  return value ? row_named(*value) : EventId{};
}

PlanFilter filter_in(const Request& request) {
  return plan_filter(request.query_value("show"), request.query_value("kind"),
                     request.query_value("responsible"), request.query_value("page"));
}

// Where the form was: a page of this plan's, with its filter; without what was open on it.
std::string way_back(const Request& request, PlanId plan) {
  const auto back = local_address(field_of(request, "back"));
  const auto own = plan_desk_path(plan);
  const bool ours = back.starts_with(own) &&
                    (back.size() == own.size() || back[own.size()] == '?' || back[own.size()] == '/');
  return ours ? back : own;
}

// The filter of the page that a form was on.
PlanFilter filter_behind(const Request& request, PlanId plan) {
  Request page;
  const auto back = way_back(request, plan);
  if (const auto target = parse_target(back, 20)) page.query = target->query;
  return filter_in(page);
}

RowFields fields_in(const Request& request, const std::string& prefix = {}) {
  RowFields fields;
  for (const auto& cell : row_cells()) {
    auto text = field_of(request, prefix + cell.name);
    std::erase(text, '\r');
    fields.*cell.field = std::move(text);
  }
  fields.kind = event_kind_of(field_of(request, prefix + "kind"));
  return fields;
}

// What was chosen on the page of two who saved, cell by cell.
RowFields merged_fields(const Request& request) {
  RowFields fields = fields_in(request, "theirs_");
  const RowFields yours = fields_in(request, "yours_");
  for (const auto& cell : row_cells())
    if (field_of(request, std::string("pick_") + cell.name) == "yours")
      fields.*cell.field = yours.*cell.field;
  if (field_of(request, "pick_kind") == "yours") fields.kind = yours.kind;
  return fields;
}

PlanDeskView view_of(const Services& services, const Request& request, service::PlanTable table,
                     const PlanFilter& filter) {
  PlanDeskView view;
  view.table = std::move(table);
  view.filter = filter;
  view.me = request.who->person;
  view.today = today(services);
  view.zone = services.context.settings.default_zone;
  const auto rows = chosen_rows(view.table, view.filter, view.me, view.today).size();
  const auto pages = std::max<std::size_t>(1, (rows + plan_rows_a_page - 1) / plan_rows_a_page);
  view.filter.page = std::min(view.filter.page, pages);
  return view;
}

const Event* find_row(const service::PlanTable& table, EventId row) {
  const auto found =
      std::find_if(table.rows.begin(), table.rows.end(), [row](const Event& one) { return one.id == row; });
  return row && found != table.rows.end() ? &*found : nullptr;
}

RowForm form_of(const Event& event, const Plan& plan) {
  RowForm form;
  form.row = event.id;
  form.values = form.was = service::row_fields(event, plan.language);
  form.stamp = service::row_stamp(event);
  return form;
}

// A row that stays on the page of its filter, whatever the filter: else what is written would not be seen.
void show_open_row(PlanDeskView& view, EventId row) {
  const auto rows = chosen_rows(view.table, view.filter, view.me, view.today);
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i]->id == row) {
      view.filter.page = i / plan_rows_a_page + 1;
      return;
    }
  view.filter = PlanFilter();
  for (std::size_t i = 0; i < view.table.rows.size(); ++i)
    if (view.table.rows[i].id == row) view.filter.page = i / plan_rows_a_page + 1;
}

// Of a pair the clash tells the one; who asks about the other sees the first.
service::Clash seen_from(const service::Clash& clash, EventId row) {
  if (!clash.other || clash.event->id == row) return clash;
  service::Clash other = clash;
  other.event = clash.other->other;
  other.other->other = clash.event;
  return other;
}

Reply desk_reply(const Services& services, const Request& request, const PlanDeskView& view,
                 unsigned status = 200) {
  const auto frame = frame_of(services, request, plan_desk_path(view.table.plan.id, view.filter));
  // Its script asks how a period is read, and opens rows where they stand.
  return with_fetching(private_page(request, frame, render_plan_desk(view, frame), status));
}

// What stands in the way of the plan; a page is shown without it rather than not at all.
awaitable<void> add_clashes(Services& services, Request request, PlanDeskView& view) {
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return;
  const PlanId plan = view.table.plan.id;
  auto deferred =
      service::clashes_of_plan(services.context, *snapshot, request.actor, plan, request.who->reach);
  const auto clashes = co_await await(std::move(deferred));
  if (!clashes) co_return;
  view.clashes = clashes->coming.size();
  for (const auto& clash : clashes->coming) {
    view.clashing.insert(clash.event->id);
    if (clash.other && clash.other->other->plan == plan) view.clashing.insert(clash.other->other->id);
  }
  const auto saved = row_asked(request, "saved");
  for (const auto& clash : clashes->coming) {
    const bool concerned = clash.event->id == saved || (clash.other && clash.other->other->id == saved);
    if (saved && concerned) view.against.push_back(seen_from(clash, saved));
  }
  if (!view.form || !view.form->row) co_return;
  const Event* row = (*snapshot)->find_event(view.form->row);
  if (row == nullptr || !row->period.is_vague()) co_return;
  auto choosing = service::day_choice(services.context, *snapshot, request.actor, view.form->row);
  auto choice = co_await await(std::move(choosing));
  if (choice) view.form->free = std::move(choice->free);
}

awaitable<Result<service::PlanTable>> table_of(Services& services, PlanId plan, service::Reach within) {
  auto deferred = service::plan_table(services.context, plan, std::move(within));
  co_return co_await await(std::move(deferred));
}

// The table once more, with the form as it was typed.
awaitable<Reply> form_again(Services& services, Request request, PlanId plan, RowForm form, unsigned status) {
  auto table = co_await table_of(services, plan, request.who->reach);
  if (!table) co_return error_reply(request, table.error());
  const auto filter = filter_behind(request, plan);
  auto view = view_of(services, request, std::move(*table), filter);
  if (form.row && find_row(view.table, form.row) == nullptr) {
    form.row = EventId{};
    form.gone = true;
    form.stamp.clear();
    status = 409;
  }
  if (form.row) show_open_row(view, form.row);
  if (find_row(view.table, form.behind) == nullptr) form.behind = EventId{};
  view.form = std::move(form);
  co_await add_clashes(services, request, view);
  if (view.form->reading) {
    auto snapshot = co_await snapshot_of(services);
    if (!snapshot) co_return error_reply(request, snapshot.error());
    auto deferred = service::clashes_of_row(services.context, *snapshot, request.actor, plan, view.form->row,
                                            view.form->values, request.who->reach);
    auto clashes = co_await await(std::move(deferred));
    if (clashes) view.form->clashes = std::move(*clashes);
  }
  co_return desk_reply(services, request, view, status);
}

// `days`: what is at stake is the day that was named, which the words of the plan do not say.
awaitable<Reply> merge_page(Services& services, Request request, PlanId plan, RowForm form,
                            bool days = false) {
  auto table = co_await table_of(services, plan, request.who->reach);
  if (!table) co_return error_reply(request, table.error());
  const Event* row = find_row(*table, form.row);
  if (row == nullptr) co_return co_await form_again(services, std::move(request), plan, std::move(form), 409);
  MergeView view;
  view.plan = table->plan;
  view.row = form.row;
  view.was = form.was;
  view.theirs = service::row_fields(*row, table->plan.language);
  if (days && service::was_fixed_later(*row, table->plan)) {
    Period named = row->period;
    named.source_text.clear();
    view.theirs.period = service::period_as_typed(named, table->plan.language);
  }
  view.yours = form.values;
  view.stamp = service::row_stamp(*row);
  view.back = way_back(request, plan);
  const auto frame = frame_of(services, request, plan_desk_path(plan));
  co_return private_page(request, frame, render_plan_merge(view, frame), 409);
}

// The reading is shown before a changed period is saved, unless the page's script has shown it.
bool must_show_reading(const Request& request, const RowForm& form) {
  return collapse_spaces(form.values.period) != collapse_spaces(form.was.period) &&
         collapse_spaces(form.values.period) != collapse_spaces(field_of(request, "read"));
}

std::string with_done(std::string back, std::string_view what, EventId row) {
  back = with_query(std::move(back), "done", what);
  if (row && what == "saved") back = with_query(std::move(back), "saved", std::to_string(row.value));
  return row ? back + "#row-" + std::to_string(row.value) : back;
}

}  // namespace

awaitable<Reply> choose_cells(Services& services, Request request, PlanId plan, EventId row, RowFields was,
                              RowFields yours) {
  RowForm form;
  form.row = row;
  form.was = std::move(was);
  form.values = std::move(yours);
  return merge_page(services, std::move(request), plan, std::move(form), true);
}

awaitable<Reply> show_plan_list(Services& services, Request request) {
  const auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  const auto frame = frame_of(services, request, "/manage/plans");
  NewPlanForm form;
  form.today = today(services);
  form.installation_zone = services.context.settings.default_zone;
  co_return private_page(request, frame, render_plan_list(**snapshot, form, frame));
}

awaitable<Reply> show_plan_desk(Services& services, Request request) {
  const auto plan = plan_in(request);
  if (!plan) co_return error_reply(request, plan.error());
  auto table = co_await table_of(services, *plan, request.who->reach);
  if (!table) co_return error_reply(request, table.error());
  const auto filter = filter_in(request);
  auto view = view_of(services, request, std::move(*table), filter);
  view.message = done_text(request.query_value("done").value_or(""), language_of_reader(request));
  if (request.query_value("problem")) {
    view.bad = true;
    view.message = in_between_text(language_of_reader(request));
  }
  if (const Event* row = find_row(view.table, row_asked(request, "edit"))) {
    view.form = form_of(*row, view.table.plan);
    show_open_row(view, row->id);
  } else if (const auto add = request.query_value("add")) {
    RowForm form;
    const Event* behind = find_row(view.table, row_named(*add));
    if (behind != nullptr) form.behind = behind->id;
    const auto& rows = view.table.rows;
    if (behind == nullptr && !rows.empty()) behind = &rows.back();
    if (behind != nullptr) form.values.section = behind->section;
    view.form = std::move(form);
    if (view.form->behind) show_open_row(view, view.form->behind);
  }
  view.removing = row_asked(request, "remove");
  view.renaming = row_asked(request, "section");
  co_await add_clashes(services, request, view);
  co_return desk_reply(services, request, view);
}

awaitable<Reply> show_plan_history(Services& services, Request request) {
  const auto plan = plan_in(request);
  if (!plan) co_return error_reply(request, plan.error());
  auto deferred = service::plan_history(services.context, *plan, request.who->reach);
  const auto edits = co_await await(std::move(deferred));
  if (!edits) co_return error_reply(request, edits.error());
  auto table = co_await table_of(services, *plan, request.who->reach);
  if (!table) co_return error_reply(request, table.error());
  const auto frame = frame_of(services, request, plan_desk_path(*plan) + "/history");
  std::string message;
  if (request.query_value("problem")) message = in_between_text(frame.language);
  co_return private_page(
      request, frame,
      render_plan_history(table->plan, *edits, services.context.settings.default_zone, message, frame));
}

awaitable<Reply> add_plan_row(Services& services, Request request) {
  const auto plan = plan_in(request);
  if (!plan) co_return error_reply(request, plan.error());
  RowForm form;
  form.values = fields_in(request);
  form.behind = row_named(field_of(request, "behind"));
  form.problem = service::check_row(form.values);
  if (form.problem) co_return co_await form_again(services, std::move(request), *plan, std::move(form), 422);
  if (must_show_reading(request, form)) {
    auto table = co_await table_of(services, *plan, request.who->reach);
    if (!table) co_return error_reply(request, table.error());
    form.reading = service::understand_period(form.values.period, table->plan.language, table->plan.year);
    co_return co_await form_again(services, std::move(request), *plan, std::move(form), 200);
  }
  auto deferred = service::add_row(services.context, editor_of(request), *plan, form.values, form.behind);
  const auto added = co_await await(std::move(deferred));
  if (!added) {
    if (added.error().code != Errc::not_found || !form.behind) co_return error_reply(request, added.error());
    // The row that it was to stand behind is gone.
    form.behind = EventId{};
    co_return co_await form_again(services, std::move(request), *plan, std::move(form), 409);
  }
  co_return Reply::redirect(with_done(way_back(request, *plan), "saved", added->row));
}

awaitable<Reply> save_plan_row(Services& services, Request request) {
  const auto plan = plan_in(request);
  if (!plan) co_return error_reply(request, plan.error());
  const auto row = row_in(request);
  if (!row) co_return error_reply(request, row.error());
  const bool merging = !field_of(request, "merge").empty();
  RowForm form;
  form.row = *row;
  form.stamp = field_of(request, "stamp");
  form.values = merging ? merged_fields(request) : fields_in(request);
  form.was = fields_in(request, merging ? "theirs_" : "was_");
  form.problem = service::check_row(form.values);
  if (form.problem) co_return co_await form_again(services, std::move(request), *plan, std::move(form), 422);
  if (!merging && must_show_reading(request, form)) {
    auto table = co_await table_of(services, *plan, request.who->reach);
    if (!table) co_return error_reply(request, table.error());
    form.reading = service::understand_period(form.values.period, table->plan.language, table->plan.year);
    co_return co_await form_again(services, std::move(request), *plan, std::move(form), 200);
  }
  auto deferred =
      service::change_row(services.context, editor_of(request), *plan, *row, form.values, form.stamp);
  const auto saved = co_await await(std::move(deferred));
  if (saved) co_return Reply::redirect(with_done(way_back(request, *plan), "saved", *row));
  const auto code = saved.error().code;
  if (code == Errc::conflict)
    co_return co_await merge_page(services, std::move(request), *plan, std::move(form));
  if (code == Errc::not_found)
    co_return co_await form_again(services, std::move(request), *plan, std::move(form), 409);
  co_return error_reply(request, saved.error());
}

awaitable<Reply> move_plan_row(Services& services, Request request) {
  const auto plan = plan_in(request);
  if (!plan) co_return error_reply(request, plan.error());
  const auto row = row_in(request);
  if (!row) co_return error_reply(request, row.error());
  const auto where = request.query_value("where").value_or("");
  const auto target = row_asked(request, "target");
  auto move = service::RowMove::down;
  if (where == "up") {
    move = service::RowMove::up;
  } else if (where == "first") {
    move = service::RowMove::first;
  } else if (where == "behind" && target) {
    move = service::RowMove::behind;
  } else if (where != "down") {
    const Error error(Errc::invalid_input, "the form is not complete");
    co_return error_reply(request, error);
  }
  auto deferred = service::move_row(services.context, editor_of(request), *plan, *row, move, target);
  const auto moved = co_await await(std::move(deferred));
  if (!moved) co_return error_reply(request, moved.error());
  co_return Reply::redirect(way_back(request, *plan) + "#row-" + std::to_string(row->value));
}

awaitable<Reply> remove_plan_row(Services& services, Request request) {
  const auto plan = plan_in(request);
  if (!plan) co_return error_reply(request, plan.error());
  const auto row = row_in(request);
  if (!row) co_return error_reply(request, row.error());
  const bool cancel = field_of(request, "act") == "cancel";
  const auto stamp = field_of(request, "stamp");
  auto deferred = cancel ? service::cancel_row(services.context, editor_of(request), *plan, *row, stamp)
                         : service::remove_row(services.context, editor_of(request), *plan, *row, stamp);
  const auto removed = co_await await(std::move(deferred));
  const auto back = way_back(request, *plan);
  if (removed) {
    if (cancel) co_return Reply::redirect(with_done(back, "saved", *row));
    co_return Reply::redirect(with_done(back, "removed", EventId{}));
  }
  if (removed.error().code != Errc::conflict) co_return error_reply(request, removed.error());
  co_return Reply::redirect(with_query(back, "problem", "1") + "#row-" + std::to_string(row->value));
}

awaitable<Reply> rename_plan_section(Services& services, Request request) {
  const auto plan = plan_in(request);
  if (!plan) co_return error_reply(request, plan.error());
  const auto row = row_in(request);
  if (!row) co_return error_reply(request, row.error());
  auto deferred = service::rename_section(services.context, editor_of(request), *plan, *row,
                                          field_of(request, "expected"), field_of(request, "name"));
  const auto renamed = co_await await(std::move(deferred));
  const auto back = way_back(request, *plan);
  if (renamed) co_return Reply::redirect(with_done(back, "saved", *row));
  if (renamed.error().code != Errc::conflict) co_return error_reply(request, renamed.error());
  co_return Reply::redirect(with_query(back, "problem", "1"));
}

awaitable<Reply> change_plan_rows(Services& services, Request request) {
  const auto plan = plan_in(request);
  if (!plan) co_return error_reply(request, plan.error());
  using What = service::RowsChange::What;
  service::RowsChange change;
  const auto act = field_of(request, "act");
  const auto kind = event_kind_of(field_of(request, "kind"));
  change.responsible = field_of(request, "responsible");
  change.months = act == "earlier" ? -1 : 1;
  bool known = true;
  if (act == "done") {
    change.what = What::done;
  } else if (act == "not_done") {
    change.what = What::not_done;
  } else if (act == "later" || act == "earlier") {
    change.what = What::shift;
  } else if (act == "responsible") {
    change.what = What::responsible;
    known = !collapse_spaces(change.responsible).empty();
  } else if (act == "kind") {
    change.what = What::kind;
    known = kind.has_value();
    change.kind = kind.value_or(EventKind::event);
  } else {
    change.what = What::remove;
    known = act == "remove" && !field_of(request, "sure").empty();
  }
  const auto back = way_back(request, *plan);
  if (!known) co_return Reply::redirect(with_done(back, "none", EventId{}));
  std::vector<EventId> rows;
  for (const auto& one : fields_of(request, "row"))
    if (const auto row = row_named(one)) rows.push_back(row);
  if (!field_of(request, "all").empty()) {
    const auto table = co_await table_of(services, *plan, request.who->reach);
    if (!table) co_return error_reply(request, table.error());
    rows.clear();
    const auto filter = filter_behind(request, *plan);
    for (const Event* row : chosen_rows(*table, filter, request.who->person, today(services)))
      rows.push_back(row->id);
  }
  auto deferred = service::change_rows(services.context, editor_of(request), *plan, std::move(rows), change);
  const auto changed = co_await await(std::move(deferred));
  if (!changed) co_return error_reply(request, changed.error());
  co_return Reply::redirect(with_done(back, changed->rows > 0 ? "saved" : "none", EventId{}));
}

awaitable<Reply> undo_plan_edit(Services& services, Request request) {
  const auto plan = plan_in(request);
  if (!plan) co_return error_reply(request, plan.error());
  const auto edit = number_in(field_of(request, "edit"));
  if (!edit) co_return error_reply(request, edit.error());
  auto deferred = service::undo_edit(services.context, editor_of(request), *plan, PlanEditId{*edit});
  const auto undone = co_await await(std::move(deferred));
  const auto back = way_back(request, *plan);
  if (undone) co_return Reply::redirect(with_done(back, "undone", undone->row));
  if (undone.error().code != Errc::conflict) co_return error_reply(request, undone.error());
  co_return Reply::redirect(with_query(back, "problem", "1"));
}

}  // namespace convoke::web
