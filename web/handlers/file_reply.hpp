// A file that somebody sent, handed out again: always to be saved, never shown in the site's own pages
// (threats D6).
#pragma once

#include "service/submissions.hpp"
#include "web/http.hpp"

#include <string>
#include <string_view>

namespace convoke::web {

// The value of Content-Disposition for a file of this name (RFC 6266): a plain one for old readers, and the
// name itself (RFC 8187).
std::string attachment_of(std::string_view name);

Reply file_reply(service::PaperFile file);

}  // namespace convoke::web
