#include "ui/shell/file_chooser.h"

#include <QFileDialog>

#include <utility>

namespace countersign::ui {

namespace {

QFileDialog* dialogFor(
    QWidget* parent, const FileChooser::Question& question, std::function<void(QString)> chosen)
{
    auto* const dialog = new QFileDialog(parent, question.title, {}, question.filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (!question.suggested.isEmpty())
        dialog->selectFile(question.suggested);
    QObject::connect(
        dialog,
        &QFileDialog::fileSelected,
        dialog,
        [chosen = std::move(chosen)](const QString& path) { chosen(path); });
    return dialog;
}

} // namespace

void DesktopFileChooser::openFile(
    QWidget* parent, const Question& question, std::function<void(QString)> chosen)
{
    QFileDialog* const dialog = dialogFor(parent, question, std::move(chosen));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->open();
}

void DesktopFileChooser::saveFile(
    QWidget* parent, const Question& question, std::function<void(QString)> chosen)
{
    QFileDialog* const dialog = dialogFor(parent, question, std::move(chosen));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->open();
}

void DesktopFileChooser::openFolder(
    QWidget* parent, const Question& question, std::function<void(QString)> chosen)
{
    QFileDialog* const dialog = dialogFor(parent, question, std::move(chosen));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->open();
}

} // namespace countersign::ui
