#include "tests/support/fake_backend.h"
#include "tests/support/sample_roster.h"
#include "ui/people/people_page.h"

#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace countersign;
using namespace countersign::tests;
using namespace countersign::ui;

namespace {

template <class T>
T* find(const QWidget& root, const char* name)
{
    const QList<T*> all = root.findChildren<T*>(QLatin1String(name));
    return all.isEmpty() ? nullptr : all.last();
}

bool shows(const QWidget& root, const QString& text)
{
    const QList<QLabel*> labels = root.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
        return label->text().contains(text);
    });
}

void type(const PeoplePage& page, const char* field, const char* text)
{
    QTest::keyClicks(find<QLineEdit>(page, field), QLatin1String(text));
}

} // namespace

class TestPeoplePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsPeopleWithRolesAndFingerprints();
    void showsAgentsWithTheirOwners();
    void saysPlainlyThatAKeyIsNotInTheRoster();
    void createsAKeyFromTwoEqualPassphrases();
    void saysWhyAKeyCannotBeCreatedYet_data();
    void saysWhyAKeyCannotBeCreatedYet();
    void neverLeavesAPassphraseInTheFields();
    void doesNotLetReadersSpeakPassphrases();
};

void TestPeoplePage::showsPeopleWithRolesAndFingerprints()
{
    FakeBackend backend;
    backend.people = sampleRoster();
    PeoplePage page(backend);
    page.show();
    page.activate();
    QTRY_VERIFY(page.presenter().state().roster != nullptr);
    auto* const people = find<QWidget>(page, "rosterPeople");
    QVERIFY(people->isVisible());
    QVERIFY(shows(*people, QStringLiteral("Greta Holm")));
    QVERIFY(shows(*people, QStringLiteral("chief executive")));
    QVERIFY(shows(*people, QStringLiteral("founder")));
    QVERIFY(shows(*people, QStringLiteral("cannot sign")));
    const std::string keyId = backend.people->people.front().keys.front().keyId;
    QVERIFY(shows(*people, QString::fromStdString(keyId.substr(0, 4) + ' ' + keyId.substr(4, 4))));
}

void TestPeoplePage::showsAgentsWithTheirOwners()
{
    FakeBackend backend;
    backend.people = sampleRoster();
    PeoplePage page(backend);
    page.show();
    page.activate();
    QTRY_VERIFY(page.presenter().state().roster != nullptr);
    auto* const agents = find<QWidget>(page, "rosterAgents");
    QVERIFY(shows(*agents, QStringLiteral("Treasury analyst")));
    QVERIFY(shows(*agents, QStringLiteral("Greta Holm")));
    QVERIFY(shows(*agents, QStringLiteral("recommending agent")));
}

void TestPeoplePage::saysPlainlyThatAKeyIsNotInTheRoster()
{
    FakeBackend backend;
    backend.keys = {
        {"known",
         Digest::of("a").hex(),
         "ed25519",
         "greta.holm",
         "Greta Holm",
         {"chief_executive"}},
        {"stranger", Digest::of("b").hex(), "ecdsa-p256", {}, {}, {}}};
    PeoplePage page(backend);
    page.show();
    page.activate();
    QTRY_COMPARE(page.presenter().state().keys.size(), std::size_t{2});
    auto* const keys = find<QWidget>(page, "localKeys");
    QVERIFY(shows(*keys, QStringLiteral("belongs to")));
    QVERIFY(shows(*keys, QStringLiteral("nothing signed with it counts here")));
    QVERIFY(strangerSentence(backend.keys.front()).isEmpty());
}

void TestPeoplePage::createsAKeyFromTwoEqualPassphrases()
{
    FakeBackend backend;
    PeoplePage page(backend);
    page.show();
    page.activate();
    type(page, "newKeyName", "dana");
    find<QComboBox>(page, "newKeyAlgorithm")->setCurrentIndex(1);
    type(page, "newKeyPassphrase", "correct horse");
    auto* const create = find<QPushButton>(page, "createKey");
    QVERIFY(!create->isEnabled());
    type(page, "newKeyAgain", "correct horse");
    QVERIFY(create->isEnabled());
    QTest::mouseClick(create, Qt::LeftButton);
    QCOMPARE(backend.newKeyAlgorithms, std::vector<std::string>{"ed25519"});
    QCOMPARE(backend.newKeyPassphrase, std::string("correct horse"));
    QTRY_COMPARE(page.presenter().state().keys.size(), std::size_t{1});
    QVERIFY(shows(*find<QWidget>(page, "localKeys"), QStringLiteral("dana")));
    QVERIFY(find<QLineEdit>(page, "newKeyName")->text().isEmpty());
    QVERIFY(
        find<QWidget>(page, "newKeyMessage")->accessibleName().contains(QStringLiteral("dana")));
}

void TestPeoplePage::saysWhyAKeyCannotBeCreatedYet_data()
{
    QTest::addColumn<NewKeyForm>("form");
    QTest::addColumn<QString>("expected");
    const auto form = [](const char* name, bool given, bool equal) {
        return NewKeyForm{QLatin1String(name), "ed25519", given, equal};
    };
    QTest::newRow("no name") << form("  ", true, true) << "Give the key a name.";
    QTest::newRow("taken") << form("old", true, true) << "A key of this name exists already.";
    QTest::newRow("no passphrase") << form("new", false, true) << "Choose a passphrase.";
    QTest::newRow("differ") << form("new", true, false) << "The two passphrases differ.";
    QTest::newRow("fine") << form("new", true, true) << "";
}

void TestPeoplePage::saysWhyAKeyCannotBeCreatedYet()
{
    QFETCH(NewKeyForm, form);
    QFETCH(QString, expected);
    FakeBackend backend;
    backend.keys = {{"old", "ab", "ed25519", {}, {}, {}}};
    PeoplePresenter presenter(backend);
    presenter.reload();
    QTRY_COMPARE(presenter.state().keys.size(), std::size_t{1});
    presenter.setForm(form);
    QCOMPARE(presenter.state().whyNotCreate, expected);
    presenter.createKey(std::make_shared<trust::SecretBytes>(trust::SecretBytes::copyOf("x")));
    QCOMPARE(backend.newKeyAlgorithms.empty(), !expected.isEmpty());
}

void TestPeoplePage::neverLeavesAPassphraseInTheFields()
{
    FakeBackend backend;
    PeoplePage page(backend);
    page.show();
    type(page, "newKeyName", "dana");
    type(page, "newKeyPassphrase", "secret");
    type(page, "newKeyAgain", "secret");
    backend.holds = true;
    QTest::mouseClick(find<QPushButton>(page, "createKey"), Qt::LeftButton);
    // Also while the key is still being made.
    QVERIFY(page.presenter().state().creating);
    QVERIFY(find<QLineEdit>(page, "newKeyPassphrase")->text().isEmpty());
    QVERIFY(find<QLineEdit>(page, "newKeyAgain")->text().isEmpty());
    backend.holds = false;
    backend.release();
    QTRY_VERIFY(!page.presenter().state().creating);
}

void TestPeoplePage::doesNotLetReadersSpeakPassphrases()
{
    FakeBackend backend;
    PeoplePage page(backend);
    page.show();
    for (const char* const name : {"newKeyPassphrase", "newKeyAgain"}) {
        auto* const field = find<QLineEdit>(page, name);
        QTest::keyClicks(field, QStringLiteral("secret"));
        QAccessibleInterface* const spoken = QAccessible::queryAccessibleInterface(field);
        QVERIFY(spoken != nullptr);
        QVERIFY(spoken->state().passwordEdit);
        QVERIFY(!spoken->text(QAccessible::Value).contains(QStringLiteral("secret")));
        QVERIFY(field->inputMethodHints().testFlag(Qt::ImhSensitiveData));
    }
}

QTEST_MAIN(TestPeoplePage)
#include "tst_people_page.moc"
