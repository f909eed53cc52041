<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar">
    <context>
        <name>AskSentence</name>
        <message>
            <source>%1 and %2</source>
            <comment>a list and its last item</comment>
            <translation>%1 و%2</translation>
        </message>
        <message>
            <source>, </source>
            <comment>between the items of a list</comment>
            <translation>، </translation>
        </message>
        <message>
            <source>There is no plan: nothing would be carried out.</source>
            <translation>لا توجد خطة: لن يُنفَّذ شيء.</translation>
        </message>
        <message>
            <source>One step runs in %1</source>
            <translation>تُنفَّذ خطوة واحدة في %1</translation>
        </message>
        <message numerus="yes">
            <source>%n steps run in %1</source>
            <comment>more than one</comment>
            <translation>
                <numerusform>لا تُنفَّذ أي خطوة في %1</numerusform>
                <numerusform>تُنفَّذ خطوة واحدة في %1</numerusform>
                <numerusform>تُنفَّذ خطوتان في %1</numerusform>
                <numerusform>تُنفَّذ %n خطوات في %1</numerusform>
                <numerusform>تُنفَّذ %n خطوة في %1</numerusform>
                <numerusform>تُنفَّذ %n خطوة في %1</numerusform>
            </translation>
        </message>
        <message>
            <source>%1, between %2 and %3.</source>
            <translation>%1، بين %2 و%3.</translation>
        </message>
        <message>
            <source>Up to %1 is at stake.</source>
            <translation>القيمة المعرَّضة تصل إلى %1.</translation>
        </message>
        <message>
            <source>No amount is at stake.</source>
            <translation>لا مبلغ معرَّض.</translation>
        </message>
        <message>
            <source>1 of %1 steps cannot be undone: %2.</source>
            <translation>خطوة واحدة من أصل %1 لا يمكن التراجع عنها: %2.</translation>
        </message>
        <message numerus="yes">
            <source>%n of %1 steps cannot be undone: %2.</source>
            <comment>more than one</comment>
            <translation>
                <numerusform>كل الخطوات يمكن التراجع عنها من أصل %1: %2.</numerusform>
                <numerusform>خطوة واحدة من أصل %1 لا يمكن التراجع عنها: %2.</numerusform>
                <numerusform>خطوتان من أصل %1 لا يمكن التراجع عنهما: %2.</numerusform>
                <numerusform>%n خطوات من أصل %1 لا يمكن التراجع عنها: %2.</numerusform>
                <numerusform>%n خطوة من أصل %1 لا يمكن التراجع عنها: %2.</numerusform>
                <numerusform>%n خطوة من أصل %1 لا يمكن التراجع عنها: %2.</numerusform>
            </translation>
        </message>
        <message>
            <source>This changes who may decide what here.</source>
            <translation>هذا يغيّر من يحق له أن يقرر ماذا هنا.</translation>
        </message>
        <message>
            <source>A later change can take it back.</source>
            <translation>يمكن لتغيير لاحق أن يتراجع عنه.</translation>
        </message>
        <message>
            <source>It is in force as soon as the quorum has signed.</source>
            <translation>يسري فور توقيع النصاب.</translation>
        </message>
    </context>
    <context>
        <name>CauseText</name>
        <message>
            <source>The engine was interrupted during the call. Nobody knows yet whether it took effect.</source>
            <translation>انقطع عمل المحرك أثناء الاستدعاء. ولا يعرف أحد بعد هل حدث أثره.</translation>
        </message>
        <message>
            <source>The system did not say whether the call took effect.</source>
            <translation>لم يبيّن النظام هل حدث أثر الاستدعاء.</translation>
        </message>
        <message>
            <source>The run was stopped while it was not known whether the call took effect.</source>
            <translation>أُوقف التنفيذ ولم يُعرف هل حدث أثر الاستدعاء.</translation>
        </message>
        <message>
            <source>All attempts are used up, and the call may still have taken effect.</source>
            <translation>استُنفدت المحاولات كلها، وقد يكون أثر الاستدعاء حدث مع ذلك.</translation>
        </message>
        <message>
            <source>A step failed.</source>
            <translation>أخفقت خطوة.</translation>
        </message>
        <message>
            <source>A step before it failed.</source>
            <translation>أخفقت خطوة قبلها.</translation>
        </message>
        <message>
            <source>The run was cancelled.</source>
            <translation>أُلغي التنفيذ.</translation>
        </message>
        <message>
            <source>The time for the plan ran out.</source>
            <translation>انقضت المدة المحددة للخطة.</translation>
        </message>
        <message>
            <source>Undoing a step failed; somebody must look.</source>
            <translation>أخفق التراجع عن خطوة، ولا بد أن ينظر فيها أحد.</translation>
        </message>
        <message>
            <source>The time in which the step could be undone by itself is over.</source>
            <translation>انقضت المدة التي كان يمكن فيها التراجع عن الخطوة آليًا.</translation>
        </message>
        <message>
            <source>A failed attempt will be repeated.</source>
            <translation>ستُعاد محاولة أخفقت.</translation>
        </message>
        <message>
            <source>The plan may not begin yet.</source>
            <translation>لا يجوز بدء الخطة بعد.</translation>
        </message>
    </context>
    <context>
        <name>ChangeText</name>
        <message>
            <source>Everything may be carried out again. %1 had stopped it: %2</source>
            <translation>يمكن تنفيذ كل شيء من جديد. كان %1 قد أوقفه: %2</translation>
        </message>
        <message>
            <source>The roster %1 will be called %2.</source>
            <translation>سيُسمى السجل %1 باسم %2.</translation>
        </message>
        <message>
            <source>%1 (%2) joins.</source>
            <translation>ينضم %1 (%2).</translation>
        </message>
        <message>
            <source>%1 (%2) leaves.</source>
            <translation>يغادر %1 (%2).</translation>
        </message>
        <message>
            <source>%1 will be called %2.</source>
            <translation>سيُسمى %1 باسم %2.</translation>
        </message>
        <message>
            <source>%1 will report to %2.</source>
            <translation>سيتبع %1 المدير %2.</translation>
        </message>
        <message>
            <source>%1 gets the role %2.</source>
            <translation>يحصل %1 على الدور %2.</translation>
        </message>
        <message>
            <source>%1 loses the role %2.</source>
            <translation>يفقد %1 الدور %2.</translation>
        </message>
        <message>
            <source>%1 may sign with the key %2.</source>
            <translation>يحق لـ %1 التوقيع بالمفتاح %2.</translation>
        </message>
        <message>
            <source>%1 may no longer sign with the key %2.</source>
            <translation>لم يعد يحق لـ %1 التوقيع بالمفتاح %2.</translation>
        </message>
        <message>
            <source>The key %2 of %1 will expire at %3.</source>
            <translation>ينتهي المفتاح %2 الخاص بـ %1 في %3.</translation>
        </message>
        <message>
            <source>Signatures of the key %1 from ledger entry %2 on no longer count: %3</source>
            <translation>لم تعد توقيعات المفتاح %1 محسوبة ابتداءً من قيد السجل %2: %3</translation>
        </message>
        <message>
            <source>Signatures of the key %1 count again.</source>
            <translation>تُحسب توقيعات المفتاح %1 من جديد.</translation>
        </message>
        <message>
            <source>The program %1 (%2) may hand in; %3 answers for it.</source>
            <translation>يحق للبرنامج %1 (%2) التسليم، ويتحمل %3 مسؤوليته.</translation>
        </message>
        <message>
            <source>The program %1 (%2) changes; %3 answers for it.</source>
            <translation>يتغير البرنامج %1 (%2)، ويتحمل %3 مسؤوليته.</translation>
        </message>
        <message>
            <source>The program %1 (%2) may no longer hand in.</source>
            <translation>لم يعد يحق للبرنامج %1 (%2) التسليم.</translation>
        </message>
        <message>
            <source>The policy %1 will be called %2.</source>
            <translation>ستُسمى السياسة %1 باسم %2.</translation>
        </message>
        <message>
            <source>The role %1 gets the standing %2.</source>
            <translation>يحصل الدور %1 على المنزلة %2.</translation>
        </message>
        <message>
            <source>The role %1 no longer has a standing.</source>
            <translation>لم يعد للدور %1 منزلة.</translation>
        </message>
        <message>
            <source>The quorum of class %1 was %2 and becomes %3.</source>
            <translation>كان نصاب الفئة %1 هو %2 ويصبح %3.</translation>
        </message>
        <message>
            <source>What a change of this kind needs (%1) was %2 and becomes %3.</source>
            <translation>كان المطلوب لتغيير من هذا النوع (%1) هو %2 ويصبح %3.</translation>
        </message>
        <message>
            <source>The floors were %1 and become %2.</source>
            <translation>كانت الحدود الدنيا %1 وتصبح %2.</translation>
        </message>
        <message>
            <source>Whether class A0 may run without a signature: %1.</source>
            <translation>هل يجوز تنفيذ الفئة A0 دون توقيع: %1.</translation>
        </message>
    </context>
    <context>
        <name>CheckText</name>
        <message>
            <source>Files of the pack</source>
            <translation>ملفات الحزمة</translation>
        </message>
        <message>
            <source>Anchor</source>
            <translation>المرساة</translation>
        </message>
        <message>
            <source>Checkpoint of the log</source>
            <translation>نقطة تحقق السجل</translation>
        </message>
        <message>
            <source>Entries stand in the log</source>
            <translation>القيود ثابتة في السجل</translation>
        </message>
        <message>
            <source>Founding, roster and policy</source>
            <translation>التأسيس وسجل الأشخاص والسياسة</translation>
        </message>
        <message>
            <source>Documents and sources</source>
            <translation>المستندات والمصادر</translation>
        </message>
        <message>
            <source>Signatures</source>
            <translation>التواقيع</translation>
        </message>
        <message>
            <source>Quorum and outcome</source>
            <translation>النصاب والنتيجة</translation>
        </message>
        <message>
            <source>Course of every run</source>
            <translation>مسار كل تنفيذ</translation>
        </message>
        <message>
            <source>Authority of every step</source>
            <translation>صلاحية كل خطوة</translation>
        </message>
        <message>
            <source>Receipts</source>
            <translation>الإيصالات</translation>
        </message>
        <message>
            <source>Entries of the ledger</source>
            <translation>قيود السجل</translation>
        </message>
        <message>
            <source>Database file</source>
            <translation>ملف قاعدة البيانات</translation>
        </message>
        <message>
            <source>Tables made from the ledger</source>
            <translation>الجداول المبنية من السجل</translation>
        </message>
        <message>
            <source>Decisions, one by one</source>
            <translation>القرارات واحدًا واحدًا</translation>
        </message>
        <message>
            <source>A file of the pack is missing, was changed, or is not named by its manifest.</source>
            <translation>ملف من الحزمة مفقود أو غُيّر أو لا يذكره بيان محتوياتها.</translation>
        </message>
        <message>
            <source>The founding statement is not the one that you trust.</source>
            <translation>بيان التأسيس ليس هو الذي تثق به.</translation>
        </message>
        <message>
            <source>The head of the log is not signed with the log&apos;s key.</source>
            <translation>رأس السجل غير موقَّع بمفتاح السجل.</translation>
        </message>
        <message>
            <source>An entry of the decision is missing, was changed, or is out of order.</source>
            <translation>قيد من قيود القرار مفقود أو غُيّر أو ليس في ترتيبه.</translation>
        </message>
        <message>
            <source>The founding statement, the roster or the policy is not what was signed.</source>
            <translation>بيان التأسيس أو سجل الأشخاص أو السياسة ليس ما وُقّع.</translation>
        </message>
        <message>
            <source>A document or a source that people were shown is missing or was changed.</source>
            <translation>مستند أو مصدر عُرض على الموقّعين مفقود أو غُيّر.</translation>
        </message>
        <message>
            <source>A signature is missing, is forged, or was given for something else.</source>
            <translation>توقيع مفقود أو مزوَّر أو أُعطي لشيء آخر.</translation>
        </message>
        <message>
            <source>The outcome does not follow from the signatures, or less was asked than the policy demands.</source>
            <translation>النتيجة لا تترتب على التواقيع، أو طُلب أقل مما تشترطه السياسة.</translation>
        </message>
        <message>
            <source>What was carried out does not fit the plan, or its history has gaps.</source>
            <translation>ما نُفّذ لا يوافق الخطة، أو في تسلسله ثغرات.</translation>
        </message>
        <message>
            <source>A step was sent off without the authority that it names.</source>
            <translation>أُرسلت خطوة من دون التفويض الذي تذكره.</translation>
        </message>
        <message>
            <source>A receipt is missing from the chain, or is about something else.</source>
            <translation>إيصال مفقود من السلسلة، أو يخص شيئًا آخر.</translation>
        </message>
        <message>
            <source>An entry of the ledger was changed, moved or removed.</source>
            <translation>قيد من السجل غُيّر أو نُقل أو أُزيل.</translation>
        </message>
        <message>
            <source>The database file is damaged, or holds tables that this program did not make.</source>
            <translation>ملف قاعدة البيانات تالف، أو فيه جداول لم ينشئها هذا البرنامج.</translation>
        </message>
        <message>
            <source>A table says something else than the ledger.</source>
            <translation>جدول يقول غير ما يقوله السجل.</translation>
        </message>
        <message>
            <source>The chain of one decision is broken.</source>
            <translation>سلسلة أحد القرارات منقطعة.</translation>
        </message>
        <message>
            <source>%1: %2 entries under the root %3.</source>
            <translation>%1: عدد القيود %2 تحت الجذر %3.</translation>
        </message>
        <message>
            <source>%1 entries of the decision, each under the head of the log.</source>
            <translation>عدد قيود القرار %1، كل منها تحت رأس السجل.</translation>
        </message>
        <message>
            <source>%1. Founders who signed: %2. Roster version %3, policy version %4.</source>
            <translation>%1، عدد المؤسسين الموقّعين %2؛ إصدار سجل الأشخاص %3، وإصدار السياسة %4.</translation>
        </message>
        <message>
            <source>%1, founded by the statement %2.</source>
            <translation>%1، أُسّست بالبيان %2.</translation>
        </message>
        <message>
            <source>Documents: %1. Sources: %2. Requests that name them: %3.</source>
            <translation>عدد المستندات %1 والمصادر %2، وعدد الطلبات التي تذكرها %3.</translation>
        </message>
        <message>
            <source>%1 stored files and %2 accepted documents, all of them there.</source>
            <translation>عدد الملفات المخزنة %1 والمستندات المقبولة %2، وكلها موجودة.</translation>
        </message>
        <message>
            <source>Answers: %1. Orders: %2. Each is signed with a key of the roster.</source>
            <translation>عدد الإجابات %1 والأوامر %2، كل منها موقَّع بمفتاح من سجل الأشخاص.</translation>
        </message>
        <message>
            <source>%1, revision %2: %3.</source>
            <translation>%1، المراجعة %2: %3.</translation>
        </message>
        <message>
            <source>%1, revision %2: %3, by %4.</source>
            <translation>%1، المراجعة %2: %3، من %4.</translation>
        </message>
        <message>
            <source>Nothing was carried out.</source>
            <translation>لم يُنفَّذ شيء.</translation>
        </message>
        <message>
            <source>%1: events without a gap: %2.</source>
            <translation>%1: عدد الأحداث %2 بلا ثغرة.</translation>
        </message>
        <message>
            <source>No step was sent off.</source>
            <translation>لم تُرسل أي خطوة.</translation>
        </message>
        <message>
            <source>Steps sent off: %1, each authorized before. The connectors are those of the signed request.</source>
            <translation>عدد الخطوات المرسلة %1، كل منها مفوَّض قبل إرساله؛ والموصلات هي التي في الطلب الموقَّع.</translation>
        </message>
        <message>
            <source>Receipts in a chain: %1, each about the step that was sent off.</source>
            <translation>عدد الإيصالات %1 في سلسلة، كل منها عن الخطوة التي أُرسلت.</translation>
        </message>
        <message>
            <source>%1 entries, each what the signed root covers.</source>
            <translation>عدد القيود %1، كل منها ما يشمله الجذر الموقَّع.</translation>
        </message>
        <message>
            <source>The file is sound and has the tables it should have.</source>
            <translation>الملف سليم وفيه الجداول التي ينبغي أن تكون فيه.</translation>
        </message>
        <message>
            <source>%1 tables, row by row what the ledger gives.</source>
            <translation>عدد الجداول %1، صفًا صفًا كما يعطيها السجل.</translation>
        </message>
        <message>
            <source>Decisions: %1, each followed from the founding to its last effect.</source>
            <translation>عدد القرارات %1، كل منها من التأسيس إلى آخر أثر له.</translation>
        </message>
        <message>
            <source>%1 files, each as the signed manifest names it.</source>
            <translation>عدد الملفات %1، كل منها كما يذكره بيان المحتويات الموقَّع.</translation>
        </message>
        <message>
            <source>Checked against the pack&apos;s own founding statement. Compare the anchor with one that you have from elsewhere.</source>
            <translation>جرى التحقق بالنسبة إلى بيان التأسيس الذي في الحزمة نفسها. قارن المرساة بمرساة حصلت عليها من مصدر آخر.</translation>
        </message>
    </context>
    <context>
        <name>ClassText</name>
        <message>
            <source>nobody signs</source>
            <translation>لا توقيع</translation>
        </message>
        <message>
            <source>Nobody has to sign.</source>
            <translation>لا يلزم أن يوقّع أحد.</translation>
        </message>
        <message>
            <source>a manager signs</source>
            <translation>يوقّع مدير</translation>
        </message>
        <message>
            <source>A manager or lead signs.</source>
            <translation>يوقّع مدير أو قائد فريق.</translation>
        </message>
        <message>
            <source>function heads sign</source>
            <translation>يوقّع رؤساء الإدارات</translation>
        </message>
        <message>
            <source>The heads of the functions concerned sign.</source>
            <translation>يوقّع رؤساء الإدارات المعنية.</translation>
        </message>
        <message>
            <source>executives sign</source>
            <translation>يوقّع التنفيذيون</translation>
        </message>
        <message>
            <source>Executives or the board sign.</source>
            <translation>يوقّع التنفيذيون أو مجلس الإدارة.</translation>
        </message>
        <message>
            <source>undone automatically</source>
            <translation>تراجع آلي</translation>
        </message>
        <message>
            <source>It can be undone automatically.</source>
            <translation>يمكن التراجع عنه آليًا.</translation>
        </message>
        <message>
            <source>undone with some effort</source>
            <translation>تراجع بجهد محدود</translation>
        </message>
        <message>
            <source>It can be undone with limited effort.</source>
            <translation>يمكن التراجع عنه بجهد محدود.</translation>
        </message>
        <message>
            <source>costly to undo</source>
            <translation>تراجع مكلف</translation>
        </message>
        <message>
            <source>Undoing it is costly.</source>
            <translation>التراجع عنه مكلف.</translation>
        </message>
        <message>
            <source>cannot be undone</source>
            <translation>لا تراجع فيه</translation>
        </message>
        <message>
            <source>It cannot be undone, or it binds us to others.</source>
            <translation>لا يمكن التراجع عنه، أو يُلزمنا تجاه الغير.</translation>
        </message>
        <message>
            <source>public</source>
            <translation>عام</translation>
        </message>
        <message>
            <source>The content is public.</source>
            <translation>المحتوى عام.</translation>
        </message>
        <message>
            <source>internal</source>
            <translation>داخلي</translation>
        </message>
        <message>
            <source>The content is internal.</source>
            <translation>المحتوى داخلي.</translation>
        </message>
        <message>
            <source>confidential</source>
            <translation>سري</translation>
        </message>
        <message>
            <source>The content is confidential or commercial.</source>
            <translation>المحتوى سري أو تجاري.</translation>
        </message>
        <message>
            <source>regulated or board</source>
            <translation>خاضع للتنظيم أو للمجلس</translation>
        </message>
        <message>
            <source>The content is regulated, personal or for the board only.</source>
            <translation>المحتوى خاضع للتنظيم أو شخصي أو مقصور على مجلس الإدارة.</translation>
        </message>
        <message>
            <source>allowed action</source>
            <translation>إجراء مسموح</translation>
        </message>
        <message>
            <source>An action that is allowed by itself.</source>
            <translation>إجراء مسموح به بذاته.</translation>
        </message>
        <message>
            <source>needs approval</source>
            <translation>يحتاج إلى اعتماد</translation>
        </message>
        <message>
            <source>An action that always needs approval.</source>
            <translation>إجراء يحتاج دائمًا إلى اعتماد.</translation>
        </message>
        <message>
            <source>forbidden</source>
            <translation>محظور</translation>
        </message>
        <message>
            <source>An action that is forbidden, whoever signs.</source>
            <translation>إجراء محظور أيًّا كان الموقّع.</translation>
        </message>
        <message>
            <source>a step of the plan is of that class</source>
            <translation>في الخطة خطوة من هذه الفئة</translation>
        </message>
        <message>
            <source>the system it calls demands it</source>
            <translation>النظام المستدعى يشترط ذلك</translation>
        </message>
        <message>
            <source>the policy demands it</source>
            <translation>السياسة تشترط ذلك</translation>
        </message>
        <message>
            <source>the memo says so</source>
            <translation>المذكرة تنص على ذلك</translation>
        </message>
        <message>
            <source>rule %1</source>
            <translation>القاعدة %1</translation>
        </message>
        <message>
            <source>Raised from %1 to %2: %3</source>
            <translation>رُفع من %1 إلى %2: %3</translation>
        </message>
        <message>
            <source>%1 (%2).</source>
            <translation>%1 (%2).</translation>
        </message>
        <message>
            <source>This action is forbidden: no signature can allow it.</source>
            <translation>هذا الإجراء محظور: لا يجيزه أي توقيع.</translation>
        </message>
        <message>
            <source>A signature is needed because part of this cannot be undone.</source>
            <translation>يلزم التوقيع لأن جزءًا من هذا لا يمكن التراجع عنه.</translation>
        </message>
        <message>
            <source>A signature is needed because undoing this is costly.</source>
            <translation>يلزم التوقيع لأن التراجع عن هذا مكلف.</translation>
        </message>
        <message>
            <source>A signature is needed because actions of this kind always need approval.</source>
            <translation>يلزم التوقيع لأن إجراءات من هذا النوع تحتاج دائمًا إلى اعتماد.</translation>
        </message>
        <message>
            <source>A signature is needed because its approval class asks for one.</source>
            <translation>يلزم التوقيع لأن فئة اعتماده تشترطه.</translation>
        </message>
        <message>
            <source>No signature is needed by its classes.</source>
            <translation>لا تشترط فئاته توقيعًا.</translation>
        </message>
    </context>
    <context>
        <name>Console</name>
        <message>
            <source>Making the demo workspace …</source>
            <translation>جارٍ إعداد مساحة العمل التجريبية…</translation>
        </message>
        <message>
            <source>Open a workspace</source>
            <translation>فتح مساحة عمل</translation>
        </message>
    </context>
    <context>
        <name>EligibleKeys</name>
        <message>
            <source>There is no signing key on this computer. Create one under Keys and people.</source>
            <translation>لا يوجد مفتاح توقيع على هذا الحاسوب. أنشئ واحدًا في صفحة المفاتيح والأشخاص.</translation>
        </message>
        <message>
            <source>None of the keys on this computer belongs to a person in the roster.</source>
            <translation>لا ينتمي أي مفتاح على هذا الحاسوب إلى شخص في سجل الأشخاص.</translation>
        </message>
        <message>
            <source>%1 has signed this already.</source>
            <translation>سبق أن وقّع %1 على هذا.</translation>
        </message>
        <message>
            <source>%1 proposed this or wrote its papers and may not sign it.</source>
            <translation>اقترح %1 هذا أو كتب أوراقه، فلا يحق له توقيعه.</translation>
        </message>
        <message>
            <source>Nobody who holds a key on this computer has the role or standing this needs.</source>
            <translation>لا أحد ممن لهم مفتاح على هذا الحاسوب يملك الدور أو المرتبة المطلوبة.</translation>
        </message>
    </context>
    <context>
        <name>EntryText</name>
        <message>
            <source>Founding, signed</source>
            <translation>تأسيس موقَّع</translation>
        </message>
        <message>
            <source>Answer, signed</source>
            <translation>جواب موقَّع</translation>
        </message>
        <message>
            <source>Order about a run, signed</source>
            <translation>أمر موقَّع بشأن تنفيذ</translation>
        </message>
        <message>
            <source>Workspace founded</source>
            <translation>تأسيس مساحة العمل</translation>
        </message>
        <message>
            <source>Roster accepted</source>
            <translation>قبول سجل الأشخاص</translation>
        </message>
        <message>
            <source>Policy accepted</source>
            <translation>قبول السياسة</translation>
        </message>
        <message>
            <source>Connector installed</source>
            <translation>تركيب موصل</translation>
        </message>
        <message>
            <source>Documents accepted</source>
            <translation>قبول مستندات</translation>
        </message>
        <message>
            <source>Delivery refused</source>
            <translation>رفض تسليم</translation>
        </message>
        <message>
            <source>Request opened</source>
            <translation>فتح طلب</translation>
        </message>
        <message>
            <source>Request refused</source>
            <translation>رفض طلب</translation>
        </message>
        <message>
            <source>Answer recorded</source>
            <translation>تسجيل جواب</translation>
        </message>
        <message>
            <source>Order recorded</source>
            <translation>تسجيل أمر</translation>
        </message>
        <message>
            <source>Order refused</source>
            <translation>رفض أمر</translation>
        </message>
        <message>
            <source>Decision approved</source>
            <translation>اعتماد قرار</translation>
        </message>
        <message>
            <source>Decision rejected</source>
            <translation>رفض قرار</translation>
        </message>
        <message>
            <source>Decision expired</source>
            <translation>انقضاء مهلة قرار</translation>
        </message>
        <message>
            <source>Evidence pack exported</source>
            <translation>تصدير حزمة أدلة</translation>
        </message>
        <message>
            <source>Run started</source>
            <translation>بدء تنفيذ</translation>
        </message>
        <message>
            <source>Step sent</source>
            <translation>إرسال خطوة</translation>
        </message>
        <message>
            <source>Step answered</source>
            <translation>ورود جواب خطوة</translation>
        </message>
        <message>
            <source>Step skipped</source>
            <translation>تجاوز خطوة</translation>
        </message>
        <message>
            <source>Step waits for a person</source>
            <translation>خطوة بانتظار شخص</translation>
        </message>
        <message>
            <source>Step confirmed by a person</source>
            <translation>تأكيد خطوة من شخص</translation>
        </message>
        <message>
            <source>Step in doubt</source>
            <translation>خطوة موضع شك</translation>
        </message>
        <message>
            <source>Doubt resolved</source>
            <translation>زوال الشك</translation>
        </message>
        <message>
            <source>Step to be undone by hand</source>
            <translation>خطوة يُتراجع عنها يدويًا</translation>
        </message>
        <message>
            <source>Step undone by hand</source>
            <translation>تراجع يدوي عن خطوة</translation>
        </message>
        <message>
            <source>Run to be cancelled</source>
            <translation>طلب إلغاء تنفيذ</translation>
        </message>
        <message>
            <source>Run is being undone</source>
            <translation>تراجع عن تنفيذ</translation>
        </message>
        <message>
            <source>Run halted</source>
            <translation>إيقاف تنفيذ</translation>
        </message>
        <message>
            <source>Run resumed</source>
            <translation>استئناف تنفيذ</translation>
        </message>
        <message>
            <source>Run blocked</source>
            <translation>حجب تنفيذ</translation>
        </message>
        <message>
            <source>Run finished</source>
            <translation>انتهاء تنفيذ</translation>
        </message>
        <message>
            <source>way back</source>
            <comment>a step is being undone</comment>
            <translation>تراجع</translation>
        </message>
        <message>
            <source>Secret changed</source>
            <translation>تغيّر سر</translation>
        </message>
        <message>
            <source>Halt lifted</source>
            <translation>رُفع الإيقاف</translation>
        </message>
        <message>
            <source>Everything halted</source>
            <translation>أُوقف كل شيء</translation>
        </message>
        <message>
            <source>New rules in force</source>
            <translation>قواعد جديدة سارية</translation>
        </message>
        <message>
            <source>Change of rules proposed</source>
            <translation>اقتُرح تغيير القواعد</translation>
        </message>
        <message>
            <source>Order to halt, signed</source>
            <translation>أمر إيقاف موقَّع</translation>
        </message>
        <message>
            <source>Proposal, signed</source>
            <translation>اقتراح موقَّع</translation>
        </message>
        <message>
            <source>Decision void</source>
            <translation>القرار لاغٍ</translation>
        </message>
    </context>
    <context>
        <name>ErrorText</name>
        <message>
            <source>Whoever proposed this or wrote its papers may not sign it.</source>
            <translation>من اقترح هذا أو كتب أوراقه لا يحق له توقيعه.</translation>
        </message>
        <message>
            <source>Your role does not have the standing that this needs.</source>
            <translation>دورك ليس بالمرتبة المطلوبة لهذا.</translation>
        </message>
        <message>
            <source>Your role does not have the standing to reject this.</source>
            <translation>دورك ليس بالمرتبة المطلوبة لرفض هذا.</translation>
        </message>
        <message>
            <source>Your role does not have the standing to confirm this step.</source>
            <translation>دورك ليس بالمرتبة المطلوبة لتأكيد هذه الخطوة.</translation>
        </message>
        <message>
            <source>Your role does not have the standing to steer this run.</source>
            <translation>دورك ليس بالمرتبة المطلوبة لتوجيه هذا التنفيذ.</translation>
        </message>
        <message>
            <source>The request changed since you looked. Read it again before you sign.</source>
            <translation>تغيّر الطلب منذ اطلاعك عليه. اقرأه من جديد قبل التوقيع.</translation>
        </message>
        <message>
            <source>This key belongs to nobody in the roster.</source>
            <translation>هذا المفتاح لا ينتمي إلى أحد في سجل الأشخاص.</translation>
        </message>
        <message>
            <source>This key belongs to somebody else.</source>
            <translation>هذا المفتاح لشخص آخر.</translation>
        </message>
        <message>
            <source>A reason is needed for this answer.</source>
            <translation>يلزم ذكر السبب لهذا الجواب.</translation>
        </message>
        <message>
            <source>The answer was signed too early or too late. Check this computer&apos;s clock.</source>
            <translation>وُقّع الجواب قبل أوانه أو بعده. تحقق من ساعة هذا الحاسوب.</translation>
        </message>
        <message>
            <source>The time for signing is over. It has to be proposed again.</source>
            <translation>انقضت مهلة التوقيع. يجب اقتراحه من جديد.</translation>
        </message>
        <message>
            <source>An action of this kind is forbidden, whoever signs.</source>
            <translation>إجراء من هذا النوع محظور أيًّا كان الموقّع.</translation>
        </message>
        <message>
            <source>The plan calls a system that is not installed in this workspace.</source>
            <translation>تستدعي الخطة نظامًا غير مركَّب في مساحة العمل هذه.</translation>
        </message>
        <message>
            <source>The evidence pack is not complete, so nobody can sign yet.</source>
            <translation>حزمة الأدلة غير مكتملة، فلا يستطيع أحد التوقيع بعد.</translation>
        </message>
        <message>
            <source>The passphrase must not be empty.</source>
            <translation>يجب ألا تكون عبارة المرور فارغة.</translation>
        </message>
        <message>
            <source>What was given is not valid.</source>
            <translation>المُدخَل غير صالح.</translation>
        </message>
        <message>
            <source>It does not exist here.</source>
            <translation>غير موجود هنا.</translation>
        </message>
        <message>
            <source>It changed meanwhile, or it exists already and is different.</source>
            <translation>تغيّر في هذه الأثناء، أو هو موجود من قبل ومختلف.</translation>
        </message>
        <message>
            <source>A rule does not allow this.</source>
            <translation>قاعدة لا تجيز هذا.</translation>
        </message>
        <message>
            <source>The roster or the signatures do not allow this.</source>
            <translation>سجل الأشخاص أو التواقيع لا تجيز هذا.</translation>
        </message>
        <message>
            <source>The time for this is over, or has not come yet.</source>
            <translation>انقضى وقت هذا أو لم يحن بعد.</translation>
        </message>
        <message>
            <source>A signature or its key is not good.</source>
            <translation>توقيع أو مفتاحه غير سليم.</translation>
        </message>
        <message>
            <source>Stored data contradicts its own digest. Do not rely on it; verify the workspace.</source>
            <translation>بيانات مخزَّنة تناقض بصمتها. لا تعتمد عليها، وتحقق من مساحة العمل.</translation>
        </message>
        <message>
            <source>This passphrase does not open the key. Nothing was signed.</source>
            <translation>عبارة المرور هذه لا تفتح المفتاح. لم يُوقَّع شيء.</translation>
        </message>
        <message>
            <source>It is too large.</source>
            <translation>حجمه أكبر من المسموح.</translation>
        </message>
        <message>
            <source>This version cannot do that.</source>
            <translation>هذا الإصدار لا يستطيع ذلك.</translation>
        </message>
        <message>
            <source>It was stopped before it finished.</source>
            <translation>أُوقف قبل أن ينتهي.</translation>
        </message>
        <message>
            <source>No answer came in time.</source>
            <translation>لم يرد جواب في الوقت المحدد.</translation>
        </message>
        <message>
            <source>The other side cannot be reached now. Trying again may help.</source>
            <translation>تعذّر الوصول إلى الطرف الآخر الآن. قد تفيد إعادة المحاولة.</translation>
        </message>
        <message>
            <source>Another program is writing to this workspace. Try again in a moment.</source>
            <translation>برنامج آخر يكتب في مساحة العمل هذه. أعد المحاولة بعد لحظات.</translation>
        </message>
        <message>
            <source>The workspace could not be read or written.</source>
            <translation>تعذّرت قراءة مساحة العمل أو الكتابة فيها.</translation>
        </message>
        <message>
            <source>rule %1</source>
            <translation>القاعدة %1</translation>
        </message>
    </context>
    <context>
        <name>EvidenceFacts</name>
        <message>
            <source>verified</source>
            <translation>متحقَّق منه</translation>
        </message>
        <message>
            <source>partly verified</source>
            <translation>متحقَّق منه جزئيًا</translation>
        </message>
        <message>
            <source>not verified</source>
            <translation>غير متحقَّق منه</translation>
        </message>
        <message>
            <source>contradicted</source>
            <translation>متعارض</translation>
        </message>
        <message>
            <source>document</source>
            <translation>مستند</translation>
        </message>
        <message>
            <source>extract from data</source>
            <translation>مستخرج من البيانات</translation>
        </message>
        <message>
            <source>reading of a metric</source>
            <translation>قراءة لمقياس</translation>
        </message>
        <message>
            <source>test run</source>
            <translation>تجربة</translation>
        </message>
        <message>
            <source>interview</source>
            <translation>مقابلة</translation>
        </message>
        <message>
            <source>clause of a contract</source>
            <translation>بند من عقد</translation>
        </message>
        <message>
            <source>report from outside</source>
            <translation>تقرير خارجي</translation>
        </message>
        <message>
            <source>result of a tool</source>
            <translation>نتيجة أداة</translation>
        </message>
    </context>
    <context>
        <name>ForecastFacts</name>
        <message>
            <source>%1 likely</source>
            <translation>الاحتمال %1</translation>
        </message>
        <message>
            <source>%1, with 80 % chance between %2 and %3</source>
            <translation>%1، وباحتمال 80 % بين %2 و%3</translation>
        </message>
    </context>
    <context>
        <name>HiddenText</name>
        <message>
            <source>soft hyphen</source>
            <translation>واصلة مرنة</translation>
        </message>
        <message>
            <source>Arabic letter mark</source>
            <translation>علامة حرف عربي</translation>
        </message>
        <message>
            <source>zero-width space</source>
            <translation>مسافة عديمة العرض</translation>
        </message>
        <message>
            <source>zero-width non-joiner</source>
            <translation>فاصل عديم العرض</translation>
        </message>
        <message>
            <source>zero-width joiner</source>
            <translation>واصل عديم العرض</translation>
        </message>
        <message>
            <source>left-to-right mark</source>
            <translation>علامة يسار إلى يمين</translation>
        </message>
        <message>
            <source>right-to-left mark</source>
            <translation>علامة يمين إلى يسار</translation>
        </message>
        <message>
            <source>left-to-right embedding</source>
            <translation>تضمين يسار إلى يمين</translation>
        </message>
        <message>
            <source>right-to-left embedding</source>
            <translation>تضمين يمين إلى يسار</translation>
        </message>
        <message>
            <source>pop direction</source>
            <translation>إنهاء الاتجاه</translation>
        </message>
        <message>
            <source>left-to-right override</source>
            <translation>فرض يسار إلى يمين</translation>
        </message>
        <message>
            <source>right-to-left override</source>
            <translation>فرض يمين إلى يسار</translation>
        </message>
        <message>
            <source>word joiner</source>
            <translation>واصل كلمات</translation>
        </message>
        <message>
            <source>left-to-right isolate</source>
            <translation>عزل يسار إلى يمين</translation>
        </message>
        <message>
            <source>right-to-left isolate</source>
            <translation>عزل يمين إلى يسار</translation>
        </message>
        <message>
            <source>first-strong isolate</source>
            <translation>عزل بأول حرف</translation>
        </message>
        <message>
            <source>pop isolate</source>
            <translation>إنهاء العزل</translation>
        </message>
        <message>
            <source>byte order mark</source>
            <translation>علامة ترتيب البايتات</translation>
        </message>
        <message>
            <source>hidden character</source>
            <translation>محرف خفي</translation>
        </message>
        <message>
            <source>letters of two alphabets</source>
            <translation>حروف من أبجديتين</translation>
        </message>
    </context>
    <context>
        <name>JsonRows</name>
        <message>
            <source>yes</source>
            <translation>نعم</translation>
        </message>
        <message>
            <source>no</source>
            <translation>لا</translation>
        </message>
        <message>
            <source>(nothing inside)</source>
            <translation>(لا شيء بداخله)</translation>
        </message>
        <message>
            <source>(empty list)</source>
            <translation>(قائمة فارغة)</translation>
        </message>
        <message>
            <source>(no value)</source>
            <translation>(بلا قيمة)</translation>
        </message>
        <message>
            <source>text</source>
            <translation>نص</translation>
        </message>
        <message>
            <source>number</source>
            <translation>رقم</translation>
        </message>
        <message>
            <source>yes or no</source>
            <translation>نعم أو لا</translation>
        </message>
        <message>
            <source>no value</source>
            <translation>بلا قيمة</translation>
        </message>
        <message>
            <source>group</source>
            <translation>مجموعة</translation>
        </message>
        <message>
            <source>list</source>
            <translation>قائمة</translation>
        </message>
    </context>
    <context>
        <name>MemoFacts</name>
        <message>
            <source>fact</source>
            <translation>حقيقة</translation>
        </message>
        <message>
            <source>estimate</source>
            <translation>تقدير</translation>
        </message>
        <message>
            <source>forecast</source>
            <translation>توقّع</translation>
        </message>
        <message>
            <source>judgement</source>
            <translation>رأي</translation>
        </message>
    </context>
    <context>
        <name>MoneyText</name>
        <message>
            <source>a year</source>
            <translation>في السنة</translation>
        </message>
        <message>
            <source>a day</source>
            <translation>في اليوم</translation>
        </message>
        <message>
            <source>milliseconds</source>
            <translation>مللي ثانية</translation>
        </message>
        <message>
            <source>seconds</source>
            <translation>ثانية</translation>
        </message>
        <message>
            <source>minutes</source>
            <translation>دقيقة</translation>
        </message>
        <message>
            <source>hours</source>
            <translation>ساعة</translation>
        </message>
        <message>
            <source>days</source>
            <translation>يوم</translation>
        </message>
        <message>
            <source>months</source>
            <translation>شهر</translation>
        </message>
        <message>
            <source>years</source>
            <translation>سنة</translation>
        </message>
        <message>
            <source>bytes</source>
            <translation>بايت</translation>
        </message>
        <message>
            <source>points</source>
            <translation>نقطة</translation>
        </message>
        <message>
            <source>%1 billion</source>
            <translation>%1 مليار</translation>
        </message>
        <message>
            <source>%1 million</source>
            <translation>%1 مليون</translation>
        </message>
        <message>
            <source>%1 thousand</source>
            <translation>%1 ألف</translation>
        </message>
    </context>
    <context>
        <name>NextStep</name>
        <message>
            <source>finished %1</source>
            <translation>انتهى %1</translation>
        </message>
        <message>
            <source>needs a person</source>
            <translation>يحتاج إلى شخص</translation>
        </message>
        <message>
            <source>goes on now</source>
            <translation>يتابع الآن</translation>
        </message>
        <message>
            <source>goes on %1</source>
            <translation>يتابع %1</translation>
        </message>
        <message>
            <source>under way</source>
            <translation>قيد الإجراء</translation>
        </message>
        <message>
            <source>succeeded</source>
            <translation>نجحت</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>أخفقت</translation>
        </message>
        <message>
            <source>no answer in time</source>
            <translation>لا جواب في الوقت المحدد</translation>
        </message>
        <message>
            <source>blocked</source>
            <translation>محجوبة</translation>
        </message>
    </context>
    <context>
        <name>NoticeText</name>
        <message>
            <source>New from the inbox: %1.</source>
            <translation>جديد من صندوق الوارد: %1.</translation>
        </message>
        <message>
            <source>The inbox refused %1.</source>
            <translation>رفض صندوق الوارد %1.</translation>
        </message>
        <message>
            <source>The inbox cannot be taken in now; it is tried again.</source>
            <translation>يتعذر استلام ما في صندوق الوارد الآن، وستُعاد المحاولة.</translation>
        </message>
        <message>
            <source>Carrying out a plan met a difficulty; the work goes on.</source>
            <translation>واجه تنفيذ خطة صعوبة، والعمل مستمر.</translation>
        </message>
    </context>
    <context>
        <name>PlanFacts</name>
        <message>
            <source>If a step fails, the finished steps are undone, newest first.</source>
            <translation>إذا أخفقت خطوة يُتراجع عن الخطوات المنجزة، الأحدث أولًا.</translation>
        </message>
        <message>
            <source>If a step fails, everything stops and waits for a person.</source>
            <translation>إذا أخفقت خطوة توقف كل شيء بانتظار شخص.</translation>
        </message>
        <message>
            <source>If a step fails, steps that do not depend on it go on.</source>
            <translation>إذا أخفقت خطوة تتابع الخطوات التي لا تعتمد عليها.</translation>
        </message>
        <message>
            <source>creates</source>
            <translation>ينشئ</translation>
        </message>
        <message>
            <source>changes</source>
            <translation>يغيّر</translation>
        </message>
        <message>
            <source>deletes</source>
            <translation>يحذف</translation>
        </message>
        <message>
            <source>sends</source>
            <translation>يرسل</translation>
        </message>
        <message>
            <source>changes nothing</source>
            <translation>لا يغيّر شيئًا</translation>
        </message>
    </context>
    <context>
        <name>RiskFacts</name>
        <message>
            <source>A loss above %1 is likelier than our appetite allows: %2 instead of %3.</source>
            <translation>احتمال خسارة تفوق %1 أعلى مما نقبله من المخاطر: %2 بدلًا من %3.</translation>
        </message>
    </context>
    <context>
        <name>SignFacts</name>
        <message>
            <source>The request on the screen does not have the digest that would be signed.</source>
            <translation>بصمة الطلب المعروض ليست البصمة التي ستُوقَّع.</translation>
        </message>
        <message>
            <source>The statement that would be signed says something else than this screen.</source>
            <translation>البيان الذي سيُوقَّع يقول غير ما تعرضه هذه الشاشة.</translation>
        </message>
        <message>
            <source>The plan on the screen is not the plan that would be signed. Open the decision again.</source>
            <translation>الخطة المعروضة ليست الخطة التي ستُوقَّع. افتح القرار من جديد.</translation>
        </message>
    </context>
    <context>
        <name>StatusText</name>
        <message>
            <source>waits for signatures</source>
            <translation>بانتظار التواقيع</translation>
        </message>
        <message>
            <source>approved</source>
            <translation>معتمد</translation>
        </message>
        <message>
            <source>rejected</source>
            <translation>مرفوض</translation>
        </message>
        <message>
            <source>expired</source>
            <translation>انقضت مهلته</translation>
        </message>
        <message>
            <source>put off</source>
            <translation>مؤجَّل</translation>
        </message>
        <message>
            <source>cannot be signed</source>
            <translation>لا يمكن توقيعه</translation>
        </message>
        <message>
            <source>replaced</source>
            <translation>مستبدَل</translation>
        </message>
        <message>
            <source>void</source>
            <translation>باطل</translation>
        </message>
        <message>
            <source>waits for its time</source>
            <translation>بانتظار موعده</translation>
        </message>
        <message>
            <source>is being carried out</source>
            <translation>قيد التنفيذ</translation>
        </message>
        <message>
            <source>waits for a confirmation</source>
            <translation>بانتظار تأكيد</translation>
        </message>
        <message>
            <source>will try again</source>
            <translation>سيعيد المحاولة</translation>
        </message>
        <message>
            <source>outcome in doubt</source>
            <translation>النتيجة موضع شك</translation>
        </message>
        <message>
            <source>is being undone</source>
            <translation>قيد التراجع</translation>
        </message>
        <message>
            <source>needs work by hand</source>
            <translation>يحتاج إلى عمل يدوي</translation>
        </message>
        <message>
            <source>halted</source>
            <translation>موقوف</translation>
        </message>
        <message>
            <source>blocked</source>
            <translation>محجوب</translation>
        </message>
        <message>
            <source>is being cancelled</source>
            <translation>قيد الإلغاء</translation>
        </message>
        <message>
            <source>carried out</source>
            <translation>نُفِّذ</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>أخفق</translation>
        </message>
        <message>
            <source>undone</source>
            <translation>تم التراجع عنه</translation>
        </message>
        <message>
            <source>cancelled</source>
            <translation>ملغى</translation>
        </message>
        <message>
            <source>ran out of time</source>
            <translation>انقضى وقته</translation>
        </message>
        <message>
            <source>Memo</source>
            <translation>المذكرة</translation>
        </message>
        <message>
            <source>Scenarios</source>
            <translation>السيناريوهات</translation>
        </message>
        <message>
            <source>Risks</source>
            <translation>المخاطر</translation>
        </message>
        <message>
            <source>Forecast</source>
            <translation>التوقّع</translation>
        </message>
        <message>
            <source>Evidence pack</source>
            <translation>حزمة الأدلة</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>الأدلة</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>الخطة</translation>
        </message>
        <message>
            <source>Request</source>
            <translation>الطلب</translation>
        </message>
        <message>
            <source>Outcome</source>
            <translation>النتيجة</translation>
        </message>
        <message>
            <source>Receipt</source>
            <translation>الإيصال</translation>
        </message>
        <message>
            <source>Metric</source>
            <translation>المقياس</translation>
        </message>
        <message>
            <source>approved an amended plan</source>
            <translation>اعتمد خطة معدَّلة</translation>
        </message>
        <message>
            <source>asked back</source>
            <translation>استفسر</translation>
        </message>
        <message>
            <source>put it off</source>
            <translation>أجّل</translation>
        </message>
        <message>
            <source>board member</source>
            <translation>عضو مجلس الإدارة</translation>
        </message>
        <message>
            <source>chief executive</source>
            <translation>الرئيس التنفيذي</translation>
        </message>
        <message>
            <source>chief financial officer</source>
            <translation>المدير المالي التنفيذي</translation>
        </message>
        <message>
            <source>chief operating officer</source>
            <translation>المدير التنفيذي للعمليات</translation>
        </message>
        <message>
            <source>chief commercial officer</source>
            <translation>المدير التجاري التنفيذي</translation>
        </message>
        <message>
            <source>general counsel</source>
            <translation>المستشار القانوني العام</translation>
        </message>
        <message>
            <source>financial controller</source>
            <translation>المراقب المالي</translation>
        </message>
        <message>
            <source>data protection officer</source>
            <translation>مسؤول حماية البيانات</translation>
        </message>
        <message>
            <source>corporate development</source>
            <translation>تطوير الأعمال المؤسسية</translation>
        </message>
        <message>
            <source>head of partnerships</source>
            <translation>رئيس الشراكات</translation>
        </message>
        <message>
            <source>head of pricing</source>
            <translation>رئيس التسعير</translation>
        </message>
        <message>
            <source>department head</source>
            <translation>رئيس إدارة</translation>
        </message>
        <message>
            <source>finance</source>
            <translation>المالية</translation>
        </message>
        <message>
            <source>legal</source>
            <translation>الشؤون القانونية</translation>
        </message>
        <message>
            <source>site reliability lead</source>
            <translation>قائد موثوقية الأنظمة</translation>
        </message>
        <message>
            <source>release manager</source>
            <translation>مدير الإصدارات</translation>
        </message>
        <message>
            <source>regional manager</source>
            <translation>مدير إقليمي</translation>
        </message>
        <message>
            <source>team lead</source>
            <translation>قائد فريق</translation>
        </message>
        <message>
            <source>manager</source>
            <translation>مدير</translation>
        </message>
        <message>
            <source>waits</source>
            <translation>تنتظر</translation>
        </message>
        <message>
            <source>waits for a person to confirm</source>
            <translation>بانتظار تأكيد شخص</translation>
        </message>
        <message>
            <source>done</source>
            <translation>منجزة</translation>
        </message>
        <message>
            <source>in doubt: somebody must look</source>
            <translation>موضع شك: يجب أن ينظر أحد</translation>
        </message>
        <message>
            <source>must be undone by hand</source>
            <translation>يجب التراجع عنها يدويًا</translation>
        </message>
        <message>
            <source>stands, cannot be undone</source>
            <translation>قائمة، لا تراجع فيها</translation>
        </message>
        <message>
            <source>not carried out</source>
            <translation>لم تُنفَّذ</translation>
        </message>
        <message>
            <source>Critical</source>
            <translation>حرج</translation>
        </message>
        <message>
            <source>High</source>
            <translation>عالٍ</translation>
        </message>
        <message>
            <source>Normal</source>
            <translation>عادي</translation>
        </message>
        <message>
            <source>Low</source>
            <translation>منخفض</translation>
        </message>
        <message>
            <source>Approve</source>
            <translation>اعتماد</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>تعديل</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>رفض</translation>
        </message>
        <message>
            <source>Ask back</source>
            <translation>استفسار</translation>
        </message>
        <message>
            <source>Put off</source>
            <translation>تأجيل</translation>
        </message>
        <message>
            <source>You approve this plan as it is proposed.</source>
            <translation>أنت تعتمد هذه الخطة كما اقتُرحت.</translation>
        </message>
        <message>
            <source>You approve the plan with your changes. Earlier signatures no longer count.</source>
            <translation>أنت تعتمد الخطة بتعديلاتك. لا تُحتسب التواقيع السابقة بعد ذلك.</translation>
        </message>
        <message>
            <source>You stop this request. Nothing of it can be carried out afterwards.</source>
            <translation>أنت توقف هذا الطلب. لا يمكن تنفيذ شيء منه بعد ذلك.</translation>
        </message>
        <message>
            <source>You send a question back. This commits to nothing.</source>
            <translation>أنت ترسل استفسارًا. هذا لا يُلزم بشيء.</translation>
        </message>
        <message>
            <source>You put the decision off. This commits to nothing.</source>
            <translation>أنت تؤجل القرار. هذا لا يُلزم بشيء.</translation>
        </message>
        <message>
            <source>Let this step go</source>
            <translation>السماح بهذه الخطوة</translation>
        </message>
        <message>
            <source>Cancel the run</source>
            <translation>إلغاء التنفيذ</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>إعادة المحاولة</translation>
        </message>
        <message>
            <source>It happened</source>
            <translation>حدث ذلك</translation>
        </message>
        <message>
            <source>It did not happen</source>
            <translation>لم يحدث ذلك</translation>
        </message>
        <message>
            <source>Undone by hand</source>
            <translation>تم التراجع يدويًا</translation>
        </message>
        <message>
            <source>You confirm that this step may be carried out now.</source>
            <translation>أنت تؤكد جواز تنفيذ هذه الخطوة الآن.</translation>
        </message>
        <message>
            <source>You stop the run. What is done already is undone as the plan says.</source>
            <translation>أنت توقف التنفيذ. ويُتراجع عما أُنجز كما تنص الخطة.</translation>
        </message>
        <message>
            <source>You let the step be tried once more.</source>
            <translation>أنت تسمح بمحاولة الخطوة مرة أخرى.</translation>
        </message>
        <message>
            <source>You have looked: the effect is there. The run goes on from here.</source>
            <translation>نظرت فوجدت الأثر قائمًا. يتابع التنفيذ من هنا.</translation>
        </message>
        <message>
            <source>You have looked: the effect is not there. The step counts as failed.</source>
            <translation>نظرت فلم تجد أثرًا. تُعدّ الخطوة مخفقة.</translation>
        </message>
        <message>
            <source>You state that somebody has undone this step by hand.</source>
            <translation>أنت تصرّح بأن شخصًا تراجع عن هذه الخطوة يدويًا.</translation>
        </message>
        <message>
            <source>anybody in the roster</source>
            <translation>أي شخص في سجل الأشخاص</translation>
        </message>
        <message>
            <source>function head</source>
            <translation>رئيس إدارة</translation>
        </message>
        <message>
            <source>executive</source>
            <translation>تنفيذي</translation>
        </message>
        <message>
            <source>is asked anew</source>
            <translation>يُطرح من جديد</translation>
        </message>
    </context>
    <context>
        <name>TimeText</name>
        <message>
            <source>%1, %2</source>
            <comment>a day and a time of day</comment>
            <translation>%1، %2</translation>
        </message>
        <message>
            <source>less than a minute</source>
            <translation>أقل من دقيقة</translation>
        </message>
        <message>
            <source>1 minute</source>
            <translation>دقيقة واحدة</translation>
        </message>
        <message numerus="yes">
            <source>%n minutes</source>
            <comment>more than one</comment>
            <translation>
                <numerusform>أقل من دقيقة</numerusform>
                <numerusform>دقيقة واحدة</numerusform>
                <numerusform>دقيقتين</numerusform>
                <numerusform>%n دقائق</numerusform>
                <numerusform>%n دقيقة</numerusform>
                <numerusform>%n دقيقة</numerusform>
            </translation>
        </message>
        <message>
            <source>1 hour</source>
            <translation>ساعة واحدة</translation>
        </message>
        <message numerus="yes">
            <source>%n hours</source>
            <comment>more than one</comment>
            <translation>
                <numerusform>أقل من ساعة</numerusform>
                <numerusform>ساعة واحدة</numerusform>
                <numerusform>ساعتين</numerusform>
                <numerusform>%n ساعات</numerusform>
                <numerusform>%n ساعة</numerusform>
                <numerusform>%n ساعة</numerusform>
            </translation>
        </message>
        <message>
            <source>1 day</source>
            <translation>يوم واحد</translation>
        </message>
        <message numerus="yes">
            <source>%n days</source>
            <comment>more than one</comment>
            <translation>
                <numerusform>أقل من يوم</numerusform>
                <numerusform>يوم واحد</numerusform>
                <numerusform>يومين</numerusform>
                <numerusform>%n أيام</numerusform>
                <numerusform>%n يومًا</numerusform>
                <numerusform>%n يوم</numerusform>
            </translation>
        </message>
        <message>
            <source>1 year</source>
            <translation>سنة واحدة</translation>
        </message>
        <message numerus="yes">
            <source>%n years</source>
            <comment>more than one</comment>
            <translation>
                <numerusform>أقل من سنة</numerusform>
                <numerusform>سنة واحدة</numerusform>
                <numerusform>سنتين</numerusform>
                <numerusform>%n سنوات</numerusform>
                <numerusform>%n سنة</numerusform>
                <numerusform>%n سنة</numerusform>
            </translation>
        </message>
        <message>
            <source>in %1</source>
            <comment>a time from now</comment>
            <translation>بعد %1</translation>
        </message>
        <message>
            <source>%1 ago</source>
            <comment>a time before now</comment>
            <translation>قبل %1</translation>
        </message>
        <message>
            <source>Due %1. Signing closes %2.</source>
            <translation>الاستحقاق %1. يُغلق التوقيع %2.</translation>
        </message>
        <message>
            <source>expired %1 ago</source>
            <translation>انقضت المهلة قبل %1</translation>
        </message>
        <message>
            <source>overdue by %1, closes in %2</source>
            <translation>متأخر %1، يُغلق بعد %2</translation>
        </message>
        <message>
            <source>due in %1</source>
            <translation>يستحق بعد %1</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::ChangePanel</name>
        <message>
            <source>What changes once the quorum has signed</source>
            <translation>ما الذي يتغير بعد توقيع النصاب</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>السبب</translation>
        </message>
        <message>
            <source>How it was made sure who asks</source>
            <translation>كيف تم التحقق من هوية الطالب</translation>
        </message>
        <message>
            <source>Until then nothing is carried out.</source>
            <translation>لا يُنفَّذ شيء حتى ذلك الحين.</translation>
        </message>
        <message>
            <source>Requests that are open then are asked anew: signatures given for the rules of today no longer count.</source>
            <translation>تُطرح الطلبات المفتوحة حينها من جديد: التوقيعات التي أُعطيت وفق قواعد اليوم لن تُحسب.</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::ActionBar</name>
        <message>
            <source>%1  (%2)</source>
            <comment>an action and its key</comment>
            <translation>%1  (%2)</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::AskPanel</name>
        <message>
            <source>In the words of the request</source>
            <translation>بعبارة الطلب</translation>
        </message>
        <message>
            <source>Asked by %1 on %2. Due %3, signing closes %4.</source>
            <translation>طلبه %1 في %2. الاستحقاق %3، ويُغلق التوقيع %4.</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::DecisionPage</name>
        <message>
            <source>Loading the decision…</source>
            <translation>جارٍ تحميل القرار…</translation>
        </message>
        <message>
            <source>Decision</source>
            <translation>القرار</translation>
        </message>
        <message>
            <source>Nobody can sign this now: %1</source>
            <translation>لا يستطيع أحد توقيع هذا الآن: %1</translation>
        </message>
        <message>
            <source>%1: %2 → %3</source>
            <comment>a field, its value before and after</comment>
            <translation>%1: %2 ← %3</translation>
        </message>
        <message>
            <source>(new)</source>
            <translation>(جديد)</translation>
        </message>
        <message>
            <source>(gone)</source>
            <translation>(محذوف)</translation>
        </message>
        <message>
            <source>The plan is the same; other documents or the rules changed.</source>
            <translation>الخطة هي نفسها، وتغيّرت مستندات أخرى أو القواعد.</translation>
        </message>
        <message>
            <source>The request changed while you were reading. Signing waits until you have seen the change.</source>
            <translation>تغيّر الطلب أثناء قراءتك. ينتظر التوقيع حتى تطّلع على التغيير.</translation>
        </message>
        <message>
            <source>I have seen the change</source>
            <translation>اطّلعت على التغيير</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>رجوع</translation>
        </message>
        <message>
            <source>Back (Esc)</source>
            <translation>رجوع (Esc)</translation>
        </message>
        <message>
            <source>The decision packet</source>
            <translation>ملف القرار</translation>
        </message>
        <message>
            <source>The ask</source>
            <translation>المطلوب</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>الخطة</translation>
        </message>
        <message>
            <source>Memo</source>
            <translation>المذكرة</translation>
        </message>
        <message>
            <source>Options</source>
            <translation>الخيارات</translation>
        </message>
        <message>
            <source>Risks</source>
            <translation>المخاطر</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>الأدلة</translation>
        </message>
        <message>
            <source>Forecasts</source>
            <translation>التوقعات</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>التسلسل الزمني</translation>
        </message>
        <message>
            <source>Go to: %1</source>
            <translation>الانتقال إلى: %1</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::DecisionPresenter</name>
        <message>
            <source>Read everything first. Not seen to the end yet: %1.</source>
            <translation>اقرأ كل شيء أولًا. لم يُعرض إلى آخره بعد: %1.</translation>
        </message>
        <message>
            <source>, </source>
            <comment>between the items of a list</comment>
            <translation>، </translation>
        </message>
        <message>
            <source>The decision is still loading.</source>
            <translation>ما زال القرار قيد التحميل.</translation>
        </message>
        <message>
            <source>Nobody has asked for a signature yet.</source>
            <translation>لم يطلب أحد توقيعًا بعد.</translation>
        </message>
        <message>
            <source>There is nothing left to sign: %1.</source>
            <translation>لم يبق ما يُوقَّع: %1.</translation>
        </message>
        <message>
            <source>There is no plan to edit.</source>
            <translation>لا توجد خطة لتعديلها.</translation>
        </message>
        <message>
            <source>The request changed while you were reading. Look at the change first.</source>
            <translation>تغيّر الطلب أثناء قراءتك. انظر في التغيير أولًا.</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>الخطة</translation>
        </message>
        <message>
            <source>Memo</source>
            <translation>المذكرة</translation>
        </message>
        <message>
            <source>Options</source>
            <translation>الخيارات</translation>
        </message>
        <message>
            <source>Risks</source>
            <translation>المخاطر</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>الأدلة</translation>
        </message>
        <message>
            <source>Forecasts</source>
            <translation>التوقعات</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::EditPlanDialog</name>
        <message>
            <source>Continue to sign</source>
            <translation>المتابعة إلى التوقيع</translation>
        </message>
        <message>
            <source>Edit the plan</source>
            <translation>تعديل الخطة</translation>
        </message>
        <message>
            <source>Your changes make a new revision of the plan. Earlier signatures no longer count, and the rules are applied again.</source>
            <translation>تعديلاتك تنشئ مراجعة جديدة للخطة. لا تُحتسب التواقيع السابقة، وتُطبَّق القواعد من جديد.</translation>
        </message>
        <message>
            <source>Steps of the plan</source>
            <translation>خطوات الخطة</translation>
        </message>
        <message>
            <source>%1. %2</source>
            <comment>number and title of a step</comment>
            <translation>%1. %2</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>إلغاء</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <comment>name and type of a field</comment>
            <translation>%1 (%2)</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>نعم</translation>
        </message>
        <message>
            <source>Edit as JSON</source>
            <translation>تحرير بصيغة JSON</translation>
        </message>
        <message>
            <source>Payload as JSON</source>
            <translation>الحمولة بصيغة JSON</translation>
        </message>
        <message>
            <source>Take this JSON</source>
            <translation>اعتماد نص JSON هذا</translation>
        </message>
        <message>
            <source>This field takes a number.</source>
            <translation>هذا الحقل يقبل رقمًا.</translation>
        </message>
        <message>
            <source>%1: %2 → %3</source>
            <comment>a field, its value before and after</comment>
            <translation>%1: %2 ← %3</translation>
        </message>
        <message>
            <source>(new)</source>
            <translation>(جديد)</translation>
        </message>
        <message>
            <source>(gone)</source>
            <translation>(محذوف)</translation>
        </message>
        <message>
            <source>Nothing is changed yet.</source>
            <translation>لم يُغيَّر شيء بعد.</translation>
        </message>
        <message>
            <source>Change something first.</source>
            <translation>غيّر شيئًا أولًا.</translation>
        </message>
        <message>
            <source>Nothing is signed yet.</source>
            <translation>لم يُوقَّع شيء بعد.</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::EntryPanel</name>
        <message>
            <source>Entry %1: %2</source>
            <comment>number, then what happened</comment>
            <translation>القيد %1: %2</translation>
        </message>
        <message>
            <source>Type</source>
            <translation>النوع</translation>
        </message>
        <message>
            <source>Decision</source>
            <translation>القرار</translation>
        </message>
        <message>
            <source>Leaf hash</source>
            <translation>بصمة الورقة</translation>
        </message>
        <message>
            <source>Signed with the key</source>
            <translation>وُقّع بالمفتاح</translation>
        </message>
        <message>
            <source>Open the decision</source>
            <translation>فتح القرار</translation>
        </message>
        <message>
            <source>What the log commits to (leaf)</source>
            <translation>ما يلتزم به السجل (الورقة)</translation>
        </message>
        <message>
            <source>What the entry said was erased. The leaf below still proves that it was there.</source>
            <translation>مُحي نص القيد. والورقة أدناه ما زالت تثبت أنه كان هناك.</translation>
        </message>
        <message>
            <source>What was signed</source>
            <translation>ما وُقِّع عليه</translation>
        </message>
        <message>
            <source>What was recorded</source>
            <translation>ما سُجِّل</translation>
        </message>
        <message>
            <source>Proof that it stands in the log</source>
            <translation>برهان ثبوته في السجل</translation>
        </message>
        <message>
            <source>Entries in the log</source>
            <translation>عدد قيود السجل</translation>
        </message>
        <message>
            <source>Hash %1 on the way to the root</source>
            <translation>البصمة %1 في الطريق إلى الجذر</translation>
        </message>
        <message>
            <source>Root</source>
            <translation>الجذر</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::EvidencePanel</name>
        <message>
            <source>Evidence: %1 items</source>
            <translation>الأدلة: %1</translation>
        </message>
        <message>
            <source>source bytes match their digests</source>
            <translation>بايتات المصدر تطابق بصماتها</translation>
        </message>
        <message>
            <source>source bytes missing or changed</source>
            <translation>بايتات المصدر ناقصة أو متغيّرة</translation>
        </message>
        <message>
            <source>fresh</source>
            <translation>حديث</translation>
        </message>
        <message>
            <source>stale since %1</source>
            <translation>قديم منذ %1</translation>
        </message>
        <message>
            <source>confidence %1</source>
            <translation>الثقة %1</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>النوع</translation>
        </message>
        <message>
            <source>Excerpt</source>
            <translation>مقتطف</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>المصدر</translation>
        </message>
        <message>
            <source>From</source>
            <translation>من</translation>
        </message>
        <message>
            <source>Source SHA-256</source>
            <translation>بصمة SHA-256 للمصدر</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>المستند</translation>
        </message>
        <message>
            <source>%1, revision %2</source>
            <translation>%1، المراجعة %2</translation>
        </message>
        <message>
            <source>stale</source>
            <translation>قديم</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::ForecastsPanel</name>
        <message>
            <source>Forecasts: what can be checked later</source>
            <translation>التوقعات: ما يمكن التحقق منه لاحقًا</translation>
        </message>
        <message>
            <source>Decided by</source>
            <translation>يُحسم بـ</translation>
        </message>
        <message>
            <source>Known on</source>
            <translation>يُعرف في</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::LedgerPage</name>
        <message>
            <source>Audit log</source>
            <translation>سجل التدقيق</translation>
        </message>
        <message>
            <source>%1 entries. The newest is the last. Ctrl+G goes to a number.</source>
            <translation>عدد القيود %1، والأحدث آخرها. ينقلك Ctrl+G إلى رقم.</translation>
        </message>
        <message>
            <source>Loading…</source>
            <translation>جارٍ التحميل…</translation>
        </message>
        <message>
            <source>Go to entry</source>
            <translation>الانتقال إلى القيد</translation>
        </message>
        <message>
            <source>Verify the workspace</source>
            <translation>التحقق من مساحة العمل</translation>
        </message>
        <message>
            <source>Checks signatures, hash tree, checkpoint and documents.</source>
            <translation>يفحص التواقيع وشجرة البصمات ونقطة التحقق والمستندات.</translation>
        </message>
        <message>
            <source>Verify deeply</source>
            <translation>تحقق عميق</translation>
        </message>
        <message>
            <source>The same, and rebuilds every table from the ledger to compare. Takes longer.</source>
            <translation>الفحص نفسه، مع إعادة بناء كل جدول من السجل ومقارنته. يستغرق وقتًا أطول.</translation>
        </message>
        <message>
            <source>Progress of the verification</source>
            <translation>تقدّم التحقق</translation>
        </message>
        <message>
            <source>Entries of the ledger</source>
            <translation>قيود السجل</translation>
        </message>
        <message>
            <source>Details of the selected entry</source>
            <translation>تفاصيل القيد المختار</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::LogModel</name>
        <message>
            <source>claimed by the signer</source>
            <comment>time of a statement</comment>
            <translation>بإفادة الموقّع</translation>
        </message>
        <message>
            <source>Entry</source>
            <comment>its number in the ledger</comment>
            <translation>القيد</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>الوقت</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>ما حدث</translation>
        </message>
        <message>
            <source>Decision</source>
            <translation>القرار</translation>
        </message>
        <message>
            <source>Summary</source>
            <translation>الملخص</translation>
        </message>
        <message>
            <source>Leaf hash</source>
            <translation>بصمة الورقة</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::MainWindow</name>
        <message>
            <source>Signed: %1.</source>
            <translation>تم التوقيع: %1.</translation>
        </message>
        <message>
            <source>%1 — Countersign</source>
            <comment>name of the workspace</comment>
            <translation>%1 — Countersign</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::ManualPage</name>
        <message>
            <source>Manual</source>
            <translation>الدليل</translation>
        </message>
        <message>
            <source>Headings of the manual</source>
            <translation>عناوين الدليل</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::MemoPanel</name>
        <message>
            <source>Memo: why</source>
            <translation>المذكرة: لماذا</translation>
        </message>
        <message>
            <source>Written by %1.</source>
            <translation>كتبها %1.</translation>
        </message>
        <message>
            <source>Written by the program %1 (%2). It recommends; it cannot sign or carry out anything.</source>
            <translation>كتبها البرنامج %1 (%2). هو يوصي، ولا يستطيع أن يوقّع أو ينفّذ شيئًا.</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>السؤال</translation>
        </message>
        <message>
            <source>Recommendation</source>
            <translation>التوصية</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>لماذا</translation>
        </message>
        <message>
            <source>confidence %1</source>
            <translation>الثقة %1</translation>
        </message>
        <message>
            <source>%1 of the claims are backed</source>
            <translation>%1 من الادعاءات مسنودة</translation>
        </message>
        <message>
            <source>%1 of the evidence was fresh</source>
            <translation>%1 من الأدلة كانت حديثة</translation>
        </message>
        <message>
            <source>It would be decided differently if</source>
            <translation>يختلف القرار إذا</translation>
        </message>
        <message>
            <source>If it goes wrong</source>
            <translation>إذا ساءت الأمور</translation>
        </message>
        <message>
            <source>Going back costs %1.</source>
            <translation>كلفة التراجع %1.</translation>
        </message>
        <message>
            <source>Possible for %1.</source>
            <translation>ممكن خلال %1.</translation>
        </message>
        <message>
            <source>Who disagrees</source>
            <translation>المعترضون</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <comment>a name and a role</comment>
            <translation>%1، %2</translation>
        </message>
        <message>
            <source>Background</source>
            <translation>الخلفية</translation>
        </message>
        <message>
            <source>Summary</source>
            <translation>الملخص</translation>
        </message>
        <message>
            <source>Objective</source>
            <translation>الهدف</translation>
        </message>
        <message>
            <source>Context</source>
            <translation>السياق</translation>
        </message>
        <message>
            <source>Compliance</source>
            <translation>الامتثال</translation>
        </message>
        <message>
            <source>Open questions</source>
            <translation>أسئلة مفتوحة</translation>
        </message>
        <message>
            <source>What has to hold</source>
            <translation>ما يجب أن يصحّ</translation>
        </message>
        <message>
            <source>breaks the recommendation</source>
            <translation>يُسقط التوصية</translation>
        </message>
        <message>
            <source>check by %1</source>
            <translation>يُراجَع قبل %1</translation>
        </message>
        <message>
            <source>Claims and what backs them</source>
            <translation>الادعاءات وما يسندها</translation>
        </message>
        <message>
            <source>contradicted</source>
            <translation>متعارض</translation>
        </message>
        <message>
            <source>backed</source>
            <translation>مسنود</translation>
        </message>
        <message>
            <source>not backed</source>
            <translation>غير مسنود</translation>
        </message>
        <message>
            <source>%1, confidence %2</source>
            <comment>kind of a claim</comment>
            <translation>%1، الثقة %2</translation>
        </message>
        <message>
            <source>Evidence: %1</source>
            <translation>الأدلة: %1</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::NavigationBar</name>
        <message>
            <source>%1 (Ctrl+%2)</source>
            <comment>name of a page, its number</comment>
            <translation>%1 (Ctrl+%2)</translation>
        </message>
        <message>
            <source>Countersign</source>
            <comment>name of the product</comment>
            <translation>Countersign</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>لوحة المفاتيح</translation>
        </message>
        <message>
            <source>List of keys</source>
            <translation>قائمة مفاتيح لوحة المفاتيح</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>اللغة</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>المظهر</translation>
        </message>
        <message>
            <source>Theme: as the desktop</source>
            <translation>المظهر: كسطح المكتب</translation>
        </message>
        <message>
            <source>Theme: light</source>
            <translation>المظهر: فاتح</translation>
        </message>
        <message>
            <source>Theme: dark</source>
            <translation>المظهر: داكن</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::NewKeyPanel</name>
        <message>
            <source>The key %1 was created. Its fingerprint stands in the list above.</source>
            <translation>أُنشئ المفتاح %1. بصمته في القائمة أعلاه.</translation>
        </message>
        <message>
            <source>Create a key</source>
            <translation>إنشاء مفتاح</translation>
        </message>
        <message>
            <source>Name of the key</source>
            <translation>اسم المفتاح</translation>
        </message>
        <message>
            <source>Algorithm</source>
            <translation>الخوارزمية</translation>
        </message>
        <message>
            <source>Passphrase</source>
            <translation>عبارة المرور</translation>
        </message>
        <message>
            <source>Passphrase once more</source>
            <translation>عبارة المرور مرة أخرى</translation>
        </message>
        <message>
            <source>ECDSA P-256 (recommended)</source>
            <translation>ECDSA P-256 (موصى به)</translation>
        </message>
        <message>
            <source>Ed25519</source>
            <translation>Ed25519</translation>
        </message>
        <message>
            <source>Create the key</source>
            <translation>إنشاء المفتاح</translation>
        </message>
        <message>
            <source>The key is being created</source>
            <translation>جارٍ إنشاء المفتاح</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::OptionChart</name>
        <message>
            <source>%1 of each option</source>
            <translation>%1 لكل خيار</translation>
        </message>
        <message>
            <source>%1 (recommended)</source>
            <translation>%1 (الموصى به)</translation>
        </message>
        <message>
            <source>%1 (as it is today)</source>
            <translation>%1 (الوضع الحالي)</translation>
        </message>
        <message>
            <source>P10 %1, P50 %2, P90 %3, mean %4</source>
            <translation>P10 ‏%1، P50 ‏%2، P90 ‏%3، المتوسط %4</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::OptionsPanel</name>
        <message>
            <source>Options compared</source>
            <translation>مقارنة الخيارات</translation>
        </message>
        <message>
            <source>%1. %2 The bar spans P10 to P90, the line is P50, the diamond the mean; %3 simulated cases.</source>
            <translation>%1. %2 يمتد الشريط من P10 إلى P90، والخط P50، والمعيّن هو المتوسط؛ عدد الحالات المحاكاة %3.</translation>
        </message>
        <message>
            <source>More is better.</source>
            <translation>الأكثر أفضل.</translation>
        </message>
        <message>
            <source>Less is better.</source>
            <translation>الأقل أفضل.</translation>
        </message>
        <message>
            <source>Best in %1 of the cases.</source>
            <translation>الأفضل في %1 من الحالات.</translation>
        </message>
        <message>
            <source>Not recommended because: %1</source>
            <translation>لا يوصى به لأن: %1</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::PacksModel</name>
        <message>
            <source>Decision</source>
            <translation>القرار</translation>
        </message>
        <message>
            <source>Exported</source>
            <translation>التصدير</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>الحجم</translation>
        </message>
        <message>
            <source>SHA-256</source>
            <translation>SHA-256</translation>
        </message>
        <message>
            <source>File</source>
            <translation>الملف</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::PacksPage</name>
        <message>
            <source>Evidence packs</source>
            <translation>حزم الأدلة</translation>
        </message>
        <message>
            <source>Export an evidence pack</source>
            <translation>تصدير حزمة أدلة</translation>
        </message>
        <message>
            <source>Evidence packs (*.zip)</source>
            <translation>حزم الأدلة (*.zip)</translation>
        </message>
        <message>
            <source>Verify an evidence pack</source>
            <translation>التحقق من حزمة أدلة</translation>
        </message>
        <message>
            <source>File</source>
            <translation>الملف</translation>
        </message>
        <message>
            <source>Decision</source>
            <translation>القرار</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>الحجم</translation>
        </message>
        <message>
            <source>SHA-256 of the file</source>
            <translation>بصمة SHA-256 للملف</translation>
        </message>
        <message>
            <source>Verify this pack</source>
            <translation>التحقق من هذه الحزمة</translation>
        </message>
        <message>
            <source>Open the decision</source>
            <translation>فتح القرار</translation>
        </message>
        <message>
            <source>The pack was not written. %1</source>
            <translation>لم تُكتب الحزمة. %1</translation>
        </message>
        <message>
            <source>The pack is being written…</source>
            <translation>جارٍ كتابة الحزمة…</translation>
        </message>
        <message>
            <source>%1 is being verified…</source>
            <translation>جارٍ التحقق من %1…</translation>
        </message>
        <message>
            <source>The pack was written: %1</source>
            <translation>كُتبت الحزمة: %1</translation>
        </message>
        <message>
            <source>Search decisions</source>
            <translation>البحث في القرارات</translation>
        </message>
        <message>
            <source>Decision to export</source>
            <translation>القرار المراد تصديره</translation>
        </message>
        <message>
            <source>No decision fits</source>
            <translation>لا قرار يطابق البحث</translation>
        </message>
        <message>
            <source>Export a pack…</source>
            <translation>تصدير حزمة…</translation>
        </message>
        <message>
            <source>Verify a file…</source>
            <translation>التحقق من ملف…</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>التقدّم</translation>
        </message>
        <message>
            <source>Exported packs</source>
            <translation>الحزم المصدَّرة</translation>
        </message>
        <message>
            <source>Details of the selected pack</source>
            <translation>تفاصيل الحزمة المختارة</translation>
        </message>
        <message>
            <source>No pack has been exported yet. A pack holds one decision with its signatures, documents and proofs, for people who do not have this workspace.</source>
            <translation>لم تُصدَّر أي حزمة بعد. تحوي الحزمة قرارًا واحدًا بتواقيعه ومستنداته وبراهينه، لمن ليست لديه مساحة العمل هذه.</translation>
        </message>
        <message>
            <source>Enter verifies the selected pack. A .zip dropped here is verified, too.</source>
            <translation>يتحقق مفتاح Enter من الحزمة المختارة. وإفلات ملف zip هنا يتحقق منه كذلك.</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::PeoplePage</name>
        <message>
            <source>person</source>
            <translation>شخص</translation>
        </message>
        <message>
            <source>observing agent</source>
            <translation>وكيل مراقب</translation>
        </message>
        <message>
            <source>recommending agent</source>
            <translation>وكيل موصٍ</translation>
        </message>
        <message>
            <source>executing system</source>
            <translation>نظام منفّذ</translation>
        </message>
        <message>
            <source>automated workflow</source>
            <translation>سير عمل آلي</translation>
        </message>
        <message>
            <source>Keys and people</source>
            <translation>المفاتيح والأشخاص</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>إعادة المحاولة</translation>
        </message>
        <message>
            <source>Keys on this computer</source>
            <translation>المفاتيح على هذا الحاسوب</translation>
        </message>
        <message>
            <source>There is no key here. Whoever signs on this computer needs one of their own.</source>
            <translation>لا يوجد مفتاح هنا. من يوقّع على هذا الحاسوب يحتاج إلى مفتاح خاص به.</translation>
        </message>
        <message>
            <source>not in the roster</source>
            <translation>ليس في سجل الأشخاص</translation>
        </message>
        <message>
            <source>belongs to %1</source>
            <translation>صاحبه %1</translation>
        </message>
        <message>
            <source>Fingerprint</source>
            <translation>البصمة</translation>
        </message>
        <message>
            <source>Algorithm</source>
            <translation>الخوارزمية</translation>
        </message>
        <message>
            <source>People: roster version %1</source>
            <translation>الأشخاص: سجل الأشخاص، الإصدار %1</translation>
        </message>
        <message>
            <source>Digest of the roster</source>
            <translation>بصمة سجل الأشخاص</translation>
        </message>
        <message>
            <source>founder</source>
            <translation>مؤسس</translation>
        </message>
        <message>
            <source>has no key, cannot sign</source>
            <translation>بلا مفتاح، لا يستطيع التوقيع</translation>
        </message>
        <message>
            <source>Id</source>
            <translation>المعرّف</translation>
        </message>
        <message>
            <source>Key (%1)</source>
            <comment>name of an algorithm</comment>
            <translation>المفتاح (%1)</translation>
        </message>
        <message>
            <source>Agents: they propose, they never sign</source>
            <translation>الوكلاء: يقترحون ولا يوقّعون أبدًا</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>النوع</translation>
        </message>
        <message>
            <source>Answered for by</source>
            <translation>المسؤول عنه</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::PeoplePresenter</name>
        <message>
            <source>Give the key a name.</source>
            <translation>سمّ المفتاح.</translation>
        </message>
        <message>
            <source>A key of this name exists already.</source>
            <translation>يوجد مفتاح بهذا الاسم.</translation>
        </message>
        <message>
            <source>Choose a passphrase.</source>
            <translation>اختر عبارة مرور.</translation>
        </message>
        <message>
            <source>The two passphrases differ.</source>
            <translation>عبارتا المرور مختلفتان.</translation>
        </message>
        <message>
            <source>This key is not in the roster of this workspace, so nothing signed with it counts here. A roster names its keys when a workspace is founded: give this fingerprint to the founders.</source>
            <translation>هذا المفتاح ليس في سجل أشخاص مساحة العمل هذه، فلا يُحتسب هنا ما وُقّع به. ويسمّي السجلُّ مفاتيحه عند تأسيس مساحة العمل: أعطِ هذه البصمة للمؤسسين.</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::PlanPanel</name>
        <message>
            <source>Undone automatically by %1.</source>
            <translation>يُتراجع عنها آليًا بواسطة %1.</translation>
        </message>
        <message>
            <source>Undone by hand by %1: %2</source>
            <translation>يُتراجع عنها يدويًا بواسطة %1: %2</translation>
        </message>
        <message>
            <source>No way back: %1</source>
            <translation>لا سبيل إلى التراجع: %1</translation>
        </message>
        <message>
            <source>cannot be undone</source>
            <translation>لا تراجع فيه</translation>
        </message>
        <message>
            <source>stops for a confirmation first</source>
            <translation>تتوقف أولًا للتأكيد</translation>
        </message>
        <message>
            <source>Plan: what a yes carries out</source>
            <translation>الخطة: ما تنفّذه الموافقة</translation>
        </message>
        <message>
            <source>Runs between %1 and %2. %3</source>
            <translation>تُنفَّذ بين %1 و%2. %3</translation>
        </message>
        <message>
            <source>%1. %2</source>
            <comment>number and title of a step</comment>
            <translation>%1. %2</translation>
        </message>
        <message>
            <source>System and operation</source>
            <translation>النظام والعملية</translation>
        </message>
        <message>
            <source>Expected: %1</source>
            <comment>what a step does, e.g. creates</comment>
            <translation>المتوقَّع: %1</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>أين</translation>
        </message>
        <message>
            <source>Only if</source>
            <translation>فقط إذا</translation>
        </message>
        <message>
            <source>After</source>
            <translation>بعد</translation>
        </message>
        <message>
            <source>Way back</source>
            <translation>سبيل التراجع</translation>
        </message>
        <message>
            <source>Way back: %1</source>
            <comment>name of a field</comment>
            <translation>سبيل التراجع: %1</translation>
        </message>
        <message>
            <source>Way back open for</source>
            <translation>التراجع متاح خلال</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::ProseLabel</name>
        <message>
            <source>Copy</source>
            <translation>نسخ</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::QueueListPage</name>
        <message>
            <source>Waiting</source>
            <translation>بالانتظار</translation>
        </message>
        <message>
            <source>For me</source>
            <translation>المطلوب مني</translation>
        </message>
        <message>
            <source>Soon due</source>
            <translation>قريب الاستحقاق</translation>
        </message>
        <message>
            <source>Cannot be undone</source>
            <translation>لا تراجع فيه</translation>
        </message>
        <message>
            <source>Decided</source>
            <translation>المحسوم</translation>
        </message>
        <message>
            <source>All</source>
            <translation>الكل</translation>
        </message>
        <message>
            <source>Nothing here fits the search.</source>
            <translation>لا شيء هنا يطابق البحث.</translation>
        </message>
        <message>
            <source>Nothing waits for a signature.</source>
            <translation>لا شيء بانتظار التوقيع.</translation>
        </message>
        <message>
            <source>Nothing waits for a key on this computer.</source>
            <translation>لا شيء بانتظار مفتاح على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>Nothing is due within four hours.</source>
            <translation>لا شيء يستحق خلال أربع ساعات.</translation>
        </message>
        <message>
            <source>Nothing that waits is costly or impossible to undo.</source>
            <translation>ليس في المنتظِر ما يكلّف التراجع عنه أو يتعذّر.</translation>
        </message>
        <message>
            <source>Nothing has been decided yet.</source>
            <translation>لم يُحسم شيء بعد.</translation>
        </message>
        <message>
            <source>There are no decisions in this workspace yet.</source>
            <translation>لا قرارات في مساحة العمل هذه بعد.</translation>
        </message>
        <message>
            <source>Queue</source>
            <translation>قائمة الانتظار</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>إعادة المحاولة</translation>
        </message>
        <message>
            <source>Loading…</source>
            <translation>جارٍ التحميل…</translation>
        </message>
        <message>
            <source>%1 shown. J and K move, Enter opens, / searches, ? lists all keys.</source>
            <translation>المعروض %1. ‏J وK للتنقل، وEnter للفتح، و/ للبحث، و؟ لقائمة المفاتيح.</translation>
        </message>
        <message>
            <source>The first %1 are loaded; more follow as you scroll.</source>
            <translation>حُمِّل أول %1، والمزيد يتبع عند التمرير.</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>بحث</translation>
        </message>
        <message>
            <source>Search the queue</source>
            <translation>البحث في قائمة الانتظار</translation>
        </message>
        <message>
            <source>Requests</source>
            <translation>الطلبات</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::QueueModel</name>
        <message>
            <source>%1 of %2 signed</source>
            <translation>وُقّع %1 من %2</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>العنوان</translation>
        </message>
        <message>
            <source>What a yes sets in motion</source>
            <translation>ما تُطلقه الموافقة</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>الفئات</translation>
        </message>
        <message>
            <source>At stake</source>
            <translation>القيمة المعرَّضة</translation>
        </message>
        <message>
            <source>Deadline</source>
            <translation>الموعد</translation>
        </message>
        <message>
            <source>Signatures</source>
            <translation>التواقيع</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>الحالة</translation>
        </message>
        <message>
            <source>%1 at stake</source>
            <translation>القيمة المعرَّضة %1</translation>
        </message>
        <message>
            <source>%1 of %2 signatures</source>
            <translation>%1 من %2 من التواقيع</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::QuorumPanel</name>
        <message>
            <source>, </source>
            <comment>between roles</comment>
            <translation>، </translation>
        </message>
        <message>
            <source>%1 %2</source>
            <comment>a name and what they did</comment>
            <translation>%1 %2</translation>
        </message>
        <message>
            <source>%1. Signed %2, key %3.</source>
            <translation>%1. وقّع %2، المفتاح %3.</translation>
        </message>
        <message>
            <source>Yours is the last signature: the plan is then carried out.</source>
            <translation>توقيعك هو الأخير: تُنفَّذ الخطة بعده.</translation>
        </message>
        <message>
            <source>One more signature is missing: the plan is then carried out.</source>
            <translation>ينقص توقيع واحد: تُنفَّذ الخطة بعده.</translation>
        </message>
        <message>
            <source>One more signature of the right role is missing.</source>
            <translation>ينقص توقيع واحد من صاحب الدور المطلوب.</translation>
        </message>
        <message numerus="yes">
            <source>%n signatures are missing. Nothing is carried out before.</source>
            <comment>more than one</comment>
            <translation>
                <numerusform>لا ينقص أي توقيع.</numerusform>
                <numerusform>ينقص توقيع واحد. لا يُنفَّذ شيء قبله.</numerusform>
                <numerusform>ينقص توقيعان. لا يُنفَّذ شيء قبلهما.</numerusform>
                <numerusform>تنقص %n تواقيع. لا يُنفَّذ شيء قبلها.</numerusform>
                <numerusform>ينقص %n توقيعًا. لا يُنفَّذ شيء قبلها.</numerusform>
                <numerusform>ينقص %n توقيع. لا يُنفَّذ شيء قبلها.</numerusform>
            </translation>
        </message>
        <message>
            <source>Signatures: %1 of %2</source>
            <translation>التواقيع: %1 من %2</translation>
        </message>
        <message>
            <source>signed</source>
            <translation>وقّع</translation>
        </message>
        <message>
            <source>rejected</source>
            <translation>رفض</translation>
        </message>
        <message>
            <source>asked back</source>
            <translation>استفسر</translation>
        </message>
        <message>
            <source>put it off</source>
            <translation>أجّل</translation>
        </message>
        <message>
            <source>%1 missing</source>
            <comment>a role</comment>
            <translation>ينقص: %1</translation>
        </message>
        <message>
            <source>one of them must be: %1</source>
            <translation>يجب أن يكون أحدهم: %1</translation>
        </message>
        <message>
            <source>%1 asks</source>
            <translation>يستفسر %1</translation>
        </message>
        <message>
            <source>%1 rejected, because</source>
            <translation>رفض %1 لأن</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::ReportCard</name>
        <message>
            <source>Verification of %1</source>
            <translation>التحقق من %1</translation>
        </message>
        <message>
            <source>Anchor</source>
            <translation>المرساة</translation>
        </message>
        <message>
            <source>Compare the anchor with the people who founded the workspace, by telephone. Everything above hangs on it.</source>
            <translation>قارن المرساة هاتفيًا مع مؤسسي مساحة العمل. كل ما سبق معلَّق عليها.</translation>
        </message>
        <message>
            <source>The verification could not be done</source>
            <translation>تعذّر إجراء التحقق</translation>
        </message>
        <message>
            <source>Every check is good.</source>
            <translation>كل الفحوص سليمة.</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>غير معروفة</translation>
        </message>
        <message>
            <source>Do not rely on it. The first broken link: %1.</source>
            <translation>لا تعتمد عليه. أول حلقة مكسورة: %1.</translation>
        </message>
        <message>
            <source>%1: good</source>
            <comment>name of a check</comment>
            <translation>%1: سليم</translation>
        </message>
        <message>
            <source>%1: broken</source>
            <comment>name of a check</comment>
            <translation>%1: مكسور</translation>
        </message>
        <message>
            <source>%1: not reached</source>
            <comment>name of a check</comment>
            <translation>%1: لم يُبلَغ</translation>
        </message>
        <message>
            <source>Close the report</source>
            <translation>إغلاق التقرير</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::ReportedPanel</name>
        <message>
            <source>What others reported: authorizes nothing</source>
            <translation>ما أفاد به الآخرون: لا يخوّل شيئًا</translation>
        </message>
        <message>
            <source>This stands in the documents that came in. It was not signed here and counts for nothing.</source>
            <translation>هذا وارد في المستندات المستلمة. لم يُوقَّع هنا ولا يُحتسب.</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::RiskMatrix</name>
        <message>
            <source>over %1</source>
            <comment>a value</comment>
            <translation>فوق %1</translation>
        </message>
        <message>
            <source>to %1</source>
            <comment>up to a value</comment>
            <translation>حتى %1</translation>
        </message>
        <message>
            <source>%1: likelihood band %2, impact band %3; before the controls %4 and %5.</source>
            <translation>%1: نطاق الاحتمال %2، نطاق الأثر %3؛ وقبل الضوابط %4 و%5.</translation>
        </message>
        <message>
            <source>Risk matrix</source>
            <translation>مصفوفة المخاطر</translation>
        </message>
        <message>
            <source>likelihood
%1</source>
            <translation>الاحتمال
%1</translation>
        </message>
        <message>
            <source>loss
%1</source>
            <translation>الخسارة
%1</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::RisksPanel</name>
        <message>
            <source>Risks</source>
            <translation>المخاطر</translation>
        </message>
        <message>
            <source>Expected loss in a year: %1 without controls, %2 with them; in the worst 5 % of years %3.</source>
            <translation>الخسارة المتوقعة في السنة: %1 بلا ضوابط، و%2 معها؛ وفي أسوأ 5 % من السنوات %3.</translation>
        </message>
        <message>
            <source>Filled: with the controls. Dashed: before them.</source>
            <translation>الممتلئ: مع الضوابط. والمتقطع: قبلها.</translation>
        </message>
        <message>
            <source>%1. %2</source>
            <comment>number and title of a risk</comment>
            <translation>%1. %2</translation>
        </message>
        <message>
            <source>What happens</source>
            <translation>ما يحدث</translation>
        </message>
        <message>
            <source>Consequence</source>
            <translation>العاقبة</translation>
        </message>
        <message>
            <source>Control</source>
            <translation>الضابط</translation>
        </message>
        <message>
            <source>In a year</source>
            <translation>في السنة</translation>
        </message>
        <message>
            <source>%1 likely, %2 each time; before the controls %3 and %4.</source>
            <translation>الاحتمال %1، و%2 في كل مرة؛ وقبل الضوابط %3 و%4.</translation>
        </message>
        <message>
            <source>Owner</source>
            <translation>المسؤول</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::RunTimeline</name>
        <message>
            <source>Open the decision</source>
            <translation>فتح القرار</translation>
        </message>
        <message>
            <source>Steps done</source>
            <translation>الخطوات المنجزة</translation>
        </message>
        <message>
            <source>Started %1, finished %2.</source>
            <translation>بدأ %1 وانتهى %2.</translation>
        </message>
        <message>
            <source>Started %1. May run between %2 and %3.</source>
            <translation>بدأ %1. يجوز تنفيذه بين %2 و%3.</translation>
        </message>
        <message>
            <source>Run: %1 of %2 steps done</source>
            <translation>التنفيذ: أُنجزت %1 من %2 من الخطوات</translation>
        </message>
        <message>
            <source>Waits for the answer of %1.</source>
            <comment>name of a system</comment>
            <translation>ينتظر جواب %1.</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::RunsModel</name>
        <message>
            <source>Decision</source>
            <translation>القرار</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>الحالة</translation>
        </message>
        <message>
            <source>Steps done</source>
            <translation>الخطوات المنجزة</translation>
        </message>
        <message>
            <source>What comes next</source>
            <translation>ما يلي</translation>
        </message>
        <message>
            <source>Started</source>
            <translation>البدء</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::RunsPage</name>
        <message>
            <source>Runs</source>
            <comment>plans being carried out</comment>
            <translation>التنفيذ</translation>
        </message>
        <message>
            <source>Nothing has been carried out yet. A run begins once a plan has all the signatures it needs.</source>
            <translation>لم يُنفَّذ شيء بعد. يبدأ التنفيذ متى حازت الخطة جميع التواقيع المطلوبة.</translation>
        </message>
        <message>
            <source>Loading…</source>
            <translation>جارٍ التحميل…</translation>
        </message>
        <message>
            <source>%1 shown.</source>
            <translation>المعروض %1.</translation>
        </message>
        <message>
            <source>The first %1 are loaded; more follow as you scroll.</source>
            <translation>حُمِّل أول %1، والمزيد يتبع عند التمرير.</translation>
        </message>
        <message>
            <source>Steps of the selected run</source>
            <translation>خطوات التنفيذ المختار</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::RunsPresenter</name>
        <message>
            <source>The keys on this computer are being read.</source>
            <translation>جارٍ قراءة المفاتيح على هذا الحاسوب.</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::ShortcutList</name>
        <message>
            <source>Keys</source>
            <translation>لوحة المفاتيح</translation>
        </message>
        <message>
            <source>Everywhere</source>
            <translation>في كل مكان</translation>
        </message>
        <message>
            <source>Show a page</source>
            <translation>عرض صفحة</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>رجوع</translation>
        </message>
        <message>
            <source>Manual</source>
            <translation>الدليل</translation>
        </message>
        <message>
            <source>This list</source>
            <translation>هذه القائمة</translation>
        </message>
        <message>
            <source>Queue</source>
            <translation>قائمة الانتظار</translation>
        </message>
        <message>
            <source>Next and previous request</source>
            <translation>الطلب التالي والسابق</translation>
        </message>
        <message>
            <source>Open the request</source>
            <translation>فتح الطلب</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>بحث</translation>
        </message>
        <message>
            <source>Decision</source>
            <translation>القرار</translation>
        </message>
        <message>
            <source>Read on, read back</source>
            <translation>متابعة القراءة، والعودة</translation>
        </message>
        <message>
            <source>Approve</source>
            <translation>اعتماد</translation>
        </message>
        <message>
            <source>Edit the plan and approve it</source>
            <translation>تعديل الخطة واعتمادها</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>رفض</translation>
        </message>
        <message>
            <source>Ask back</source>
            <translation>استفسار</translation>
        </message>
        <message>
            <source>Put off</source>
            <translation>تأجيل</translation>
        </message>
        <message>
            <source>None of these signs by itself: the sign dialog always comes first. On an Arabic keyboard the letters are those on the same keys.</source>
            <translation>لا يوقّع أي منها بذاته: تظهر نافذة التوقيع دائمًا أولًا. وعلى لوحة المفاتيح العربية تعمل الحروف التي على المفاتيح نفسها.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>إغلاق</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::SignDialog</name>
        <message>
            <source>%1: key %2, %3</source>
            <comment>a person, the name of a key, its short digest</comment>
            <translation>%1: المفتاح %2، %3</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>إلغاء</translation>
        </message>
        <message>
            <source>Sign</source>
            <translation>توقيع</translation>
        </message>
        <message>
            <source>What is signed</source>
            <translation>ما يُوقَّع عليه</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>المفتاح</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>السبب</translation>
        </message>
        <message>
            <source>Put off until</source>
            <translation>التأجيل حتى</translation>
        </message>
        <message>
            <source>Type to confirm</source>
            <translation>الكتابة للتأكيد</translation>
        </message>
        <message>
            <source>Passphrase</source>
            <translation>عبارة المرور</translation>
        </message>
        <message>
            <source>The key is being unlocked</source>
            <translation>جارٍ فتح المفتاح</translation>
        </message>
        <message>
            <source>This cannot be undone. Type the amount %1</source>
            <translation>لا يمكن التراجع عن هذا. اكتب المبلغ %1</translation>
        </message>
        <message>
            <source>This cannot be undone. Type the word %1</source>
            <translation>لا يمكن التراجع عن هذا. اكتب الكلمة %1</translation>
        </message>
        <message>
            <source>Sign: %1</source>
            <translation>توقيع: %1</translation>
        </message>
        <message>
            <source>The step is carried out as soon as this is signed.</source>
            <translation>تُنفَّذ الخطوة فور التوقيع.</translation>
        </message>
        <message>
            <source>Yours is the last signature: the plan is then carried out.</source>
            <translation>توقيعك هو الأخير: تُنفَّذ الخطة بعده.</translation>
        </message>
        <message>
            <source>Still missing before anything is carried out: %1.</source>
            <translation>ما زال ناقصًا قبل تنفيذ أي شيء: %1.</translation>
        </message>
        <message>
            <source>, </source>
            <comment>between roles</comment>
            <translation>، </translation>
        </message>
        <message>
            <source>Your changes</source>
            <translation>تعديلاتك</translation>
        </message>
        <message>
            <source>%1 → %2</source>
            <comment>before and after</comment>
            <translation>%1 ← %2</translation>
        </message>
        <message>
            <source>(new)</source>
            <translation>(جديد)</translation>
        </message>
        <message>
            <source>(gone)</source>
            <translation>(محذوف)</translation>
        </message>
        <message>
            <source>Documents this signature covers</source>
            <translation>المستندات التي يشملها هذا التوقيع</translation>
        </message>
        <message>
            <source>Request, revision %1</source>
            <translation>الطلب، المراجعة %1</translation>
        </message>
        <message>
            <source>%1, revision %2</source>
            <comment>kind of a document</comment>
            <translation>%1، المراجعة %2</translation>
        </message>
        <message>
            <source>Rules and limits</source>
            <translation>القواعد والحدود</translation>
        </message>
        <message>
            <source>Due</source>
            <translation>الاستحقاق</translation>
        </message>
        <message>
            <source>Signing closes</source>
            <translation>إغلاق التوقيع</translation>
        </message>
        <message>
            <source>Policy, version %1</source>
            <translation>السياسة، الإصدار %1</translation>
        </message>
        <message>
            <source>Roster, version %1</source>
            <translation>سجل الأشخاص، الإصدار %1</translation>
        </message>
        <message>
            <source>System %1</source>
            <translation>النظام %1</translation>
        </message>
        <message>
            <source>Show the exact bytes</source>
            <translation>عرض البايتات ذاتها</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::SignPresenter</name>
        <message>
            <source>The signature is being made.</source>
            <translation>جارٍ إنشاء التوقيع.</translation>
        </message>
        <message>
            <source>This is signed.</source>
            <translation>تم التوقيع.</translation>
        </message>
        <message>
            <source>Write the reason first.</source>
            <translation>اكتب السبب أولًا.</translation>
        </message>
        <message>
            <source>Choose until when.</source>
            <translation>اختر الأجل.</translation>
        </message>
        <message>
            <source>The statement is being prepared.</source>
            <translation>جارٍ إعداد البيان.</translation>
        </message>
        <message>
            <source>There is nothing to sign yet.</source>
            <translation>لا يوجد ما يُوقَّع بعد.</translation>
        </message>
        <message>
            <source>Type the amount %1 to confirm.</source>
            <translation>اكتب المبلغ %1 للتأكيد.</translation>
        </message>
        <message>
            <source>Type the word %1 to confirm.</source>
            <translation>اكتب الكلمة %1 للتأكيد.</translation>
        </message>
        <message>
            <source>Enter the passphrase of the key.</source>
            <translation>أدخل عبارة مرور المفتاح.</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::StatusLine</name>
        <message>
            <source>Nothing has happened yet.</source>
            <translation>لم يحدث شيء بعد.</translation>
        </message>
        <message>
            <source>Notices: %1</source>
            <translation>الإشعارات: %1</translation>
        </message>
        <message>
            <source>List of notices</source>
            <translation>قائمة الإشعارات</translation>
        </message>
        <message>
            <source>The workspace is being opened…</source>
            <translation>جارٍ فتح مساحة العمل…</translation>
        </message>
        <message>
            <source>Workspace %1</source>
            <translation>مساحة العمل %1</translation>
        </message>
        <message>
            <source>%1 ledger entries</source>
            <translation>عدد قيود السجل %1</translation>
        </message>
        <message>
            <source>Plans are carried out by this console</source>
            <translation>تنفَّذ الخطط من هذه الواجهة</translation>
        </message>
        <message>
            <source>Plans are carried out by another process</source>
            <translation>تنفَّذ الخطط من برنامج آخر</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::StepRow</name>
        <message>
            <source>Confirmed by %1.</source>
            <translation>أكّدها %1.</translation>
        </message>
        <message>
            <source>Next attempt %1: %2.</source>
            <comment>relative time, then the time itself</comment>
            <translation>المحاولة التالية %1: %2.</translation>
        </message>
        <message>
            <source>Undo, attempt %1</source>
            <translation>التراجع، المحاولة %1</translation>
        </message>
        <message>
            <source>Attempt %1</source>
            <translation>المحاولة %1</translation>
        </message>
        <message>
            <source>Error code</source>
            <translation>رمز الخطأ</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>الرسالة</translation>
        </message>
        <message>
            <source>Started</source>
            <translation>البدء</translation>
        </message>
        <message>
            <source>Finished</source>
            <translation>الانتهاء</translation>
        </message>
        <message>
            <source>SHA-256 of the answer</source>
            <translation>بصمة SHA-256 للجواب</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::TablePage</name>
        <message>
            <source>Try again</source>
            <translation>إعادة المحاولة</translation>
        </message>
    </context>
    <context>
        <name>countersign::ui::TimelinePanel</name>
        <message>
            <source>Timeline</source>
            <translation>التسلسل الزمني</translation>
        </message>
        <message>
            <source>%1, by %2</source>
            <translation>%1، من %2</translation>
        </message>
        <message>
            <source>Ledger entry %1</source>
            <translation>قيد السجل %1</translation>
        </message>
    </context>
</TS>
