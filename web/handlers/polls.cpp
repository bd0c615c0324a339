#include "web/handlers/polls.hpp"

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "service/polls.hpp"
#include "web/await.hpp"
#include "web/csrf.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/directory_forms.hpp"
#include "web/handlers/forms.hpp"
#include "web/handlers/mail_links.hpp"
#include "web/i18n.hpp"
#include "web/pages/links.hpp"
#include "web/pages/polls_page.hpp"

#include <algorithm>

namespace convoke::web {
namespace {

using boost::asio::awaitable;

constexpr std::size_t most_fields = 20;    // of an answer
constexpr std::size_t suggested_days = 4;  // of those that are free
constexpr int usual_days_to_answer = 7;
constexpr std::string_view link_path = "/poll/";

Result<EventId> event_in(const Request& request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) return number.error();
  return EventId{*number};
}
Result<PollId> poll_in(const Request& request) {
  const auto number = number_in(request.captures.at(0));
  if (!number) return number.error();
  return PollId{*number};
}

// What the form begins with: free days, who is responsible, a week to answer.
NewPollForm suggested(const service::PollChoices& choices, const service::DayChoice& days, Date today) {
  NewPollForm form;
  std::vector<Date> free;
  for (const auto& one : days.free)
    if (one.day > add_days(today, 1) && free.size() < suggested_days) free.push_back(one.day);
  std::sort(free.begin(), free.end());
  const Period& period = choices.event.period;
  for (std::size_t i = 0; i < free.size(); ++i) {
    form.days.at(i).date = format_iso(free[i]);
    if (period.time) form.days.at(i).time = format_iso(*period.time);
    if (period.end_time) form.days.at(i).end_time = format_iso(*period.end_time);
  }
  for (const auto person : choices.responsible) form.people.insert(person);
  Date last = add_days(today, usual_days_to_answer);
  if (!free.empty()) last = std::max(today, std::min(last, add_days(free.front(), -1)));
  form.last_day = format_iso(last);
  return form;
}

NewPollForm form_in(const Request& request) {
  NewPollForm form;
  for (std::size_t i = 0; i < form.days.size(); ++i) {
    const auto n = std::to_string(i);
    form.days[i] = {field_of(request, "day-" + n), field_of(request, "time-" + n),
                    field_of(request, "end-" + n)};
  }
  for (const auto& one : fields_of(request, "person"))
    if (const auto number = number_in(one)) form.people.insert(PersonId{*number});
  for (const auto& one : fields_of(request, "group"))
    if (const auto number = number_in(one)) form.groups.insert(RosterId{*number});
  form.note = field_of(request, "note");
  std::erase(form.note, '\r');
  form.last_day = field_of(request, "last_day");
  return form;
}

// Errors: invalid_input with the field before a colon.
Result<service::NewPoll> poll_of(const NewPollForm& form, EventId event, const service::SignedIn& who) {
  service::NewPoll poll;
  poll.event = event;
  for (const auto& typed : form.days) {
    if (typed.date.empty()) continue;
    const auto day = parse_iso_date(typed.date);
    if (!day) return Error(Errc::invalid_input, "days: " + day.error().message);
    PollDay one;
    one.day = *day;
    for (const auto& [text, member] :
         {std::pair(&typed.time, &PollDay::time), std::pair(&typed.end_time, &PollDay::end_time)}) {
      if (text->empty()) continue;
      const auto time = parse_iso_time(*text);
      if (!time) return Error(Errc::invalid_input, "days: " + time.error().message);
      one.*member = *time;
    }
    poll.days.push_back(one);
  }
  const auto last = parse_iso_date(form.last_day);
  if (!last) return Error(Errc::invalid_input, "last_day: " + last.error().message);
  poll.last_day = *last;
  poll.people.assign(form.people.begin(), form.people.end());
  poll.groups.assign(form.groups.begin(), form.groups.end());
  poll.note = form.note;
  kept_by(poll, who);
  return poll;
}

awaitable<Reply> new_poll_page(Services& services, Request request, EventId event,
                               std::optional<NewPollForm> form) {
  auto choosing = service::poll_choices(services.context, keeper_in(request), event);
  const auto choices = co_await await(std::move(choosing));
  if (!choices) co_return error_reply(request, choices.error());
  if (choices->open) co_return Reply::redirect(poll_path(*choices->open));
  auto snapshot = co_await snapshot_of(services);
  if (!snapshot) co_return error_reply(request, snapshot.error());
  auto looking = service::day_choice(services.context, *snapshot, request.actor, event);
  const auto days = co_await await(std::move(looking));
  if (!days) co_return error_reply(request, days.error());
  const bool again = form.has_value();
  const Date now = civil_date(services.context.clock.now(), service::zone_of(choices->event));
  if (!again) form = suggested(*choices, *days, now);
  const auto frame = frame_of(services, request, new_poll_path(event));
  co_return private_page(request, frame, render_new_poll(*choices, *days, *form, frame), again ? 422 : 200);
}

std::vector<PollChoice> choices_in(const Request& request) {
  std::vector<PollChoice> choices;
  for (std::size_t i = 0; i < most_poll_days; ++i)
    if (const auto choice = poll_choice_of(field_of(request, "choice-" + std::to_string(i))))
      choices.push_back(*choice);
  return choices;
}

}  // namespace

void kept_by(service::NewPoll& poll, const service::SignedIn& who) {
  poll.keeper = "account:" + std::to_string(who.account.value);
  poll.keeper_name = who.name;
}

awaitable<Reply> show_new_poll(Services& services, Request request) {
  const auto event = event_in(request);
  if (!event) co_return error_reply(request, event.error());
  co_return co_await new_poll_page(services, std::move(request), *event, std::nullopt);
}

awaitable<Reply> open_event_poll(Services& services, Request request) {
  const auto event = event_in(request);
  if (!event) co_return error_reply(request, event.error());
  auto form = form_in(request);
  auto wanted = poll_of(form, *event, *request.who);
  if (!wanted) {
    form.problem = wanted.error().message;
    co_return co_await new_poll_page(services, std::move(request), *event, std::move(form));
  }
  auto deferred = service::open_poll(services.context, keeper_in(request), std::move(*wanted));
  const auto opened = co_await await(std::move(deferred));
  if (opened) co_return Reply::redirect(with_query(poll_path(*opened), "done", "opened"));
  const auto code = opened.error().code;
  if (code != Errc::invalid_input && code != Errc::limit_exceeded)
    co_return error_reply(request, opened.error());
  form.problem = opened.error().message;
  co_return co_await new_poll_page(services, std::move(request), *event, std::move(form));
}

awaitable<Reply> show_poll(Services& services, Request request) {
  const auto poll = poll_in(request);
  if (!poll) co_return error_reply(request, poll.error());
  auto deferred = service::view_poll(services.context, keeper_in(request), *poll);
  auto view = co_await await(std::move(deferred));
  if (!view) co_return error_reply(request, view.error());
  PollDesk desk;
  desk.view = std::move(*view);
  desk.done = request.query_value("done").value_or("");
  desk.now = services.context.clock.now();
  const auto frame = frame_of(services, request, poll_path(*poll));
  co_return private_page(request, frame, render_poll(desk, frame));
}

awaitable<Reply> remind_of_poll(Services& services, Request request) {
  const auto poll = poll_in(request);
  if (!poll) co_return error_reply(request, poll.error());
  auto deferred = service::remind_poll(services.context, keeper_in(request), *poll);
  const auto reminded = co_await await(std::move(deferred));
  if (reminded) co_return Reply::redirect(with_query(poll_path(*poll), "done", "reminded"));
  // Whoever was slower sees how it stands.
  if (reminded.error().code == Errc::conflict) co_return Reply::redirect(poll_path(*poll));
  co_return error_reply(request, reminded.error());
}

awaitable<Reply> close_event_poll(Services& services, Request request) {
  const auto poll = poll_in(request);
  if (!poll) co_return error_reply(request, poll.error());
  std::optional<std::size_t> winner;
  if (const auto chosen = field_of(request, "winner"); !chosen.empty()) {
    // The first day is number 0, which number_in() knows as none.
    const auto number = chosen == "0" ? Result<std::int64_t>(0) : number_in(chosen);
    if (!number) co_return error_reply(request, number.error());
    winner = static_cast<std::size_t>(*number);
  }
  auto deferred = service::close_poll(services.context, keeper_in(request), *poll, winner);
  const auto closed = co_await await(std::move(deferred));
  if (closed) co_return Reply::redirect(with_query(poll_path(*poll), "done", "closed"));
  if (closed.error().code == Errc::conflict) co_return Reply::redirect(poll_path(*poll));
  co_return error_reply(request, closed.error());
}

awaitable<Reply> show_poll_link(Services& services, Request request) {
  auto deferred = service::view_poll_link(services.context, request.captures.at(0));
  const auto page = co_await await(std::move(deferred));
  if (!page) co_return no_mail_link(services, request, link_path, page.error());
  const auto frame = mail_link_frame(services, request, link_path, page->language);
  co_return mail_link_reply(request, frame, render_poll_link(*page, false, frame), 200);
}

awaitable<Reply> take_poll_answer(Services& services, Request request) {
  const auto read = read_form(request, most_fields);
  if (!read) co_return error_reply(request, read.error());
  if (field_of(request, "answer").empty()) {
    const Error error(Errc::invalid_input, "the form is not complete");
    co_return error_reply(request, error);
  }
  const auto choices = choices_in(request);
  auto note = field_of(request, "note");
  std::erase(note, '\r');
  auto deferred = service::answer_poll(services.context, request.captures.at(0), choices, note);
  const auto page = co_await await(std::move(deferred));
  if (page) {
    const auto frame = mail_link_frame(services, request, link_path, page->language);
    const unsigned status = page->stored ? 200 : 409;
    co_return mail_link_reply(request, frame, render_poll_link(*page, false, frame), status);
  }
  const auto code = page.error().code;
  if (code != Errc::invalid_input && code != Errc::limit_exceeded)
    co_return no_mail_link(services, request, link_path, page.error());
  auto looked_up = service::view_poll_link(services.context, request.captures.at(0));
  auto again = co_await await(std::move(looked_up));
  if (!again) co_return no_mail_link(services, request, link_path, again.error());
  // As it was entered, so that nothing is typed twice.
  again->voice.note = note;
  const auto frame = mail_link_frame(services, request, link_path, again->language);
  co_return mail_link_reply(request, frame, render_poll_link(*again, true, frame), 422);
}

}  // namespace convoke::web
