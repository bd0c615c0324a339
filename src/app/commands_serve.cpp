// `convoke serve`: the composition of the whole program, and `convoke routes`.
#include "app/commands.hpp"
#include "app/demo.hpp"
#include "app/replanning.hpp"
#include "app/session.hpp"
#include "app/source_reading.hpp"
#include "base/log.hpp"
#include "base/outside_address.hpp"
#include "base/worker.hpp"
#include "db/sqlite/maintenance.hpp"
#include "notify/channel.hpp"
#include "notify/dispatcher.hpp"
#include "notify/hook_channel.hpp"
#include "notify/recurring_mails.hpp"
#include "service/accounts.hpp"
#include "service/answers.hpp"
#include "service/feeds.hpp"
#include "service/registration_round.hpp"
#include "service/snapshot.hpp"
#include "service/submission_round.hpp"
#include "service/tokens.hpp"
#include "web/await.hpp"
#include "web/routes.hpp"
#include "web/server.hpp"

#include <boost/asio/post.hpp>
#include <boost/system/system_error.hpp>

#include <iostream>
#include <sstream>

namespace convoke::app {
namespace {

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');)
    if (!part.empty()) parts.push_back(part);
  return parts;
}

web::ServerSettings server_settings(const Options& options, const service::Settings& service) {
  web::ServerSettings settings;
  const auto listen = listen_address(options);
  settings.address = listen.address;
  settings.port = listen.port;
  settings.base_url = service.base_url;
  settings.trusted_proxy = options.get("trusted-proxy");
  settings.threads = static_cast<unsigned>(std::stoul(options.get("threads")));
  const auto& level = options.get("log-level");
  settings.log_requests = level == "debug" || level == "info";
  settings.limits.connections = std::stoul(options.get("connections"));
  settings.limits.connections_per_address = std::stoul(options.get("connections-per-address"));
  settings.allowed_hosts = web::default_hosts(service.base_url, settings.address);
  for (auto& host : split_list(options.get("allowed-hosts")))
    settings.allowed_hosts.push_back(std::move(host));
  return settings;
}

Result<notify::MailSettings> mail_settings(const Options& options, const std::string& base_url) {
  auto from = notify::parse_mailbox(options.get("mail-from"));
  if (!from) return Error{Errc::invalid_input, "--mail-from: " + from.error().message};
  notify::MailSettings settings;
  settings.from = std::move(*from);
  if (const auto& keeper = options.get("mail-reply-to"); !keeper.empty()) {
    auto reply_to = notify::parse_mailbox(keeper);
    if (!reply_to) return Error{Errc::invalid_input, "--mail-reply-to: " + reply_to.error().message};
    settings.reply_to = std::move(*reply_to);
  }
  if (const auto& answers = options.get("mail-organizer"); !answers.empty()) {
    auto organizer = notify::parse_mailbox(answers);
    if (!organizer) return Error{Errc::invalid_input, "--mail-organizer: " + organizer.error().message};
    settings.organizer = std::move(*organizer);
  }
  settings.base_url = base_url;
  settings.association = "Convoke";
  return settings;
}

using Relay = std::vector<std::unique_ptr<notify::Channel>>;

// As many connections as the settings say; none is opened before a mail is due.
Result<Relay> open_relay(const Options& options) {
  Relay relay;
  const auto count = std::stoul(options.get("mail-connections"));
  while (relay.size() < count) {
    auto channel = notify::open_channel(options.get("mail"));
    if (!channel) return channel.error();
    relay.push_back(std::move(*channel));
  }
  return relay;
}

std::vector<notify::Channel*> channels_of(const Relay& relay) {
  std::vector<notify::Channel*> channels;
  for (const auto& channel : relay) channels.push_back(channel.get());
  return channels;
}

std::string database_file(const Options& options) {
  return options.get("database").substr(std::string_view("sqlite:").size());
}

// A slow receiver must not keep the others waiting.
constexpr int hook_connections = 4;

Relay hook_doors(const service::Settings& service) {
  const auto pauses = notify::make_hook_pauses();
  Relay doors;
  for (int i = 0; i < hook_connections; ++i) {
    notify::HookSettings settings;
    settings.exceptions = *service.hooks_allow;
    doors.push_back(notify::hook_channel(std::move(settings), pauses));
  }
  return doors;
}

notify::DispatcherSettings hook_settings(const Options& options) {
  notify::DispatcherSettings sending;
  sending.claims = db::Claims::hooks;
  sending.alone = true;
  sending.hand_overs = database_file(options) + ".hooks";
  sending.drain = std::chrono::seconds{3};  // after that of the mails
  return sending;
}

boost::asio::awaitable<Result<service::Actor>> actor_of(service::Context& context, std::string token) {
  auto look_up = service::authenticate(context, std::move(token));
  co_return co_await web::await(std::move(look_up));
}

boost::asio::awaitable<Result<web::Member>> member_of(service::Context& context, std::string cookie) {
  auto look_up = service::session_of(context, std::move(cookie));
  auto who = co_await web::await(std::move(look_up));
  if (!who) co_return who.error();
  web::Member member;
  member.actor = service::actor_of(*who);
  member.who = std::make_shared<const service::SignedIn>(std::move(*who));
  co_return member;
}

// Said by the loop itself, so that whoever waits for the line may send a signal at once: run_until_signal()
// has armed its handlers by then.
void announce(web::Server& server, const std::string& lines) {
  boost::asio::post(server.executor(), [lines] { std::cout << lines << std::flush; });
}

// Where the first administrator is made; no line at all once there is one. On standard output only: it opens
// the whole installation, and a log is read by many.
Result<std::string> first_administrator_line(service::Context& context) {
  const auto token = service::first_administrator_link(context).wait();
  if (!token) return token.error();
  return token->empty() ? ""
                        : "first administrator: " + context.settings.base_url + "/setup/" + *token + "\n";
}

// Everything that lives as long as the server does. At the end the dispatcher and the reading of calendars
// stop first, then the workers that read documents and hash passwords, then the store, whose threads complete
// what handlers and the dispatcher had begun; only then do those go.
int serve(const Options& options, std::unique_ptr<db::Store> store, const Clock& clock) {
  service::Context context{*store, clock, service_settings(options)};
  if (options.on("demo")) {
    const auto filled = fill_demo(context);
    if (!filled) return report(filled.error());
  }
  auto relay = open_relay(options);
  if (!relay) return report(relay.error());
  service::Snapshots snapshots(context);
  snapshots.refresh();  // what is published is there by the time of the first request
  service::Feeds feeds(context, snapshots);
  web::Services services{context, snapshots, feeds};
  auto settings = server_settings(options, context.settings);
  settings.clock = &clock;
  auto authenticate = [&context](std::string token) { return actor_of(context, std::move(token)); };
  auto find_session = [&context](std::string cookie) { return member_of(context, std::move(cookie)); };
  web::Server server(settings, web::make_routes(services), authenticate, web::make_problems(), find_session);
  const std::string address = http_address(settings.address, server.port());
  if (options.get("base-url").empty()) context.settings.base_url = address;

  auto mail = mail_settings(options, context.settings.base_url);
  if (!mail) return report(mail.error());
  auto link_key = service::link_key(context).wait();
  if (!link_key) return report(link_key.error());
  mail->link_key = std::move(*link_key);
  notify::DispatcherSettings sending;
  sending.alone = true;
  sending.mails_a_minute = std::stoi(options.get("mail-rate"));
  sending.hand_overs = database_file(options) + ".mails";
  notify::RecurringMails recurring(*store, context.settings.mail_domain);
  service::Rounds rounds(*store, context.settings.mail_domain, service::registration_rounds);
  service::Rounds submissions(*store, context.settings.mail_domain, service::submission_rounds);
  sending.upkeep = [&recurring, &rounds, &submissions](Instant now) {
    recurring.tick(now);
    rounds.tick(now);
    submissions.tick(now);
  };
  notify::Dispatcher dispatcher(*store, clock, channels_of(*relay), sending, *mail);
  const auto doors = hook_doors(context.settings);
  notify::Dispatcher hooks(*store, clock, channels_of(doors), hook_settings(options), *mail);
  // After every change of events: the next reader finds it read already.
  context.reminders_queued = [&dispatcher, &hooks, &snapshots] {
    dispatcher.wake();
    hooks.wake();
    snapshots.refresh();
  };
  const auto replanned = replan_for_days_off(context, database_file(options) + ".holidays");
  if (!replanned) return report(replanned.error());
  dispatcher.start();
  hooks.start();
  auto sources = SourceReading::make(options, context, *mail);
  if (!sources) return report(sources.error());
  services.refresher = &(*sources)->refresher();
  (*sources)->start();
  Worker reading, hashing;
  context.run_long_work = [&reading](std::function<void()> work) { return reading.submit(std::move(work)); };
  context.run_password_work = [&hashing](std::function<void()> work) {
    return hashing.submit(std::move(work));
  };
  const auto first = first_administrator_line(context);
  if (!first) return report(first.error());
  announce(server, "listening on " + address + "\n" + *first);
  log::info("serve.start", {{"port", server.port()}, {"version", CONVOKE_VERSION}});
  server.run_until_signal();
  dispatcher.stop();
  hooks.stop();
  (*sources)->stop();
  reading.stop();
  hashing.stop();
  store.reset();
  log::info("serve.stop");
  return exit_ok;
}

}  // namespace

int run_serve(const Options& options, std::span<const std::string> arguments) {
  if (!arguments.empty()) return report({Errc::invalid_input, "serve takes options only; see convoke help"});
  auto clock = clock_of(options);
  if (!clock) return report(clock.error());
  auto store = open_store(options, Use::serving);
  if (!store) {
    const int code = report(store.error());
    return store.error().code == Errc::conflict ? exit_in_use : code;
  }
  try {
    return serve(options, std::move(*store), **clock);
  } catch (const boost::system::system_error& error) {
    return report(
        {Errc::invalid_input, "cannot listen on " + options.get("listen") + ": " + error.code().message()});
  }
}

int run_restore(const Options& options, std::span<const std::string> arguments) {
  if (arguments.size() != 1) return report({Errc::invalid_input, "name the backup: convoke restore FILE"});
  const auto clock = clock_of(options);
  if (!clock) return report(clock.error());
  const std::string target = database_file(options);
  const auto restored = db::sqlite::restore(arguments[0], target, db::Author("cli", (*clock)->now()));
  if (restored) return exit_ok;
  const int code = report(restored.error());
  return restored.error().code == Errc::conflict ? exit_in_use : code;
}

int run_routes(const Options&, std::span<const std::string>) {
  for (const auto& line : web::describe_routes()) std::cout << line << "\n";
  return exit_ok;
}

}  // namespace convoke::app
