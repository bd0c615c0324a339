#include "db/sqlite/row_column.hpp"

#include <boost/json.hpp>

#include <array>
#include <utility>

namespace convoke::db::sqlite {
namespace {

namespace json = boost::json;

constexpr std::array<std::pair<const char*, std::string RowAsRead::*>, 5> texts = {
    {{"title", &RowAsRead::title},
     {"period", &RowAsRead::period_text},
     {"place", &RowAsRead::place},
     {"note", &RowAsRead::note},
     {"responsible", &RowAsRead::responsible_text}}};

}  // namespace

std::string row_json(const RowAsRead& row) {
  json::object object;
  for (const auto& [name, text] : texts) object[name] = row.*text;
  object["kind"] = name_of(row.kind);
  object["sequence"] = row.sequence;
  return json::serialize(object);
}

Result<RowAsRead> parse_row_json(std::string_view text) {
  const Error broken{Errc::invalid_input, "a row as read is not what was written"};
  json::error_code failure;
  const auto value = json::parse(json::string_view(text.data(), text.size()), failure);
  const auto* object = failure ? nullptr : value.if_object();
  if (!object) return broken;
  RowAsRead row;
  for (const auto& [name, field] : texts) {
    const auto* member = object->if_contains(name);
    if (!member || !member->is_string()) return broken;
    row.*field = std::string(member->get_string());
  }
  const auto* kind = object->if_contains("kind");
  const auto* sequence = object->if_contains("sequence");
  if (!kind || !kind->is_string() || !sequence || !sequence->is_int64()) return broken;
  const auto known = event_kind_of(std::string_view(kind->get_string().data(), kind->get_string().size()));
  if (!known) return broken;
  row.kind = *known;
  row.sequence = static_cast<int>(sequence->get_int64());
  return row;
}

}  // namespace convoke::db::sqlite
