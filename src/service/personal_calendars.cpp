#include "service/personal_calendars.hpp"

#include "base/id.hpp"
#include "base/text.hpp"
#include "db/store.hpp"
#include "service/calendar_addresses.hpp"
#include "service/query_string.hpp"

#include <algorithm>
#include <utility>

namespace convoke::service {
namespace {

constexpr std::size_t token_bytes = 24, token_length = 32;

db::Author author_of(const Context& context, const SignedIn& who) {
  return {actor_of(who).name, context.clock.now()};
}

std::string address_of(const Context& context, const std::string& token) {
  return context.settings.base_url + "/feeds/p/" + token + ".ics";
}

bool is_token(const std::string& text) {
  return text.size() == token_length && std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                  c == '_';
         });
}

Error unknown() {
  return {Errc::not_found, "there is no such calendar"};
}
Error withdrawn() {
  return {Errc::gone, "this calendar has been withdrawn; remove it from your app"};
}

// The calendar that `address` shows now; `token` is what it was found by.
Result<FeedRequest> request_of(const Context& context, const CalendarAddress& address,
                               const std::string& token) {
  const auto& [calendar, account, attended, change] = address;
  if (calendar.revoked || account.closed) return withdrawn();
  auto query = parse_query_string(calendar.query);
  // It was accepted when it was stored; a version that knows its filters no longer shows all of the scope.
  FeedRequest request(query ? std::move(*query) : calendar::FeedQuery{});
  request.name = calendar.name;
  request.source = address_of(context, token);
  if (!request.query.language) request.query.language = account.language;
  switch (calendar.scope) {
    case PersonalScope::responsible:
      request.query.responsible.clear();
      if (account.person)
        request.query.people = {account.person};
      else
        request.only.emplace();
      break;
    case PersonalScope::association:
      if (account.organisation) request.query.organisations = {account.organisation};
      break;
    case PersonalScope::registrations:
      request.only = attended;
      break;
  }
  return request;
}

// Whose events a calendar shows is its scope's to say. Errors: invalid_input.
Result<void> check_scope(PersonalScope scope, const calendar::FeedQuery& query) {
  if (scope == PersonalScope::responsible && !(query.people.empty() && query.responsible.empty()))
    return Error{Errc::invalid_input,
                 "this calendar shows what you are responsible for; leave out responsible="};
  if (scope == PersonalScope::association && !query.organisations.empty())
    return Error{Errc::invalid_input, "this calendar shows your own association; leave out organisation="};
  return {};
}

// What a reading of `address` comes to; one that is answered is remembered.
Result<FeedRequest> read_by(Context& context, const CalendarAddress& address, const std::string& token,
                            const std::string& user_agent) {
  auto request = request_of(context, address, token);
  if (request)
    context.calendar_addresses->note_reading(context.store, address, reader_named_by(user_agent),
                                             context.clock.now());
  return request;
}

}  // namespace

Deferred<IssuedCalendar> make_personal_calendar(Context& context, const SignedIn& who,
                                                NewPersonalCalendar wanted) {
  using Issued = Deferred<IssuedCalendar>;
  PersonalCalendar calendar;
  if (!is_valid_utf8(wanted.name)) return Issued::ready(Error{Errc::invalid_input, "the name is not UTF-8"});
  calendar.name = collapse_spaces(strip_controls(wanted.name));
  if (calendar.name.empty() || calendar.name.size() > longest_calendar_name)
    return Issued::ready(Error{Errc::invalid_input, "a calendar needs a name of 1 to 100 bytes"});
  if (wanted.query.size() > longest_calendar_query)
    return Issued::ready(Error{Errc::invalid_input, "the filter is longer than 2000 bytes"});
  const auto query = parse_query_string(wanted.query);
  if (!query) return Issued::ready(query.error());
  if (const auto fits = check_scope(wanted.scope, *query); !fits) return Issued::ready(fits.error());
  calendar.query = calendar::canonical(*query);
  calendar.account = who.account;
  calendar.scope = wanted.scope;
  calendar.created = context.clock.now();
  IssuedCalendar issued;
  issued.token = random_token(token_bytes);
  issued.address = address_of(context, issued.token);
  calendar.hash = sha256_hex(issued.token);
  return context.store.write(
      author_of(context, who), [calendar, issued](db::Unit& unit) mutable -> Result<IssuedCalendar> {
        if (unit.personal_calendars().count_in_force(calendar.account) >=
            static_cast<int>(most_personal_calendars))
          return Error{Errc::limit_exceeded, "there are 20 calendars in force already; withdraw one first"};
        issued.id = unit.personal_calendars().insert(calendar);
        return issued;
      });
}

Deferred<std::vector<PersonalCalendar>> personal_calendars_of(Context& context, const SignedIn& who) {
  return context.store.read(
      [account = who.account](db::Unit& unit) { return unit.personal_calendars().of_account(account); });
}

Deferred<bool> revoke_personal_calendar(Context& context, const SignedIn& who, PersonalCalendarId id) {
  return context.store.write(
      author_of(context, who),
      [account = who.account, id, now = context.clock.now()](db::Unit& unit) -> Result<bool> {
        const auto calendar = unit.personal_calendars().find(id);
        if (!calendar || calendar->account != account || !unit.personal_calendars().revoke(id, now))
          return unknown();
        return true;
      });
}

std::optional<Result<FeedRequest>> personal_request_if_known(Context& context, const std::string& token,
                                                             const std::string& user_agent) {
  if (!is_token(token)) return Result<FeedRequest>(unknown());
  const auto address = context.calendar_addresses->find(sha256_hex(token), context.store.last_change());
  if (!address) return std::nullopt;
  return read_by(context, *address, token, user_agent);
}

Deferred<FeedRequest> personal_request(Context& context, std::string token, std::string user_agent) {
  return Deferred<FeedRequest>([&context, token = std::move(token),
                                user_agent = std::move(user_agent)](Deferred<FeedRequest>::Completion done) {
    if (auto known = personal_request_if_known(context, token, user_agent)) return done(std::move(*known));
    using Found = std::shared_ptr<const CalendarAddress>;
    context.store
        .read([addresses = context.calendar_addresses, hash = sha256_hex(token)](db::Unit& unit) {
          return addresses->read(unit, hash);
        })
        .start([&context, token, user_agent, done](Result<Found> found) {
          if (!found) return done(found.error());
          if (!*found) return done(unknown());
          done(read_by(context, **found, token, user_agent));
        });
  });
}

Deferred<std::shared_ptr<const FeedBody>> personal_feed(Context& context, Feeds& feeds, std::string token,
                                                        std::string user_agent, FeedForm form) {
  using Body = std::shared_ptr<const FeedBody>;
  auto asked = personal_request(context, std::move(token), std::move(user_agent));
  return Deferred<Body>([&feeds, form, asked = std::move(asked)](Deferred<Body>::Completion done) mutable {
    std::move(asked).start([&feeds, form, done = std::move(done)](Result<FeedRequest> request) {
      if (!request) return done(request.error());
      feeds.body(std::move(*request), form).start(done);
    });
  });
}

}  // namespace convoke::service
