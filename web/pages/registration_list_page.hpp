// Registering many at once: choosing the table, what would become of each row, and what did.
#pragma once

#include "service/registration_list.hpp"
#include "web/pages/directory_import_page.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>

namespace convoke::web {

struct RegistrationListView {
  const service::RegistrationDesk* desk = nullptr;
  std::optional<service::RegistrationList> list;  // absent: a file is to be chosen
  bool committed = false;
  std::optional<ImportProblem> problem;

  RegistrationListView() = default;
};
std::string render_registration_list(const RegistrationListView& view, const Frame& frame);

}  // namespace convoke::web
