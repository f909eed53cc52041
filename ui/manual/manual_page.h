#pragma once

#include "ui/shell/page.h"

class QListWidget;
class QTextBrowser;

namespace countersign::ui {

/// The manual in the language of the console, with its headings to jump to. Nothing in it leads out
/// of the program.
class ManualPage : public Page
{
    Q_OBJECT

public:
    explicit ManualPage(QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] Icon pageIcon() const override { return Icon::Manual; }
    void activate() override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void load();
    void arrange();
    void jumpTo(int heading);

    QListWidget* m_headings;
    QTextBrowser* m_text;
    QString m_language; ///< The one shown now.
};

} // namespace countersign::ui
