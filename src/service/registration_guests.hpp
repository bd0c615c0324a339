// Who of those whom an organiser wants to ask gets a mail, inside the caller's transaction.
#pragma once

#include "db/unit.hpp"
#include "service/registration_invitations.hpp"

namespace convoke::service {

// Errors: those of preview_invitations().
Result<InvitationPreview> judged_guests(db::Unit& unit, const DeskScope& scope, const Event& event,
                                        const InvitationWish& wish, Instant now);

// How many are in the roster on that day.
std::size_t members_on(const Roster& roster, Date day);

}  // namespace convoke::service
