// The page of subscriptions over a snapshot, as the sample is looked at.
#pragma once

#include "tests/web/pages_sample.hpp"
#include "web/pages/feed_choice.hpp"
#include "web/pages/subscribe_page.hpp"

#include <memory>
#include <string>

namespace convoke::tests {

inline std::string subscribe_page(std::shared_ptr<const service::Snapshot> snapshot,
                                  const calendar::FeedQuery& query, const web::Frame& frame) {
  web::SubscribeView view;
  view.query = web::shortest(query, *snapshot);
  view.snapshot = std::move(snapshot);
  view.settings.base_url = frame.base_url;
  view.settings.default_zone = "Europe/Minsk";
  view.today = sample_today;
  view.now = Instant{to_days(sample_today).time_since_epoch()};
  return web::render_subscribe(view, frame);
}

}  // namespace convoke::tests
