// What a file that a stranger sends really is, by its bytes: its name is only a hint. Nothing is unpacked but
// the two small parts of an archive that say what it holds, within the limits of documents/archive.hpp. What
// can run on its reader's machine (macros, scripts) is refused whatever it calls itself.
#pragma once

#include "base/result.hpp"

#include <optional>
#include <string_view>

namespace convoke::documents {

enum class UploadFormat { pdf, docx, odt, pptx, jpeg, png };

// Errors: invalid_input for an empty or damaged file, one whose extension says something else, and one with
// macros; unsupported_format for anything that is none of these; limit_exceeded for an archive beyond the
// limits.
Result<UploadFormat> check_upload(std::string_view bytes, std::string_view file_name);

}  // namespace convoke::documents
