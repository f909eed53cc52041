#include "ui/format/notice_text.h"

#include "ui/format/error_text.h"
#include "ui/format/hidden_text.h"
#include "ui/format/plain_text.h"

#include <QCoreApplication>

namespace countersign::ui {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(NoticeText)
};

QString sentence(const Notice& notice)
{
    const QString subject = safeInline(toQString(notice.subject));
    switch (notice.kind) {
    case Notice::Kind::DeliveryAccepted:
        return Tr::tr("New from the inbox: %1.").arg(subject);
    case Notice::Kind::DeliveryRefused:
        return Tr::tr("The inbox refused %1.").arg(subject);
    case Notice::Kind::InboxTrouble:
        return Tr::tr("The inbox cannot be taken in now; it is tried again.");
    case Notice::Kind::EngineTrouble:
        return Tr::tr("Carrying out a plan met a difficulty; the work goes on.");
    }
    return {};
}

} // namespace

QString noticeText(const Notice& notice)
{
    QStringList parts{sentence(notice)};
    if (notice.error) {
        parts << errorSentence(*notice.error);
        if (const QString details = errorDetails(*notice.error); !details.isEmpty())
            parts << QLatin1Char('(') + details + QLatin1Char(')');
    }
    return parts.join(QLatin1Char(' '));
}

} // namespace countersign::ui
