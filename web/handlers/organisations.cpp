#include "web/handlers/organisations.hpp"

#include "base/text.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/directory_forms.hpp"
#include "web/handlers/forms.hpp"
#include "web/handlers/json.hpp"
#include "web/handlers/json_members.hpp"
#include "web/pages/organisations_page.hpp"

#include <algorithm>
#include <array>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
using service::OrganisationPatch;
namespace json = boost::json;
using Pair = json::key_value_pair;

OrganisationProblem problem_of_organisation(const Error& error, const OrganisationEntry& entered) {
  switch (error.code) {
    case Errc::conflict:
      return error.message.find("itself") == std::string::npos ? OrganisationProblem::known
                                                               : OrganisationProblem::circle;
    case Errc::not_found:
      return OrganisationProblem::parent;
    case Errc::limit_exceeded:
      return length(entered.name) > 200 ? OrganisationProblem::name : OrganisationProblem::deep;
    case Errc::invalid_input:
      return trim(entered.name).empty() ? OrganisationProblem::name : OrganisationProblem::zone;
    default:
      return OrganisationProblem::other;
  }
}

OrganisationEntry entered_organisation(const Request& request) {
  const auto text = [&request](std::string_view name) {
    const auto value = field_of(request, name);
    return is_valid_utf8(value) ? value : std::string();
  };
  OrganisationEntry entry;
  entry.name = text("name");
  entry.zone = std::string(trim(text("zone")));
  entry.contact = text("contact");
  entry.language = language_of(field_of(request, "language")).value_or(Language::uk);
  entry.tier = tier_of(field_of(request, "tier")).value_or(Tier::association);
  if (const auto number = number_in(field_of(request, "parent"))) entry.parent.value = *number;
  return entry;
}

OrganisationPatch patch_of(const OrganisationEntry& entry) {
  OrganisationPatch patch;
  patch.name = entry.name;
  patch.zone = entry.zone;
  patch.contact = entry.contact;
  patch.language = entry.language;
  patch.tier = entry.tier;
  patch.parent = entry.parent;
  return patch;
}

// The page of all, or of the one with this number.
awaitable<Reply> organisations_page(Services& services, Request request, OrganisationsView view,
                                    OrganisationId one) {
  const auto actor = request.actor;
  auto deferred = service::organisation_tree(services.context, actor);
  auto rows = co_await await(std::move(deferred));
  if (!rows) co_return error_reply(request, rows.error());
  view.rows = std::move(*rows);
  const bool known = !one || std::any_of(view.rows.begin(), view.rows.end(),
                                         [one](const auto& row) { return row.organisation.id == one; });
  if (!known) co_return error_reply(request, 404, "there is no such organisation");
  const auto frame =
      frame_of(services, request, one ? organisation_path(one) : std::string("/manage/organisations"));
  auto html = one ? render_organisation(frame, view, one) : render_organisations(frame, view);
  co_return private_page(request, frame, std::move(html), view.problem ? 422 : 200);
}

std::optional<Error> read_name(const Pair& member, OrganisationPatch& into) {
  auto text = text_of(member);
  if (!text) return text.error();
  into.name = std::move(*text);
  return std::nullopt;
}

std::optional<Error> read_contact(const Pair& member, OrganisationPatch& into) {
  auto text = text_of(member);
  if (!text) return text.error();
  into.contact = std::move(*text);
  return std::nullopt;
}

std::optional<Error> read_zone(const Pair& member, OrganisationPatch& into) {
  auto text = text_of(member);
  if (!text) return text.error();
  into.zone = std::move(*text);
  return std::nullopt;
}

std::optional<Error> read_language(const Pair& member, OrganisationPatch& into) {
  const auto text = text_of(member);
  into.language = text ? language_of(*text) : std::nullopt;
  if (!into.language) return bad("language", "one of uk, be, ru, en");
  return std::nullopt;
}

std::optional<Error> read_tier(const Pair& member, OrganisationPatch& into) {
  const auto text = text_of(member);
  into.tier = text ? tier_of(*text) : std::nullopt;
  if (!into.tier) return bad("tier", "one of region, association, district, library");
  return std::nullopt;
}

std::optional<Error> read_parent(const Pair& member, OrganisationPatch& into) {
  if (member.value().is_null()) {
    into.parent = OrganisationId{};
    return std::nullopt;
  }
  const auto number = number_of(member);
  if (!number || *number <= 0) return bad("parent", "the number of an organisation, or null");
  into.parent = OrganisationId{*number};
  return std::nullopt;
}

constexpr std::array organisation_members = {
    Member<OrganisationPatch>{"name", read_name},     Member<OrganisationPatch>{"contact", read_contact},
    Member<OrganisationPatch>{"timezone", read_zone}, Member<OrganisationPatch>{"language", read_language},
    Member<OrganisationPatch>{"tier", read_tier},     Member<OrganisationPatch>{"parent", read_parent},
};

Result<OrganisationPatch> read_organisation(std::string_view body) {
  const auto object = read_object(body);
  if (!object) return object.error();
  OrganisationPatch patch;
  if (auto error = read_members<OrganisationPatch>(*object, patch, organisation_members)) return *error;
  return patch;
}

}  // namespace

awaitable<Reply> show_organisations(Services& services, Request request) {
  OrganisationsView view;
  view.entered.zone = services.context.settings.default_zone;
  view.entered.language = language_of_reader(request);
  view.saved = was_saved(request);
  const OrganisationId none;
  co_return co_await organisations_page(services, std::move(request), std::move(view), none);
}

awaitable<Reply> enter_organisation(Services& services, Request request) {
  OrganisationsView view;
  view.entered = entered_organisation(request);
  const auto actor = request.actor;
  auto deferred = service::add_organisation(services.context, actor, patch_of(view.entered));
  const auto stored = co_await await(std::move(deferred));
  if (stored) co_return Reply::redirect(saved("/manage/organisations"));
  if (is_ours(stored.error())) co_return error_reply(request, stored.error());
  view.problem = problem_of_organisation(stored.error(), view.entered);
  const OrganisationId none;
  co_return co_await organisations_page(services, std::move(request), std::move(view), none);
}

awaitable<Reply> show_organisation(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  OrganisationsView view;
  view.saved = was_saved(request);
  const OrganisationId id{*number};
  co_return co_await organisations_page(services, std::move(request), std::move(view), id);
}

awaitable<Reply> save_organisation(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  OrganisationsView view;
  view.entered = entered_organisation(request);
  const auto actor = request.actor;
  auto deferred =
      service::change_organisation(services.context, actor, OrganisationId{*number}, patch_of(view.entered));
  const auto stored = co_await await(std::move(deferred));
  if (stored) co_return Reply::redirect(saved(organisation_path(stored->id)));
  if (is_ours(stored.error())) co_return error_reply(request, stored.error());
  view.problem = problem_of_organisation(stored.error(), view.entered);
  const OrganisationId id{*number};
  co_return co_await organisations_page(services, std::move(request), std::move(view), id);
}

awaitable<Reply> add_organisation_api(Services& services, Request request) {
  auto patch = read_organisation(request.body);
  if (!patch) co_return error_reply(request, patch.error());
  const auto actor = request.actor;
  auto deferred = service::add_organisation(services.context, actor, std::move(*patch));
  const auto stored = co_await await(std::move(deferred));
  if (!stored) co_return error_reply(request, stored.error());
  auto reply = json_reply(organisation_json(*stored), 201);
  co_return reply;
}

awaitable<Reply> change_organisation_api(Services& services, Request request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) co_return error_reply(request, number.error());
  auto patch = read_organisation(request.body);
  if (!patch) co_return error_reply(request, patch.error());
  const auto actor = request.actor;
  auto deferred =
      service::change_organisation(services.context, actor, OrganisationId{*number}, std::move(*patch));
  const auto stored = co_await await(std::move(deferred));
  if (!stored) co_return error_reply(request, stored.error());
  co_return json_reply(organisation_json(*stored));
}

}  // namespace convoke::web
