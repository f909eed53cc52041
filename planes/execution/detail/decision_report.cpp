#include "planes/control/quorum_rules.h"
#include "planes/execution/detail/decision_evidence.h"
#include "planes/execution/run_state.h"

#include <algorithm>

namespace countersign::execution::detail {

namespace {

/// The words of one language.
struct Words
{
    std::string_view language;
    std::string_view direction;
    std::string_view asked;
    std::string_view classes;
    std::string_view outcome;
    std::string_view decided;
    std::string_view person;
    std::string_view answer;
    std::string_view reason;
    std::string_view received;
    std::string_view key;
    std::string_view rules;
    std::string_view policy;
    std::string_view roster;
    std::string_view documents;
    std::string_view done;
    std::string_view nothingDone;
    std::string_view step;
    std::string_view event;
    std::string_view result;
    std::string_view proof;
    std::string_view note;
};

constexpr Words kEnglish = {
    "en",
    "ltr",
    "What was asked",
    "Classes",
    "Outcome",
    "Who decided",
    "Person",
    "Answer",
    "Reason",
    "Received",
    "Key",
    "Under which rules",
    "Policy version",
    "Roster version",
    "What was shown",
    "What was done",
    "Nothing was carried out.",
    "Step",
    "Event",
    "Result",
    "Proof",
    "This page is a summary for reading. What proves it is in the other files; README.txt says how "
    "to check them."};

constexpr Words kArabic = {
    "ar",
    "rtl",
    "ما طُلب",
    "التصنيفات",
    "النتيجة",
    "من قرّر",
    "الشخص",
    "الجواب",
    "السبب",
    "وقت الاستلام",
    "المفتاح",
    "القواعد المعمول بها",
    "إصدار السياسة",
    "إصدار سجل الأشخاص",
    "ما عُرض",
    "ما نُفّذ",
    "لم يُنفَّذ شيء.",
    "الخطوة",
    "الحدث",
    "النتيجة",
    "الإثبات",
    "هذه الصفحة ملخص للقراءة. أما الإثبات فهو في الملفات الأخرى، ويشرح README.txt طريقة التحقق "
    "منها."};

const Words& wordsOf(const DecisionEvidence& evidence)
{
    std::string language;
    for (const trust::LedgerEvent& event : evidence.events) {
        if (event.type == control::kRequestOpened)
            language = textMember(event.body, "language");
    }
    return language == kArabic.language || language.starts_with("ar-") ? kArabic : kEnglish;
}

std::string escaped(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '"':
            result += "&quot;";
            break;
        case '\'':
            result += "&#39;";
            break;
        default:
            result += c;
        }
    }
    return result;
}

/// Writes elements; every text goes through escaped().
class Page
{
public:
    void heading(std::string_view text) { element("h2", text); }
    void element(std::string_view tag, std::string_view text)
    {
        m_html.append("<").append(tag).append(">").append(escaped(text));
        m_html.append("</").append(tag).append(">\n");
    }
    /// Names and ids keep their own direction inside text of another.
    void row(std::string_view cellTag, const std::vector<std::string>& cells)
    {
        m_html += "<tr>";
        for (const std::string& cell : cells) {
            m_html.append("<").append(cellTag).append(" dir=\"auto\">").append(escaped(cell));
            m_html.append("</").append(cellTag).append(">");
        }
        m_html += "</tr>\n";
    }
    void raw(std::string_view html) { m_html += html; }
    [[nodiscard]] std::string take() { return std::move(m_html); }

private:
    std::string m_html;
};

void writeHead(Page& page, const Words& words, const std::string& title)
{
    page.raw("<!DOCTYPE html>\n<html lang=\"");
    page.raw(words.language);
    page.raw("\" dir=\"");
    page.raw(words.direction);
    page.raw("\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
             "style-src 'unsafe-inline'\">\n");
    page.element("title", title);
    page.raw("<style>body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
             "table{border-collapse:collapse;width:100%}"
             "td,th{border:1px solid #999;padding:.3em .5em;text-align:start;"
             "overflow-wrap:anywhere;vertical-align:top}</style>\n</head>\n<body>\n");
}

void writeAnswers(Page& page, const Words& words, const DecisionEvidence& evidence)
{
    page.heading(words.decided);
    page.raw("<table>\n");
    page.row(
        "th",
        {std::string(words.person),
         std::string(words.answer),
         std::string(words.reason),
         std::string(words.received),
         std::string(words.key)});
    for (const control::RequestRecord& record : evidence.authority.requests) {
        for (const control::VerifiedAnswer& answer : record.answers) {
            const control::Person* person =
                evidence.foundation->at(answer.statementIndex).roster.person(answer.personId);
            std::string name = answer.personId;
            if (person != nullptr) {
                name = person->displayName;
                for (const std::string& role : person->roles)
                    name += (role == person->roles.front() ? " — " : ", ") + role;
            }
            page.row(
                "td",
                {name,
                 record.request.requestId + " rev. " + std::to_string(record.request.revision)
                     + ": " + std::string(control::text(answer.answer.kind)),
                 answer.answer.reason,
                 answer.receivedAt.text(),
                 answer.keyId});
        }
    }
    page.raw("</table>\n");
}

void writeDocuments(Page& page, const Words& words, const control::ApprovalRequest& request)
{
    page.heading(words.documents);
    page.raw("<table>\n");
    for (const control::PacketItem& item : request.packet)
        page.row(
            "td",
            {item.schema,
             item.recordId,
             std::to_string(item.revision),
             "sha256 " + item.sha256.hex()});
    page.raw("</table>\n");
}

std::string titleOf(const Plan& plan, const std::string& stepId)
{
    const auto step = plan.find(stepId);
    return step ? plan.steps[*step].title : stepId;
}

void writeRuns(Page& page, const Words& words, const DecisionEvidence& evidence)
{
    page.heading(words.done);
    if (evidence.runs.empty()) {
        page.element("p", words.nothingDone);
        return;
    }
    for (const auto& [runId, run] : evidence.runs) {
        page.element("h3", run.plan->title + " (" + runId + ")");
        page.raw("<table>\n");
        page.row(
            "th",
            {std::string(words.received),
             std::string(words.event),
             std::string(words.step),
             std::string(words.result)});
        for (const RecordedRunEvent& recorded : run.history) {
            const Json& body = recorded.event.body;
            const Json* claimed = valueAt(body, "/receipt/claimed/result");
            std::string result = textMember(body, "result");
            if (claimed != nullptr && claimed->is_string())
                result = claimed->get<std::string>();
            page.row(
                "td",
                {recorded.event.at.text(),
                 std::string(text(recorded.event.type)),
                 titleOf(*run.plan, textMember(body, "step_id")),
                 result});
        }
        page.raw("</table>\n");
    }
}

void writeProof(Page& page, const Words& words, const DecisionEvidence& evidence)
{
    const control::Foundation& foundation = *evidence.foundation;
    page.heading(words.rules);
    page.raw("<table>\n");
    page.row(
        "td",
        {std::string(words.policy),
         std::to_string(foundation.policy().version),
         "sha256 " + foundation.policy().sha256->hex()});
    page.row(
        "td",
        {std::string(words.roster),
         std::to_string(foundation.roster().version),
         "sha256 " + foundation.roster().sha256->hex()});
    page.raw("</table>\n");
    page.heading(words.proof);
    page.raw("<table>\n");
    page.row("td", {"decision", evidence.decisionId});
    page.row("td", {"genesis sha256", evidence.anchor.groupedText()});
    page.row(
        "td",
        {"checkpoint",
         evidence.head->origin + ", " + std::to_string(evidence.head->size) + ", "
             + evidence.head->root.hex()});
    page.raw("</table>\n");
    page.element("p", words.note);
}

} // namespace

std::string decisionReport(const DecisionEvidence& evidence)
{
    const Words& words = wordsOf(evidence);
    const control::RequestRecord& latest = *evidence.authority.latest();
    const Instant last =
        latest.answers.empty() ? latest.request.requestedAt : latest.answers.back().receivedAt;
    const control::QuorumState quorum = control::quorumOf(*evidence.foundation, latest, last);
    Page page;
    writeHead(page, words, latest.request.title);
    page.element("h1", latest.request.title);
    page.heading(words.asked);
    page.element("p", latest.request.ask);
    page.raw("<table>\n");
    page.row("td", {std::string(words.classes), text(latest.request.classes)});
    page.row("td", {std::string(words.outcome), std::string(control::text(quorum.status))});
    page.raw("</table>\n");
    writeAnswers(page, words, evidence);
    writeDocuments(page, words, latest.request);
    writeRuns(page, words, evidence);
    writeProof(page, words, evidence);
    page.raw("</body>\n</html>\n");
    return page.take();
}

} // namespace countersign::execution::detail
