#include "web/multipart.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <optional>

namespace convoke::web {
namespace {

constexpr std::string_view line_end = "\r\n";

Error broken(const char* what) {
  return {Errc::invalid_input, std::string("the form cannot be read: ") + what};
}

bool is_boundary_char(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || std::string_view("'()+_,-./:=?").find(c) != std::string_view::npos;
}

// `text` as far as it is the value of a parameter: quoted, with \" and \\ undone, or a token. Browsers write
// '"' in a file's name as %22 and escape nothing else (HTML, multipart/form-data encoding algorithm).
std::optional<std::string> parameter_value(std::string_view& text) {
  std::string value;
  if (!text.starts_with('"')) {
    const auto end = std::min(text.find(';'), text.size());
    value = std::string(trim(text.substr(0, end)));
    text.remove_prefix(end);
    return value;
  }
  text.remove_prefix(1);
  while (!text.empty() && text.front() != '"') {
    // Some browsers write the backslashes of a Windows path as they are: only \" and \\ are escapes.
    if (text.size() > 1 && text[0] == '\\' && (text[1] == '"' || text[1] == '\\')) text.remove_prefix(1);
    value += text.front();
    text.remove_prefix(1);
  }
  if (text.empty()) return std::nullopt;
  text.remove_prefix(1);
  return value;
}

// The parameters of a header's value, behind its first ";".
std::optional<Pairs> parameters(std::string_view value) {
  Pairs all;
  while (true) {
    value = trim(value);
    if (value.empty()) return all;
    if (value.front() != ';') return std::nullopt;
    value = trim(value.substr(1));
    if (value.empty()) return all;
    const auto equals = value.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string name = to_lower(trim(value.substr(0, equals)));
    value = trim(value.substr(equals + 1));
    auto read = parameter_value(value);
    if (!read) return std::nullopt;
    all.emplace_back(name, std::move(*read));
  }
}

struct PartHead {
  std::string name;
  std::optional<std::string> file_name;
  std::string type;
};

Result<void> read_disposition(std::string_view value, PartHead& head) {
  const auto semicolon = std::min(value.find(';'), value.size());
  if (!same_name(trim(value.substr(0, semicolon)), "form-data")) return broken("a part is no field");
  const auto all = parameters(value.substr(semicolon));
  if (!all) return broken("a part's name cannot be read");
  bool named = false;
  for (const auto& [name, text] : *all) {
    if (name == "name") {
      if (named) return broken("a part has two names");
      head.name = text;
      named = true;
    } else if (name == "filename") {
      if (head.file_name) return broken("a file has two names");
      head.file_name = text;
    }
  }
  if (!named) return broken("a part has no name");
  return {};
}

// `lines`: the header lines of a part, without the empty one.
Result<PartHead> read_head(std::string_view lines) {
  PartHead head;
  bool seen = false;
  while (!lines.empty()) {
    const auto end = std::min(lines.find(line_end), lines.size());
    const auto line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + line_end.size(), lines.size()));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return broken("a part's header has no name");
    const auto value = trim(line.substr(colon + 1));
    if (same_name(line.substr(0, colon), "content-disposition")) {
      if (seen) return broken("a part is described twice");
      seen = true;
      if (const auto read = read_disposition(value, head); !read) return read.error();
    } else if (same_name(line.substr(0, colon), "content-type")) {
      head.type = to_lower(to_valid_utf8(value));
    }
  }
  if (!seen) return broken("a part has no name");
  return head;
}

// A text that a person typed or pasted. What the clipboard brings may hold anything: Word breaks lines inside
// a cell by a vertical tab.
Result<std::string> field_text(std::string_view bytes) {
  if (!is_valid_utf8(bytes)) return broken("a field is not valid UTF-8");
  std::string text(bytes);
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool kept = c == '\t' || c == '\n' || c == '\r' || (byte >= 0x20 && byte != 0x7F);
    if (!kept) c = ' ';
  }
  return text;
}

std::string clean_file_name(std::string_view name) {
  const auto folder = name.find_last_of("/\\");
  if (folder != std::string_view::npos) name.remove_prefix(folder + 1);
  return ellipsize(collapse_spaces(strip_controls(to_valid_utf8(name))), 200);
}

class Reader {
 public:
  Reader(std::string_view body, std::string_view boundary, const MultipartLimits& limits)
      : body_(body), limits_(limits), mark_("\r\n--" + std::string(boundary)) {}

  Result<Multipart> read() {
    const auto first = std::string_view(mark_).substr(line_end.size());
    // The first boundary has no line end before it when nothing else has.
    if (body_.starts_with(first)) {
      at_ = first.size();
    } else {
      const auto found = body_.find(mark_);
      if (found == std::string_view::npos) return broken("it has no boundary");
      at_ = found + mark_.size();
    }
    while (true) {
      const auto rest = body_.substr(at_);
      if (rest.starts_with("--")) return std::move(form_);
      if (const auto taken = part(); !taken) return taken.error();
    }
  }

 private:
  // The part that begins behind the boundary at at_; leaves at_ behind the next boundary.
  Result<void> part() {
    if (++parts_ > limits_.parts)
      return Error{Errc::limit_exceeded,
                   "the form has more than " + std::to_string(limits_.parts) + " fields"};
    while (at_ < body_.size() && (body_[at_] == ' ' || body_[at_] == '\t')) ++at_;
    if (!body_.substr(at_).starts_with(line_end)) return broken("it breaks off");
    // From the line end of the boundary on, so that a part without headers has its empty line too.
    const auto window = body_.substr(at_, limits_.part_header + 2 * line_end.size());
    const auto empty_line = window.find("\r\n\r\n");
    if (empty_line == std::string_view::npos) {
      if (window.size() < limits_.part_header) return broken("it breaks off");
      return Error{Errc::limit_exceeded, "a field of the form has too long a header"};
    }
    const auto begin = at_ + empty_line + 2 * line_end.size();
    const auto lines =
        empty_line == 0 ? std::string_view() : window.substr(line_end.size(), empty_line - line_end.size());
    const auto head = read_head(lines);
    if (!head) return head.error();
    // The boundary may follow the empty line at once: its line end is the empty line's.
    const auto end = body_.find(mark_, begin - line_end.size());
    if (end == std::string_view::npos) return broken("it breaks off");
    at_ = end + mark_.size();
    return keep(*head, begin, std::max(begin, end) - begin);
  }

  Result<void> keep(const PartHead& head, std::size_t begin, std::size_t size) {
    auto name = field_text(head.name);
    if (!name) return name.error();
    if (head.file_name) {
      if (head.file_name->size() > limits_.file_name)
        return Error{Errc::limit_exceeded, "the name of the file is too long"};
      if (head.file_name->empty() && size == 0) return {};
      form_.files.push_back({std::move(*name), clean_file_name(*head.file_name), head.type, begin, size});
      return {};
    }
    auto text = field_text(body_.substr(begin, size));
    if (!text) return text.error();
    form_.fields.emplace_back(std::move(*name), std::move(*text));
    return {};
  }

  std::string_view body_;
  const MultipartLimits& limits_;
  std::string mark_;
  std::size_t at_ = 0, parts_ = 0;
  Multipart form_;
};

}  // namespace

std::string multipart_boundary(std::string_view content_type) {
  const auto semicolon = content_type.find(';');
  if (semicolon == std::string_view::npos) return {};
  if (!same_name(trim(content_type.substr(0, semicolon)), "multipart/form-data")) return {};
  const auto all = parameters(content_type.substr(semicolon));
  if (!all) return {};
  std::string boundary;
  for (const auto& [name, value] : *all) {
    if (name != "boundary") continue;
    if (!boundary.empty()) return {};
    boundary = value;
  }
  const bool fine =
      boundary.size() <= longest_boundary && std::all_of(boundary.begin(), boundary.end(), is_boundary_char);
  return fine ? boundary : std::string();
}

Result<Multipart> parse_multipart(std::string_view body, std::string_view boundary,
                                  const MultipartLimits& limits) {
  if (boundary.empty()) return broken("it names no boundary");
  return Reader(body, boundary, limits).read();
}

}  // namespace convoke::web
