// An entry of a calendar in the vocabulary that search engines and site builders read: schema.org/Event as
// JSON-LD.
#pragma once

#include "service/feed_entries.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace convoke::web {

// Always has @context, @type, @id, identifier, name, startDate, endDate, eventStatus, organizer and url;
// location, eventAttendanceMode, image, description, audience and superEvent where the event knows them. Days
// are inclusive and have no time; times have the offset of the event's zone. A series has eventSchedule, or
// its days as subEvent.
boost::json::object schema_event(const service::FeedEntry& entry, const service::Snapshot& snapshot,
                                 const std::string& base_url);

}  // namespace convoke::web
