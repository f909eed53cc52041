#include "ui/people/new_key_panel.h"

#include "ui/format/error_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/prose_label.h"

#include <QComboBox>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace countersign::ui {

namespace {

constexpr int kNameWidth = 190;
constexpr int kFieldWidth = 360;

void hideContent(QLineEdit* field)
{
    field->setEchoMode(QLineEdit::Password);
    field->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhSensitiveData);
}

trust::SecretBytes takeSecret(QLineEdit* field)
{
    // Qt keeps the text in memory of its own; what this program copies it wipes.
    std::string bytes = toUtf8(field->text());
    field->clear();
    return trust::SecretBytes::takeFrom(bytes);
}

} // namespace

NewKeyPanel::NewKeyPanel(QWidget* parent)
    : Card(parent)
    , m_nameLabel(new ProseLabel(ProseLabel::Look::Muted, this))
    , m_algorithmLabel(new ProseLabel(ProseLabel::Look::Muted, this))
    , m_passphraseLabel(new ProseLabel(ProseLabel::Look::Muted, this))
    , m_againLabel(new ProseLabel(ProseLabel::Look::Muted, this))
    , m_name(new QLineEdit(this))
    , m_algorithm(new QComboBox(this))
    , m_passphrase(new QLineEdit(this))
    , m_again(new QLineEdit(this))
    , m_whyNot(new ProseLabel(ProseLabel::Look::Muted, this))
    , m_message(new Banner(this))
    , m_busy(new QProgressBar(this))
    , m_create(new QPushButton(this))
{
    setObjectName(QStringLiteral("newKeyPanel"));
    m_name->setObjectName(QStringLiteral("newKeyName"));
    m_algorithm->setObjectName(QStringLiteral("newKeyAlgorithm"));
    m_algorithm->addItem(QString(), QStringLiteral("ecdsa-p256"));
    m_algorithm->addItem(QString(), QStringLiteral("ed25519"));
    m_passphrase->setObjectName(QStringLiteral("newKeyPassphrase"));
    m_again->setObjectName(QStringLiteral("newKeyAgain"));
    hideContent(m_passphrase);
    hideContent(m_again);
    addRow(m_nameLabel, m_name);
    addRow(m_algorithmLabel, m_algorithm);
    addRow(m_passphraseLabel, m_passphrase);
    addRow(m_againLabel, m_again);
    m_message->setObjectName(QStringLiteral("newKeyMessage"));
    body()->addWidget(m_message);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->hide();
    body()->addWidget(m_busy);
    auto* const buttons = new QHBoxLayout;
    m_create->setObjectName(QStringLiteral("createKey"));
    m_create->setProperty("primary", true);
    buttons->addWidget(m_create);
    m_whyNot->setObjectName(QStringLiteral("newKeyWhyNot"));
    buttons->addWidget(m_whyNot, 1, Qt::AlignVCenter);
    body()->addLayout(buttons);
    for (QLineEdit* const field : {m_name, m_passphrase, m_again})
        connect(field, &QLineEdit::textChanged, this, &NewKeyPanel::publishForm);
    connect(m_algorithm, &QComboBox::currentIndexChanged, this, &NewKeyPanel::publishForm);
    connect(m_again, &QLineEdit::returnPressed, this, &NewKeyPanel::create);
    connect(m_create, &QPushButton::clicked, this, &NewKeyPanel::create);
    retranslate();
}

void NewKeyPanel::addRow(ProseLabel* name, QWidget* editor)
{
    auto* const row = new QHBoxLayout;
    row->setSpacing(space::kNormal);
    name->setFixedWidth(kNameWidth);
    name->setBuddy(editor);
    row->addWidget(name, 0, Qt::AlignVCenter);
    editor->setMaximumWidth(kFieldWidth);
    row->addWidget(editor, 1);
    row->addStretch(1);
    body()->addLayout(row);
}

void NewKeyPanel::publishForm()
{
    Q_EMIT formChanged(
        {m_name->text(),
         toUtf8(m_algorithm->currentData().toString()),
         !m_passphrase->text().isEmpty(),
         m_passphrase->text() == m_again->text()});
}

void NewKeyPanel::create()
{
    if (!m_create->isEnabled())
        return;
    // Taking the secret empties the fields; the form as it was is what counts.
    const QSignalBlocker first(m_passphrase);
    const QSignalBlocker second(m_again);
    auto secret = std::make_shared<trust::SecretBytes>(takeSecret(m_passphrase));
    m_again->clear();
    Q_EMIT createRequested(secret);
    publishForm();
}

void NewKeyPanel::clearForm()
{
    for (QLineEdit* const field : {m_name, m_passphrase, m_again})
        field->clear();
}

void NewKeyPanel::render(const PeopleState& state)
{
    for (QWidget* const field :
         std::initializer_list<QWidget*>{m_name, m_algorithm, m_passphrase, m_again})
        field->setEnabled(!state.creating);
    m_busy->setVisible(state.creating);
    m_create->setEnabled(state.whyNotCreate.isEmpty() && !state.creating);
    m_create->setAccessibleDescription(state.whyNotCreate);
    m_whyNot->setOwn(state.creating ? QString() : state.whyNotCreate);
    if (state.createError)
        m_message->say(
            Tone::Danger, errorSentence(*state.createError), errorDetails(*state.createError));
    else if (state.created)
        m_message->say(
            Tone::Good,
            tr("The key %1 was created. Its fingerprint stands in the list above.")
                .arg(safeInline(toQString(state.created->name))));
    else
        m_message->say(Tone::Neutral, {});
}

void NewKeyPanel::retranslate()
{
    setTitle(tr("Create a key"), Icon::Pencil);
    const auto name = [](ProseLabel* label, QWidget* editor, const QString& text) {
        label->setOwn(text);
        editor->setAccessibleName(text);
    };
    name(m_nameLabel, m_name, tr("Name of the key"));
    name(m_algorithmLabel, m_algorithm, tr("Algorithm"));
    name(m_passphraseLabel, m_passphrase, tr("Passphrase"));
    name(m_againLabel, m_again, tr("Passphrase once more"));
    m_algorithm->setItemText(0, tr("ECDSA P-256 (recommended)"));
    m_algorithm->setItemText(1, tr("Ed25519"));
    m_create->setText(tr("Create the key"));
    m_create->setAccessibleName(m_create->text());
    m_busy->setAccessibleName(tr("The key is being created"));
}

} // namespace countersign::ui
