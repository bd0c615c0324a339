// A call for papers over HTTP: the form, the author's page with files, the reviewer's, and the desk.
#include "web/handlers/call.hpp"
#include "base/text.hpp"
#include "db/store.hpp"
#include "db/submissions.hpp"
#include "documents/archive.hpp"
#include "notify/submission_links.hpp"
#include "service/answers.hpp"
#include "service/submission_desk.hpp"
#include "tests/documents/packages.hpp"
#include "tests/support/catch.hpp"
#include "tests/web/accounts_site.hpp"
#include "web/handlers/file_reply.hpp"
#include "web/routes.hpp"

#include <boost/json/parse.hpp>

using namespace convoke;
using namespace convoke::web;
using Catch::Matchers::Contains;
using namespace std::chrono_literals;

namespace {

const std::string pdf = "%PDF-1.7\nbody\n%%EOF\n";

// The seventh of October 2024; some dated event of the sample takes papers.
struct Site {
  AccountsSite site;
  Browser organiser{site}, author{site};
  EventId event;
  std::string csrf, key;

  Site() {
    key = service::link_key(site.context).wait().value();
    event = site.store
                ->write(db::Author("test", site.clock.now()),
                        [](db::Unit& unit) {
                          for (auto& one : unit.events().all())
                            if (is_open(one.status) && one.period.first &&
                                *one.period.first > make_date(2024, 10, 20))
                              return one.id;
                          return EventId{};
                        })
                .wait()
                .value();
    REQUIRE(event);
    site.add("organiser@example.org", AccountRole::organiser);
    REQUIRE(organiser.sign_in("organiser@example.org").status == 303);
    csrf = organiser.form_token(desk());
    save({{"closes_date", "2024-10-18"}, {"criteria", "Novelty\nLanguage"}});
  }
  std::string number() const { return std::to_string(event.value); }
  std::string desk() const { return "/manage/events/" + number() + "/submissions"; }
  std::string call() const { return "/events/" + number() + "/call?lang=en"; }
  void save(Pairs more) {
    Pairs fields = {
        {"csrf", csrf},        {"on", "yes"},   {"anonymous", "yes"}, {"scale", "five"},
        {"keep_months", "12"}, {"kind", "pdf"}, {"kind", "docx"},     {"longest_abstract", "2500"}};
    for (const auto& one : more)
      std::erase_if(fields, [&](const auto& usual) { return usual.first == one.first; });
    fields.insert(fields.end(), more.begin(), more.end());
    const auto saved = organiser.post(desk(), fields);
    if (saved.status != 303) FAIL(saved.body);
  }
  std::string hidden(const std::string& page, const std::string& name) {
    const auto start = "name=\"" + name + "\" value=\"";
    const auto at = page.find(start);
    if (at == std::string::npos) FAIL("no field " + name);
    const auto begin = at + start.size();
    return page.substr(begin, page.find('"', begin) - begin);
  }
  Pairs filled(const std::string& title) {
    const auto page = author.get(call());
    CHECK(page.status == 200);
    site.clock.set(site.clock.now() + 10s);
    return {
        {"csrf", hidden(page.body, "csrf")}, {"key", hidden(page.body, "key")}, {"title", title},
        {"abstract", "About <b>it</b>"},     {"name", "Olena Yavir"},           {"institution", "Library 3"},
        {"co_authors", "Petro Sokil"},       {"email", "yavir@example.org"},    {"consent", "yes"}};
  }
  Submission paper(const std::string& title) {
    const auto all = site.store
                         ->read([event = event](db::Unit& unit) {
                           db::SubmissionSelection selection;
                           selection.event = event;
                           return unit.submissions().list(selection);
                         })
                         .wait()
                         .value();
    for (const auto& one : all)
      if (one.title == title) return one;
    FAIL("no paper " + title);
    return {};
  }
  std::string link(const std::string& title) {
    return "/call/link/" + notify::submission_token(key, paper(title).code);
  }
  std::string come(const std::string& title) {
    const auto sent = author.post(call(), filled(title));
    if (sent.status != 200) FAIL(sent.body);
    return link(title);
  }
  RawReply upload(const std::string& link, const std::string& name, const std::string& bytes) {
    const auto body = "--b1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
                      "\"\r\n\r\n" + bytes + "\r\n--b1--\r\n";
    return Browser(site).send("POST", link + "/files?lang=en", body,
                              "Content-Type: multipart/form-data; boundary=b1\r\n");
  }
  // The number of a paper that she reviews from now on.
  std::string given_to_anna(const std::string& title) {
    const auto id = std::to_string(paper(title).id.value);
    const auto given = organiser.post(
        desk() + "/assign",
        {{"csrf", csrf}, {"paper", id}, {"email", "anna@example.org"}, {"name", "Anna Kalyna"}});
    if (given.status != 303) FAIL(given.body);
    return id;
  }
  std::string review_link() {
    const auto all =
        site.store->read([event = event](db::Unit& unit) { return unit.submissions().reviewers_of(event); })
            .wait()
            .value();
    REQUIRE_FALSE(all.empty());
    return "/review/" + notify::review_token(key, all.front().code);
  }
};

Pairs work(const std::string& what, const std::string& title) {
  return {{"do", what}, {"title", title}, {"abstract", "About it"}, {"name", "Olena Yavir"}};
}

}  // namespace

TEST_CASE("a paper goes from the form on the web to its decision") {
  Site site;
  CHECK_THAT(site.author.get("/events/" + site.number() + "?lang=en").body,
             Contains("/call\">Call for papers"));
  const auto link = site.come("Village libraries");
  const auto draft = site.author.get(link + "?lang=en");
  CHECK(draft.status == 200);
  CHECK(draft.header("referrer-policy") == "strict-origin");
  CHECK_THAT(draft.body, Contains("not sent in yet") && Contains("About &lt;b&gt;it&lt;/b&gt;"));
  CHECK_THAT(site.upload(link, "Стаття Явір.pdf", pdf).body, Contains("Стаття Явір.pdf"));
  CHECK_THAT(site.author.post(link + "?lang=en", work("submit", "Village libraries")).body,
             Contains("sent in"));
  const auto id = std::to_string(site.paper("Village libraries").id.value);
  const auto list = site.organiser.get(site.desk() + "?lang=en");
  CHECK_THAT(list.body, Contains("Village libraries") && Contains("Olena Yavir") && Contains("1 file"));
  const auto given = site.organiser.post(
      site.desk() + "/assign",
      {{"csrf", site.csrf}, {"paper", id}, {"email", "anna@example.org"}, {"name", "Anna Kalyna"}});
  CHECK(given.status == 303);
  const auto review = site.review_link();
  const auto page = site.author.get(review + "?lang=en");
  CHECK_THAT(page.body, Contains("Village libraries") && Contains("file-1.pdf") && Contains("Novelty") &&
                            !Contains("Yavir") && !Contains("Явір"));
  const auto criteria = criteria_of({"Novelty", "Language"});
  Pairs marks = {{"do", "give"}, {"paper", id}, {"mark_" + criteria[0].key, "5"}, {"to_author", "Well done"}};
  CHECK_THAT(site.author.post(review + "?lang=en", marks).body, Contains("Give a mark for each criterion"));
  marks.emplace_back("mark_" + criteria[1].key, "4");
  CHECK_THAT(site.author.post(review + "?lang=en", marks).body, Contains("Saved. Thank you!"));
  const auto one = site.organiser.get(site.desk() + "/" + id + "?lang=en");
  CHECK_THAT(one.body, Contains("Anna Kalyna") && Contains("Mean 9") && Contains("Well done"));
  CHECK_THAT(site.organiser.get(site.desk() + "/protocol?lang=en").body,
             Contains("Protocol of the marks") && Contains("Anna Kalyna") && Contains("<td>1</td>"));
  const auto decided = site.organiser.post(
      site.desk() + "/" + id, {{"csrf", site.csrf}, {"do", "accept"}, {"note", "See you <there>"}});
  CHECK(decided.status == 303);
  CHECK_THAT(site.author.get(link + "?lang=en").body,
             Contains("accepted") && Contains("Well done") && Contains("See you &lt;there&gt;"));
  const auto again = site.organiser.post(site.desk() + "/" + id, {{"csrf", site.csrf}, {"do", "reject"}});
  CHECK(again.status == 422);
}

TEST_CASE("a file of a paper is handed out to be saved and never shown") {
  Site site;
  const auto link = site.come("Village libraries");
  REQUIRE(site.upload(link, "Стаття %22один%22.pdf", pdf).status == 200);
  const auto page = site.author.get(link).body;
  const auto at = page.find(link + "/files/");
  REQUIRE(at != std::string::npos);
  const auto address = page.substr(at, page.find('"', at) - at);
  const auto file = site.author.get(address);
  CHECK(file.status == 200);
  CHECK(file.body == pdf);
  CHECK(file.header("content-type") == "application/pdf");
  CHECK(file.header("x-content-type-options") == "nosniff");
  CHECK_THAT(file.header("content-security-policy"), Contains("sandbox"));
  CHECK_THAT(file.header("content-disposition"),
             Contains("attachment; filename=\"") && Contains("filename*=UTF-8''%D0%A1%D1%82"));
  // Another's link does not lead to it.
  const auto other = site.come("Another work");
  const auto number = address.substr(address.rfind('/'));
  CHECK(site.author.get(other + "/files" + number).status == 404);
  CHECK(site.author.get("/call/link/made.up/files" + number).status == 404);
  const auto id = std::to_string(site.paper("Another work").id.value);
  CHECK(site.organiser.get(site.desk() + "/" + id + "/files" + number).status == 404);
}

TEST_CASE("a file is taken up to ten megabytes and its form a little beyond that") {
  Site site;
  const auto link = site.come("Village libraries");
  const auto sized = [](std::size_t size) { return "%PDF-1.7\n" + std::string(size - 15, 'x') + "%%EOF\n"; };
  CHECK(site.upload(link, "a.pdf", sized(largest_submitted_file)).status == 200);
  const auto large = site.upload(link, "b.pdf", sized(largest_submitted_file + 1));
  CHECK(large.status == 422);
  CHECK_THAT(large.body, Contains("larger than 10 MB"));
  for (const auto& route : make_routes(site.site.services))
    if (route.pattern == "/call/link/{token}/files") CHECK(route.body_limit == paper_file_limit);
  const auto svg = site.upload(link, "x.svg", "<svg onload=alert(1)>");
  CHECK(svg.status == 422);
  CHECK_THAT(svg.body, Contains("This kind of file is not taken"));
}

TEST_CASE("a robot that fills in the hidden field of a call is told what everybody is told") {
  Site site;
  auto fields = site.filled("Spam");
  fields.emplace_back("website", "https://spam.example");
  const auto reply = site.author.post(site.call(), fields);
  CHECK(reply.status == 200);
  CHECK_THAT(reply.body, Contains("Look into your mailbox"));
  const auto all = site.site.store
                       ->read([event = site.event](db::Unit& unit) {
                         db::SubmissionSelection selection;
                         selection.event = event;
                         return unit.submissions().list(selection).size();
                       })
                       .wait()
                       .value();
  CHECK(all == 0);
}

TEST_CASE("a deadline that is extended shows what it was") {
  Site site;
  site.save({{"closes_date", "2024-10-19"}});
  CHECK_THAT(site.author.get(site.call()).body,
             Contains("19 October 2024, 23:59 (was 18 October 2024, 23:59)"));
  site.site.clock.set(parse_iso_instant("2024-10-20T06:00:00Z").value());
  CHECK_THAT(site.author.get(site.call()).body, Contains("No works are taken any more"));
}

TEST_CASE("an event without a call has no form and no stranger reaches its desk") {
  Site site;
  CHECK(site.author.get("/events/" + std::to_string(site.event.value + 1) + "/call").status == 404);
  CHECK(site.author.get("/events/x/call").status == 404);
  CHECK(site.author.get(site.desk()).status == 303);
  CHECK(site.organiser.post(site.desk(), {{"csrf", "wrong"}, {"on", "yes"}}).status == 403);
  CHECK(site.organiser.get("/manage/events/99999/submissions").status == 404);
  CHECK(site.organiser.get(site.desk() + "/99999").status == 404);
  CHECK(site.author.get("/review/made.up").status == 404);
}

TEST_CASE("a file's name is sent so that every browser reads it") {
  CHECK(attachment_of("a b.pdf") == "attachment; filename=\"a b.pdf\"; filename*=UTF-8''a%20b.pdf");
  CHECK(attachment_of("є\".pdf") == "attachment; filename=\"__.pdf\"; filename*=UTF-8''%D1%94%22.pdf");
  CHECK_THAT(attachment_of("a\r\nSet-Cookie: x"), !Contains("\r") && !Contains("\n"));
}

TEST_CASE(
    "a reviewer who must not know the authors gets a copy without them and the organiser the file itself") {
  Site site;
  const auto link = site.come("Village libraries");
  const auto document = packages::zip(
      {{"[Content_Types].xml", "<Types/>"},
       {"docProps/core.xml", "<c xmlns:dc=\"d\"><dc:creator>Olena Yavir</dc:creator></c>"},
       {"word/document.xml",
        "<w:document xmlns:w=\"w\"><w:ins w:author=\"Olena Yavir\"><w:t>Text</w:t></w:ins></w:document>"}});
  REQUIRE_THAT(site.upload(link, "Yavir.docx", document).body, Contains("Yavir.docx"));
  REQUIRE(site.author.post(link + "?lang=en", work("submit", "Village libraries")).status == 200);
  CHECK_THAT(site.author.get(link + "?lang=en").body,
             Contains("From a PDF or a picture these properties cannot be taken out"));
  const auto id = site.given_to_anna("Village libraries");
  const auto page = site.author.get(site.review_link()).body;
  const auto at = page.find(site.review_link() + "/");
  REQUIRE(at != std::string::npos);
  const auto copy = site.author.get(page.substr(at, page.find('"', at) - at));
  CHECK(copy.status == 200);
  CHECK_THAT(copy.header("content-disposition"), Contains("file-1.docx") && !Contains("Yavir"));
  auto archive = documents::Archive::open(copy.body);
  REQUIRE(archive);
  CHECK_THAT(archive->read("docProps/core.xml").value(), !Contains("Yavir"));
  CHECK_THAT(archive->read("word/document.xml").value(), !Contains("Yavir") && Contains("<w:t>Text</w:t>"));
  const auto files = site.organiser.get(site.desk() + "/" + id).body;
  const auto own = files.find(site.desk() + "/" + id + "/files/");
  REQUIRE(own != std::string::npos);
  CHECK(site.organiser.get(files.substr(own, files.find('"', own) - own)).body == document);
}

TEST_CASE("a file of which no copy without names can be made is not taken for an anonymous review") {
  Site site;
  const auto link = site.come("Village libraries");
  const auto with = [](const std::string& text) {
    return packages::zip({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", text}});
  };
  const auto broken = with("<w:document xmlns:w=\"w\"><w:ins w:author=\"Olena Yavir\">");
  CHECK_THAT(site.upload(link, "a.docx", broken).body,
             Contains("The file is damaged") && !Contains("a.docx"));
  CHECK_THAT(site.upload(link, "a.docx", with("<w:document xmlns:w=\"w\"/>")).body, Contains("a.docx"));
  REQUIRE(site.author.post(link + "?lang=en", work("submit", "Village libraries")).status == 200);
  // What came while the review was open stays; when it becomes anonymous its reviewer is told.
  site.save({{"closes_date", "2024-10-18"}, {"anonymous", ""}});
  CHECK_THAT(site.upload(link, "b.docx", broken).body, Contains("b.docx"));
  site.save({{"closes_date", "2024-10-18"}});
  const auto id = site.given_to_anna("Village libraries");
  const auto page = site.author.get(site.review_link() + "?lang=en").body;
  const auto start = site.review_link() + "/papers/" + id + "/files/";
  std::vector<RawReply> replies;
  for (auto at = page.find(start); at != std::string::npos; at = page.find(start, at + 1))
    replies.push_back(site.author.get(page.substr(at, page.find('"', at) - at) + "?lang=en"));
  REQUIRE(replies.size() == 2);
  CHECK(replies[0].status == 200);
  CHECK(replies[1].status == 422);
  CHECK_THAT(replies[1].body, Contains("cannot be handed out without the names of its authors") &&
                                  Contains("Works to review") && !Contains("Yavir"));
}

TEST_CASE("an author gets everything that is stored about them by their link") {
  Site site;
  const auto link = site.come("Village libraries");
  REQUIRE(site.upload(link, "a.pdf", pdf).status == 200);
  CHECK_THAT(site.author.get(link + "?lang=en").body, Contains("href=\"" + link + "/data\""));
  const auto data = site.author.get(link + "/data");
  CHECK(data.status == 200);
  CHECK_THAT(data.header("content-disposition"), Contains("attachment"));
  CHECK(data.header("cache-control") == "no-store");
  const auto json = boost::json::parse(data.body);
  CHECK(json.at("title") == "Village libraries");
  CHECK(json.at("abstract") == "About <b>it</b>");
  CHECK(json.at("email") == "yavir@example.org");
  CHECK(json.at("authors").at(1).at("name") == "Petro Sokil");
  CHECK(json.at("files").at(0).at("name") == "a.pdf");
  CHECK(json.at("files").at(0).at("sha256") == boost::json::string(sha256_hex(pdf)));
  CHECK(json.at("consent").at("by") == "form");
  CHECK(json.at("mails").as_array().size() == 1);
  CHECK(site.author.get("/call/link/made.up/data").status == 404);
}

TEST_CASE("a program of an organiser lists papers and loads their files and decides") {
  Site site;
  const auto link = site.come("Village libraries");
  REQUIRE(site.upload(link, "Стаття.pdf", pdf).status == 200);
  REQUIRE(site.author.post(link + "?lang=en", work("submit", "Village libraries")).status == 200);
  site.come("A draft");
  const auto id = site.given_to_anna("Village libraries");
  const auto criteria = criteria_of({"Novelty", "Language"});
  REQUIRE(site.author
              .post(site.review_link() + "?lang=en", {{"do", "give"},
                                                      {"paper", id},
                                                      {"mark_" + criteria[0].key, "5"},
                                                      {"mark_" + criteria[1].key, "4"},
                                                      {"to_organiser", "Take it"}})
              .status == 200);
  Browser program(site.site);
  const auto key = [&](const std::string& scope) {
    return "Authorization: Bearer " + site.site.token(scope) + "\r\n";
  };
  const auto write = key("write");
  const auto base = "/api/v1/events/" + site.number() + "/submissions";
  CHECK(program.get(base).status == 401);
  CHECK(program.get(base, key("read")).status == 403);
  const auto list = program.get(base, write);
  REQUIRE(list.status == 200);
  CHECK(list.header("cache-control") == "no-store");
  const auto all = boost::json::parse(list.body);
  CHECK(all.at("criteria").at(0).at("label") == "Novelty");
  CHECK(all.at("best_mark") == 5);
  CHECK(all.at("counts").at("in_review") == 1);
  CHECK(all.at("submissions").as_array().size() == 2);
  const auto& first = all.at("submissions").at(0);
  CHECK(first.at("title") == "Village libraries");
  CHECK(first.at("mean") == 9.0);
  CHECK(first.at("marks").at(criteria[1].key) == 4.0);
  CHECK(first.at("place") == 1);
  CHECK(first.at("reviews_given") == 1);
  CHECK(all.at("submissions").at(1).at("mean").is_null());
  const auto drafts = boost::json::parse(program.get(base + "?state=draft", write).body);
  CHECK(drafts.at("submissions").as_array().size() == 1);
  CHECK(program.get(base + "?state=lost", write).status == 400);
  CHECK(program.get(base + "?order=name", write).status == 400);

  const auto one = program.get(base + "/" + id, write);
  REQUIRE(one.status == 200);
  const auto paper = boost::json::parse(one.body);
  CHECK(paper.at("abstract") == "About it");
  CHECK(paper.at("reviews").at(0).at("reviewer") == "Anna Kalyna");
  CHECK(paper.at("reviews").at(0).at("to_organiser") == "Take it");
  CHECK(program.get(base + "/4711", write).status == 404);
  CHECK(program.get(base + "/x", write).status == 404);
  const auto file = std::to_string(paper.at("files").at(0).at("id").as_int64());
  const auto loaded = program.get(base + "/" + id + "/files/" + file, write);
  CHECK(loaded.body == pdf);
  CHECK_THAT(loaded.header("content-disposition"), Contains("attachment"));
  CHECK(program.get(base + "/" + id + "/files/4711", write).status == 404);
  CHECK(program.get(base + "/" + id + "/files/" + file).status == 401);

  const auto decide = [&](const std::string& body, const std::string& who) {
    return program.send("POST", base + "/" + id + "/decision", body,
                        who + "Content-Type: application/json\r\n");
  };
  CHECK(decide(R"({"step": "accept"})", key("read")).status == 403);
  for (const auto* wrong : {"", "{}", R"({"step": "withdraw"})", R"({"step": 1})",
                            R"({"step": "accept", "more": 1})", R"({"note": "x"})"}) {
    CAPTURE(wrong);
    CHECK(decide(wrong, write).status == 400);
  }
  const auto decided = decide(R"({"step": "accept", "note": "See you"})", write);
  REQUIRE(decided.status == 200);
  CHECK(boost::json::parse(decided.body).at("state") == "accepted");
  CHECK(boost::json::parse(decided.body).at("decision_note") == "See you");
  CHECK(decide(R"({"step": "reject"})", write).status == 409);
  CHECK_THAT(site.author.get(link + "?lang=en").body, Contains("accepted") && Contains("See you"));
}

TEST_CASE("a file is looked at before its row is written and never for a link that is none of ours") {
  Site site;
  const auto link = site.come("Village libraries");
  int looked = 0;
  auto& long_work = site.site.context.run_long_work;
  const auto usual = long_work;
  long_work = [&](const std::function<void()>& what) { return ++looked, usual(what); };
  CHECK(site.upload("/call/link/made.up", "a.pdf", pdf).status == 404);
  CHECK(looked == 0);
  CHECK(site.upload(link, "a.pdf", pdf).status == 200);
  CHECK(looked == 1);
  long_work = [](const std::function<void()>&) { return false; };
  CHECK(site.upload(link, "b.pdf", pdf).status == 503);
  long_work = usual;
  CHECK_THAT(site.author.get(link).body, Contains("a.pdf") && !Contains("b.pdf"));
}
