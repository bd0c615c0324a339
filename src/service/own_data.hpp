// What everything that people fetch of themselves has in it (threats I4), whatever they sent.
#pragma once

#include "base/clock.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>

namespace convoke::db {
class Unit;
}

namespace convoke::service {

// Under `name`, when there is one.
void put_moment(boost::json::object& object, const char* name, const std::optional<Instant>& at);
// The mails to a recipient key (notify/recipients.hpp): about what, when, and what became of them.
boost::json::array mails_to(db::Unit& unit, const std::string& recipient);

}  // namespace convoke::service
