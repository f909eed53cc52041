#include "planes/control/cedar/est.h"
#include "planes/control/cedar/parse.h"
#include "planes/control/cedar/schema_text.h"
#include "planes/control/cedar/validate.h"

#include <QTest>

#include <string>

using namespace countersign;
using namespace countersign::cedar;

namespace {

constexpr auto kSchema = R"(
    entity Color enum ["red", "green"];
    entity Top;
    entity Group in [Group, Top];
    entity User in [Group] = {
        name: String, age: Long, admin: Bool, nick?: String, boss?: User, color: Color,
        home: { city: String, zip?: Long, deep?: { n: Long } }, tags: Set<String>,
        at: datetime, ttl: duration, limit: decimal, from: ipaddr, last: Action,
        zipped: Set<{ zip: Long }>
    } tags Long;
    entity Robot = { version: Long };
    entity Doc = { owner: User };
    action all, other;
    action view in all appliesTo { principal: [User, Robot], resource: Doc, context: { n: Long, s?: String } };
    action edit in all appliesTo { principal: User, resource: [Doc, Group], context: {} };
    namespace M { action look appliesTo { principal: User, resource: Doc }; }
)";

Schema schema()
{
    return Schema::resolve(parseSchemaText(kSchema).value()).value();
}

ValidationReport validated(const std::string& text, std::vector<TemplateLink> links = {})
{
    const auto policies = readPolicies(text);
    if (!policies.ok())
        qFatal("%s: %s", text.c_str(), policies.error().describe().c_str());
    return validatePolicies(schema(), {*policies, std::move(links)});
}

/// The rules of all findings without their common beginning, e.g. `type optional`.
std::string rulesOf(const ValidationReport& report)
{
    std::string rules;
    for (const Finding& finding : report.findings)
        rules += (rules.empty() ? "" : " ") + finding.rule.substr(sizeof("cedar.validate.") - 1);
    return rules;
}

/// The findings of an expression asked for the action edit: User, and Doc or Group.
std::string rulesFor(const std::string& expression)
{
    return rulesOf(validated(
        "permit(principal, action == Action::\"edit\", resource) when { " + expression + " };"));
}

EntityUid uid(const char* type, const char* id)
{
    return EntityUid::create(type, id).value();
}

} // namespace

class TestCedarValidate final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsByRule_data();
    void findsByRule();
    void typesScopesByWhatTheHierarchyAllows_data();
    void typesScopesByWhatTheHierarchyAllows();
    void namesPlaceRuleAndWhatToDo();
    void sortsFindingsByTheirPlaceAndReportsEachOnce();
    void typesEachActionWithItsOwnContext();
    void typesTemplatesForWhateverFitsTheirSlots();
    void checksLinks();
    void findsTheSameInPoliciesFromJson();
    void typesALongHasOnlyOnce();
    void survivesTheHighestExpression();
    void givesUpOnWhatWouldTakeForever();
    void keepsSomeFindingsOfVeryManyOnly();
};

void TestCedarValidate::findsByRule_data()
{
    QTest::addColumn<std::string>("expression");
    QTest::addColumn<std::string>("rules");
    const auto row = [](const char* expression, const char* rules) {
        QTest::newRow(expression) << std::string(expression) << std::string(rules);
    };
    const auto sound = [&row](const char* expression) {
        row(expression, "");
    };
    const auto never = [&row](const char* expression) {
        row(expression, "impossible");
    };

    // Operands that are never reached are not typed.
    never("false && 1");
    sound("true || 1");
    sound("if true then true else 1");
    never("if false then 1 else false");
    row("1 && false", "impossible type");
    row("principal.admin && 1", "type");
    row("1 || true", "type");
    row("if 1 then true else true", "type");
    row("!1", "type");
    row("1", "type");
    never("!true");
    never("principal.admin && !true");

    // Equality needs one type, unless both are entities or both literals.
    never("1 == \"a\"");
    sound("1 != \"a\"");
    never("resource is Doc && principal == resource.owner && resource == principal");
    sound("principal == principal");
    row("principal.age == principal.name", "incompatible");
    row("principal == 1", "incompatible");
    row("principal.age == 1 && {a: 1} == {a: \"b\"}", "incompatible");
    sound("{a: true, b: [1]} == {b: [2], a: principal.admin}");
    row("principal.home == {city: \"x\"}", "incompatible");
    row("ip(\"::1\") == decimal(\"1.0\")", "incompatible");
    never("action == Action::\"view\"");
    sound("action == Action::\"edit\"");
    sound("Action::\"edit\" == action && action != Action::\"all\"");

    // Comparison and arithmetic.
    sound("principal.age + 1 - 2 * 3 < -principal.age");
    sound("principal.at < datetime(\"2026-01-01\") && principal.ttl <= duration(\"1d\")");
    row("principal.at < principal.ttl", "type");
    row("principal.name < \"a\"", "type type");
    row("principal.limit > principal.limit", "type type");
    row("principal.age + principal.name == 1", "type");
    row("-principal.name == 1", "type");
    row("principal.age like \"a*\"", "type");
    sound("principal.name like \"a*\"");

    // Attributes and what makes them safe.
    row("principal.nothing == 1", "attribute");
    row("principal.age.more == 1", "type");
    row("action.name == 1", "attribute");
    never("action has name");
    never("principal has nothing");
    row("principal.age has a", "type");
    sound("principal has name");
    sound("principal has name && principal has name");
    sound("principal.home has city");
    row("principal.nick == \"x\"", "optional");
    sound("principal has nick && principal.nick == \"x\"");
    sound("principal has \"nick\" && principal[\"nick\"] == \"x\"");
    row("principal.nick == \"x\" && principal has nick", "optional");
    row("principal has nick || principal.nick == \"x\"", "optional");
    sound(
        "(principal has nick && principal.admin || principal has nick) && principal.nick == \"x\"");
    row("(principal has nick || principal.admin) && principal.nick == \"x\"", "optional");
    sound("(principal has nick || false) && principal.nick == \"x\"");
    sound("(false || principal has nick) && principal.nick == \"x\"");
    sound("(if principal.admin then principal has nick else false) && principal.age == 1");
    row("(if principal.admin then principal has nick else principal.admin) && principal.nick == "
        "\"x\"",
        "optional");
    sound("(if principal has nick then principal.admin else principal has nick) && principal.nick "
          "== \"x\"");
    row("!(principal has nick) && principal.nick == \"x\"", "optional");
    row("!!(principal has nick) && principal.nick == \"x\"", "optional");
    row("(principal has nick) == true && principal.nick == \"x\"", "optional");
    sound("principal has boss && principal.boss has nick && principal.boss.nick == \"x\"");
    sound("principal has boss.nick && principal.boss.nick == \"x\"");
    sound("principal has home.deep.n && principal.home.deep.n == 1");
    row("principal has home.deep && principal.home.zip == 1", "optional");
    never("principal has home.more.n");
    row("principal has age.a", "type");
    row("principal has boss && principal.boss.boss.name == \"x\"", "optional");
    sound("{a: 1}.a == 1");
    row("{a: 1}.b == 1", "attribute");
    sound("(if principal.admin then {a: 1} else {a: 2}).a == 1");

    // Tags.
    row("principal.getTag(\"x\") == 1", "optional_tag");
    sound("principal.hasTag(\"x\") && principal.getTag(\"x\") == 1");
    sound("principal.hasTag(principal.name) && principal.getTag(principal.name) == 1");
    row("principal.hasTag(\"x\") && principal.getTag(\"y\") == 1", "optional_tag");
    row("principal.hasTag(\"x\") && principal.getTag(\"x\") == \"y\"", "incompatible");
    row("principal.hasTag(1)", "type");
    row("principal.home.hasTag(\"a\")", "type");
    never("Robot::\"r\".hasTag(\"x\")");
    row("Robot::\"r\".getTag(\"x\") == 1", "tag");
    never("action.hasTag(\"x\")");

    // Sets.
    row("[].isEmpty()", "empty_set");
    row("[1, \"a\"].isEmpty()", "incompatible");
    row("[principal, action].isEmpty()", "incompatible");
    sound("[true, false, principal.admin].contains(true)");
    row("principal.tags.contains(1)", "incompatible");
    row("principal.tags.containsAll([1])", "incompatible");
    row("principal.tags.containsAny(\"a\")", "type");
    row("principal.name.contains(\"a\")", "type");
    row("principal.isEmpty()", "type");
    sound("principal.zipped.contains({zip: 1})");

    // The hierarchy.
    sound("principal in Group::\"g\"");
    sound("principal in Top::\"t\"");
    sound("principal in User::\"u\"");
    never("principal in Doc::\"d\"");
    never("Top::\"t\" in principal");
    sound("principal in [Group::\"g\", Group::\"h\"]");
    never("principal in [Doc::\"d\"]");
    row("principal in [Group::\"g\", Top::\"t\"]", "incompatible");
    row("principal in \"g\"", "type");
    row("principal in [\"g\"]", "type");
    row("1 in principal", "type");
    sound("action in Action::\"all\"");
    never("action in [Action::\"other\"]");
    sound("action in [Action::\"other\", action]");
    sound("principal.last in Action::\"all\"");
    sound("principal is User");
    never("principal is Robot");
    sound("principal is User in Group::\"g\"");
    never("principal is User in Doc::\"d\"");
    never("principal is Robot in 1");
    row("principal.name is User", "type");
    sound("principal.last is Action");

    // Extension functions.
    row("ip(principal.name).isIpv4()", "constructor");
    row("ip(1).isIpv4()", "type");
    row("ip(\"10.0.0.256\").isIpv4()", "literal");
    row("decimal(\"1\").lessThan(principal.limit)", "literal");
    row("datetime(\"2026-02-30\") == principal.at", "literal");
    row("duration(\"1x\") == principal.ttl", "literal");
    row("ip(\"::1\", \"::1\").isIpv4()", "arguments");
    row("principal.from.isInRange()", "arguments");
    row("principal.from.isInRange(\"::1\")", "type");
    row("principal.limit.lessThan(1)", "type");
    sound("principal.at.offset(principal.ttl).durationSince(principal.at.toDate()).toDays() == 1");
    row("principal.at.toDays() == 1", "type");

    // Names, also where nothing is typed.
    row("false && User::\"u\" == Nobody::\"n\"", "impossible unknown_type");
    row("principal == Nobody::\"n\"", "unknown_type");
    row("principal is Nobody", "impossible unknown_type");
    row("principal is N::Action", "impossible unknown_type");
    row("true || action == Action::\"nothing\"", "unknown_action");
    row("principal.color == Color::\"blue\"", "enumerated");
    sound("principal.color == Color::\"red\"");
}

void TestCedarValidate::findsByRule()
{
    QFETCH(const std::string, expression);
    QFETCH(const std::string, rules);
    const std::string found = rulesFor(expression);
    QVERIFY2(found == rules, ("found: " + found).c_str());
}

void TestCedarValidate::typesScopesByWhatTheHierarchyAllows_data()
{
    QTest::addColumn<std::string>("scope");
    QTest::addColumn<std::string>("rules");
    const auto row = [](const char* scope, const char* rules) {
        QTest::newRow(scope) << std::string(scope) << std::string(rules);
    };
    const auto nowhere = "no_applicable_action impossible";
    row("principal, action, resource", "");
    row("principal == User::\"u\", action, resource", "");
    row("principal == Doc::\"d\", action, resource", nowhere);
    row("principal in Group::\"g\", action, resource", "");
    row("principal in Doc::\"d\", action, resource", nowhere);
    row("principal is Robot, action, resource", "");
    row("principal is Robot, action == Action::\"edit\", resource", nowhere);
    row("principal is Robot in Group::\"g\", action, resource", nowhere);
    row("principal is Robot, action, resource is Group", nowhere);
    row("principal, action == Action::\"all\", resource", nowhere);
    row("principal, action in Action::\"all\", resource", "");
    row("principal, action in [Action::\"other\", Action::\"edit\"], resource", "");
    row("principal, action in Action::\"other\", resource", nowhere);
    row("principal, action == M::Action::\"look\", resource", "");
    row("principal, action in [], resource", "empty_set");
    row("principal is Top, action in [], resource", nowhere);
    row("principal, action in [Action::\"edit\", M::Action::\"look\"], resource", "incompatible");
    row("principal, action == Action::\"none\", resource",
        "no_applicable_action impossible unknown_action");
    row("principal, action in [Action::\"none\"], resource", "unknown_action");
    row("principal == Nobody::\"n\", action, resource", "unknown_type");
    row("principal is Nobody, action, resource", "no_applicable_action impossible unknown_type");
    row("principal, action, resource is Nobody in Group::\"g\"",
        "no_applicable_action impossible unknown_type");
    row("principal == Color::\"blue\", action, resource",
        "no_applicable_action impossible enumerated");
}

void TestCedarValidate::typesScopesByWhatTheHierarchyAllows()
{
    QFETCH(const std::string, scope);
    QFETCH(const std::string, rules);
    const std::string found = rulesOf(validated("forbid(" + scope + ");"));
    QVERIFY2(found == rules, ("found: " + found).c_str());
}

void TestCedarValidate::namesPlaceRuleAndWhatToDo()
{
    const ValidationReport report =
        validated("permit(principal, action, resource);\n"
                  "permit(principal is User, action == Action::\"view\", resource)\n"
                  "when { context.s == \"x\" };");
    QCOMPARE(report.findings.size(), std::size_t{1});
    const Finding& finding = report.findings.front();
    QCOMPARE(finding.policyId, std::string("policy1"));
    QCOMPARE(finding.rule, std::string("cedar.validate.optional"));
    QCOMPARE(finding.position.line, std::uint32_t{3});
    QCOMPARE(finding.position.column, std::uint32_t{8});
    QVERIFY(finding.message.find("\"s\"") != std::string::npos);
    QVERIFY(finding.help.find("has") != std::string::npos);
    QVERIFY(finding.environment.find("Action::\"view\"") != std::string::npos);
    QVERIFY(!report.ok());
    const Error error = report.firstError();
    QVERIFY(error.code == ErrorCode::Refused);
    QCOMPARE(error.pointer, std::string("line 3 column 8"));
    QVERIFY(finding.describe().find("error: policy policy1: line 3 column 8: ") == 0);
}

void TestCedarValidate::sortsFindingsByTheirPlaceAndReportsEachOnce()
{
    const ValidationReport report =
        validated("permit(principal, action, resource)\n"
                  "when { 1 like \"a\" && resource == Nobody::\"n\" && 2 like \"b\" };");
    QCOMPARE(rulesOf(report), std::string("type unknown_type type"));
    QVERIFY(report.findings[0].position.offset < report.findings[1].position.offset);
    QVERIFY(report.findings[1].position.offset < report.findings[2].position.offset);
}

void TestCedarValidate::typesEachActionWithItsOwnContext()
{
    const std::string when = "when { context.n == 1 };";
    QCOMPARE(
        rulesOf(validated("permit(principal, action == Action::\"view\", resource) " + when)),
        std::string());
    QCOMPARE(
        rulesOf(validated("permit(principal, action == Action::\"edit\", resource) " + when)),
        std::string("attribute"));
    QCOMPARE(
        rulesOf(validated("permit(principal, action, resource) " + when)),
        std::string("attribute"));
    QCOMPARE(
        rulesOf(validated(
            "permit(principal, action, resource) when { action == Action::\"view\" } " + when)),
        std::string());
    QCOMPARE(
        rulesOf(validated(
            "permit(principal, action, resource) unless { action != Action::\"view\" } " + when)),
        std::string());
    QCOMPARE(
        rulesOf(validated("permit(principal, action, resource) when { context has n } " + when)),
        std::string());
}

void TestCedarValidate::typesTemplatesForWhateverFitsTheirSlots()
{
    QCOMPARE(
        rulesOf(validated("permit(principal == ?principal, action, resource in ?resource);")),
        std::string());
    QCOMPARE(
        rulesOf(validated("permit(principal is Robot in ?principal, action, resource) when { "
                          "principal.age == 1 };")),
        std::string("attribute"));
    QCOMPARE(
        rulesOf(validated("permit(principal is Top in ?principal, action, resource);")),
        std::string("no_applicable_action impossible"));
}

void TestCedarValidate::checksLinks()
{
    const std::string text = "permit(principal in ?principal, action, resource == ?resource); "
                             "permit(principal, action, resource);";
    const auto link = [&text](const char* principal, EntityUid resource) {
        const ValidationReport report =
            validated(text, {{"policy0", "link", uid(principal, "x"), std::move(resource)}});
        for (const Finding& finding : report.findings)
            if (finding.policyId != "link")
                return std::string("another policy");
        return rulesOf(report);
    };
    QCOMPARE(link("Group", uid("Doc", "d")), std::string());
    QCOMPARE(link("User", uid("Doc", "d")), std::string());
    QCOMPARE(link("Doc", uid("Doc", "d")), std::string("no_applicable_action impossible"));
    QCOMPARE(link("Group", uid("Robot", "r")), std::string("no_applicable_action impossible"));
    QCOMPARE(link("Nobody", uid("Doc", "d")), std::string("unknown_type"));
    QCOMPARE(link("Group", uid("Color", "blue")), std::string("enumerated"));
    QCOMPARE(
        rulesOf(validated(text, {{"policy1", "link", uid("User", "u"), std::nullopt}})),
        std::string("template"));
    QCOMPARE(
        rulesOf(validated(text, {{"nothing", "link", uid("User", "u"), std::nullopt}})),
        std::string("template"));
}

void TestCedarValidate::findsTheSameInPoliciesFromJson()
{
    const auto policies = readPolicies("permit(principal is User, action, resource) when { "
                                       "principal has home.deep.n && principal.home.deep.n > 1 "
                                       "&& principal.nick != \"x\" };");
    QVERIFY(policies.ok());
    const auto fromJson = policyFromJson(policyJson(policies->front()), "policy0");
    QVERIFY(fromJson.ok());
    const ValidationReport report = validatePolicies(schema(), {{*fromJson}, {}});
    QCOMPARE(rulesOf(report), std::string("optional"));
    QCOMPARE(report.findings.front().position, SourcePosition());
    QVERIFY(report.firstError().pointer.empty());
}

void TestCedarValidate::typesALongHasOnlyOnce()
{
    // Written out, each level would be typed three times: 3^60 in all.
    std::string expression = "principal";
    for (int i = 0; i < 60; ++i)
        expression = "(" + expression + " has home.deep.n)";
    QCOMPARE(rulesFor(expression).substr(0, 9), std::string("type type"));
}

void TestCedarValidate::survivesTheHighestExpression()
{
    std::string chain = "principal has nick";
    for (std::uint32_t i = 2; i < kExpressionHeightMax - 10; ++i)
        chain += " && principal.nick == \"x\"";
    QCOMPARE(rulesFor(chain), std::string());
    std::string sum = "1";
    for (std::uint32_t i = 2; i < kExpressionHeightMax - 10; ++i)
        sum += " + 1";
    QCOMPARE(rulesFor(sum + " == 1"), std::string());
    std::string nested = "principal.home";
    for (int i = 0; i < 200; ++i)
        nested = "[" + nested + "]";
    QCOMPARE(rulesFor(nested + " == " + nested), std::string());
}

void TestCedarValidate::givesUpOnWhatWouldTakeForever()
{
    std::string names = "E0";
    for (int i = 1; i < 300; ++i)
        names += ", E" + std::to_string(i);
    const Schema wide =
        Schema::resolve(parseSchemaText(
                            "entity " + names + "; action a appliesTo { principal: [" + names
                            + "], resource: [" + names + "] };")
                            .value())
            .value();
    std::string expression = "[principal == resource";
    for (int i = 0; i < 300; ++i)
        expression += ", principal == resource";
    expression += "].contains(true)";
    const auto policies =
        readPolicies("permit(principal, action, resource) when { " + expression + " };");
    QVERIFY2(policies.ok(), policies.ok() ? "" : policies.error().describe().c_str());
    const ValidationReport report = validatePolicies(wide, {*policies, {}});
    QCOMPARE(rulesOf(report), std::string("limit"));
    QVERIFY(!report.ok());
}

void TestCedarValidate::keepsSomeFindingsOfVeryManyOnly()
{
    std::string expression = "[1 like \"a\"";
    for (int i = 0; i < 500; ++i)
        expression += ", 1 like \"a\"";
    expression += "].contains(true)";
    const ValidationReport report =
        validated("permit(principal, action, resource) when { " + expression + " };");
    QCOMPARE(report.findings.size(), kFindingCountMax);
}

QTEST_GUILESS_MAIN(TestCedarValidate)
#include "tst_cedar_validate.moc"
