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
#include <string>
#include <vector>

namespace convoke::service {

inline constexpr std::size_t most_personal_calendars = 20;  // in force at once, an account

struct NewPersonalCalendar {
  PersonalScope scope = PersonalScope::responsible;
  std::string name;   // 1 to 100 bytes
  std::string query;  // "kind=meeting&alarms=1"; may be empty
};

struct IssuedCalendar {
  PersonalCalendarId id;
  std::string token;    // 22 bytes and more of base64url
  std::string address;  // "https://…/feeds/p/<token>.ics"
};

// Errors: invalid_input (name, query), limit_exceeded.
Deferred<IssuedCalendar> make_personal_calendar(Context& context, const SignedIn& who,
                                                NewPersonalCalendar calendar);
// In force and revoked, newest first.
Deferred<std::vector<PersonalCalendar>> personal_calendars_of(Context& context, const SignedIn& who);
// Errors: not_found, for another account's too.
Deferred<bool> revoke_personal_calendar(Context& context, const SignedIn& who, PersonalCalendarId id);

// What the address shows now. `user_agent` is remembered as the app that read it, at most once a minute.
// Errors: not_found for a token that never was; gone for a revoked one or a closed account;
// storage_unavailable.
Deferred<std::shared_ptr<const FeedBody>> personal_feed(Context& context, Feeds& feeds, std::string token,
                                                        std::string user_agent);

// "Google Calendar", "Apple Calendar", "Thunderbird", "Outlook", "DAVx5 / ICSx5", "Nextcloud", "Evolution",
// "Yandex"; else the first word of the header, cut to 40 characters.
std::string reader_named_by(const std::string& user_agent);

}  // namespace convoke::service
