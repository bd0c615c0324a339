// What comes back to the mailbox that mails are sent from: answers of calendar programs, and mails that did
// not arrive. All of it is a stranger's claim: an answer counts only from whom it was asked, a report only of
// a mail that left here.
#pragma once

#include "base/deferred.hpp"
#include "service/context.hpp"

#include <string>

namespace convoke::service {

struct Received {
  enum class What {
    answer,    // stored
    outdated,  // a later answer is known already
    bounce,    // the address is marked and the chair is told
    nothing,   // taken and of no consequence: a delay, an automatic answer, a report of no mail of ours
    refused,   // not for this mailbox, or not to be believed; `why`
  };
  What what = What::nothing;
  std::string why;  // one line for the sender, in English, without names and addresses
};

// One mail as it came, in one transaction. Errors: limit_exceeded and unsupported_format for what is no mail
// that is read here; storage_unavailable.
//
// An answer (METHOD:REPLY) is believed when its ATTENDEE is the only author of the mail (From) and was sent a
// mail about the event of that UID. Who writes so in somebody's name is not found out here: that is the mail
// server's to refuse (SPF, DKIM). It changes nothing but what that person is said to have answered. Of two
// answers the one to the higher SEQUENCE counts, then the one with the later DTSTAMP (RFC 5546 2.1.5). When
// the one who leads declines, the chair is told.
//
// A report (RFC 3464) is believed when it brings back the Message-ID of a mail that was sent from here.
// Failed marks the address, and the mail as failed; delayed does nothing.
Deferred<Received> receive_mail(Context& context, std::string bytes);

}  // namespace convoke::service
