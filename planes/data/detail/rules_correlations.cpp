#include "planes/data/detail/rule_context.h"

#include <cmath>
#include <map>
#include <numbers>
#include <set>

namespace countersign::data::detail {

namespace {

/// Variables that correlations may tie together: factoring the matrix costs the cube of it.
constexpr std::size_t kCorrelatedCountMax = 300;
/// Below this a pivot is rounding, not independent variation.
constexpr double kPivotMin = 1e-10;

/// A symmetric matrix, row by row.
struct Matrix
{
    std::size_t size;
    std::vector<double> values;

    double& at(std::size_t row, std::size_t column) { return values[row * size + column]; }
};

/// Cholesky, in place; stops at the first pivot that is not positive.
bool isPositiveDefinite(Matrix matrix)
{
    for (std::size_t k = 0; k < matrix.size; ++k) {
        const double pivot = matrix.at(k, k);
        if (!(pivot > kPivotMin))
            return false;
        const double root = std::sqrt(pivot);
        for (std::size_t i = k; i < matrix.size; ++i)
            matrix.at(i, k) /= root;
        for (std::size_t i = k + 1; i < matrix.size; ++i) {
            for (std::size_t j = k + 1; j <= i; ++j)
                matrix.at(i, j) -= matrix.at(i, k) * matrix.at(j, k);
        }
    }
    return true;
}

std::set<std::string> decisionVariables(const JsonPlace& root)
{
    std::set<std::string> chosen;
    for (const JsonPlace& variable : root.in("model/variables").elements()) {
        if (variable.at("is_decision").flag())
            chosen.insert(variable.at("variable_id").text());
    }
    return chosen;
}

void checkSet(RuleContext& context, const IncomingRecord& set)
{
    const JsonPlace root(set.content);
    const JsonPlace list = root.in("model/correlations");
    const std::set<std::string> chosen = decisionVariables(root);
    std::map<std::string, std::size_t> indexes;
    std::map<std::pair<std::size_t, std::size_t>, double> pairs;
    for (const JsonPlace& correlation : list.elements()) {
        const std::string a = correlation.at("a").text();
        const std::string b = correlation.at("b").text();
        for (const char* end : {"a", "b"}) {
            if (chosen.contains(correlation.at(end).text()))
                context.report(
                    set,
                    correlation.at(end).pointer(),
                    "correlation.pair",
                    "only chance variables are correlated; this one is chosen");
        }
        const std::size_t i = indexes.try_emplace(a, indexes.size()).first->second;
        const std::size_t j = indexes.try_emplace(b, indexes.size()).first->second;
        // The copula is imposed with Pearson's coefficient, so that matrix has to be definite.
        const double pearson =
            2 * std::sin(std::numbers::pi * correlation.at("spearman").number() / 6);
        if (i == j || !pairs.try_emplace({std::min(i, j), std::max(i, j)}, pearson).second)
            context.report(
                set,
                correlation.pointer(),
                "correlation.pair",
                i == j ? "a variable is not correlated with itself" : "this pair is named twice");
    }
    if (indexes.size() > kCorrelatedCountMax) {
        context.report(
            set,
            list.pointer(),
            "correlation.size",
            "more than " + std::to_string(kCorrelatedCountMax) + " variables are correlated",
            ErrorCode::LimitExceeded);
        return;
    }
    const std::size_t size = indexes.size();
    Matrix matrix{size, std::vector<double>(size * size, 0.0)};
    for (std::size_t i = 0; i < size; ++i)
        matrix.at(i, i) = 1;
    for (const auto& [pair, pearson] : pairs) {
        if (pair.first == pair.second)
            continue;
        matrix.at(pair.first, pair.second) = pearson;
        matrix.at(pair.second, pair.first) = pearson;
    }
    if (!isPositiveDefinite(std::move(matrix)))
        context.report(
            set,
            list.pointer(),
            "correlation.definite",
            "no variables can be correlated like this: the matrix is not positive definite");
}

} // namespace

void checkCorrelations(RuleContext& context)
{
    for (const IncomingRecord* set : context.incoming("scenario_set"))
        checkSet(context, *set);
}

} // namespace countersign::data::detail
