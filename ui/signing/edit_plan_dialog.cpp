#include "ui/signing/edit_plan_dialog.h"

#include "ui/decision/json_access.h"
#include "ui/format/error_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/card.h"
#include "ui/widgets/paragraphs.h"

#include <QCheckBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

namespace countersign::ui {

EditPlanDialog::EditPlanDialog(const Json& plan, QWidget* parent)
    : QDialog(parent)
    , m_edit(plan)
    , m_changes(new ProseLabel(ProseLabel::Look::Body, this))
    , m_error(new Banner(this))
    , m_continue(new QPushButton(tr("Continue to sign"), this))
{
    setObjectName(QStringLiteral("editPlanDialog"));
    setWindowTitle(tr("Edit the plan"));
    setModal(true);
    resize(820, 700);
    auto* const all = new QVBoxLayout(this);
    all->setContentsMargins(space::kLarge, space::kLarge, space::kLarge, space::kLarge);
    all->setSpacing(space::kNormal);
    addOwn(
        all,
        tr("Your changes make a new revision of the plan. Earlier signatures no longer count, and "
           "the "
           "rules are applied again."));
    auto* const scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("editPlanScroll"));
    scroll->setAccessibleName(tr("Steps of the plan"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* const content = new QWidget;
    auto* const steps = new QVBoxLayout(content);
    steps->setContentsMargins(0, 0, 0, 0);
    for (std::size_t i = 0; i < listMember(plan, "steps").size(); ++i) {
        auto* const card = new Card(content);
        card->setTitle(tr("%1. %2", "number and title of a step")
                           .arg(
                               countText(static_cast<qint64>(i) + 1),
                               safeInline(prose(listMember(plan, "steps")[i], "title"))));
        m_forms.push_back(card->body());
        steps->addWidget(card);
        rebuildStep(i);
    }
    steps->addStretch(1);
    scroll->setWidget(content);
    all->addWidget(scroll, 1);
    m_changes->setObjectName(QStringLiteral("planChanges"));
    all->addWidget(m_changes);
    all->addWidget(m_error);

    auto* const buttons = new QHBoxLayout;
    auto* const cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelEdit"));
    cancel->setAccessibleName(cancel->text());
    cancel->setDefault(true);
    m_continue->setObjectName(QStringLiteral("continueToSign"));
    m_continue->setAccessibleName(m_continue->text());
    m_continue->setAutoDefault(false);
    m_continue->setProperty("primary", true);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_continue);
    all->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_continue, &QPushButton::clicked, this, &EditPlanDialog::finish);
    showChanges();
}

void EditPlanDialog::rebuildStep(std::size_t step)
{
    clearLayout(m_forms[step]);
    const std::vector<FieldRow> fields = fieldRows(m_edit.payload(step));
    bool onlySimple = true;
    for (const FieldRow& field : fields) {
        const bool simple = field.type == FieldType::Text || field.type == FieldType::Number
                            || field.type == FieldType::Boolean;
        onlySimple = onlySimple && simple;
        if (simple)
            addField(m_forms[step], step, field);
    }
    addJsonEditor(m_forms[step], step);
}

void EditPlanDialog::addField(QVBoxLayout* form, std::size_t step, const FieldRow& field)
{
    auto* const row = new QHBoxLayout;
    row->setSpacing(space::kNormal);
    auto* const name = new ProseLabel(ProseLabel::Look::Muted);
    name->setOwn(tr("%1 (%2)", "name and type of a field")
                     .arg(safeInline(field.path), fieldTypeName(field.type)));
    name->setFixedWidth(230);
    row->addWidget(name);
    const QString objectName =
        QStringLiteral("field_%1_%2").arg(step).arg(toQString(field.pointer));
    const QString spoken = safeInline(field.path);
    if (field.type == FieldType::Boolean) {
        auto* const box = new QCheckBox(tr("yes"));
        box->setObjectName(objectName);
        box->setAccessibleName(spoken);
        const Json* const value = valueAt(m_edit.payload(step), field.pointer);
        box->setChecked(value != nullptr && value->is_boolean() && value->get<bool>());
        connect(box, &QCheckBox::toggled, this, [this, step, field, objectName](bool checked) {
            note(objectName, m_edit.setBoolean(step, field, checked));
        });
        row->addWidget(box, 1);
    } else {
        auto* const edit = new QLineEdit(field.value);
        edit->setObjectName(objectName);
        edit->setAccessibleName(spoken);
        if (field.type == FieldType::Number)
            edit->setLayoutDirection(Qt::LeftToRight);
        connect(
            edit,
            &QLineEdit::textChanged,
            this,
            [this, step, field, objectName](const QString& typed) {
                note(objectName, m_edit.setLeaf(step, field, typed));
            });
        row->addWidget(edit, 1);
    }
    form->addLayout(row);
}

/// Adding and removing members has no form; whoever needs it writes JSON.
void EditPlanDialog::addJsonEditor(QVBoxLayout* form, std::size_t step)
{
    auto* const toggle = new QToolButton;
    toggle->setObjectName(QStringLiteral("json_%1").arg(step));
    toggle->setText(tr("Edit as JSON"));
    toggle->setAccessibleName(tr("Edit as JSON"));
    toggle->setCheckable(true);
    toggle->setProperty("flat", true);
    form->addWidget(toggle, 0, Qt::AlignLeading);
    auto* const area = new QWidget;
    auto* const inner = new QVBoxLayout(area);
    inner->setContentsMargins(0, 0, 0, 0);
    auto* const edit = new QPlainTextEdit;
    edit->setObjectName(QStringLiteral("jsonText_%1").arg(step));
    edit->setAccessibleName(tr("Payload as JSON"));
    edit->setTabChangesFocus(true);
    edit->setLayoutDirection(Qt::LeftToRight);
    edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    edit->setMinimumHeight(150);
    auto* const apply = new QPushButton(tr("Take this JSON"));
    apply->setObjectName(QStringLiteral("jsonApply_%1").arg(step));
    apply->setAccessibleName(apply->text());
    apply->setAutoDefault(false);
    inner->addWidget(edit);
    inner->addWidget(apply, 0, Qt::AlignLeading);
    area->hide();
    form->addWidget(area);
    connect(toggle, &QToolButton::toggled, area, [this, area, edit, step](bool open) {
        if (open)
            edit->setPlainText(toQString(m_edit.payload(step).dump(2)));
        area->setVisible(open);
    });
    connect(apply, &QPushButton::clicked, this, [this, edit, step] {
        const Result<void> taken = m_edit.setPayload(step, edit->toPlainText());
        note(QStringLiteral("jsonText_%1").arg(step), taken);
        if (taken.ok())
            rebuildStep(step);
    });
}

void EditPlanDialog::note(const QString& field, const Result<void>& result)
{
    if (result.ok())
        m_badFields.erase(field);
    else
        m_badFields.insert(field);
    if (result.ok())
        m_error->say(Tone::Neutral, {});
    else if (result.error().rule == "plan.number")
        m_error->say(Tone::Danger, tr("This field takes a number."), errorDetails(result.error()));
    else
        m_error->say(Tone::Danger, errorSentence(result.error()), errorDetails(result.error()));
    showChanges();
}

void EditPlanDialog::showChanges()
{
    const std::vector<FieldChange> changes = m_edit.changes();
    QStringList lines;
    for (const FieldChange& change : changes)
        lines << tr("%1: %2 → %3", "a field, its value before and after")
                     .arg(
                         safeInline(change.path),
                         change.added ? tr("(new)") : safeInline(change.before),
                         change.removed ? tr("(gone)") : safeInline(change.after));
    m_changes->setOwn(
        lines.isEmpty() ? tr("Nothing is changed yet.") : lines.join(QLatin1Char('\n')));
    m_continue->setEnabled(!changes.empty() && m_badFields.empty());
    m_continue->setToolTip(
        changes.empty() ? tr("Change something first.") : tr("Nothing is signed yet."));
}

void EditPlanDialog::finish()
{
    Result<Json> amended = m_edit.amended();
    if (!amended.ok()) {
        m_error->say(Tone::Danger, errorSentence(amended.error()), errorDetails(amended.error()));
        return;
    }
    m_amended = std::move(amended).value();
    accept();
}

} // namespace countersign::ui
