// Any bytes as a form with files: what is accepted lies within the body, is clean, and written again reads
// the same. The first line of the input is the boundary.
#include "base/text.hpp"
#include "web/multipart.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace convoke;

void require(bool holds) {
  if (!holds) std::abort();
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  return out + "\"";
}

bool has_line_end(const std::string& text) {
  return text.find_first_of("\r\n") != std::string::npos;
}

// The same form as a browser would send it; empty when a name could not stand in a header.
std::string written(const web::Multipart& form, std::string_view body, const std::string& boundary) {
  std::string out;
  for (const auto& [name, value] : form.fields) {
    if (has_line_end(name)) return {};
    out += "--" + boundary + "\r\nContent-Disposition: form-data; name=" + quoted(name) + "\r\n\r\n" + value +
           "\r\n";
  }
  for (const auto& file : form.files) {
    if (has_line_end(file.field)) return {};
    out += "--" + boundary + "\r\nContent-Disposition: form-data; name=" + quoted(file.field) +
           "; filename=" + quoted(file.file_name) + "\r\n\r\n" +
           std::string(body.substr(file.begin, file.size)) + "\r\n";
  }
  return out + "--" + boundary + "--\r\n";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto line = text.find('\n');
  const auto first = text.substr(0, line);
  const std::string boundary = web::multipart_boundary("multipart/form-data; boundary=" + std::string(first));
  if (boundary.empty()) return 0;
  require(boundary.size() <= web::longest_boundary);
  const auto body = line == std::string_view::npos ? std::string_view() : text.substr(line + 1);
  web::MultipartLimits limits;
  limits.parts = 50;
  const auto form = web::parse_multipart(body, boundary, limits);
  if (!form) return 0;
  require(form->fields.size() + form->files.size() <= limits.parts);
  for (const auto& [name, value] : form->fields) {
    require(is_valid_utf8(name) && is_valid_utf8(value));
    require(value.find('\0') == std::string::npos);
  }
  for (const auto& file : form->files) {
    require(file.begin <= body.size() && file.size <= body.size() - file.begin);
    require(is_valid_utf8(file.file_name) && file.file_name.find_first_of("/\\\r\n") == std::string::npos);
    require(body.substr(file.begin, file.size).find("\r\n--" + boundary) == std::string_view::npos);
  }
  const auto again = written(*form, body, boundary);
  if (again.empty()) return 0;
  const auto reread = web::parse_multipart(again, boundary, limits);
  require(reread.has_value());
  require(reread->fields == form->fields && reread->files.size() <= form->files.size());
  return 0;
}
