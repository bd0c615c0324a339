#include "model/answer.hpp"

#include "model/named_values.hpp"

namespace convoke {
namespace {

constexpr auto kind_names = std::to_array<std::string_view>(
    {"acknowledged", "done", "postpone", "hand_over", "named_day", "accepted", "tentative", "declined"});
static_assert(kind_names.size() == static_cast<std::size_t>(AnswerKind::declined) + 1);
constexpr std::array<std::string_view, 4> decision_names = {"none", "pending", "approved", "declined"};
constexpr std::array<std::string_view, 4> channel_names = {"link", "calendar", "page", "api"};

}  // namespace

std::string_view name_of(AnswerKind kind) {
  return name_in(kind_names, kind);
}
std::optional<AnswerKind> answer_kind_of(std::string_view name) {
  return value_in<AnswerKind>(kind_names, name);
}

std::string_view name_of(Decision decision) {
  return name_in(decision_names, decision);
}
std::optional<Decision> decision_of(std::string_view name) {
  return value_in<Decision>(decision_names, name);
}

std::string_view name_of(AnswerChannel channel) {
  return name_in(channel_names, channel);
}
std::optional<AnswerChannel> answer_channel_of(std::string_view name) {
  return value_in<AnswerChannel>(channel_names, name);
}

}  // namespace convoke
