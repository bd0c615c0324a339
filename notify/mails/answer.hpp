// Mails about answers: to the one who controls, and to the one who answered (notify/answer_text.hpp).
#pragma once

#include "notify/composer.hpp"

namespace convoke::notify {

// Superseded when the answer or its event is gone; a request to decide also when it has been decided.
Composition compose_answer(const Composing& composing);
// Superseded when the answer or its event is gone.
Composition compose_decision(const Composing& composing);

}  // namespace convoke::notify
