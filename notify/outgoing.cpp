#include "notify/outgoing.hpp"

#include "notify/answer_links.hpp"

namespace convoke::notify {

OutgoingMail as_outgoing(const MimeParts& parts) {
  OutgoingMail mail;
  mail.from = parts.from.address;
  mail.to = parts.to.address;
  mail.message_id = parts.message_id;
  mail.bytes = to_mime(parts);
  mail.copy = {parts.to.address, parts.subject, without_tokens(parts.text), without_tokens(parts.html)};
  return mail;
}

}  // namespace convoke::notify
