// What a mail says of one event: the places of its text that every kind about an event shares.
#pragma once

#include "model/event.hpp"
#include "model/person.hpp"
#include "model/reminder.hpp"
#include "notify/mail_template.hpp"

#include <string>
#include <string_view>

namespace convoke::notify {

struct MailSettings;

// One line, valid UTF-8, cut: the event's page has it whole.
std::string mail_title(const Event& event);
// The address of the event's page; empty without a base_url.
std::string event_page(const Event& event, const MailSettings& settings);

// {title}, {kind}, {period}, {place}, {facts}, {agenda}, {page} for `reader`, and {name}, {keeper},
// {association}. Facts name the reader's part when the reader is one of the responsible.
void set_event(MailValues& values, const Event& event, const Person& reader, const MailSettings& settings);
// The last three alone, for mails about no single event.
void set_reader(MailValues& values, const Person& reader, const MailSettings& settings);

// Whether the plan names this person: by person, by name, or by post.
bool is_responsible(const Event& event, const Person& person);
// "Ярмак О.П., рада об'єднання": all whom the plan names, at most twenty.
std::string responsible_names(const Event& event);

// The event as it is on the day that `reminder` speaks of: a lesson that was moved or given another room is
// announced as it will be, not as the series says.
Event as_reminded(const Event& event, const Reminder& reminder);

// The day that a mail about `event` counts to, or from when it is past.
Date target_day(const Reminder& reminder, const Event& event, Date today);

}  // namespace convoke::notify
