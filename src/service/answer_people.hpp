// Whose answer counts: who stands behind an item's work on a day, and who controls it. Asked in the
// transaction of the answer, so that a link of somebody who has handed the work over acts no more.
#pragma once

#include "base/date.hpp"
#include "db/unit.hpp"
#include "model/event.hpp"

#include <string>

namespace convoke::service {

// Whether the work is theirs: by name, by an office or a group they are in on that day, as head of the
// section, as deputy of one of these who is on leave, or because they control it. `who`: "person:12",
// "account:5"; nobody else answers.
bool answers_for(db::Unit& unit, const Event& event, const std::string& who, Date day);

// Whether they decide about it: the chair, the chair's deputy, an organiser or administrator of the
// association or of none.
bool controls(db::Unit& unit, const Event& event, const std::string& who, Date day);

// Whether somebody leads: the first responsible, or in the office or group that stands there.
bool leads(db::Unit& unit, const Event& event, const std::string& who, Date day);

// What somebody is called; empty when there is nobody.
std::string name_of_key(db::Unit& unit, const std::string& who);
Language language_of_key(db::Unit& unit, const std::string& who);

}  // namespace convoke::service
