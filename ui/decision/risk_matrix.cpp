#include "ui/decision/risk_matrix.h"

#include "ui/format/hidden_text.h"
#include "ui/format/money_text.h"
#include "ui/format/plain_text.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStringList>
#include <QStyle>

#include <map>

namespace countersign::ui {

namespace {

constexpr int kCellWidth = 104;
constexpr int kCellHeight = 46;
constexpr int kLeft = 112;
constexpr int kBottom = 46;
constexpr int kMark = 20;

QColor shade(int score, int scoreMax)
{
    const ThemeColors& colors = currentColors();
    const double share = static_cast<double>(score) / scoreMax;
    if (share > 0.5)
        return colors.tone(Tone::Danger).background;
    if (share > 0.24)
        return colors.tone(Tone::Caution).background;
    return colors.tone(Tone::Good).background;
}

QString bandText(const std::vector<double>& bounds, int band, std::string_view unit)
{
    const auto upper = static_cast<std::size_t>(band - 1);
    if (bounds.empty())
        return {};
    if (upper >= bounds.size())
        return RiskMatrix::tr("over %1", "a value").arg(estimateText(bounds.back(), unit));
    return RiskMatrix::tr("to %1", "up to a value").arg(estimateText(bounds[upper], unit));
}

} // namespace

RiskMatrix::RiskMatrix(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("riskMatrix"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void RiskMatrix::setPicture(const RiskPicture& picture)
{
    m_picture = picture;
    QStringList sentences;
    for (const RiskFacts& risk : picture.risks)
        sentences << tr("%1: likelihood band %2, impact band %3; before the controls %4 and %5.")
                         .arg(safeInline(risk.title))
                         .arg(risk.residual.likelihood)
                         .arg(risk.residual.impact)
                         .arg(risk.inherent.likelihood)
                         .arg(risk.inherent.impact);
    setAccessibleName(tr("Risk matrix"));
    setAccessibleDescription(sentences.join(QLatin1Char('\n')));
    updateGeometry();
    update();
}

QSize RiskMatrix::sizeHint() const
{
    return {
        kLeft + m_picture.impactBandCount() * kCellWidth + 4,
        m_picture.likelihoodBandCount() * kCellHeight + kBottom};
}

QRect RiskMatrix::cell(int likelihood, int impact) const
{
    const int rows = m_picture.likelihoodBandCount();
    const QRect place(
        kLeft + (impact - 1) * kCellWidth,
        (rows - likelihood) * kCellHeight,
        kCellWidth,
        kCellHeight);
    return QStyle::visualRect(layoutDirection(), rect(), place);
}

void RiskMatrix::paintMarks(QPainter& painter, bool residual) const
{
    const ThemeColors& colors = currentColors();
    std::map<std::pair<int, int>, int> used;
    for (std::size_t i = 0; i < m_picture.risks.size(); ++i) {
        const RiskFacts& risk = m_picture.risks[i];
        const RiskPlace& place = residual ? risk.residual : risk.inherent;
        if (place.likelihood < 1 || place.impact < 1)
            continue;
        const bool moved = risk.residual.likelihood != risk.inherent.likelihood
                           || risk.residual.impact != risk.inherent.impact;
        if (!residual && !moved)
            continue;
        const int slot = used[{place.likelihood, place.impact}]++;
        const QRect box = cell(place.likelihood, place.impact);
        constexpr int kSlots = 4;
        const int x = box.left() + 6 + (slot % kSlots) * (kMark + 3);
        const int y = residual ? box.bottom() - kMark - 2 : box.top() + 3;
        const QRect mark(x, y, kMark, kMark - 1);
        painter.setPen(
            QPen(colors.text, residual ? 1 : 1.2, residual ? Qt::SolidLine : Qt::DashLine));
        painter.setBrush(residual ? QBrush(colors.text) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(mark, 9, 9);
        painter.setPen(residual ? colors.surface : colors.text);
        painter.drawText(mark, static_cast<int>(Qt::AlignCenter), QString::number(i + 1));
    }
}

void RiskMatrix::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors& colors = currentColors();
    const int rows = m_picture.likelihoodBandCount();
    const int columns = m_picture.impactBandCount();
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    painter.setFont(small);
    for (int likelihood = 1; likelihood <= rows; ++likelihood) {
        for (int impact = 1; impact <= columns; ++impact) {
            painter.setPen(colors.border);
            painter.setBrush(shade(likelihood * impact, rows * columns));
            painter.drawRect(cell(likelihood, impact));
        }
        painter.setPen(colors.muted);
        const QRect row = cell(likelihood, 1);
        const QRect label = QStyle::visualRect(
            layoutDirection(), rect(), QRect(0, row.top(), kLeft - 8, kCellHeight));
        painter.drawText(
            label,
            static_cast<int>(
                Qt::AlignVCenter | QStyle::visualAlignment(layoutDirection(), Qt::AlignRight)),
            tr("likelihood\n%1").arg(bandText(m_picture.likelihoodBounds, likelihood, "fraction")));
    }
    for (int impact = 1; impact <= columns; ++impact) {
        const QRect column = cell(1, impact);
        painter.setPen(colors.muted);
        painter.drawText(
            QRect(column.left(), rows * kCellHeight + 4, kCellWidth, kBottom - 4),
            static_cast<int>(Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap),
            tr("loss\n%1").arg(bandText(m_picture.impactBounds, impact, m_picture.currency)));
    }
    paintMarks(painter, false);
    paintMarks(painter, true);
}

} // namespace countersign::ui
