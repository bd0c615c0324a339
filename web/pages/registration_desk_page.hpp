// The organiser's page of one event's registration: who comes, the settings, the form's own fields.
#pragma once

#include "service/registration_desk.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>

namespace convoke::web {

struct RegistrationDeskPage {
  const service::RegistrationDesk* desk = nullptr;
  std::optional<service::RegistrationSettings> entered;  // what could not be stored; none: as stored
  std::string problem;                                   // in the reader's language
  bool saved = false;
  std::string words;  // that were searched for
  std::optional<RegistrationState> state;
  int page = 0;
  service::RegistrationEntry adding;  // somebody by hand, as entered
  bool add_open = false;

  std::optional<service::FieldChange> trying;  // a field that is not stored yet
  std::optional<RegistrationForm> preview;     // the form as it would be with it

  RegistrationDeskPage() = default;
};
std::string render_registration_desk(const RegistrationDeskPage& page, const Frame& frame);

service::ExportWords export_words(Language language);

}  // namespace convoke::web
