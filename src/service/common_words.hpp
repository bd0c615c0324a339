// Whether a password is among the first that anybody would try: words of common_words.txt, of the login and
// the name, keyboard runs, repetitions, dates and numbers. Pure.
#pragma once

#include <string>
#include <vector>

namespace convoke::service {

// `own` are the login and the name: a password made of their parts is as good as none. A password that only
// bends such words (digits and signs around and between, "p@ssw0rd", Cyrillic typed on Latin keys) counts
// too; a phrase of three words and more does not.
bool is_easily_guessed(const std::string& password, const std::vector<std::string>& own);

// How many words the list holds.
std::size_t common_words_known();

}  // namespace convoke::service
