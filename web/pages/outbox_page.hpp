// The pages of the outbox: the queue by state, and one mail with what became of it.
#pragma once

#include "service/outbox.hpp"
#include "web/pages/frame.hpp"

#include <optional>
#include <string>

namespace convoke::web {

struct OutboxView {
  service::OutboxPage found;
  std::optional<ReminderState> state;
  int page = 1;
  std::string zone;  // of the times shown
};

// "/manage/outbox?state=failed&page=2"
std::string outbox_address(std::optional<ReminderState> state, int page);

std::string render_outbox(const OutboxView& view, const Frame& frame);
// Times in `zone`.
std::string render_outbox_mail(const service::OutboxMail& mail, const std::string& zone, const Frame& frame);

}  // namespace convoke::web
