#pragma once

#include "planes/data/decision_check.h"
#include "tests/support/decision_forge.h"

#include <QStringList>
#include <QTest>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace countersign::testing {

/// One change of a sound decision and the one finding that it must give.
struct RuleCase
{
    std::string name;
    std::string folder; ///< Of the demo workspace.
    std::string file;
    std::string pointer;
    std::string value; ///< JSON text; empty takes the member out.
    std::string rule;
    std::string place; ///< File and pointer of the finding.
};

/// Reads `name | folder | file pointer = value | rule | file pointer`, a line each; the last part
/// is left out where the finding is where the change was.
[[nodiscard]] inline std::vector<RuleCase> ruleCases(const char* table)
{
    std::vector<RuleCase> cases;
    for (const QString& line :
         QString::fromUtf8(table).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const QStringList parts = line.split(QStringLiteral(" | "));
        const auto part = [&](qsizetype index) {
            return parts.at(index).toStdString();
        };
        const std::string change = part(2);
        const std::size_t space = change.find(' ');
        const std::size_t equals = change.find(" =");
        const std::string value = change.substr(std::min(change.size(), equals + 3));
        cases.push_back(
            {part(0),
             part(1),
             change.substr(0, space),
             change.substr(space + 1, equals - space - 1),
             value,
             part(3),
             parts.size() > 4 ? part(4) : change.substr(0, equals)});
    }
    return cases;
}

/// Loads each decision and the schemas once. One thread.
class RuleBench
{
public:
    [[nodiscard]] const data::SchemaSet& schemas()
    {
        if (!m_schemas)
            m_schemas = contractSchemas().value();
        return *m_schemas;
    }

    /// A fresh copy of a demo decision.
    [[nodiscard]] DecisionForge forge(const std::string& folder)
    {
        auto found = m_forges.find(folder);
        if (found == m_forges.end())
            found =
                m_forges.emplace(folder, DecisionForge::load(demoDecisionFolder(folder)).value())
                    .first;
        return found->second;
    }

    [[nodiscard]] data::FolderCheck check(
        const DecisionForge& forge,
        const data::KnownDocuments& known = data::NothingKnown(),
        const std::string& tenantId = {})
    {
        return data::checkDecision(forge.content(), schemas(), known, tenantId).value();
    }

    /// `rule file pointer` of each finding.
    [[nodiscard]] static std::vector<std::string> lines(const std::vector<Error>& errors)
    {
        std::vector<std::string> lines;
        lines.reserve(errors.size());
        for (const Error& error : errors)
            lines.push_back(error.rule + ' ' + error.file + ' ' + error.pointer);
        return lines;
    }

    void run(const RuleCase& one)
    {
        DecisionForge changed = forge(one.folder);
        if (one.value.empty())
            changed.erase(one.file, one.pointer);
        else
            changed.set(one.file, one.pointer, parseJson(one.value).value());
        changed.reseal();
        const data::FolderCheck result = check(changed);
        const std::vector<std::string> expected{one.rule + ' ' + one.place};
        for (const Error& error : result.errors) {
            if (lines({error}) != expected)
                qWarning("%s", error.describe().c_str());
        }
        QCOMPARE(lines(result.errors), expected);
        QVERIFY(!result.errors.front().detail.empty());
    }

private:
    std::optional<data::SchemaSet> m_schemas;
    std::map<std::string, DecisionForge> m_forges;
};

/// One test row for each case, with its index in the column `index`.
inline void addRows(const char* table)
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const RuleCase& one : ruleCases(table))
        QTest::newRow(one.name.c_str()) << index++;
}

} // namespace countersign::testing
