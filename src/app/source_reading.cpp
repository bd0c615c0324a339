#include "app/source_reading.hpp"

#include "base/log.hpp"
#include "db/store.hpp"
#include "notify/recipients.hpp"
#include "notify/source_mail.hpp"

namespace convoke::app {
namespace {

// The organisers who have an account; else whoever reads the answers to mails.
std::vector<notify::SourceMailReader> readers_of(db::Unit& unit, const notify::MailSettings& mail) {
  std::vector<notify::SourceMailReader> readers;
  for (const auto& account : unit.accounts().list())
    if (account.role != AccountRole::member && !account.closed && notify::is_mail_address(account.login))
      readers.push_back({{account.name, account.login}, account.language});
  if (readers.empty() && mail.reply_to) {
    const auto organisations = unit.organisations().list();
    readers.push_back(
        {*mail.reply_to, organisations.empty() ? Language::uk : organisations.front().language});
  }
  return readers;
}

}  // namespace

Result<std::unique_ptr<SourceReading>> SourceReading::make(const Options& options, service::Context& context,
                                                           notify::MailSettings mail) {
  auto exceptions = OutsideExceptions::parse(options.get("sources-allow"));
  if (!exceptions) return exceptions.error();
  auto channel = notify::open_channel(options.get("mail"));
  if (!channel) return channel.error();
  std::unique_ptr<SourceReading> reading(new SourceReading(context, std::move(mail)));
  service::FetchSettings settings;
  settings.exceptions = std::move(*exceptions);
  reading->fetcher_ = service::make_web_fetcher(std::move(settings));
  reading->channel_ = std::move(*channel);
  auto* self = reading.get();
  reading->refresher_ = std::make_unique<service::SourceRefresher>(
      context, *reading->fetcher_, [self](const CalendarSource& source) { return self->tell(source); });
  return reading;
}

SourceReading::~SourceReading() = default;

void SourceReading::stop() {
  channel_->interrupt();
  refresher_->stop();
}

// One who was told is enough: a mail that one relay refuses must not come to the others every hour.
bool SourceReading::tell(const CalendarSource& source) {
  const auto readers = context_.store.read([this](db::Unit& unit) { return readers_of(unit, mail_); }).wait();
  if (!readers) return false;
  bool told = readers->empty();  // nobody to tell: the page says it
  for (const auto& reader : *readers) {
    const auto mail = notify::render_source_mail(source, reader, mail_, context_.settings.default_zone,
                                                 context_.clock.now());
    const auto delivery = channel_->deliver(mail);
    told = told || delivery.outcome == notify::Outcome::delivered;
  }
  log::info("source.told", {{"source", source.id.value}, {"readers", readers->size()}, {"told", told}});
  return told;
}

}  // namespace convoke::app
