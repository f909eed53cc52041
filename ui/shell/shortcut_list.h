#pragma once

#include <QDialog>

namespace countersign::ui {

/// All keys of the console on one screen. Opens on `?`.
class ShortcutList : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutList(QWidget* parent = nullptr);
};

} // namespace countersign::ui
