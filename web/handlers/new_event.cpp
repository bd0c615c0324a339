#include "web/handlers/new_event.hpp"

#include "base/text.hpp"
#include "service/new_event.hpp"
#include "service/periods.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/forms.hpp"
#include "web/pages/event_details_page.hpp"
#include "web/pages/links.hpp"
#include "web/pages/new_event_page.hpp"

#include <utility>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

service::EventEntry entry_in(const Request& request) {
  service::EventEntry typed;
  typed.title = field_of(request, "title");
  typed.period = field_of(request, "period");
  typed.responsible = field_of(request, "responsible");
  for (auto* text : {&typed.title, &typed.responsible}) std::erase(*text, '\r');
  typed.kind = event_kind_of(field_of(request, "kind"));
  if (const auto chosen = number_in(field_of(request, "organisation")))
    typed.organisation = OrganisationId{*chosen};
  if (const auto known = number_in(field_of(request, "known"))) typed.known = EventId{*known};
  return typed;
}

Reply page_of(const Services& services, const Request& request, const service::Snapshot& snapshot,
              const NewEventPage& page, unsigned status) {
  const auto frame = frame_of(services, request, new_event_path);
  // Its script asks how a period is read.
  return with_fetching(private_page(request, frame, render_new_event(page, snapshot, frame), status));
}

bool was_read(const Request& request, const service::EventEntry& typed) {
  return collapse_spaces(typed.period) == collapse_spaces(field_of(request, "read"));
}

}  // namespace

awaitable<Reply> show_new_event(Services& services, Request request) {
  const auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  NewEventPage page;
  page.typed.organisation = request.who->organisation;
  co_return page_of(services, request, **snapshot, page, 200);
}

awaitable<Reply> add_event(Services& services, Request request) {
  const auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  NewEventPage page;
  page.typed = entry_in(request);
  page.problems = service::check_entry(page.typed, today(services));
  const auto frame = frame_of(services, request, new_event_path);
  if (!page.typed.organisation && organisations_to_choose(**snapshot, frame).size() > 1)
    page.problems.push_back({"organisation", service::RowFault::missing});
  if (!page.problems.empty()) co_return page_of(services, request, **snapshot, page, 422);
  page.reading = service::understand_coming_period(page.typed.period, today(services));
  if (!was_read(request, page.typed)) co_return page_of(services, request, **snapshot, page, 200);
  auto deferred = service::enter_event(services.context, request.actor, page.typed);
  const auto entered = co_await await(std::move(deferred));
  if (!entered) co_return error_reply(request, entered.error());
  if (entered->event)
    co_return Reply::redirect(with_query(event_details_path(entered->event), "done", "added"));
  page.known = entered->known;
  const auto now = co_await snapshot_of(services);
  if (!now) co_return error_reply(request, now.error());
  const Event* known = (*now)->find_event(page.known);
  page.known_title = known != nullptr ? known->title : page.typed.title;
  co_return page_of(services, request, **now, page, 409);
}

}  // namespace convoke::web
