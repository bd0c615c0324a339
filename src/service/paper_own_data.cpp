#include "service/paper_own_data.hpp"

#include "db/store.hpp"
#include "notify/submission_links.hpp"
#include "service/own_data.hpp"
#include "service/paper_behind_link.hpp"

#include <boost/json.hpp>

namespace convoke::service {
namespace {

namespace json = boost::json;

json::array files_of(const PaperView& view) {
  json::array files;
  for (const auto& one : view.files) {
    json::object file;
    file["name"] = one.name;
    file["kind"] = name_of(one.kind);
    file["bytes"] = one.size;
    file["sha256"] = one.digest;
    file["added"] = format_iso(one.added);
    files.push_back(std::move(file));
  }
  return files;
}

json::object data_of(db::Unit& unit, const PaperView& view) {
  const auto& paper = view.mine;
  json::object data;
  data["event"] = view.event.title;
  data["kept_for_months_after_the_event"] = view.call.keep_months;
  data["title"] = paper.title;
  data["abstract"] = paper.abstract;
  data["section"] = paper.section;
  json::array authors;
  for (const auto& one : paper.authors) {
    json::object author;
    author["name"] = one.name;
    author["institution"] = one.institution;
    authors.push_back(std::move(author));
  }
  data["authors"] = std::move(authors);
  data["email"] = paper.email;
  data["language"] = tag_of(paper.language);
  data["state"] = name_of(paper.state);
  data["entered"] = format_iso(paper.created);
  put_moment(data, "confirmed", paper.confirmed);
  put_moment(data, "last_step", paper.settled);
  data["files"] = files_of(view);
  data["from_the_organiser"] = paper.decision_note;
  json::array comments;
  for (const auto& one : view.comments) comments.emplace_back(one);
  data["from_reviewers"] = std::move(comments);
  json::object consent;
  consent["version"] = paper.consent.version;
  consent["purpose"] = paper.consent.purpose;
  consent["given"] = format_iso(paper.consent.at);
  consent["by"] = paper.consent.channel;
  data["consent"] = std::move(consent);
  data["mails"] = mails_to(unit, notify::submission_key(paper.id));
  return data;
}

}  // namespace

Deferred<std::string> own_paper_data(Context& context, std::string token) {
  return context.store.read(
      [token = std::move(token), now = context.clock.now()](db::Unit& unit) -> Result<std::string> {
        const auto view = paper_behind(unit, token, now);
        if (!view) return view.error();
        return json::serialize(data_of(unit, *view));
      });
}

}  // namespace convoke::service
