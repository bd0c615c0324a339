// The form of a registration, and the page behind the link of its mails.
#pragma once

#include "model/certificate.hpp"
#include "service/registrations.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ctemplate {
class TemplateDictionary;
}

namespace convoke::web {

struct RegisterPage {
  const service::RegistrationOffer* offer = nullptr;
  service::RegistrationEntry entered;
  std::optional<service::RegistrationProblem> problem;
  std::string field;
  bool taken = false;           // a mail is on its way
  bool files_left_out = false;  // there was no room for them
  bool busy = false;            // nothing was stored: to be sent again in a moment

  RegisterPage() = default;
};
std::string render_register(const RegisterPage& page, const Frame& frame);

// Parts of it that the page of an invitation has as well: the event, the form's own, and why there is none.
void fill_register_event(ctemplate::TemplateDictionary& values, const Event& event,
                         const std::string& association, Language language);
void fill_register_form(ctemplate::TemplateDictionary& form, const RegisterPage& page, const Frame& frame);
std::string closed_text(const service::RegistrationOffer& offer, Language language);

struct RegistrationLinkPage {
  const service::RegistrationLinkView* view = nullptr;
  std::vector<Certificate> certificates;  // of the party, in force
  std::optional<service::RegistrationProblem> problem;
  std::string field;
  bool done = false, handed = false, moved = false, erased = false;
  bool file_sent = false;  // just now
  bool agreed = false;     // just now
  bool busy = false;       // the file was not taken: to be sent again in a moment

  RegistrationLinkPage() = default;
};
// `frame.address` is the page's own: where its forms go.
std::string render_registration_link(const RegistrationLinkPage& page, const Frame& frame);

}  // namespace convoke::web
