// The report of a plan as a document. What it says is the face's to compose; here it is put on paper, where
// long work runs.
#pragma once

#include "base/deferred.hpp"
#include "documents/report_document.hpp"  // IWYU pragma: export
#include "service/context.hpp"

#include <string>
#include <string_view>

namespace convoke::service {

inline constexpr std::string_view report_media_type =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

// The bytes of the .docx. Errors: storage_unavailable when too much waits.
Deferred<std::string> write_report(Context& context, documents::ReportDocument report);

}  // namespace convoke::service
