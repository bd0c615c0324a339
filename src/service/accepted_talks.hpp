// The one place where a call for papers meets the programme: what is accepted becomes a talk there, and what
// is not any more leaves it.
#pragma once

#include "model/submission.hpp"
#include "service/event_store.hpp"

namespace convoke::service {

// A talk in the section of the programme that is called as the paper's; without such a section it waits for
// one. Its event, if it has one by now, becomes paper.talk. Competitions have no talks: nothing happens.
// Errors: those of add_talk().
Result<void> add_to_programme(const Writing& writing, const Event& event, Submission& paper);
// The talk is cancelled, so that whoever has it in a calendar sees that; one that waits for a section goes.
// Errors: those of store_programme().
Result<void> take_from_programme(const Writing& writing, const Event& event, Submission& paper);

}  // namespace convoke::service
