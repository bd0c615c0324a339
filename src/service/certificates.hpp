// Certificates of an event: what stands on them, giving them to those who came, writing one anew, taking one
// back; and the public answer to whether one is true. What is of another association is not found.
#pragma once

#include "base/deferred.hpp"
#include "model/certificate.hpp"
#include "model/event.hpp"
#include "service/certificate_sayings.hpp"
#include "service/context.hpp"
#include "service/registration_desk.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace convoke::service {

// In code points.
inline constexpr std::size_t longest_certificate_title = 100, longest_certificate_text = 1'000,
                             longest_signatory = 300;

struct CertificateDesk {
  Event event;
  CertificateSettings settings;
  std::vector<Certificate> register_rows;  // by number
  int attended = 0, registered = 0;        // people without a certificate, by their state
  std::map<CertificateId, std::vector<CertificateFact>> outdated;  // what each says and the event does not
  bool ready = false;  // the event has begun, and its days are known

  CertificateDesk() = default;
};

// Errors of these, but for the public ones below: unauthenticated, forbidden, not_found.
Deferred<CertificateDesk> certificate_desk(Context& context, Actor actor, DeskScope scope);

// All but the picture. Errors: invalid_input or limit_exceeded naming the field first ("'text_uk': …").
Deferred<CertificateSettings> save_certificate_settings(Context& context, Actor actor, DeskScope scope,
                                                        CertificateSettings settings);
// A PNG or a JPEG; empty: none any more. Errors: those of documents::read_picture(), after "'background': ".
Deferred<bool> put_certificate_background(Context& context, Actor actor, DeskScope scope, std::string bytes);

// Gives a certificate to all who came and have none; `registered_too`: also to those whom nobody saw at a
// door. How many there are now. Their mails are queued. Errors: conflict before the event began or while it
// has no day.
Deferred<int> issue_certificates(Context& context, Actor actor, DeskScope scope, bool registered_too);

// The number says that it is taken back. Again: nothing changes.
Deferred<Certificate> revoke_certificate(Context& context, Actor actor, DeskScope scope, CertificateId id);
// The same number with this name and what the event says now; in force again when it was revoked. Errors:
// invalid_input ("'name': …"), conflict when the person's data were erased.
Deferred<Certificate> reissue_certificate(Context& context, Actor actor, DeskScope scope, CertificateId id,
                                          std::string name);
// All that CertificateDesk::outdated has, each with its number and name; how many. Again: none. `tell`: their
// holders hear of it by a mail with the link, one a party.
Deferred<int> reissue_outdated_certificates(Context& context, Actor actor, DeskScope scope,
                                            bool tell = false);

// What anybody may know of a certificate who has its code.
struct CertificateCheck {
  Certificate certificate;        // without a name when it is revoked or erased
  std::string association, zone;  // of the event

  CertificateCheck() = default;
};
// `typed` as typed_certificate() takes it. Errors: not_found, also for what is no code, and when the number
// is that of another certificate.
Deferred<CertificateCheck> check_certificate(Context& context, std::string typed);

// Those in force of the party behind the link of a registration's mails. Errors: not_found.
Deferred<std::vector<Certificate>> certificates_of_link(Context& context, std::string token);

}  // namespace convoke::service
