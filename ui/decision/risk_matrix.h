#pragma once

#include "ui/decision/risk_facts.h"

#include <QWidget>

namespace countersign::ui {

/// Likelihood upwards, impact to the side; each risk by its number: a ring where it stood before
/// the controls, a filled mark where it stands now. Severity shows as shade and as the words at the
/// axes. Readers get the same as sentences.
class RiskMatrix : public QWidget
{
    Q_OBJECT

public:
    explicit RiskMatrix(QWidget* parent = nullptr);

    void setPicture(const RiskPicture& picture);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QRect cell(int likelihood, int impact) const;
    void paintMarks(QPainter& painter, bool residual) const;

    RiskPicture m_picture;
};

} // namespace countersign::ui
