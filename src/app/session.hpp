// What a one-shot command works with: a store, a clock and the administrator of this machine as the actor.
#pragma once

#include "app/commands.hpp"
#include "base/clock.hpp"
#include "db/store.hpp"
#include "service/context.hpp"

namespace convoke::app {

// The settings that use cases need.
service::Settings service_settings(const Options& options);

// --listen as an address without brackets and a port: "[::1]:8080" is ::1 and 8080.
struct ListenAddress {
  std::string address;
  std::uint16_t port = 0;
};
ListenAddress listen_address(const Options& options);
// "http://[::1]:8080": an address that clients can use; that of all interfaces is none, so this machine's
// stands for it.
std::string http_address(const std::string& address, std::uint16_t port);

// Runs `work(context, actor)`, which gives the exit code.
template<class Work>
int with_session(const Options& options, Use use, Work work) {
  auto clock = clock_of(options);
  if (!clock) return report(clock.error());
  auto store = open_store(options, use);
  if (!store) return report(store.error());
  service::Context context{**store, **clock, service_settings(options)};
  return work(context, service::Actor("cli", service::Role::editor));
}

}  // namespace convoke::app
