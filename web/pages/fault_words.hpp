// Why something that was entered or uploaded cannot be used, in the reader's words: services say it in English,
// for programs and logs.
#pragma once

#include "base/result.hpp"
#include "model/language.hpp"

#include <string>

namespace convoke::web {

// Never English in another language: what is not known by its words is told by its code.
std::string fault_text(const Error& error, Language language);

}  // namespace convoke::web
