#include "service/registration_consent.hpp"

#include "base/id.hpp"

#include <array>

namespace convoke::service {
namespace {

constexpr std::array<std::string_view, 4> shipped = {
    "Погоджуюся, щоб організатор ({association}) зберігав моє ім’я, адресу, установу й відповіді цієї форми "
    "лише для "
    "проведення цієї події та стер їх через {months} міс. після неї. Згоду можна відкликати за посиланням у "
    "кожному листі.",
    "Згаджаюся, каб арганізатар ({association}) захоўваў маё імя, адрас, установу і адказы гэтай формы "
    "толькі для "
    "правядзення гэтай падзеі і сцёр іх праз {months} мес. пасля яе. Згоду можна адклікаць па спасылцы ў "
    "кожным "
    "лісце.",
    "Согласен (согласна), чтобы организатор ({association}) хранил моё имя, адрес, учреждение и ответы этой "
    "формы "
    "только для проведения этого события и стёр их через {months} мес. после него. Согласие можно отозвать "
    "по "
    "ссылке в каждом письме.",
    "I agree that the organiser ({association}) keeps my name, address, institution and the answers of this "
    "form to "
    "hold this event and for nothing else, and erases them {months} months after it. I may withdraw this by "
    "the "
    "link in every letter."};

std::string filled(std::string_view text, const std::string& association, int months) {
  std::string out;
  while (!text.empty()) {
    const auto at = text.find('{');
    out += text.substr(0, at);
    if (at == std::string_view::npos) break;
    text.remove_prefix(at);
    if (text.starts_with("{association}")) {
      out += association;
      text.remove_prefix(std::string_view("{association}").size());
    } else if (text.starts_with("{months}")) {
      out += std::to_string(months);
      text.remove_prefix(std::string_view("{months}").size());
    } else {
      out += '{';
      text.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace

std::string consent_text(const RegistrationForm& form, const std::string& association, Language language) {
  const auto& own = form.consent.at(static_cast<std::size_t>(language));
  return filled(own.empty() ? shipped.at(static_cast<std::size_t>(language)) : std::string_view(own),
                association, form.keep_months);
}

std::string consent_version(std::string_view shown) {
  constexpr std::size_t digits = 16;
  return sha256_hex(shown).substr(0, digits);
}

bool lacks_consent(const Registration& one) {
  return is_alive(one.state) && one.consent.version.empty();
}

}  // namespace convoke::service
