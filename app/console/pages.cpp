#include "app/console/pages.h"

#include "ui/shell/other_pages.h"

namespace countersign::app {

ui::PageFactory pageFactory(ui::Backend& backend, const Clock& clock)
{
    return [&backend, &clock](QWidget* parent) {
        return ui::makeOtherPages(
            backend, clock, std::make_shared<ui::DesktopFileChooser>(), parent);
    };
}

} // namespace countersign::app
