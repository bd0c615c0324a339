#include "base/text.hpp"
#include "web/await.hpp"
#include "web/handlers/directory.hpp"
#include "web/handlers/directory_forms.hpp"
#include "web/handlers/forms.hpp"
#include "web/pages/directory_parts.hpp"

#include <algorithm>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

OfficeEntry office_in(const Pairs& fields) {
  const auto field = [&](std::string_view name) {
    for (const auto& [key, value] : fields)
      if (key == name) return to_valid_utf8(value);
    return std::string();
  };
  OfficeEntry entry;
  entry.name = field("name");
  entry.section = field("section");
  entry.kind = roster_kind_of(field("kind")).value_or(RosterKind::office);
  entry.duty = duty_of(field("duty")).value_or(Duty::none);
  if (const auto number = number_in(field("organisation"))) entry.organisation.value = *number;
  return entry;
}

DirectoryProblem office_problem(const Error& error) {
  switch (error.code) {
    case Errc::invalid_input:
      return DirectoryProblem::name;
    case Errc::conflict:
      return DirectoryProblem::taken;
    case Errc::limit_exceeded:
      return DirectoryProblem::full;
    default:
      return DirectoryProblem::other;
  }
}

awaitable<Reply> offices_page(Services& services, Request request, OfficeEntry entered,
                              DirectoryState state) {
  const auto query = query_in(request);
  RenderDirectory render = [query, entered, state](const Frame& frame,
                                                   const service::DirectoryView& directory) {
    return render_offices(frame, directory, query, entered, state);
  };
  co_return co_await directory_reply(services, std::move(request), "/manage/directory/offices",
                                     state.problem.has_value(), std::move(render));
}

awaitable<Reply> office_page(Services& services, Request request, RosterId id, TenureEntry entered,
                             DirectoryState state) {
  RenderDirectory render = [id, entered, state](const Frame& frame, const service::DirectoryView& directory) {
    return directory.find(id) == nullptr ? std::string()
                                         : render_office(frame, directory, id, entered, state);
  };
  co_return co_await directory_reply(services, std::move(request), office_path(id), state.problem.has_value(),
                                     std::move(render));
}

awaitable<Reply> leave_page(Services& services, Request request, AbsenceEntry entered, DirectoryState state) {
  RenderDirectory render = [entered, state](const Frame& frame, const service::DirectoryView& directory) {
    return render_leave(frame, directory, entered, state);
  };
  co_return co_await directory_reply(services, std::move(request), "/manage/directory/leave",
                                     state.problem.has_value(), std::move(render));
}

// The reply to a form about one office: back to its page, or the page again with what is wrong.
awaitable<Reply> after_change(Services& services, Request request, RosterId id, Result<Roster> changed,
                              TenureEntry entered, DirectoryProblem (*problem)(const Error&)) {
  if (changed) co_return Reply::redirect(saved(office_path(id)));
  if (is_ours(changed.error())) co_return error_reply(request, changed.error());
  DirectoryState state;
  state.problem = problem(changed.error());
  co_return co_await office_page(services, std::move(request), id, std::move(entered), state);
}

}  // namespace

awaitable<Reply> show_offices(Services& services, Request request) {
  DirectoryState state;
  state.saved = was_saved(request);
  auto entered = office_in(request.query);  // links fill the form
  co_return co_await offices_page(services, std::move(request), std::move(entered), state);
}

awaitable<Reply> enter_office(Services& services, Request request) {
  const auto entered = office_in(request.form);
  Roster roster;
  roster.name = entered.name;
  roster.kind = entered.kind;
  roster.duty = entered.duty;
  roster.section = entered.section;
  roster.organisation = entered.organisation;
  const auto keeper = keeper_in(request);
  auto deferred = service::save_roster(services.context, keeper, std::move(roster));
  const auto stored = co_await await(std::move(deferred));
  if (stored) co_return Reply::redirect(saved(office_path(stored->id)));
  if (is_ours(stored.error())) co_return error_reply(request, stored.error());
  DirectoryState state;
  state.problem = office_problem(stored.error());
  co_return co_await offices_page(services, std::move(request), entered, state);
}

awaitable<Reply> show_office(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  DirectoryState state;
  state.saved = was_saved(request);
  const RosterId id{*number};
  TenureEntry nobody;
  co_return co_await office_page(services, std::move(request), id, std::move(nobody), state);
}

awaitable<Reply> save_office(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const RosterId id{*number};
  const auto keeper = keeper_in(request);
  const auto entered = office_in(request.form);
  auto deferred = service::describe_roster(services.context, keeper, id,
                                           {entered.name, entered.kind, entered.duty, entered.section});
  auto changed = co_await await(std::move(deferred));
  co_return co_await after_change(services, std::move(request), id, std::move(changed), TenureEntry(),
                                  office_problem);
}

awaitable<Reply> remove_office(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const auto keeper = keeper_in(request);
  auto deferred = service::remove_roster(services.context, keeper, RosterId{*number});
  const auto removed = co_await await(std::move(deferred));
  if (!removed) co_return error_reply(request, removed.error());
  co_return Reply::redirect(saved("/manage/directory/offices"));
}

awaitable<Reply> add_member(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const RosterId id{*number};
  TenureEntry entered;
  entered.who = to_valid_utf8(field_of(request, "who"));
  entered.first = field_of(request, "first");
  entered.last = field_of(request, "last");
  entered.succeeds = !field_of(request, "succeeds").empty();
  const auto first = day_in(request, "first"), last = day_in(request, "last");
  Result<Roster> changed = Error(Errc::invalid_input, "these are no days");
  if (first && last) {
    service::NewTenure tenure;
    tenure.person.who = entered.who;
    tenure.first = *first;
    tenure.last = *last;
    tenure.succeeds = entered.succeeds;
    const auto keeper = keeper_in(request);
    auto deferred = service::add_tenure(services.context, keeper, id, std::move(tenure));
    changed = co_await await(std::move(deferred));
  }
  co_return co_await after_change(services, std::move(request), id, std::move(changed), std::move(entered),
                                  problem_of);
}

awaitable<Reply> end_member(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  const auto position = number_in(request.captures.at(1));
  const auto person = number_in(field_of(request, "person"));
  if (!number) co_return error_reply(request, number.error());
  if (!position) co_return error_reply(request, position.error());
  const RosterId id{*number};
  const bool removes = field_of(request, "do") == "remove";
  const auto last = removes ? Result<std::optional<Date>>(std::optional<Date>()) : day_in(request, "last");
  Result<Roster> changed = Error(Errc::invalid_input, "this is no day");
  if (last && (removes || *last) && person) {
    const auto keeper = keeper_in(request);
    const auto index = static_cast<std::size_t>(*position) - 1;
    auto deferred = service::end_tenure(services.context, keeper, id, index, PersonId{*person}, *last);
    changed = co_await await(std::move(deferred));
  }
  const auto problem = [](const Error& error) {
    return error.code == Errc::conflict ? DirectoryProblem::changed : problem_of(error);
  };
  co_return co_await after_change(services, std::move(request), id, std::move(changed), TenureEntry(),
                                  problem);
}

awaitable<Reply> show_leave(Services& services, Request request) {
  DirectoryState state;
  state.saved = was_saved(request);
  co_return co_await leave_page(services, std::move(request), AbsenceEntry(), state);
}

namespace {

// Where a form of leave leads back to: the page of the person, or the list.
std::string back_in(const Request& request) {
  const auto back = local_address(field_of(request, "back"));
  return back.starts_with("/manage/directory/people/") ? back : "/manage/directory/leave";
}

Result<service::NewAbsence> absence_in(const Request& request) {
  service::NewAbsence absence;
  absence.person.who = field_of(request, "who");
  if (const auto number = number_in(field_of(request, "person"))) absence.person.id.value = *number;
  absence.deputy.who = field_of(request, "deputy");
  const auto first = day_in(request, "first"), last = day_in(request, "last");
  if (!first || !last || !*first || !*last || **last < **first)
    return Error(Errc::invalid_input, "these are no days");
  absence.first = **first;
  absence.last = **last;
  return absence;
}

}  // namespace

awaitable<Reply> enter_leave(Services& services, Request request) {
  AbsenceEntry entered;
  entered.who = to_valid_utf8(field_of(request, "who"));
  entered.first = field_of(request, "first");
  entered.last = field_of(request, "last");
  entered.deputy = to_valid_utf8(field_of(request, "deputy"));
  DirectoryState state;
  auto absence = absence_in(request);
  if (!absence) {
    state.problem = DirectoryProblem::days;
    co_return co_await leave_page(services, std::move(request), std::move(entered), state);
  }
  const auto person = absence->person.id;
  const auto keeper = keeper_in(request);
  auto deferred = service::add_absence(services.context, keeper, std::move(*absence));
  const auto added = co_await await(std::move(deferred));
  if (added) co_return Reply::redirect(saved(back_in(request)));
  if (is_ours(added.error())) co_return error_reply(request, added.error());
  state.problem =
      added.error().code == Errc::invalid_input ? DirectoryProblem::deputy : problem_of(added.error());
  if (person && entered.who.empty()) entered.who = "#" + std::to_string(person.value);
  co_return co_await leave_page(services, std::move(request), std::move(entered), state);
}

awaitable<Reply> remove_leave(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const auto keeper = keeper_in(request);
  auto deferred = service::remove_absence(services.context, keeper, AbsenceId{*number});
  const auto removed = co_await await(std::move(deferred));
  if (!removed) co_return error_reply(request, removed.error());
  co_return Reply::redirect(saved(back_in(request)));
}

}  // namespace convoke::web
