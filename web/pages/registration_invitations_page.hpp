// Pages of invitations to register: the organiser's, and the one behind the link of the mail.
#pragma once

#include "service/registration_invitations.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>

namespace convoke::web {

struct InvitationsPage {
  const service::InvitationDesk* desk = nullptr;
  service::InvitationWish wish;                       // as entered
  std::optional<service::InvitationPreview> preview;  // who would get a mail, or has got one
  bool sent = false;
  std::optional<int> reminded;
  std::string problem;  // in the reader's language

  InvitationsPage() = default;
};
std::string registration_invitations_path(EventId event);  // "/manage/events/7/registration/invitations"
std::string render_registration_invitations(const InvitationsPage& page, const Frame& frame);

struct InvitedPage {
  const service::InvitedView* view = nullptr;
  service::RegistrationEntry entered;
  std::optional<service::RegistrationProblem> problem;
  std::string field;
  bool done = false;     // something was changed just now
  bool resumed = false;  // invitations are wanted again
  bool busy = false;     // nothing was stored: to be sent again in a moment
  bool erased = false;   // so are their data, and the link
  bool says_no = false;  // the link of the mail that says "I cannot come" led here

  InvitedPage() = default;
};
// `frame.address` is the page's own: where its forms go.
std::string render_invited(const InvitedPage& page, const Frame& frame);

}  // namespace convoke::web
