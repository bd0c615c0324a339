// What was sent in to a call for papers over the API: personal data, so that it needs the scope write.
#include "base/text.hpp"
#include "service/submission_desk.hpp"
#include "web/await.hpp"
#include "web/handlers/common.hpp"
#include "web/handlers/desk_scope.hpp"
#include "web/handlers/file_reply.hpp"
#include "web/handlers/json_members.hpp"
#include "web/handlers/paper_scope.hpp"
#include "web/handlers/submissions_desk.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <array>
#include <utility>

namespace convoke::web {
namespace {

using boost::asio::awaitable;
namespace json = boost::json;

json::value moment(const std::optional<Instant>& at) {
  if (!at) return nullptr;
  return json::value(format_iso(*at));
}
json::value number(const std::optional<double>& value) {
  if (!value) return nullptr;
  return json::value(*value);
}

json::array files_json(const std::vector<SubmittedFile>& files) {
  json::array all;
  for (const auto& one : files) {
    json::object file;
    file["id"] = one.id.value;
    file["name"] = one.name;
    file["kind"] = name_of(one.kind);
    file["bytes"] = one.size;
    file["sha256"] = one.digest;
    file["added"] = format_iso(one.added);
    all.push_back(std::move(file));
  }
  return all;
}

json::array authors_json(const Submission& paper) {
  json::array all;
  for (const auto& one : paper.authors) {
    json::object author;
    author["name"] = one.name;
    author["institution"] = one.institution;
    all.push_back(std::move(author));
  }
  return all;
}

// Means, by criterion; null where nobody has marked it.
json::object marks_json(const service::SubmissionRow& row, const Call& call) {
  json::object marks;
  for (std::size_t i = 0; i < call.criteria.size() && i < row.marks.size(); ++i)
    marks[call.criteria[i].key] = number(row.marks[i]);
  return marks;
}

json::object row_json(const service::SubmissionRow& row, const Call& call) {
  const auto& paper = row.paper;
  json::object out;
  out["id"] = paper.id.value;
  out["state"] = name_of(paper.state);
  out["title"] = paper.title;
  out["section"] = paper.section;
  out["authors"] = authors_json(paper);
  out["email"] = paper.email;
  out["language"] = tag_of(paper.language);
  out["entered"] = format_iso(paper.created);
  out["confirmed"] = moment(paper.confirmed);
  out["files"] = files_json(row.files);
  std::int64_t given = 0, asked = 0;
  for (const auto& review : row.reviews) {
    given += review.state == ReviewState::given ? 1 : 0;
    asked += review.state == ReviewState::conflict ? 0 : 1;
  }
  out["reviews_asked"] = asked;
  out["reviews_given"] = given;
  out["mean"] = number(row.mean);
  out["marks"] = marks_json(row, call);
  out["place"] = nullptr;
  if (row.place > 0) out["place"] = row.place;
  out["talk"] = nullptr;
  if (paper.talk) out["talk"] = paper.talk.value;
  return out;
}

json::array reviews_json(const service::PaperDesk& desk) {
  json::array all;
  for (const auto& one : desk.row.reviews) {
    json::object review;
    review["reviewer"] = "";
    for (const auto& reviewer : desk.reviewers)
      if (reviewer.id == one.reviewer) review["reviewer"] = reviewer.name;
    review["state"] = name_of(one.state);
    json::object marks;
    for (const auto& [key, mark] : one.marks) marks[key] = mark;
    review["marks"] = std::move(marks);
    review["to_author"] = one.to_author;
    review["to_organiser"] = one.to_organiser;
    review["asked"] = format_iso(one.asked);
    review["given"] = moment(one.given);
    all.push_back(std::move(review));
  }
  return all;
}

json::object paper_json(const service::PaperDesk& desk) {
  auto out = row_json(desk.row, desk.call);
  const auto& paper = desk.row.paper;
  out["abstract"] = paper.abstract;
  out["decision_note"] = paper.decision_note;
  json::object consent;
  consent["version"] = paper.consent.version;
  consent["purpose"] = paper.consent.purpose;
  consent["at"] = format_iso(paper.consent.at);
  consent["channel"] = paper.consent.channel;
  out["consent"] = std::move(consent);
  out["reviews"] = reviews_json(desk);
  return out;
}

json::object call_json(const service::SubmissionDesk& desk) {
  json::object out;
  json::array criteria;
  for (const auto& one : desk.call->criteria) {
    json::object criterion;
    criterion["key"] = one.key;
    criterion["label"] = one.label;
    criteria.push_back(std::move(criterion));
  }
  out["criteria"] = std::move(criteria);
  out["least_mark"] = least_mark(desk.call->scale);
  out["best_mark"] = best_mark(desk.call->scale);
  out["closes"] = moment(desk.call->closes);
  json::object counts;
  for (const auto& [state, count] : desk.counts) counts[name_of(state)] = count;
  out["counts"] = std::move(counts);
  return out;
}

struct Wanted {
  db::SubmissionSelection selection;
  service::PaperOrder order = service::PaperOrder::arrival;
};

Result<Wanted> wanted_in(const Request& request) {
  Wanted wanted;
  if (const auto state = request.query_value("state")) {
    wanted.selection.state = submission_state_of(*state);
    if (!wanted.selection.state) return bad("state", "one of the states of a submission");
  }
  if (const auto section = request.query_value("section")) wanted.selection.section = to_valid_utf8(*section);
  const auto order = request.query_value("order").value_or("arrival");
  if (order != "arrival" && order != "place") return bad("order", "arrival or place");
  if (order == "place") wanted.order = service::PaperOrder::place;
  return wanted;
}

struct Decision {
  std::optional<SubmissionStep> step;
  std::string note;
};

std::optional<Error> read_step(const json::key_value_pair& member, Decision& into) {
  const auto text = text_of(member);
  into.step = text ? submission_step_of(*text) : std::nullopt;
  constexpr std::array ours = {SubmissionStep::accept, SubmissionStep::reject, SubmissionStep::revise,
                               SubmissionStep::reopen};
  for (const auto one : ours)
    if (into.step == one) return std::nullopt;
  return bad("step", "accept, reject, revise or reopen");
}
std::optional<Error> read_note(const json::key_value_pair& member, Decision& into) {
  auto text = text_of(member);
  if (!text) return text.error();
  into.note = std::move(*text);
  return std::nullopt;
}
constexpr std::array<Member<Decision>, 2> members = {{{"step", read_step}, {"note", read_note}}};

Result<Decision> decision_in(const std::string& body) {
  const auto object = read_object(body);
  if (!object) return object.error();
  Decision decision;
  if (auto error = read_members<Decision>(*object, decision, members)) return std::move(*error);
  if (!decision.step) return bad("step", "there");
  return decision;
}

awaitable<Reply> one_paper(Services& services, Request request, OnePaper one) {
  auto deferred = service::paper_desk(services.context, request.actor, one.scope, one.id);
  const auto desk = co_await await(std::move(deferred));
  if (!desk) co_return error_reply(request, desk.error());
  co_return private_json(paper_json(*desk));
}

}  // namespace

awaitable<Reply> list_submissions_api(Services& services, Request request) {
  const auto scope = desk_scope(request);
  if (!scope) co_return error_reply(request, scope.error());
  auto wanted = wanted_in(request);
  if (!wanted) co_return error_reply(request, wanted.error());
  auto deferred = service::submission_desk(services.context, request.actor, *scope,
                                           std::move(wanted->selection), wanted->order);
  const auto desk = co_await await(std::move(deferred));
  if (!desk) co_return error_reply(request, desk.error());
  if (!desk->call) co_return error_reply(request, 404, "this event has no call for papers");
  auto out = call_json(*desk);
  json::array rows;
  for (const auto& row : desk->rows) rows.push_back(row_json(row, *desk->call));
  out["submissions"] = std::move(rows);
  co_return private_json(out);
}

awaitable<Reply> show_submission_api(Services& services, Request request) {
  const auto one = paper_in(request);
  if (!one) co_return error_reply(request, one.error());
  co_return co_await one_paper(services, std::move(request), *one);
}

awaitable<Reply> download_submission_file_api(Services& services, Request request) {
  const auto one = paper_in(request);
  if (!one) co_return error_reply(request, one.error());
  const auto id = number_in(request.captures.at(2));
  if (!id) co_return error_reply(request, id.error());
  auto deferred =
      service::paper_file_at_desk(services.context, request.actor, one->scope, one->id, SubmittedFileId{*id});
  auto file = co_await await(std::move(deferred));
  if (!file) co_return error_reply(request, file.error());
  co_return file_reply(std::move(*file));
}

awaitable<Reply> decide_on_submission_api(Services& services, Request request) {
  const auto one = paper_in(request);
  if (!one) co_return error_reply(request, one.error());
  auto decision = decision_in(request.body);
  if (!decision) co_return error_reply(request, decision.error());
  auto deferred = service::decide_on_paper(services.context, request.actor, one->scope, one->id,
                                           *decision->step, std::move(decision->note));
  const auto decided = co_await await(std::move(deferred));
  if (!decided) co_return error_reply(request, decided.error());
  co_return co_await one_paper(services, std::move(request), *one);
}

}  // namespace convoke::web
