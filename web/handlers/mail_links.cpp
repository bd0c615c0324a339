#include "web/handlers/mail_links.hpp"

#include "web/handlers/common.hpp"
#include "web/i18n.hpp"
#include "web/pages/answer_page.hpp"

namespace convoke::web {

Frame mail_link_frame(const Services& services, const Request& request, std::string_view path,
                      const std::optional<Language>& of_person) {
  Frame frame;
  frame.language = language_of_reader(request);
  if (of_person && !request.query_value("lang")) frame.language = *of_person;
  frame.address = std::string(path).append(request.captures.at(0));
  frame.base_url = services.context.settings.base_url;
  return frame;
}

Reply mail_link_reply(const Request& request, const Frame& frame, std::string html, unsigned status) {
  auto reply = private_page(request, frame, std::move(html), status);
  // "no-referrer" would make browsers call the origin of the form "null", and those too old to add
  // Sec-Fetch-Site could not answer at all.
  reply.set("Referrer-Policy", "strict-origin");
  reply.set("X-Robots-Tag", "noindex");
  return reply;
}

Reply no_mail_link(Services& services, const Request& request, std::string_view path, const Error& error) {
  const bool expired = error.code == Errc::gone;
  if (!expired && error.code != Errc::not_found) return error_reply(request, error);
  if (auto refusal = refusal_of_wrong_secret(services, request)) return std::move(*refusal);
  const auto frame = mail_link_frame(services, request, path, std::nullopt);
  return mail_link_reply(request, frame, render_no_answer(expired, frame), expired ? 410 : 404);
}

}  // namespace convoke::web
