#include "service/own_data.hpp"

#include "db/store.hpp"

namespace convoke::service {

namespace json = boost::json;

void put_moment(json::object& object, const char* name, const std::optional<Instant>& at) {
  if (at) object[name] = format_iso(*at);
}

json::array mails_to(db::Unit& unit, const std::string& recipient) {
  db::ReminderSelection selection;
  selection.recipient = recipient;
  json::array mails;
  for (const auto& row : unit.reminders().list(selection)) {
    json::object mail;
    mail["about"] = name_of(row.reason);
    mail["due"] = format_iso(row.due);
    mail["state"] = name_of(row.state);
    mails.push_back(std::move(mail));
  }
  return mails;
}

}  // namespace convoke::service
