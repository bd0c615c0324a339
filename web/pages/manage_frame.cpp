#include "web/pages/manage_frame.hpp"

#include <ctemplate/template_dictionary.h>

#include <array>

namespace convoke::web {
namespace {

// The sections of part_manage.html, in the order of Desk.
constexpr std::array sections = {"AT_CONTROL",   "AT_PLAN_DESK",   "AT_RULES",    "AT_OUTBOX",   "AT_TEXTS",
                                 "AT_DIRECTORY", "AT_UNREACHABLE", "AT_WEBHOOKS", "AT_ACCOUNTS", "AT_INTAKE"};

}  // namespace

void fill_manage_frame(ctemplate::TemplateDictionary& values, const Frame& frame, const std::string& title,
                       Desk desk) {
  fill_frame(values, frame, title, Place::workplace);
  values.ShowSection(sections.at(static_cast<std::size_t>(desk)));
}

}  // namespace convoke::web
