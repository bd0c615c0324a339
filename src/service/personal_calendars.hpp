// Calendars behind unguessable addresses: "what I am responsible for", "my association", "what I take part
// in". The address is shown once, when it is made; only its hash is stored. Who owns it decides what it shows
// at each reading, so that a change of role shows at once.
#pragma once

#include "base/deferred.hpp"
#include "model/account.hpp"
#include "service/accounts.hpp"
#include "service/context.hpp"
#include "service/feeds.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

inline constexpr std::size_t most_personal_calendars = 20;  // in force at once, an account
inline constexpr std::size_t longest_calendar_name = 100;   // bytes
inline constexpr std::size_t longest_calendar_query = 2000;

struct NewPersonalCalendar {
  PersonalScope scope = PersonalScope::responsible;
  std::string name;   // 1 to 100 bytes
  std::string query;  // "kind=meeting&alarms=1"; may be empty
};

struct IssuedCalendar {
  PersonalCalendarId id;
  std::string token;    // base64url of 192 random bits
  std::string address;  // "https://…/feeds/p/<token>.ics"
};

// Errors: invalid_input (name, query), limit_exceeded.
Deferred<IssuedCalendar> make_personal_calendar(Context& context, const SignedIn& who,
                                                NewPersonalCalendar calendar);
// In force and revoked, newest first.
Deferred<std::vector<PersonalCalendar>> personal_calendars_of(Context& context, const SignedIn& who);
// Errors: not_found, for another account's and for a revoked one too.
Deferred<bool> revoke_personal_calendar(Context& context, const SignedIn& who, PersonalCalendarId id);

// Which calendar the address shows now, for Feeds. `user_agent` is remembered as the app that read it, at
// most once a minute. Errors: not_found for a token that never was; gone for a revoked one or a closed
// account's (feeds.md rule 11), from the very next request on (threats G6); storage_unavailable.
Deferred<FeedRequest> personal_request(Context& context, std::string token, std::string user_agent);
// The same without asking the database, when it was asked before and nothing changed since; nothing
// otherwise. The hot path.
std::optional<Result<FeedRequest>> personal_request_if_known(Context& context, const std::string& token,
                                                             const std::string& user_agent);
// Its bytes. Errors: as above.
Deferred<std::shared_ptr<const FeedBody>> personal_feed(Context& context, Feeds& feeds, std::string token,
                                                        std::string user_agent,
                                                        FeedForm form = FeedForm::identity);

// "Google Calendar", "Apple Calendar", "Thunderbird", "Outlook", "DAVx5", "ICSx5", "Nextcloud", "Evolution",
// "Yandex"; else the first word of the header, cut to 40 characters.
std::string reader_named_by(const std::string& user_agent);

// "I take part": what the third scope shows. `attend` and `withdraw` are true when that was not so before.
// Errors: not_found for an event that is not there.
Deferred<bool> attend(Context& context, const SignedIn& who, EventId event);
Deferred<bool> withdraw(Context& context, const SignedIn& who, EventId event);
Deferred<bool> attends(Context& context, const SignedIn& who, EventId event);
Deferred<std::vector<EventId>> attended_events(Context& context, const SignedIn& who);

}  // namespace convoke::service
