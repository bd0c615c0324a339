// How the members of a JSON object that somebody sent are taken, one after another. An error names the member and what
// was expected.
#pragma once

#include "base/result.hpp"
#include "base/text.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace convoke::web {

inline Error bad(std::string_view member, std::string_view expected) {
  return {Errc::invalid_input, "'" + std::string(member) + "' must be " + std::string(expected)};
}

inline Result<boost::json::object> read_object(std::string_view body) {
  boost::json::parse_options options;
  options.max_depth = 8;
  boost::json::error_code problem;
  auto value = boost::json::parse({body.data(), body.size()}, problem, {}, options);
  if (problem) return Error(Errc::invalid_input, "the body is no JSON: " + problem.message());
  if (!value.is_object()) return Error(Errc::invalid_input, "the body must be a JSON object");
  return std::move(value.as_object());
}

inline Result<std::string> text_of(const boost::json::key_value_pair& member) {
  if (!member.value().is_string()) return bad(std::string_view(member.key()), "a text");
  const auto& text = member.value().get_string();
  return std::string(text.data(), text.size());
}

inline Result<std::int64_t> number_of(const boost::json::key_value_pair& member) {
  if (!member.value().is_int64()) return bad(std::string_view(member.key()), "a whole number");
  return member.value().get_int64();
}

// How one member is taken into T. The error says what was expected.
template<class T>
struct Member {
  std::string_view name;
  std::optional<Error> (*read)(const boost::json::key_value_pair& member, T& into);
};

template<class T>
std::optional<Error> read_member(const boost::json::key_value_pair& member, T& into,
                                 std::span<const Member<T>> known) {
  std::string names;
  for (const auto& one : known) {
    if (one.name == std::string_view(member.key())) return one.read(member, into);
    names += (names.empty() ? "" : ", ") + std::string(one.name);
  }
  return Error(Errc::invalid_input, "the member '" + ellipsize(std::string_view(member.key()), 40) +
                                        "' is unknown; known are: " + names);
}

template<class T>
std::optional<Error> read_members(const boost::json::object& object, T& into, std::span<const Member<T>> known) {
  for (const auto& member : object)
    if (auto error = read_member(member, into, known)) return error;
  return std::nullopt;
}

}  // namespace convoke::web
