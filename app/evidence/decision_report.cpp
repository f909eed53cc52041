#include "app/evidence/decision_report.h"

#include "models/json.h"

#include <array>

namespace countersign::app {

namespace {

/// The few words of the report in both languages.
struct Words
{
    const char* direction;
    const char* language;
    const char* decision;
    const char* asked;
    const char* recommendation;
    const char* signatures;
    const char* person;
    const char* answer;
    const char* received;
    const char* documents;
    const char* plan;
    const char* attempts;
    const char* step;
    const char* result;
    const char* history;
    const char* claimed;
    const char* note;
};

constexpr Words kEnglish = {
    "ltr",
    "en",
    "Decision",
    "What was asked",
    "Recommendation",
    "Signed answers",
    "Person",
    "Answer",
    "Received",
    "Documents signed",
    "Plan",
    "What was done",
    "Step",
    "Result",
    "History",
    "Times of receipt are those of the workspace's ledger: ordered by it, not stamped by others.",
    "This page is for reading. The proof is in the other files of the pack; README.txt says how to "
    "check it."};
constexpr Words kArabic = {
    "rtl",
    "ar",
    "القرار",
    "المطلوب",
    "التوصية",
    "الإجابات الموقَّعة",
    "الشخص",
    "الإجابة",
    "وقت الاستلام",
    "المستندات الموقَّع عليها",
    "الخطة",
    "ما نُفِّذ",
    "الخطوة",
    "النتيجة",
    "السجل",
    "أوقات الاستلام هي أوقات سجل مساحة العمل: مرتَّبة فيه، وغير مختومة من جهة أخرى.",
    "هذه الصفحة للقراءة فقط. الإثبات في بقية ملفات الحزمة، ويبيّن README.txt طريقة التحقق منه."};

std::string escaped(const std::string& text)
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
        default:
            result += c;
        }
    }
    return result;
}

/// A paragraph in the direction of its own text.
std::string paragraph(const std::string& text)
{
    return "<p dir=\"auto\">" + escaped(text) + "</p>\n";
}

std::string heading(const char* text)
{
    return std::string("<h2>") + text + "</h2>\n";
}

/// A cell whose text keeps its own direction; ids, digests and times are always left to right.
std::string cell(const std::string& text, bool isCode = false)
{
    return std::string("<td><bdi") + (isCode ? " dir=\"ltr\" class=\"code\"" : "") + ">"
           + escaped(text) + "</bdi></td>";
}

template <std::size_t N>
std::string tableHead(const std::array<const char*, N>& names)
{
    std::string html = "<table><tr>";
    for (const char* name : names)
        html += std::string("<th>") + name + "</th>";
    return html + "</tr>\n";
}

void addSignatures(const ui::DecisionView& view, const Words& words, std::string& html)
{
    html += heading(words.signatures);
    html += tableHead(std::array{words.person, words.answer, words.received});
    for (const ui::TimelineRow& row : view.timeline) {
        if (row.type != "answer.recorded")
            continue;
        std::string answer = textMember(row.body, "answer");
        if (const std::string reason = textMember(row.body, "reason"); !reason.empty())
            answer += ": " + reason;
        html += "<tr>" + cell(row.who) + cell(answer) + cell(row.time.text(), true) + "</tr>\n";
    }
    html += std::string("</table>\n<p>") + words.claimed + "</p>\n";
}

void addDocuments(const ui::DecisionView& view, const Words& words, std::string& html)
{
    if (!view.request)
        return;
    html += heading(words.documents) + "<table>\n";
    for (const control::PacketItem& item : view.request->packet)
        html += "<tr>" + cell(item.schema, true)
                + cell(item.recordId + " r" + std::to_string(item.revision), true)
                + cell(item.sha256.groupedText(), true) + "</tr>\n";
    html += "</table>\n";
}

void addRuns(const ui::DecisionView& view, const Words& words, std::string& html)
{
    if (view.runs.empty())
        return;
    html += heading(words.attempts);
    for (const ui::RunView& run : view.runs) {
        html += "<p><bdi dir=\"ltr\" class=\"code\">" + escaped(run.runId + " " + run.status)
                + "</bdi></p>\n";
        html += tableHead(std::array{words.step, words.result, words.received});
        for (const ui::StepView& step : run.steps) {
            for (const ui::AttemptView& attempt : step.attempts)
                html +=
                    "<tr>" + cell(step.title)
                    + cell(
                        attempt.result + (attempt.compensation ? " (compensation)" : "")
                            + (attempt.errorCode.empty() ? "" : " " + attempt.errorCode),
                        true)
                    + cell(attempt.finishedAt ? attempt.finishedAt->text() : std::string(), true)
                    + "</tr>\n";
        }
        html += "</table>\n";
    }
}

void addHistory(const ui::DecisionView& view, const Words& words, std::string& html)
{
    html += heading(words.history) + "<table>\n";
    for (const ui::TimelineRow& row : view.timeline)
        html += "<tr>" + cell(std::to_string(row.index), true) + cell(row.time.text(), true)
                + cell(row.type, true) + cell(row.who) + "</tr>\n";
    html += "</table>\n";
}

} // namespace

std::string decisionReport(const ui::DecisionView& view)
{
    const Json memo = view.memo ? view.memo->content : Json::object();
    const std::string language = textMember(memo.value("header", Json::object()), "language");
    const Words& words = language == "ar" ? kArabic : kEnglish;
    const std::string title = view.request ? view.request->title : textMember(memo, "title");
    std::string html =
        std::string("<!DOCTYPE html>\n<html lang=\"") + words.language + "\" dir=\""
        + words.direction + "\"><head><meta charset=\"utf-8\"><title>" + escaped(title)
        + "</title><style>body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em;"
          "line-height:1.5}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid "
          "#ccc;padding:.3em .6em;text-align:start;vertical-align:top}.code{font-family:monospace;"
          "font-size:.9em;overflow-wrap:anywhere}</style></head><body>\n";
    html += "<h1 dir=\"auto\">" + escaped(title) + "</h1>\n";
    html += "<p><bdi dir=\"ltr\" class=\"code\">" + escaped(view.decisionId + " " + view.status)
            + "</bdi></p>\n";
    html += heading(words.asked)
            + paragraph(view.request ? view.request->ask : textMember(memo, "question"));
    if (memo.contains("recommendation"))
        html += heading(words.recommendation)
                + paragraph(textMember(memo["recommendation"], "statement"))
                + paragraph(textMember(memo["recommendation"], "rationale"));
    addSignatures(view, words, html);
    addDocuments(view, words, html);
    if (view.plan) {
        html += heading(words.plan);
        for (const Json& step : view.plan->content.value("steps", Json::array()))
            html += paragraph(textMember(step, "title"));
    }
    addRuns(view, words, html);
    addHistory(view, words, html);
    html += std::string("<p>") + words.note + "</p>\n</body></html>\n";
    return html;
}

} // namespace countersign::app
