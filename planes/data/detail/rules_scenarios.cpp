#include "planes/data/detail/rule_context.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace countersign::data::detail {

namespace {

constexpr std::array<std::string_view, 8> kFunctions = {
    "min", "max", "exp", "ln", "sqrt", "abs", "if", "npv"};

/// Shares are stored with four digits or so each.
constexpr double kShareRounding = 1e-3;

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Skips a number; its exponent is not a name.
std::size_t endOfNumber(std::string_view text, std::size_t at)
{
    while (at < text.size() && (isDigit(text[at]) || text[at] == '.'))
        ++at;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        std::size_t digits = at + 1;
        if (digits < text.size() && (text[digits] == '+' || text[digits] == '-'))
            ++digits;
        if (digits < text.size() && isDigit(text[digits]))
            at = digits;
        while (at < text.size() && isDigit(text[at]))
            ++at;
    }
    return at;
}

/// Names in an expression that are neither variables of the model nor functions of the grammar.
/// Whether the rest follows the grammar is for whoever evaluates it.
void checkNames(
    RuleContext& context,
    const IncomingRecord& set,
    const JsonPlace& expression,
    const std::set<std::string, std::less<>>& variables)
{
    const std::string text = expression.text();
    std::size_t at = 0;
    while (at < text.size()) {
        if (isDigit(text[at]) || text[at] == '.') {
            at = endOfNumber(text, at);
            continue;
        }
        if (!isLetter(text[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        while (at < text.size() && (isLetter(text[at]) || isDigit(text[at])))
            ++at;
        const std::string_view name = std::string_view(text).substr(begin, at - begin);
        const std::size_t next = text.find_first_not_of(" \t\r\n", at);
        const bool isCall = next != std::string::npos && text[next] == '(';
        const bool found =
            isCall ? std::find(kFunctions.begin(), kFunctions.end(), name) != kFunctions.end()
                   : variables.contains(name);
        if (!found)
            context.report(
                set,
                expression.pointer(),
                "expression.name",
                "\"" + std::string(name) + "\" is no "
                    + (isCall ? "function of the grammar" : "variable of the model"));
    }
}

std::optional<double> objectiveMean(const JsonPlace& scenario, const std::string& objective)
{
    for (const JsonPlace& result : scenario.at("results").elements()) {
        if (result.at("outcome_id").text() == objective)
            return result.at("mean").number();
    }
    return std::nullopt;
}

/// The scenario with the best mean of the objective; a tie leaves the choice open.
void checkPreferred(RuleContext& context, const IncomingRecord& set)
{
    const JsonPlace root(set.content);
    const std::string objective = root.in("model/objective_outcome_id").text();
    double sign = 1;
    for (const JsonPlace& outcome : root.in("model/outcomes").elements()) {
        if (outcome.at("outcome_id").text() == objective
            && outcome.at("direction").text() == "minimise")
            sign = -1;
    }
    const JsonPlace preferred = root.in("comparison/preferred_scenario_id");
    std::optional<double> best;
    std::optional<double> stated;
    for (const JsonPlace& scenario : root.at("scenarios").elements()) {
        const std::optional<double> mean = objectiveMean(scenario, objective);
        if (!mean) {
            context.report(
                set,
                scenario.at("results").pointer(),
                "result.missing",
                "there is no result for the objective \"" + objective + "\"");
            continue;
        }
        if (!best || sign * *mean > *best)
            best = sign * *mean;
        if (scenario.at("scenario_id").text() == preferred.text())
            stated = sign * *mean;
    }
    if (best && stated && *stated < *best && !isClose(*stated, *best))
        context.report(
            set,
            preferred.pointer(),
            "result.preferred",
            "another scenario has the better mean of \"" + objective + "\"");
}

void checkProbabilityBest(RuleContext& context, const IncomingRecord& set)
{
    const JsonPlace root(set.content);
    const JsonPlace shares = root.in("comparison/probability_best");
    double sum = 0;
    for (const JsonPlace& share : shares.elements())
        sum += share.at("probability").number();
    const bool whole = std::abs(sum - 1) <= kShareRounding;
    if (!whole || shares.elements().size() != root.at("scenarios").elements().size())
        context.report(
            set,
            shares.pointer(),
            "result.probability_best",
            whole ? "every scenario has one share" : "the shares do not add up to 1");
}

} // namespace

void checkScenarios(RuleContext& context)
{
    for (const IncomingRecord* set : context.incoming("scenario_set")) {
        std::set<std::string, std::less<>> variables;
        for (const JsonPlace& id :
             placesOf(JsonPlace(set->content), "/model/variables/*/variable_id"))
            variables.insert(id.text());
        for (const JsonPlace& expression :
             placesOf(JsonPlace(set->content), "/model/outcomes/*/expression"))
            checkNames(context, *set, expression, variables);
        checkPreferred(context, *set);
        checkProbabilityBest(context, *set);
    }
}

} // namespace countersign::data::detail
