#include "ui/log/entry_panel.h"

#include "ui/format/entry_text.h"
#include "ui/format/plain_text.h"
#include "ui/widgets/fact_table.h"
#include "ui/widgets/paragraphs.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace countersign::ui {

namespace {

void addFields(QBoxLayout* layout, const QString& title, const std::vector<FieldRow>& fields)
{
    if (fields.empty())
        return;
    addOwn(layout, title, ProseLabel::Look::Heading);
    auto* const table = new FactTable;
    table->addFields(fields);
    layout->addWidget(table);
}

} // namespace

EntryPanel::EntryPanel(QWidget* parent)
    : Card(parent)
{
    setObjectName(QStringLiteral("entryPanel"));
}

void EntryPanel::showEntry(const EntryFacts& entry)
{
    clearBody();
    setTitle(
        tr("Entry %1: %2", "number, then what happened")
            .arg(countText(static_cast<qint64>(entry.index)), entryTypeText(entry.type)),
        Icon::Log);
    auto* const table = new FactTable;
    table->addOwn(tr("Type"), idText(entry.type));
    if (!entry.decisionId.empty())
        table->addOwn(tr("Decision"), idText(entry.decisionId));
    table->addOwn(tr("Leaf hash"), groupedHex(entry.leafHash), ProseLabel::Look::Code);
    for (const std::string& keyId : entry.signerKeyIds)
        table->addOwn(tr("Signed with the key"), groupedHex(keyId), ProseLabel::Look::Code);
    body()->addWidget(table);
    if (!entry.decisionId.empty()) {
        auto* const open = new QPushButton(tr("Open the decision"));
        open->setObjectName(QStringLiteral("openDecision"));
        open->setAccessibleName(open->text());
        const QString decisionId = toQString(entry.decisionId);
        connect(open, &QPushButton::clicked, this, [this, decisionId] {
            Q_EMIT openDecisionRequested(decisionId);
        });
        body()->addWidget(open, 0, Qt::AlignLeading);
    }
    addContent(entry);
    addFields(body(), tr("What the log commits to (leaf)"), entry.leaf);
    addProof(entry);
}

void EntryPanel::addContent(const EntryFacts& entry)
{
    if (entry.erased)
        addOwn(
            body(),
            tr("What the entry said was erased. The leaf below still proves that it was there."),
            ProseLabel::Look::Muted);
    addFields(body(), tr("What was signed"), entry.statement);
    addFields(body(), tr("What was recorded"), entry.body);
}

void EntryPanel::addProof(const EntryFacts& entry)
{
    if (entry.root.empty())
        return;
    addOwn(body(), tr("Proof that it stands in the log"), ProseLabel::Look::Heading);
    auto* const table = new FactTable;
    table->addOwn(tr("Entries in the log"), countText(static_cast<qint64>(entry.treeSize)));
    for (std::size_t i = 0; i < entry.proof.size(); ++i)
        table->addOwn(
            tr("Hash %1 on the way to the root").arg(countText(static_cast<qint64>(i) + 1)),
            groupedHex(entry.proof[i]),
            ProseLabel::Look::Code);
    table->addOwn(tr("Root"), groupedHex(entry.root), ProseLabel::Look::Code);
    body()->addWidget(table);
}

} // namespace countersign::ui
