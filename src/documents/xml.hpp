// XML parts of documents: judged byte by byte first, then parsed. pugixml builds a tree, so depth, size and
// DOCTYPE (entities, threats E3) are refused before it sees anything.
#pragma once

#include "base/result.hpp"

#include <pugixml.hpp>

#include <memory>
#include <string_view>

namespace convoke::documents {

// Errors: invalid_input (DOCTYPE, not UTF-8, not well formed), limit_exceeded (max_xml_depth,
// max_xml_elements, max_xml_attributes).
Result<std::unique_ptr<pugi::xml_document>> parse_xml(std::string_view bytes);

// The name without its namespace prefix; documents choose their prefixes freely.
std::string_view local_name(pugi::xml_node node);
pugi::xml_node child(pugi::xml_node node, std::string_view local);
// The attribute's value, whatever its prefix; empty when there is none.
std::string_view attribute(pugi::xml_node node, std::string_view local);
// A number of at least `least` and at most `most`; `fallback` when absent or unreadable.
std::size_t count_attribute(pugi::xml_node node, std::string_view local, std::size_t fallback,
                            std::size_t most);

}  // namespace convoke::documents
