#include "service/unreachable.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/directory.hpp"
#include "web/handlers/directory_forms.hpp"
#include "web/handlers/directory_json.hpp"
#include "web/handlers/json.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

awaitable<Result<service::DirectoryView>> directory_of(Services& services, service::Keeper keeper) {
  auto deferred = service::view_directory(services.context, keeper);
  auto directory = co_await await(std::move(deferred));
  co_return directory;
}

awaitable<Reply> roster_reply(Services& services, Request request, Result<Roster> roster, unsigned status) {
  if (!roster) co_return error_reply(request, roster.error());
  auto directory = co_await directory_of(services, keeper_in(request));
  if (!directory) co_return error_reply(request, directory.error());
  co_return private_json(roster_json(*roster, *directory), status);
}

awaitable<Reply> absence_reply(Services& services, Request request, Result<Absence> absence,
                               unsigned status) {
  if (!absence) co_return error_reply(request, absence.error());
  auto directory = co_await directory_of(services, keeper_in(request));
  if (!directory) co_return error_reply(request, directory.error());
  co_return private_json(absence_json(*absence, *directory), status);
}

Reply nothing_left() {
  Reply reply;
  reply.status = 204;
  return reply;
}

}  // namespace

awaitable<Reply> change_person_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto patch = read_person_patch(request.body);
  if (!patch) co_return error_reply(request, patch.error());
  const auto keeper = keeper_in(request);
  auto deferred = service::change_person(services.context, keeper, PersonId{*number}, std::move(*patch));
  const auto person = co_await await(std::move(deferred));
  if (!person) co_return error_reply(request, person.error());
  co_return private_json(person_json(*person));
}

awaitable<Reply> list_rosters_api(Services& services, Request request) {
  auto directory = co_await directory_of(services, keeper_in(request));
  if (!directory) co_return error_reply(request, directory.error());
  json::array all;
  for (const auto& roster : directory->rosters) all.push_back(roster_json(roster, *directory));
  json::object answer;
  answer["rosters"] = std::move(all);
  co_return private_json(answer);
}

awaitable<Reply> add_roster_api(Services& services, Request request) {
  auto roster = read_roster(request.body, Roster());
  if (!roster) co_return error_reply(request, roster.error());
  const auto keeper = keeper_in(request);
  auto deferred = service::save_roster(services.context, keeper, std::move(*roster));
  auto stored = co_await await(std::move(deferred));
  co_return co_await roster_reply(services, std::move(request), std::move(stored), 201);
}

awaitable<Reply> change_roster_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const auto keeper = keeper_in(request);
  auto directory = co_await directory_of(services, keeper);
  if (!directory) co_return error_reply(request, directory.error());
  const Roster* known = directory->find(RosterId{*number});
  if (known == nullptr)
    co_return error_reply(request, Error(Errc::not_found, "there is no such office or group"));
  auto roster = read_roster(request.body, *known);
  if (!roster) co_return error_reply(request, roster.error());
  auto deferred = service::save_roster(services.context, keeper, std::move(*roster));
  auto stored = co_await await(std::move(deferred));
  co_return co_await roster_reply(services, std::move(request), std::move(stored), 200);
}

awaitable<Reply> remove_roster_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const auto keeper = keeper_in(request);
  auto deferred = service::remove_roster(services.context, keeper, RosterId{*number});
  const auto removed = co_await await(std::move(deferred));
  if (!removed) co_return error_reply(request, removed.error());
  co_return nothing_left();
}

awaitable<Reply> list_absences_api(Services& services, Request request) {
  auto directory = co_await directory_of(services, keeper_in(request));
  if (!directory) co_return error_reply(request, directory.error());
  json::array all;
  for (const auto& absence : directory->absences) all.push_back(absence_json(absence, *directory));
  json::object answer;
  answer["absences"] = std::move(all);
  co_return private_json(answer);
}

awaitable<Reply> add_absence_api(Services& services, Request request) {
  auto absence = read_absence(request.body, service::NewAbsence());
  if (!absence) co_return error_reply(request, absence.error());
  const auto keeper = keeper_in(request);
  auto deferred = service::add_absence(services.context, keeper, std::move(*absence));
  auto stored = co_await await(std::move(deferred));
  co_return co_await absence_reply(services, std::move(request), std::move(stored), 201);
}

awaitable<Reply> change_absence_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const AbsenceId id{*number};
  const auto keeper = keeper_in(request);
  auto directory = co_await directory_of(services, keeper);
  if (!directory) co_return error_reply(request, directory.error());
  const auto& all = directory->absences;
  const auto known = std::find_if(all.begin(), all.end(), [&](const Absence& one) { return one.id == id; });
  if (known == all.end()) co_return error_reply(request, Error(Errc::not_found, "there is no such leave"));
  service::NewAbsence as_known;
  as_known.person.id = known->person;
  as_known.deputy.id = known->deputy;
  as_known.first = known->first;
  as_known.last = known->last;
  auto absence = read_absence(request.body, std::move(as_known));
  if (!absence) co_return error_reply(request, absence.error());
  auto deferred = service::change_absence(services.context, keeper, id, std::move(*absence));
  auto stored = co_await await(std::move(deferred));
  co_return co_await absence_reply(services, std::move(request), std::move(stored), 200);
}

awaitable<Reply> remove_absence_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  const auto keeper = keeper_in(request);
  auto deferred = service::remove_absence(services.context, keeper, AbsenceId{*number});
  const auto removed = co_await await(std::move(deferred));
  if (!removed) co_return error_reply(request, removed.error());
  co_return nothing_left();
}

awaitable<Reply> list_unreachable_api(Services& services, Request request) {
  const auto keeper = keeper_in(request);
  auto deferred = service::list_unreachable(services.context, keeper);
  const auto rows = co_await await(std::move(deferred));
  if (!rows) co_return error_reply(request, rows.error());
  json::array all;
  for (const auto& row : *rows) all.push_back(unreachable_json(row));
  json::object answer;
  answer["unreachable"] = std::move(all);
  co_return private_json(answer);
}

}  // namespace convoke::web
