// Writes mails into a Maildir (cr.yp.to/proto/maildir.html): for trying things out, and for relays that poll.
#pragma once

#include "notify/channel.hpp"

#include <filesystem>

namespace convoke::notify {

// Creates folder/{tmp,new,cur} when they are missing, at every delivery. A mail is written to tmp, synced,
// renamed into new, and the folder synced: a reader sees it whole or not at all, and a power cut after
// `delivered` keeps it. Lines end with LF, as programs that read a Maildir expect.
std::unique_ptr<Channel> maildir_channel(std::filesystem::path folder);

}  // namespace convoke::notify
