// Neighbours' calendars as JSON, out and in.
#pragma once

#include "base/result.hpp"
#include "service/conflicts.hpp"
#include "service/sources.hpp"
#include "web/http.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace convoke::web {

// `with_address`: for those who may change it.
boost::json::object source_json(const CalendarSource& source, bool with_address);
boost::json::object reading_json(const service::SourceReading& reading);
boost::json::object conflict_json(const service::FoundConflict& conflict, const std::string& base_url);

// Members: url (required), name, every, shared, organisation. Errors: invalid_input naming the member.
Result<service::NewSource> read_new_source(std::string_view body);
// The same from the query beside an uploaded calendar, without url and every.
Result<service::NewSource> read_upload_query(const Pairs& query);

}  // namespace convoke::web
