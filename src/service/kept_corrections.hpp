// What people put right in documents and what is therefore read so in the next ones (service/intake.hpp): to
// be looked at, and forgotten when it was wrong or holds no longer.
#pragma once

#include "base/deferred.hpp"
#include "model/intake.hpp"
#include "service/accounts.hpp"

#include <string>
#include <vector>

namespace convoke::service {

struct Context;

struct KeptCorrection {
  Correction correction;
  std::string organisation;  // its name
  std::string person;        // the name of the one who is meant, when the correction names a person
};

// Of the associations within the account's reach, by association, field and text. Errors: forbidden for those
// who may not edit.
Deferred<std::vector<KeptCorrection>> kept_corrections(Context& context, const SignedIn& who);

// The next document is read as if nobody had put that text right. Errors: forbidden, not_found.
Deferred<bool> forget_correction(Context& context, const SignedIn& who, OrganisationId organisation,
                                 CorrectedField field, std::string raw);

}  // namespace convoke::service
