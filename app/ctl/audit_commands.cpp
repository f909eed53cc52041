#include "app/ctl/command_lists.h"
#include "app/ctl/report_text.h"
#include "app/ctl/view_json.h"
#include "app/ctl/workspace_access.h"
#include "app/evidence/verify.h"
#include "app/views/log_view.h"
#include "planes/trust/merkle.h"
#include "planes/trust/tlog_proof.h"

#include <limits>

namespace countersign::ctl {

namespace {

constexpr std::int64_t kRowCountMax = 10'000;
constexpr std::int64_t kRowCountDefault = 100;
constexpr std::int64_t kIndexMax = std::numeric_limits<std::int64_t>::max();

constexpr OptionSpec kOutputOption = {
    "output", "FILE", "Write it there instead of standard output"};

/// To the file that `--output` names, otherwise to standard output.
Result<void> deliver(const Invocation& invocation, Output& output, const std::string& text)
{
    if (const auto path = invocation.optionalValue("output"))
        return app::writeFileWhole(*path, text);
    output.bytes(text);
    return {};
}

Result<int> verify(const Invocation& invocation, Output& output)
{
    CS_TRY(const app::WorkspaceFolder folder, workspaceOf(invocation));
    CS_TRY(
        const ui::VerificationReport report,
        app::verifyWorkspaceFolder(folder, invocation.has("deep")));
    return tellVerification(output, report);
}

/// Index of the first row of the last page.
std::uint64_t lastPageStart(std::uint64_t total, std::int64_t limit)
{
    const auto rows = static_cast<std::uint64_t>(limit);
    return total > rows ? total - rows : 0;
}

Result<int> showLog(const Invocation& invocation, Output& output)
{
    CS_TRY(
        const std::int64_t limit,
        invocation.wholeNumber("limit", kRowCountDefault, 1, kRowCountMax));
    CS_TRY(const std::int64_t first, invocation.wholeNumber("first", 0, 0, kIndexMax));
    CS_TRY(const auto room, ReadingRoom::open(invocation));
    const app::ViewContext context = room->context();
    auto start = static_cast<std::uint64_t>(first);
    if (!invocation.has("first")) {
        CS_TRY(const trust::Checkpoint head, context.ledger.head());
        start = lastPageStart(head.size, limit);
    }
    CS_TRY(const ui::LogPage page, app::logPage(context, start, static_cast<int>(limit)));
    for (const ui::LogRow& row : page.rows) {
        const std::string summary = app::logSummary(row);
        output.line(shownLine(
            std::to_string(row.index) + "  " + (row.time ? row.time->text() : "(signed)") + "  "
            + row.type + (row.decisionId.empty() ? "" : "  " + row.decisionId)
            + (summary.empty() ? "" : "  " + summary)));
    }
    output.line(std::to_string(page.total) + " entries in all");
    Json json = toJson(page);
    json["first"] = start;
    output.document(json);
    return kDone;
}

Result<int> prove(const Invocation& invocation, Output& output)
{
    CS_TRY(
        const std::int64_t given,
        parseWholeNumber(invocation.arguments.front(), "INDEX", 0, kIndexMax));
    const auto index = static_cast<std::uint64_t>(given);
    CS_TRY(const auto room, ReadingRoom::open(invocation));
    CS_TRY(const trust::OpenedCheckpoint head, trust::storedHead(room->database(), room->logKey()));
    if (index >= head.checkpoint.size)
        return fail(
            ErrorCode::NotFound,
            "the ledger has " + std::to_string(head.checkpoint.size) + " entries, counted from 0",
            "ledger.index");
    CS_TRY(Json shown, app::logEntry(room->context(), index));
    const auto tree = trust::openStoredTree(room->database());
    trust::TlogProof proof;
    proof.index = index;
    CS_TRY(proof.hashes, trust::proveInclusion(*tree, index, head.checkpoint.size));
    proof.checkpoint = head.note.toText();
    const std::string text = proof.toText();
    CS_CHECK(deliver(invocation, output, text));
    shown["tlog_proof"] = text;
    shown["log_key"] = room->logKey().vkey();
    output.document(shown);
    return kDone;
}

Result<int> showCheckpoint(const Invocation& invocation, Output& output)
{
    CS_TRY(const auto room, ReadingRoom::open(invocation));
    CS_TRY(const trust::OpenedCheckpoint head, trust::storedHead(room->database(), room->logKey()));
    const std::string note = head.note.toText();
    CS_CHECK(deliver(invocation, output, note));
    output.document(
        {{"origin", head.checkpoint.origin},
         {"size", head.checkpoint.size},
         {"root", head.checkpoint.root.hex()},
         {"log_key", room->logKey().vkey()},
         {"anchor", room->settings().anchor.hex()},
         {"note", note}});
    return kDone;
}

} // namespace

std::vector<CommandSpec> auditCommands()
{
    return {
        {"audit verify",
         "Check the whole ledger and every authority in it",
         "With --deep every table is rebuilt from the ledger in memory and compared.",
         {},
         {{"deep", "", "Rebuild and compare the tables, too"}},
         {"audit verify --workspace ~/northgate", "audit verify --deep --json"},
         verify},
        {"audit log",
         "Entries of the ledger, each checked against the signed head",
         "",
         {},
         {{"first", "N", "Index of the first one (default: so that the newest are shown)"},
          {"limit", "N", "Entries at most (default 100)"}},
         {"audit log --workspace ~/northgate", "audit log --first 0 --limit 1000 --json"},
         showLog},
        {"audit prove",
         "Proof that an entry stands in the ledger (C2SP tlog-proof)",
         "With --json the entry itself comes along.",
         {{"INDEX", "As `countersignctl audit log` shows it"}},
         {kOutputOption},
         {"audit prove 17 --workspace ~/northgate > entry-17.tlog-proof"},
         prove},
        {"audit checkpoint",
         "The signed head of the ledger (C2SP checkpoint)",
         "Keep it elsewhere: against it every later change of what came before shows.",
         {},
         {kOutputOption},
         {"audit checkpoint --workspace ~/northgate > head.txt"},
         showCheckpoint}};
}

} // namespace countersign::ctl
