// What a one-shot command works with: a store, a clock and the administrator of this machine as the actor.
#pragma once

#include "app/commands.hpp"
#include "base/clock.hpp"
#include "db/store.hpp"
#include "service/context.hpp"

namespace convoke::app {

inline service::Settings service_settings(const Options& options) {
  service::Settings settings;
  settings.default_zone = options.get("timezone");
  settings.base_url =
      options.get("base-url").empty() ? "http://" + options.get("listen") : options.get("base-url");
  return settings;
}

// Runs `use(context, actor)`, which gives the exit code.
template<class Use>
int with_session(const Options& options, Use use) {
  auto clock = clock_of(options);
  if (!clock) return report(clock.error());
  auto store = open_store(options, false);
  if (!store) return report(store.error());
  service::Context context{**store, **clock, service_settings(options)};
  return use(context, service::Actor("cli", service::Role::editor));
}

}  // namespace convoke::app
