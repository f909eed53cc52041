#include "tests/support/fake_backend.h"
#include "ui/signing/edit_plan_dialog.h"
#include "ui/signing/eligible_keys.h"
#include "ui/signing/sign_dialog.h"
#include "ui/signing/signing_desk.h"
#include "ui/widgets/prose_label.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace countersign;
using namespace countersign::tests;
using namespace countersign::ui;

namespace {

template <class T>
T* find(QWidget& dialog, const char* name)
{
    T* const found = dialog.findChild<T*>(QString::fromLatin1(name));
    CS_ASSERT(found != nullptr);
    return found;
}

QString allText(const QWidget& dialog)
{
    QString text;
    for (const ProseLabel* label : dialog.findChildren<ProseLabel*>())
        text += label->text() + QLatin1Char('\n');
    return text;
}

} // namespace

class TestSignDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cancelHasTheFocusAndIsTheDefault();
    void showsEveryDocumentItCovers();
    void signsExactlyTheBytesShown();
    void aWrongPassphraseKeepsItOpen();
    void enterInThePassphraseSigns();
    void enterElsewhereDoesNotCancel();
    void irreversibleNeedsTheAmountTyped();
    void withoutAnAmountTheFirstWordIsTyped();
    void rejectingNeedsAReasonAndPreparesAnew();
    void puttingOffNeedsADate();
    void anotherKeyMakesAnotherStatement();
    void refusesAStatementThatSaysSomethingElse();
    void refusesAPlanThatIsNotTheOneSigned();
    void explainsARefusalOfTheCore();
    void cannotBeClosedWhileSigning();
    void theRawStatementIsOneClickAway();
    void editShowsBeforeAndAfterAndSignsTheNewPlan();
    void gateOrdersAreSigned();

private:
    [[nodiscard]] SignTask task(control::AnswerKind kind) const
    {
        return {
            std::make_shared<DecisionView>(m_view),
            AnswerIntent{m_view.decisionId, *m_view.requestSha256, kind, {}, {}, {}, {}},
            eligibleKeys(m_view, kind, m_backend->keys)};
    }

    void use(const std::string& sample)
    {
        m_view = sampleDecision(sample, m_clock.now());
        m_backend = std::make_unique<FakeBackend>();
        m_backend->add(m_view);
    }

    static void type(QWidget& dialog, const char* field, const QString& text)
    {
        auto* const edit = find<QLineEdit>(dialog, field);
        edit->setFocus();
        QTest::keyClicks(edit, text);
    }

    StandingClock m_clock{at("2026-05-20T10:00:00Z")};
    DecisionView m_view = sampleDecision("release-promotion", m_clock.now());
    std::unique_ptr<FakeBackend> m_backend;
};

void TestSignDialog::init()
{
    use("release-promotion");
}

void TestSignDialog::cancelHasTheFocusAndIsTheDefault()
{
    SignDialog dialog(*m_backend, m_clock, task(control::AnswerKind::Approve));
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    auto* const cancel = find<QPushButton>(dialog, "signCancel");
    QVERIFY(cancel->isDefault());
    QCOMPARE(dialog.focusWidget(), cancel);
    const QSignalSpy rejected(&dialog, &QDialog::rejected);
    QTest::keyClick(cancel, Qt::Key_Return);
    QCOMPARE(rejected.count(), 1);
    QVERIFY(m_backend->signedDrafts.empty());
}

void TestSignDialog::showsEveryDocumentItCovers()
{
    use("acquisition-term-sheet");
    SignDialog dialog(*m_backend, m_clock, task(control::AnswerKind::Approve));
    const QString text = allText(dialog);
    for (const control::PacketItem& item : m_view.request->packet)
        QVERIFY(text.contains(QString::fromStdString(item.sha256.groupedText())));
    for (const control::ConnectorPin& pin : m_view.request->connectors)
        QVERIFY(text.contains(QString::fromStdString(pin.sha256.groupedText())));
    QVERIFY(text.contains(QString::fromStdString(m_view.requestSha256->groupedText())));
    QVERIFY(text.contains(QString::fromStdString(m_view.request->policySha256.groupedText())));
    QVERIFY(text.contains(QString::fromStdString(m_view.request->rosterSha256.groupedText())));
    QVERIFY(text.contains(QStringLiteral("EUR\u00a042,000,000.00")));
    QVERIFY(text.contains(QStringLiteral("33000000.00")));
    QVERIFY(text.contains(QStringLiteral("Still missing")));
}

void TestSignDialog::signsExactlyTheBytesShown()
{
    SignDialog dialog(*m_backend, m_clock, task(control::AnswerKind::Approve));
    dialog.show();
    const QSignalSpy accepted(&dialog, &QDialog::accepted);
    auto* const button = find<QPushButton>(dialog, "signButton");
    QVERIFY(!button->isEnabled());
    const std::string shown = find<ProseLabel>(dialog, "signRaw")->text().toStdString();
    type(dialog, "signPassphrase", QString::fromStdString(m_backend->passphrase));
    QVERIFY(button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(accepted.count(), 1);
    QCOMPARE(m_backend->signedDrafts.size(), std::size_t{1});
    QCOMPARE(m_backend->signedDrafts.front().payload, shown);
    QVERIFY(find<QLineEdit>(dialog, "signPassphrase")->text().isEmpty());
}

void TestSignDialog::aWrongPassphraseKeepsItOpen()
{
    SignDialog dialog(*m_backend, m_clock, task(control::AnswerKind::Approve));
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    const QSignalSpy finished(&dialog, &QDialog::finished);
    type(dialog, "signPassphrase", QStringLiteral("wrong"));
    QTest::mouseClick(find<QPushButton>(dialog, "signButton"), Qt::LeftButton);
    QTRY_VERIFY(dialog.state().error.has_value());
    QCOMPARE(finished.count(), 0);
    QVERIFY(allText(dialog).contains(QStringLiteral("does not open the key")));
    auto* const field = find<QLineEdit>(dialog, "signPassphrase");
    QVERIFY(field->text().isEmpty());
    QCOMPARE(dialog.focusWidget(), field);
    QVERIFY(!find<QPushButton>(dialog, "signButton")->isEnabled());
    type(dialog, "signPassphrase", QString::fromStdString(m_backend->passphrase));
    QTest::mouseClick(find<QPushButton>(dialog, "signButton"), Qt::LeftButton);
    QTRY_COMPARE(finished.count(), 1);
}

void TestSignDialog::enterInThePassphraseSigns()
{
    SignDialog dialog(*m_backend, m_clock, task(control::AnswerKind::Approve));
    dialog.show();
    const QSignalSpy accepted(&dialog, &QDialog::accepted);
    type(dialog, "signPassphrase", QString::fromStdString(m_backend->passphrase));
    QTest::keyClick(find<QLineEdit>(dialog, "signPassphrase"), Qt::Key_Return);
    QTRY_COMPARE(accepted.count(), 1);
}

void TestSignDialog::enterElsewhereDoesNotCancel()
{
    SignDialog dialog(*m_backend, m_clock, task(control::AnswerKind::Approve));
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    const QSignalSpy finished(&dialog, &QDialog::finished);
    auto* const field = find<QLineEdit>(dialog, "signPassphrase");
    field->setFocus();
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(finished.count(), 0);
    QVERIFY(m_backend->signedDrafts.empty());
}

void TestSignDialog::irreversibleNeedsTheAmountTyped()
{
    use("acquisition-term-sheet");
    SignDialog dialog(*m_backend, m_clock, task(control::AnswerKind::Approve));
    dialog.show();
    auto* const typed = find<QLineEdit>(dialog, "signTyped");
    QVERIFY(typed->isVisible());
    type(dialog, "signPassphrase", QString::fromStdString(m_backend->passphrase));
    QVERIFY(!find<QPushButton>(dialog, "signButton")->isEnabled());
    for (const char* wrong : {"4200000", "42000000.01", "42m", "EUR"}) {
        typed->setText(QString::fromLatin1(wrong));
        QVERIFY2(!find<QPushButton>(dialog, "signButton")->isEnabled(), wrong);
    }
    for (const QString& right :
         {QStringLiteral("42000000"),
          QStringLiteral("42,000,000.00"),
          QStringLiteral("٤٢٠٠٠٠٠٠")}) {
        typed->setText(right);
        QVERIFY2(find<QPushButton>(dialog, "signButton")->isEnabled(), qPrintable(right));
    }
}

void TestSignDialog::withoutAnAmountTheFirstWordIsTyped()
{
    use("data-retention-change");
    SignDialog dialog(*m_backend, m_clock, task(control::AnswerKind::Approve));
    QVERIFY(dialog.state().typed.needed);
    QVERIFY(!dialog.state().typed.amount.has_value());
    QVERIFY(!dialog.state().typed.matches(QString()));
    QVERIFY(dialog.state().typed.matches(QStringLiteral(" delete ")));
}

void TestSignDialog::rejectingNeedsAReasonAndPreparesAnew()
{
    use("acquisition-term-sheet");
    SignDialog dialog(*m_backend, m_clock, task(control::AnswerKind::Reject));
    dialog.show();
    QVERIFY(!dialog.state().typed.needed);
    type(dialog, "signPassphrase", QString::fromStdString(m_backend->passphrase));
    QVERIFY(!find<QPushButton>(dialog, "signButton")->isEnabled());
    QVERIFY(dialog.state().whyNot.contains(QStringLiteral("reason")));
    auto* const reason = find<QPlainTextEdit>(dialog, "signReason");
    QTest::keyClicks(reason, QStringLiteral("Too dear"));
    QVERIFY(!find<QPushButton>(dialog, "signButton")->isEnabled());
    QTRY_VERIFY(find<QPushButton>(dialog, "signButton")->isEnabled());
    QTest::mouseClick(find<QPushButton>(dialog, "signButton"), Qt::LeftButton);
    QTRY_COMPARE(m_backend->signedDrafts.size(), std::size_t{1});
    QCOMPARE(m_backend->signedDrafts.front().answer->reason, std::string("Too dear"));
    QVERIFY(m_backend->signedDrafts.front().payload.find("Too dear") != std::string::npos);
}

void TestSignDialog::puttingOffNeedsADate()
{
    SignDialog dialog(*m_backend, m_clock, task(control::AnswerKind::Defer));
    dialog.show();
    type(dialog, "signPassphrase", QString::fromStdString(m_backend->passphrase));
    QTRY_VERIFY2(dialog.state().whyNot.isEmpty(), qPrintable(dialog.state().whyNot));
    QVERIFY(m_backend->answerIntents.back().deferUntil.has_value());
    QVERIFY(*m_backend->answerIntents.back().deferUntil > m_clock.now());
}

void TestSignDialog::anotherKeyMakesAnotherStatement()
{
    use("acquisition-term-sheet");
    QVERIFY(task(control::AnswerKind::Approve).keys.size() >= 2);
    SignDialog dialog(*m_backend, m_clock, task(control::AnswerKind::Approve));
    const std::string first = dialog.state().draft->payload;
    auto* const keys = dialog.findChild<QWidget*>(QStringLiteral("signKey"));
    keys->setFocus();
    QTest::keyClick(keys, Qt::Key_Down);
    QVERIFY(dialog.state().draft->payload != first);
    QCOMPARE(dialog.state().draft->keyName, m_backend->answerIntents.back().keyName);
}

void TestSignDialog::refusesAStatementThatSaysSomethingElse()
{
    SignDialog dialog(*m_backend, m_clock, task(control::AnswerKind::Approve));
    SigningDraft draft = *dialog.state().draft;
    QVERIFY(draftMismatch(draft, m_view).isEmpty());
    for (std::size_t i = 0; i < draft.payload.size(); i += 7) {
        SigningDraft changed = draft;
        changed.payload[i] = static_cast<char>(changed.payload[i] ^ 1);
        QVERIFY(!draftMismatch(changed, m_view).isEmpty());
    }
    SigningDraft otherRequest = draft;
    otherRequest.request.title += "!";
    QVERIFY(!draftMismatch(otherRequest, m_view).isEmpty());
    SigningDraft nothing = draft;
    nothing.answer.reset();
    QVERIFY(!draftMismatch(nothing, m_view).isEmpty());
}

void TestSignDialog::refusesAPlanThatIsNotTheOneSigned()
{
    DecisionView shown = m_view;
    shown.plan->content["steps"][0]["call"]["payload"]["percent"] = 100;
    SignTask bad = task(control::AnswerKind::Approve);
    bad.view = std::make_shared<DecisionView>(shown);
    SignDialog dialog(*m_backend, m_clock, bad);
    dialog.show();
    type(dialog, "signPassphrase", QString::fromStdString(m_backend->passphrase));
    QVERIFY(!find<QPushButton>(dialog, "signButton")->isEnabled());
    QVERIFY(dialog.state().whyNot.contains(QStringLiteral("not the plan")));
}

void TestSignDialog::explainsARefusalOfTheCore()
{
    m_backend->prepareError =
        Error{ErrorCode::Unauthorized, "proposed by them", "separation.proposer"};
    SignDialog dialog(*m_backend, m_clock, task(control::AnswerKind::Approve));
    dialog.show();
    QCOMPARE(dialog.state().phase, SignPhase::Refused);
    QVERIFY(allText(dialog).contains(QStringLiteral("may not sign it")));
    QVERIFY(!find<QPushButton>(dialog, "signButton")->isEnabled());
}

void TestSignDialog::cannotBeClosedWhileSigning()
{
    SignDialog dialog(*m_backend, m_clock, task(control::AnswerKind::Approve));
    dialog.show();
    const QSignalSpy finished(&dialog, &QDialog::finished);
    m_backend->holds = true;
    type(dialog, "signPassphrase", QString::fromStdString(m_backend->passphrase));
    QTest::mouseClick(find<QPushButton>(dialog, "signButton"), Qt::LeftButton);
    QCOMPARE(dialog.state().phase, SignPhase::Signing);
    QTest::keyClick(&dialog, Qt::Key_Escape);
    dialog.reject();
    QCOMPARE(finished.count(), 0);
    QVERIFY(!find<QPushButton>(dialog, "signCancel")->isEnabled());
    m_backend->release();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
}

void TestSignDialog::theRawStatementIsOneClickAway()
{
    SignDialog dialog(*m_backend, m_clock, task(control::AnswerKind::Approve));
    dialog.show();
    auto* const raw = find<ProseLabel>(dialog, "signRaw");
    QVERIFY(!raw->isVisible());
    find<QToolButton>(dialog, "signRawToggle")->click();
    QVERIFY(raw->isVisible());
    QVERIFY(raw->text().contains(QStringLiteral("https://in-toto.io/Statement/v1")));
}

void TestSignDialog::editShowsBeforeAndAfterAndSignsTheNewPlan()
{
    QWidget window;
    SigningDesk desk(*m_backend, m_clock, &window);
    const QSignalSpy done(&desk, &SigningDesk::signedNow);
    desk.start(task(control::AnswerKind::Edit));
    auto* const form = qobject_cast<EditPlanDialog*>(desk.openDialog());
    QVERIFY(form != nullptr);
    auto* const next = find<QPushButton>(*form, "continueToSign");
    QVERIFY(!next->isEnabled());
    auto* const percent = find<QLineEdit>(*form, "field_0_/percent");
    percent->setText(QStringLiteral("many"));
    QVERIFY(!next->isEnabled());
    percent->setText(QStringLiteral("10"));
    QVERIFY(next->isEnabled());
    QVERIFY(find<ProseLabel>(*form, "planChanges")->text().contains(QStringLiteral("15")));
    next->click();

    auto* const dialog = qobject_cast<SignDialog*>(desk.openDialog());
    QVERIFY(dialog != nullptr);
    QVERIFY(allText(*dialog).contains(QStringLiteral("Your changes")));
    find<QLineEdit>(*dialog, "signPassphrase")
        ->setText(QString::fromStdString(m_backend->passphrase));
    QVERIFY2(dialog->state().whyNot.isEmpty(), qPrintable(dialog->state().whyNot));
    find<QPushButton>(*dialog, "signButton")->click();
    QTRY_COMPARE(done.count(), 1);
    const SigningDraft& draft = m_backend->signedDrafts.front();
    QVERIFY((*draft.amendedPlan)["steps"][0]["call"]["payload"]["percent"] == 10);
    QVERIFY(draft.request.plan.sha256 == *canonicalDigest(*draft.amendedPlan));
}

void TestSignDialog::gateOrdersAreSigned()
{
    use("acquisition-term-sheet");
    m_view.runs = {gatedRun(m_view, m_clock.now())};
    m_backend->decisions.insert_or_assign(m_view.decisionId, m_view);
    QWidget window;
    SigningDesk desk(*m_backend, m_clock, &window);
    const QSignalSpy done(&desk, &SigningDesk::signedNow);
    desk.order(
        m_view.decisionId,
        {m_view.runs.front().runId, "sign_term_sheet", control::RunOrderKind::ConfirmGate, {}, {}});
    auto* const dialog = qobject_cast<SignDialog*>(desk.openDialog());
    QVERIFY(dialog != nullptr);
    // The step cannot be undone, so the amount is typed here, too.
    QVERIFY(dialog->state().typed.needed);
    find<QLineEdit>(*dialog, "signTyped")->setText(QStringLiteral("42000000"));
    find<QLineEdit>(*dialog, "signPassphrase")
        ->setText(QString::fromStdString(m_backend->passphrase));
    QVERIFY2(dialog->state().whyNot.isEmpty(), qPrintable(dialog->state().whyNot));
    find<QPushButton>(*dialog, "signButton")->click();
    QTRY_COMPARE(done.count(), 1);
    QCOMPARE(m_backend->signedDrafts.front().order->stepId, std::string("sign_term_sheet"));
}

QTEST_MAIN(TestSignDialog)
#include "tst_sign_dialog.moc"
