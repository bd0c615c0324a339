#include "documents/xml.hpp"

#include "base/text.hpp"
#include "documents/limits.hpp"

#include <algorithm>
#include <charconv>

namespace convoke::documents {
namespace {

Error malformed() {
  return Error{Errc::invalid_input, "a part of the document is not well-formed XML"};
}

// Walks the tags without building anything. npos in `at` means: the text ended inside a construct.
class Judge {
 public:
  explicit Judge(std::string_view bytes) : bytes_(bytes) {}

  Result<bool> run() {
    for (std::size_t at = bytes_.find('<'); at != std::string_view::npos; at = bytes_.find('<', at)) {
      auto next = construct(at);
      if (!next) return next.error();
      at = *next;
    }
    return true;
  }

 private:
  Result<std::size_t> construct(std::size_t at) {
    const auto text = bytes_.substr(at);
    if (text.starts_with("<!--")) return after(at + 4, "-->");
    if (text.starts_with("<![CDATA[")) return after(at + 9, "]]>");
    if (text.starts_with("<!"))
      return Error{Errc::invalid_input, "the document's XML holds a DOCTYPE, which is refused"};
    if (text.starts_with("<?")) return after(at + 2, "?>");
    if (text.starts_with("</")) {
      if (depth_ > 0) --depth_;
      return after(at + 2, ">");
    }
    return opening_tag(at + 1);
  }

  Result<std::size_t> after(std::size_t from, std::string_view end) {
    const auto found = bytes_.find(end, from);
    if (found == std::string_view::npos) return malformed();
    return found + end.size();
  }

  Result<std::size_t> opening_tag(std::size_t at) {
    std::size_t attributes = 0;
    for (; at < bytes_.size() && bytes_[at] != '>'; ++at) {
      if (bytes_[at] == '=') ++attributes;
      if (bytes_[at] != '"' && bytes_[at] != '\'') continue;
      at = bytes_.find(bytes_[at], at + 1);
      if (at == std::string_view::npos) return malformed();
    }
    if (at >= bytes_.size()) return malformed();
    if (attributes > max_xml_attributes)
      return Error{Errc::limit_exceeded, "max_xml_attributes: an element has more than 256 attributes"};
    if (++elements_ > max_xml_elements)
      return Error{Errc::limit_exceeded,
                   "max_xml_elements: a part of the document has more than a million elements"};
    if (bytes_[at - 1] != '/' && ++depth_ > max_xml_depth)
      return Error{Errc::limit_exceeded, "max_xml_depth: elements are nested more than 256 deep"};
    return at + 1;
  }

  std::string_view bytes_;
  std::size_t depth_ = 0;
  std::size_t elements_ = 0;
};

std::string_view without_prefix(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

Result<std::unique_ptr<pugi::xml_document>> parse_xml(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (!is_valid_utf8(bytes) || bytes.find('\0') != std::string_view::npos)
    return Error{Errc::invalid_input, "a part of the document is not UTF-8"};
  if (auto judged = Judge(bytes).run(); !judged) return judged.error();
  auto document = std::make_unique<pugi::xml_document>();
  constexpr unsigned flags =
      pugi::parse_minimal | pugi::parse_escapes | pugi::parse_cdata | pugi::parse_ws_pcdata | pugi::parse_eol;
  if (!document->load_buffer(bytes.data(), bytes.size(), flags, pugi::encoding_utf8)) return malformed();
  return document;
}

std::string_view local_name(pugi::xml_node node) {
  return without_prefix(node.name());
}

pugi::xml_node child(pugi::xml_node node, std::string_view local) {
  for (const auto candidate : node.children())
    if (local_name(candidate) == local) return candidate;
  return {};
}

std::string_view attribute(pugi::xml_node node, std::string_view local) {
  for (const auto candidate : node.attributes())
    if (without_prefix(candidate.name()) == local) return candidate.value();
  return {};
}

std::size_t count_attribute(pugi::xml_node node, std::string_view local, std::size_t fallback,
                            std::size_t most) {
  const auto text = attribute(node, local);
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) return most;
  if (error != std::errc{} || end == text.data()) return fallback;
  return std::min(value, most);
}

}  // namespace convoke::documents
