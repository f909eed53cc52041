#include "app/ctl/command_lists.h"
#include "app/ctl/signing_key.h"
#include "app/ctl/view_json.h"
#include "app/ctl/workspace_access.h"
#include "app/views/queue_view.h"

#include <algorithm>
#include <array>

namespace countersign::ctl {

namespace {

constexpr std::int64_t kRowCountMax = 10'000;
constexpr std::int64_t kRowCountDefault = 100;

struct NamedView
{
    std::string_view name;
    ui::QueueView view;
};
constexpr std::array<NamedView, 6> kViews = {
    {{"waiting", ui::QueueView::Waiting},
     {"mine", ui::QueueView::Mine},
     {"soon-due", ui::QueueView::SoonDue},
     {"irreversible", ui::QueueView::Irreversible},
     {"decided", ui::QueueView::Decided},
     {"all", ui::QueueView::All}}};

Result<ui::QueueView> viewOf(const std::string& name)
{
    const auto found = std::find_if(
        kViews.begin(), kViews.end(), [&](const NamedView& named) { return named.name == name; });
    if (found == kViews.end())
        return usageFailure(
            "--view is one of waiting, mine, soon-due, irreversible, decided, all; not \"" + name
            + "\"");
    return found->view;
}

/// The table learns of an expiry with the next turn of a core; whoever reads knows it at once.
void markExpired(ui::QueueRow& row, Instant now)
{
    if ((row.status == "open" || row.status == "deferred") && row.expiresAt <= now)
        row.status = "expired";
}

void printRow(Output& output, const ui::QueueRow& row)
{
    std::string line = row.decisionId + "  " + row.status + "  " + text(row.classes) + "  "
                       + std::string(text(row.priority)) + "  signed "
                       + std::to_string(row.approvalsHave) + " of "
                       + std::to_string(row.approvalsNeeded) + "  due " + row.dueAt.text();
    if (!row.runStatus.empty())
        line += "  run " + row.runStatus;
    if (!row.exposureAmount.empty())
        line += "  " + row.exposureAmount + " " + row.exposureCurrency;
    output.line(line);
    output.line("    " + shownLine(row.title));
}

Result<int> showQueue(const Invocation& invocation, Output& output)
{
    ui::QueueQuery query;
    CS_TRY(query.view, viewOf(invocation.value("view", kViews.front().name)));
    query.searchText = invocation.value("search");
    query.after.token = invocation.value("after");
    CS_TRY(
        const std::int64_t limit,
        invocation.wholeNumber("limit", kRowCountDefault, 1, kRowCountMax));
    query.limit = static_cast<int>(limit);
    CS_TRY(const auto room, ReadingRoom::open(invocation));
    std::vector<std::string> people;
    if (query.view == ui::QueueView::Mine) {
        CS_TRY(const std::filesystem::path keys, keyFolderOf(invocation));
        CS_TRY(people, localPeople(keys, room->foundation().roster()));
    }
    const app::ViewContext context = room->context();
    CS_TRY(ui::QueuePage page, app::queuePage(context, query, people));
    Json rows = Json::array();
    for (ui::QueueRow& row : page.rows) {
        markExpired(row, context.now);
        printRow(output, row);
        rows.push_back(toJson(row));
    }
    if (page.rows.empty())
        output.line("Nothing is here.");
    if (page.next)
        output.line("More follows: --after '" + page.next->token + "'");
    output.document(
        {{"rows", std::move(rows)},
         {"next", page.next ? Json(page.next->token) : Json(nullptr)},
         {"ledger_size", page.ledgerSize}});
    return kDone;
}

} // namespace

std::vector<CommandSpec> queueCommands()
{
    return {
        {"queue",
         "Decisions that wait, or were decided",
         "",
         {},
         {{"view", "NAME", "waiting (default), mine, soon-due, irreversible, decided, all"},
          {"search", "TEXT", "Only those with this text in title or question"},
          {"limit", "N", "Rows at most (default 100)"},
          {"after", "CURSOR", "Go on after an earlier page; its last line names the cursor"},
          kKeysOption},
         {"queue --workspace ~/northgate",
          "queue --view mine --json",
          "queue --view decided --limit 20"},
         showQueue}};
}

} // namespace countersign::ctl
