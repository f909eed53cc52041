#include "ui/shell/other_pages.h"

#include "ui/log/ledger_page.h"
#include "ui/manual/manual_page.h"
#include "ui/packs/packs_page.h"
#include "ui/people/people_page.h"
#include "ui/runs/runs_page.h"

namespace countersign::ui {

std::vector<Page*> makeOtherPages(
    Backend& backend, const Clock& clock, std::shared_ptr<FileChooser> files, QWidget* parent)
{
    return {
        new RunsPage(backend, clock, parent),
        new LedgerPage(backend, parent),
        new PacksPage(backend, std::move(files), parent),
        new PeoplePage(backend, parent),
        new ManualPage(parent)};
}

} // namespace countersign::ui
