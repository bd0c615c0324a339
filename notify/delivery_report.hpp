// The fields of a report about deliveries (RFC 3464), as text: apart from the parts they travel in.
#pragma once

#include "notify/inbound_mail.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace convoke::notify {

// One a recipient, at most `most`; `why` as it stands there. Lines that are no fields are passed over.
std::vector<DeliveryStatus> read_delivery_status(std::string_view text, std::size_t most);

// What the header field Message-ID says in these headers, without < >; empty when it does not stand there.
std::string message_id_in(std::string_view headers);

}  // namespace convoke::notify
