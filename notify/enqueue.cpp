#include "notify/enqueue.hpp"

#include "base/signed_text.hpp"
#include "notify/answer_links.hpp"
#include "notify/digest_times.hpp"

#include <cstddef>
#include <utility>

namespace convoke::notify {

std::string keyed_message_id(db::Unit& unit, const std::string& message_id) {
  constexpr std::size_t digits = 32;
  // Apart from what else the key signs (base/signed_text.hpp names the purpose first).
  const auto key = unit.secrets().keep(std::string(link_key_name), new_signing_key());
  return "<" + hmac_sha256_hex(key, "message-id\n" + message_id).substr(0, digits) + "@" +
         domain_of(message_id) + ">";
}

bool enqueue(db::Unit& unit, Reminder row) {
  row.message_id = keyed_message_id(unit, row.message_id);
  return unit.reminders().enqueue(row);
}

}  // namespace convoke::notify
