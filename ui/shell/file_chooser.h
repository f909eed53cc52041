#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace countersign::ui {

/// Asking for files, so that a test can answer. Nothing blocks: `chosen` is called with the path,
/// and not at all when the person cancels. Thread: GUI.
class FileChooser
{
public:
    virtual ~FileChooser() = default;

    struct Question
    {
        QString title;
        QString filter;    ///< As QFileDialog's name filters.
        QString suggested; ///< File name or folder.
    };

    virtual void
    openFile(QWidget* parent, const Question& question, std::function<void(QString)> chosen) = 0;
    virtual void
    saveFile(QWidget* parent, const Question& question, std::function<void(QString)> chosen) = 0;
    virtual void
    openFolder(QWidget* parent, const Question& question, std::function<void(QString)> chosen) = 0;
};

/// The desktop's own dialogs.
class DesktopFileChooser final : public FileChooser
{
public:
    void openFile(
        QWidget* parent, const Question& question, std::function<void(QString)> chosen) override;
    void saveFile(
        QWidget* parent, const Question& question, std::function<void(QString)> chosen) override;
    void openFolder(
        QWidget* parent, const Question& question, std::function<void(QString)> chosen) override;
};

} // namespace countersign::ui
