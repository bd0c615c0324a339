// Fields of a registration form, texts of consent and answers, as the JSON of one column each.
#pragma once

#include "model/registration.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convoke::db::sqlite {

using RegistrationAnswers = std::vector<std::pair<std::string, std::string>>;

std::string fields_json(const std::vector<FormField>& fields);
// Errors: invalid_input for what fields_json() never wrote; so the others.
Result<std::vector<FormField>> parse_fields_json(std::string_view text);

std::string consent_json(const std::array<std::string, 4>& texts);
Result<std::array<std::string, 4>> parse_consent_json(std::string_view text);

std::string answers_json(const RegistrationAnswers& answers);
Result<RegistrationAnswers> parse_answers_json(std::string_view text);

}  // namespace convoke::db::sqlite
