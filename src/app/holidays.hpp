// The holidays of an installation: those the program ships with, and the files of a folder over them.
#pragma once

#include "base/result.hpp"
#include "calendar/days_off.hpp"

#include <memory>
#include <string>

namespace convoke::app {

// Every file "*.tsv" of `folder`, in the order of their names, over the built-in days; the built-in ones
// alone for
// "". Errors: invalid_input, with the file and the line, for a folder that cannot be read or a file that says
// something else (calendar/holidays.hpp).
Result<std::shared_ptr<const calendar::DaysOff>> load_days_off(const std::string& folder);

}  // namespace convoke::app
