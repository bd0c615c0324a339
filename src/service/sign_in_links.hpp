// Signing in without the password: a link by mail, which also sets another password when the old one is
// forgotten. Whoever asks hears the same whether the address is known here or not, after the same work
// (threats B1).
#pragma once

#include "base/deferred.hpp"
#include "model/language.hpp"
#include "service/accounts.hpp"
#include "service/context.hpp"

#include <optional>
#include <string>

namespace convoke::service {

// Mails to one address in an hour (threats M3); then silence, which nobody can tell from a mail.
inline constexpr int most_sign_in_links_an_hour = 3;

struct LinkRequest {
  std::string login;
  std::string peer;  // the address it comes from; empty: not counted
};
// Queues the mail when there is an account of that address, open and accepted; a link before it ends. True
// whatever became of it. Errors: limit_exceeded after SignInTries::most_mails_asked from one network, its
// message being the whole seconds to wait; storage_unavailable.
Deferred<bool> request_sign_in_link(Context& context, LinkRequest wanted);

struct SignInLinkView {
  std::string login, name;
  Language language = Language::uk;
};
// Changes nothing. Errors: not_found for what is none of ours; gone when it was used, was followed by another
// one or is older than an hour.
Deferred<SignInLinkView> view_sign_in_link(Context& context, std::string token);

struct SignInLinkUse {
  std::string token;
  std::optional<std::string> password;  // another one from now on; every session before ends
  std::string agent;                    // User-Agent
};
// Acts once. With a second factor in force, what begins is its step (NewSession::second_step). Errors: those
// of view_sign_in_link(); invalid_input for the password (the link acts still); storage_unavailable.
Deferred<NewSession> take_sign_in_link(Context& context, SignInLinkUse use);

}  // namespace convoke::service
