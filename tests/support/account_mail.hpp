// The links in mails about accounts, as their reader has them: composed from the queue as the dispatcher
// does.
#pragma once

#include "db/store.hpp"
#include "model/account.hpp"
#include "notify/account_links.hpp"
#include "notify/answer_links.hpp"
#include "notify/composer.hpp"
#include "notify/recipients.hpp"
#include "tests/support/catch.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::tests {

// The rows of mails of this reason that are queued for the account, the eldest first.
inline std::vector<Reminder> account_rows(db::Store& store, const std::string& login, ReminderReason reason) {
  auto rows = store.read([login, reason](db::Unit& unit) {
    std::vector<Reminder> found;
    const auto account = unit.accounts().find_by_login(login);
    if (!account) return found;
    db::ReminderSelection selection;
    selection.recipient = notify::account_key(account->id);
    for (auto& row : unit.reminders().list(selection))
      if (row.reason == reason) found.push_back(std::move(row));
    return found;
  });
  return std::move(rows).wait().value();
}

// What the dispatcher would do with the row at `now`.
inline notify::Composition composed(db::Store& store, const Reminder& row, Instant now) {
  auto result = store.read([row, now](db::Unit& unit) {
    notify::MailSettings settings;
    settings.from.address = "plans@example.org";
    settings.base_url = "https://plans.example.org";
    settings.association = "Convoke";
    settings.link_key = unit.secrets().find(std::string(notify::link_key_name)).value();
    return notify::composer_of(row.reason)({unit, row, settings, now});
  });
  return std::move(result).wait().value();
}

// The token in the row's mail, whether its link acts still or not.
inline std::string token_in(db::Store& store, const Reminder& row) {
  auto token = store.read([row](db::Unit& unit) {
    const auto purpose = row.reason == ReminderReason::account_invitation ? notify::invitation_purpose
                                                                          : notify::sign_in_purpose;
    return notify::account_token(unit.secrets().find(std::string(notify::link_key_name)).value(), purpose,
                                 *notify::account_of_key(row.key.recipient), row.key.occurrence);
  });
  return std::move(token).wait().value();
}

inline std::string newest_token(db::Store& store, const std::string& login, ReminderReason reason) {
  const auto rows = account_rows(store, login, reason);
  REQUIRE_FALSE(rows.empty());
  return token_in(store, rows.back());
}

}  // namespace convoke::tests
