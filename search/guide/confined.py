"""The guide to fields and dates: what a search is confined to."""

from __future__ import annotations

from datetime import date
from typing import Final

from search.guide.example import TODAY, Example, Section
from search.messages import Message

FIELDS: Final = Section(
    "fields",
    Message("في موضع بعينه"),
    Message("اسم الموضع وبعده نقطتان: كلمة، أو عبارة، أو أقواس فيها ما سبق كله."),
    (
        Example(
            "العنوان:النفط",
            Message("في العنوان وحده."),
            also=("title:النفط", "عنوان: النفط"),
            every="النفط",
            where="title",
        ),
        Example(
            "النص:مازوت",
            Message("في النص، لا في العنوان."),
            also=("المتن:مازوت", "body:مازوت", "text:مازوت"),
            every="مازوت",
            where="body",
        ),
        Example(
            "المصدر:بيدر",
            Message("المصادر التي في اسمها هذه الكلمة."),
            also=("مصدر:بيدر", "source:بيدر"),
            every="بيدر",
            where="source",
        ),
        Example(
            "الكاتب:هدى",
            Message("الكتّاب الذين في اسمهم هذه الكلمة."),
            also=("كاتب:هدى", "المؤلف:هدى", "author:هدى"),
            every="هدى",
            where="author",
        ),
        Example(
            "القسم:كوارث",
            Message("الأقسام التي في اسمها هذه الكلمة."),
            also=("قسم:كوارث", "التصنيف:كوارث", "category:كوارث", "section:كوارث"),
            every="كوارث",
            where="category",
        ),
        Example(
            "العنوان:(حريق أو زلزال)",
            Message("بدائل في موضع واحد."),
            every="حريق|حرائق|زلزال",
            where="title",
            more_than="العنوان:زلزال",
        ),
        Example(
            "لبنان -المصدر:المرفأ",
            Message("من المصادر كلها إلا واحدًا."),
            never="المرفأ",
            where="source",
            fewer_than="لبنان",
        ),
    ),
)

DATES: Final = Section(
    "dates",
    Message("التواريخ"),
    Message(
        "عام أو شهر أو يوم، بأي أرقام. والمدة تشمل أولها وآخرها: «{after}» تشمل عام {year} نفسه.",
        after="بعد:2019",
        year="2019",
    ),
    (
        Example(
            "من:2019/2 إلى:2019/6",
            Message("من أول الشهر الأول إلى آخر الشهر الثاني."),
            also=("بعد:2019-02 قبل:2019-06", "from:2019/2 to:2019/6", "تاريخ:2019-02..2019-06"),
            days=(date(2019, 2, 1), date(2019, 6, 30)),
        ),
        Example(
            "الحرب منذ:2017",
            Message("من ذلك التاريخ فما بعده."),
            also=("الحرب من:2017", "الحرب بعد:2017", "الحرب since:2017", "الحرب after:2017"),
            days=(date(2017, 1, 1), None),
            fewer_than="الحرب",
        ),
        Example(
            "الحرب حتى:2017",
            Message("إلى آخر ذلك التاريخ."),
            also=("الحرب إلى:2017", "الحرب قبل:2017", "الحرب until:2017", "الحرب before:2017"),
            days=(None, date(2017, 12, 31)),
            fewer_than="الحرب",
        ),
        Example(
            "تاريخ:23/3/2019",
            Message("يوم بعينه."),
            also=("تاريخ:2019-03-23", "تاريخ:٢٠١٩/٣/٢٣", "date:23-3-2019"),
            days=(date(2019, 3, 23), date(2019, 3, 23)),
        ),
        Example(
            "تاريخ:آذار 2019",
            Message("شهر باسمه، من أسماء الشهور في أي بلد عربي."),
            also=("تاريخ:مارس 2019", "تاريخ:آذار/مارس 2019", "date:March 2019"),
            days=(date(2019, 3, 1), date(2019, 3, 31)),
        ),
        Example(
            "تاريخ:ذو الحجة 1440",
            Message("شهر هجري بتقويم أم القرى، أو يوم منه؛ وبلا عام: أقرب ما مضى منه."),
            also=('تاريخ:"ذو الحجة 1440 هـ"',),
            days=(date(2019, 8, 2), date(2019, 8, 30)),
        ),
        Example(
            "تاريخ:أمس",
            Message("يوم يُعدّ من اليوم."),
            also=("تاريخ:البارحة", "date:yesterday"),
            days=(date(2025, 4, 26), date(2025, 4, 26)),
        ),
        Example(
            'منذ:"الأسبوع الماضي"',
            Message("من أول ذلك الأسبوع، وأوله السبت. وعلامتا التنصيص لمن شاء."),
            also=("منذ:الأسبوع الماضي", "since:last week"),
            days=(date(2025, 4, 19), None),
        ),
        Example(
            "تاريخ:آخر 4 أشهر",
            Message("أيام أو أسابيع أو أشهر أو أعوام آخرها اليوم."),
            also=("date:last 4 months",),
            days=(date(2024, 12, 28), TODAY),
        ),
        Example(
            "منذ:شهرين",
            Message("من يوم بُعده هذا عن اليوم."),
            also=("منذ:قبل شهرين", "since:2 months ago"),
            days=(date(2025, 2, 27), None),
        ),
        Example(
            "العنوان:(حرائق أو زلزال) -لبنان من:2017 إلى:2019",
            Message("ويجتمع هذا كله في استعلام واحد."),
            every="حرائق|زلزال",
            never="لبنان",
            where="title",
            days=(date(2017, 1, 1), date(2019, 12, 31)),
        ),
    ),
)
