// A copy of a document that does not say who wrote it: what word processors note beside the text (author,
// last modified by, company, template, the authors of comments and tracked changes) is taken out. What stands
// in the text itself, on its title page or in a picture, stays its author's to leave out.
#pragma once

#include "base/result.hpp"
#include "documents/upload_check.hpp"

#include <string>
#include <string_view>

namespace convoke::documents {

// Whether without_properties() knows this format. Of a PDF or a picture the properties stay.
bool has_removable_properties(UploadFormat format);

// Parts that are not about properties stay byte for byte; signatures go. Errors: those of
// parts_without_authors(), so no copy has a part that nobody could look through; unsupported_format for a
// format that is not known. Throws std::bad_alloc when memory is out.
Result<std::string> without_properties(std::string_view bytes, UploadFormat format);

}  // namespace convoke::documents
