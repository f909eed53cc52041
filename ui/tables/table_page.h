#pragma once

#include "models/error.h"
#include "ui/shell/page.h"

#include <initializer_list>
#include <optional>

class QAbstractItemModel;
class QHBoxLayout;
class QSplitter;
class QVBoxLayout;

namespace countersign::ui {

class Banner;
class ProseLabel;
class RowTable;
class ScrollColumn;

/// A page with a table of whole rows above and the selected row in full below. Around them: tools,
/// a message, a sentence for an empty table, and a line at the foot. Thread: GUI.
class TablePage : public Page
{
    Q_OBJECT

Q_SIGNALS:
    /// `Try again` was pressed on the list's error.
    void retryRequested();

protected:
    /// `name` begins the names of all parts: `logTable`, `logDetails`, `logMessage` …
    explicit TablePage(const QString& name, QWidget* parent = nullptr);

    struct Column
    {
        int index = 0;
        int width = 0; ///< Pixels.
    };
    /// One column takes what is left; the others have their widths.
    void setModel(QAbstractItemModel& model, int stretched, std::initializer_list<Column> others);
    /// Heights of the two parts when the page is first shown, in pixels.
    void setHeights(int table, int details);

    [[nodiscard]] QHBoxLayout* tools() const { return m_tools; }
    [[nodiscard]] Banner* message() const { return m_message; }
    [[nodiscard]] ProseLabel* emptyText() const { return m_empty; }
    [[nodiscard]] RowTable* table() const { return m_table; }
    [[nodiscard]] ScrollColumn* details() const { return m_details; }
    /// Where the cards of the selected row go.
    [[nodiscard]] QVBoxLayout* cards() const;
    [[nodiscard]] ProseLabel* foot() const { return m_foot; }

    /// The list could not be read, with a way to try again; takes the message away without an
    /// error.
    void showListError(const std::optional<Error>& error);
    /// The same in a banner of another part.
    static void showError(Banner& banner, const std::optional<Error>& error);

    void changeEvent(QEvent* event) override;
    /// Sets every text of the page in the language of now.
    virtual void retranslate() = 0;

private:
    QHBoxLayout* m_tools;
    Banner* m_message;
    ProseLabel* m_empty;
    RowTable* m_table;
    ScrollColumn* m_details;
    ProseLabel* m_foot;
    QSplitter* m_splitter;
};

} // namespace countersign::ui
