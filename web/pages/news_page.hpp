// Asking to be told of changes by mail, and the page behind the links of those mails.
#pragma once

#include "service/subscribers.hpp"
#include "web/pages/feed_choice.hpp"
#include "web/pages/frame.hpp"

#include <string>
#include <vector>

namespace convoke::web {

struct NewsPage {
  enum class State { asked, bad_address, bad_filter, taken } state = State::asked;
  std::vector<FeedChoiceGroup> groups;
  std::string words, email;  // as entered
  bool daily = false;
};
std::string render_news(const NewsPage& page, const Frame& frame);

// `frame.address` is the page's own: where its form goes.
std::string render_subscription(const service::SubscriptionView& view, const Frame& frame);

}  // namespace convoke::web
