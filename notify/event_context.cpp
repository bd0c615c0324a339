#include "notify/event_context.hpp"

namespace convoke::notify {

calendar::EventContext context_of(db::Unit& unit, const Event& event) {
  calendar::EventContext context;
  if (event.parent)
    if (const auto parent = unit.events().find(event.parent)) context.parent_uid = parent->uid;
  if (event.source)
    if (const auto source = unit.sources().find(event.source)) context.source_name = source->name;
  return context;
}

}  // namespace convoke::notify
