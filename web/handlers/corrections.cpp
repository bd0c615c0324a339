#include "web/handlers/corrections.hpp"

#include "service/kept_corrections.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/forms.hpp"
#include "web/pages/corrections_page.hpp"

namespace convoke::web {

using boost::asio::awaitable;

awaitable<Reply> show_corrections(Services& services, Request request) {
  auto deferred = service::kept_corrections(services.context, *request.who);
  const auto kept = co_await await(std::move(deferred));
  if (!kept) co_return error_reply(request, kept.error());
  const auto frame = frame_of(services, request, "/manage/corrections");
  co_return private_page(request, frame, render_corrections(*kept, frame));
}

awaitable<Reply> forget_correction(Services& services, Request request) {
  const auto number = number_in(field_of(request, "organisation"));
  const auto field = corrected_field_of(field_of(request, "field"));
  if (!number || !field) {
    const Error incomplete(Errc::invalid_input, "the form is not complete");
    co_return error_reply(request, incomplete);
  }
  const OrganisationId organisation{*number};
  auto raw = field_of(request, "raw");
  auto deferred =
      service::forget_correction(services.context, *request.who, organisation, *field, std::move(raw));
  const auto forgotten = co_await await(std::move(deferred));
  // Pressed twice, or by two people: it is forgotten.
  if (!forgotten && forgotten.error().code != Errc::not_found)
    co_return error_reply(request, forgotten.error());
  co_return Reply::redirect("/manage/corrections");
}

}  // namespace convoke::web
