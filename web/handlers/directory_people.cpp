#include "base/text.hpp"
#include "service/people.hpp"
#include "service/unreachable.hpp"
#include "web/await.hpp"
#include "web/handlers/directory.hpp"
#include "web/handlers/directory_forms.hpp"
#include "web/handlers/forms.hpp"
#include "web/pages/directory_parts.hpp"
#include "web/pages/unreachable_page.hpp"

namespace convoke::web {
namespace {

using boost::asio::awaitable;

OrganisationId organisation_in(const Request& request, const service::Keeper& keeper) {
  if (keeper.organisation) return keeper.organisation;
  const auto number = number_in(field_of(request, "organisation"));
  return number ? OrganisationId{*number} : OrganisationId{};
}

DirectoryProblem person_problem(const Error& error, const std::string& email) {
  if (error.code == Errc::conflict) return DirectoryProblem::namesakes;
  if (error.code != Errc::invalid_input && error.code != Errc::limit_exceeded) return DirectoryProblem::other;
  const bool address_is_fine = trim(email).empty() || service::check_email(email);
  return address_is_fine ? DirectoryProblem::name : DirectoryProblem::address;
}

awaitable<Reply> people_page(Services& services, Request request, PersonEntry entered, DirectoryState state) {
  const auto query = query_in(request);
  RenderDirectory render = [query, entered, state](const Frame& frame,
                                                   const service::DirectoryView& directory) {
    return render_people(frame, directory, query, entered, state);
  };
  co_return co_await directory_reply(services, std::move(request), "/manage/directory",
                                     state.problem.has_value(), std::move(render));
}

awaitable<Reply> person_page(Services& services, Request request, DirectoryState state) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const PersonId id{*number};
  RenderDirectory render = [id, state](const Frame& frame, const service::DirectoryView& directory) {
    return directory.find(id) == nullptr ? std::string()
                                         : render_person(frame, directory, id, AbsenceEntry(), state);
  };
  co_return co_await directory_reply(services, std::move(request), person_path(id), state.problem.has_value(),
                                     std::move(render));
}

}  // namespace

awaitable<Reply> show_people(Services& services, Request request) {
  DirectoryState state;
  state.saved = was_saved(request);
  co_return co_await people_page(services, std::move(request), PersonEntry(), state);
}

awaitable<Reply> enter_person(Services& services, Request request) {
  const auto keeper = keeper_in(request);
  service::PersonChange person;
  person.name = to_valid_utf8(field_of(request, "name"));
  person.email = field_of(request, "email");
  person.post = collapse_spaces(to_valid_utf8(field_of(request, "post")));
  person.organisation = organisation_in(request, keeper);
  const PersonEntry entered{person.name, person.email, person.post, person.organisation};
  auto deferred = service::save_person(services.context, keeper.actor, std::move(person));
  const auto stored = co_await await(std::move(deferred));
  if (stored) co_return Reply::redirect(saved(person_path(stored->id)));
  if (is_ours(stored.error())) co_return error_reply(request, stored.error());
  DirectoryState state;
  state.problem = person_problem(stored.error(), entered.email);
  co_return co_await people_page(services, std::move(request), entered, state);
}

awaitable<Reply> show_person(Services& services, Request request) {
  DirectoryState state;
  state.saved = was_saved(request);
  co_return co_await person_page(services, std::move(request), state);
}

awaitable<Reply> save_person(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  service::PersonPatch patch;
  patch.name = field_of(request, "name");
  patch.post = field_of(request, "post");
  patch.email = field_of(request, "email");
  patch.language = language_of(field_of(request, "language"));
  patch.rhythm = mail_rhythm_of(field_of(request, "rhythm"));
  const std::string email = *patch.email;
  const auto keeper = keeper_in(request);
  auto deferred = service::change_person(services.context, keeper, PersonId{*number}, std::move(patch));
  const auto changed = co_await await(std::move(deferred));
  if (changed) co_return Reply::redirect(saved(person_path(changed->id)));
  if (is_ours(changed.error()) || changed.error().code == Errc::not_found)
    co_return error_reply(request, changed.error());
  DirectoryState state;
  state.problem = person_problem(changed.error(), email);
  co_return co_await person_page(services, std::move(request), state);
}

namespace {

awaitable<Reply> unreachable_page(Services& services, Request request, UnreachableView view) {
  const auto keeper = keeper_in(request);
  auto deferred = service::list_unreachable(services.context, keeper);
  auto rows = co_await await(std::move(deferred));
  if (!rows) co_return error_reply(request, rows.error());
  view.rows = std::move(*rows);
  view.page = query_in(request).page;
  const auto frame = frame_of(services, request, "/manage/unreachable");
  auto html = render_unreachable(frame, view);
  co_return private_page(request, frame, std::move(html), view.problem ? 422 : 200);
}

}  // namespace

awaitable<Reply> show_unreachable(Services& services, Request request) {
  UnreachableView view;
  view.saved = was_saved(request);
  co_return co_await unreachable_page(services, std::move(request), std::move(view));
}

awaitable<Reply> mend_unreachable(Services& services, Request request) {
  const auto keeper = keeper_in(request);
  service::Remedy remedy;
  remedy.key = field_of(request, "key");
  remedy.office = field_of(request, "office");
  remedy.name = field_of(request, "name");
  remedy.email = field_of(request, "email");
  if (const auto number = number_in(field_of(request, "organisation"))) remedy.organisation.value = *number;
  UnreachableView view;
  view.entered = remedy;
  auto deferred = service::mend_unreachable(services.context, keeper, std::move(remedy));
  const auto mended = co_await await(std::move(deferred));
  if (mended) co_return Reply::redirect(saved("/manage/unreachable"));
  const auto& error = mended.error();
  if (is_ours(error) || error.code == Errc::not_found) co_return error_reply(request, error);
  view.problem = person_problem(error, view.entered.email);
  if (!is_valid_utf8(view.entered.name)) view.entered.name.clear();
  co_return co_await unreachable_page(services, std::move(request), std::move(view));
}

}  // namespace convoke::web
