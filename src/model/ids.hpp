// The typed numbers of stored things.
#pragma once

#include "base/id.hpp"

namespace convoke {

using OrganisationId = Id<struct OrganisationTag>;
using PersonId = Id<struct PersonTag>;
using PlanId = Id<struct PlanTag>;
using EventId = Id<struct EventTag>;
using ReminderId = Id<struct ReminderTag>;
using TokenId = Id<struct TokenTag>;
using AccountId = Id<struct AccountTag>;
using SessionId = Id<struct SessionTag>;
using PersonalCalendarId = Id<struct PersonalCalendarTag>;
using SourceId = Id<struct SourceTag>;
using RosterId = Id<struct RosterTag>;
using AbsenceId = Id<struct AbsenceTag>;
using AnswerId = Id<struct AnswerTag>;
using RuleSetId = Id<struct RuleSetTag>;
using SubscriberId = Id<struct SubscriberTag>;
using WebhookId = Id<struct WebhookTag>;
using PlanEditId = Id<struct PlanEditTag>;
using IntakeId = Id<struct IntakeTag>;

}  // namespace convoke
