#pragma once

#include "ui/widgets/prose_label.h"

#include <QStringList>

class QBoxLayout;

/// Adding text to a layout, one line each.
namespace countersign::ui {

ProseLabel*
addOwn(QBoxLayout* layout, const QString& text, ProseLabel::Look look = ProseLabel::Look::Body);
ProseLabel*
addForeign(QBoxLayout* layout, const QString& text, ProseLabel::Look look = ProseLabel::Look::Body);
/// A small heading of ours with foreign text below; nothing when the text is empty.
void addNamed(QBoxLayout* layout, const QString& name, const QString& foreign);
/// Foreign lines with a mark before each.
void addBullets(QBoxLayout* layout, const QStringList& foreign);

} // namespace countersign::ui
