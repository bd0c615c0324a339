// What subscribers read: is it you who asked, and what has changed. Pure.
#pragma once

#include "model/delivery.hpp"
#include "model/event.hpp"
#include "notify/mail_template.hpp"
#include "notify/message.hpp"

#include <string>
#include <vector>

namespace convoke::notify {

// What became of one event since a reader was last told.
struct EventChange {
  enum class Kind { added, dated, moved, cancelled, removed, revised };
  Kind kind = Kind::added;
  Event event;         // as it is now; of `removed` as it was
  std::string before;  // of `moved`: the period before, printed in the reader's language; may be empty
};

// A mail tells of so many; the page has them all.
inline constexpr std::size_t longest_news = 100;

// `filter`: what was subscribed to, in words; empty: everything.
MailText write_changes(const std::vector<EventChange>& changes, const std::string& filter, Language language,
                       const MailSettings& settings, const TemplateText& text, const std::string& leave_url,
                       const std::string& page_url, Date today);

MailText write_confirmation(const Subscriber& subscriber, const std::string& filter,
                            const MailSettings& settings, const TemplateText& text,
                            const std::string& confirm_url);

}  // namespace convoke::notify
