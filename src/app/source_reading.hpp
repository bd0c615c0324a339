// Neighbours' calendars as part of the running server: the thread that reads them, over the network, and the
// mail that says when one is broken.
#pragma once

#include "app/options.hpp"
#include "notify/message.hpp"
#include "service/source_refresher.hpp"

#include <memory>

namespace convoke::app {

class SourceReading {
 public:
  // Errors: invalid_input for the settings `sources-allow` and `mail`.
  static Result<std::unique_ptr<SourceReading>> make(const Options& options, service::Context& context,
                                                     notify::MailSettings mail);
  ~SourceReading();

  service::SourceRefresher& refresher() { return *refresher_; }
  void start() { refresher_->start(); }
  // Interrupts what is under way. Before the store goes.
  void stop();

 private:
  SourceReading(service::Context& context, notify::MailSettings mail)
      : context_(context), mail_(std::move(mail)) {}
  bool tell(const CalendarSource& source);

  service::Context& context_;
  notify::MailSettings mail_;
  std::unique_ptr<service::Fetcher> fetcher_;
  std::unique_ptr<notify::Channel> channel_;  // used by the refresher's thread alone
  std::unique_ptr<service::SourceRefresher> refresher_;
};

}  // namespace convoke::app
