"""Words of one root: what a linguist says of pairs, and the table."""

from itertools import pairwise

import pytest

from index.analysis import derived, normalize, normalize_word, spelled, tables
from index.analysis.lexicon import lexicon
from index.analysis.stem import stem

RELATED = {
    "a deed and who does it": (
        "تجنيد جندي, هجوم مهاجم, قتل قاتل, قتال مقاتل, دفاع مدافع, انتخاب ناخب, كتابة كاتب, لجوء لاجئ,"
        " هجرة مهاجر, نزوح نازح, استثمار مستثمر, زراعة مزارع, احتجاج محتج, تظاهر مظاهرة, سرقة سارق,"
        " تهريب مهرب, تحقيق محقق, بحث باحث, طيران طيار, حرب محارب, استيطان مستوطن, مقاومة مقاوم,"
        " تدريب مدرب, لعب لاعب, شهادة شاهد, احتلال محتل, تصدير مصدر, تبرع متبرع, قيادة قائد, علم عالم,"
        " تجارة تاجر, إضراب مضرب"
    ),
    "a deed and whom it befalls": (
        "تجنيد مجند, تسمم مسموم, قتل قتيل, اعتقال معتقل, خطف مخطوف, حصار محاصر, سجن سجين, إصابة مصاب,"
        " جرح جريح, انتخاب منتخب, كتابة مكتوب, إنتاج منتج, سلاح مسلح, تزوير مزور, هزيمة مهزوم,"
        " تهديد مهدد, غرق غريق"
    ),
    "a deed and what it is done with, where, or what comes of it": (
        "تفجير متفجر, صناعة مصنع, قتل مقتل, لعب ملعب, حكم محكمة, طيران طائرة, تصدير صادرات,"
        " استيراد واردات, تسمم سام, اتفاق اتفاقية, تفاوض مفاوضات, سفارة سفير, تعليم علم, تطعيم طعم,"
        " تصويت صوت, مقاطعة قطع"
    ),
    "two stems of one root": (
        "تفجير انفجار, سلاح تسليح, تحرير حرية, استشهاد شهيد, تحالف حليف, لقاح تلقيح, علاج معالجة,"
        " عقوبة معاقبة, حكم حكومة, حكومة حاكم, محاكمة محكمة, تعذيب عذاب, تحكيم حكم, كتاب كاتب,"
        " تمويل مالي"
    ),
    "a quality and who has it": (
        "فقر فقير, فساد فاسد, مرض مريض, تطرف متطرف, طب طبيب, تلوث ملوث, خسارة خاسر, عودة عائد,"
        " وطن مواطن, تعاون متعاون"
    ),
    "belonging": (
        "اقتصاد اقتصادي, تجارة تجاري, صناعة صناعي, رئيس رئاسي, وزارة وزاري, سياسة سياسي, إرهاب إرهابي,"
        " ثورة ثوري, قانون قانوني, دستور دستوري, نقابة نقابي, تعليم تعليمي, حكومة حكومي, صحافة صحفي,"
        " رياضة رياضي, طب طبي"
    ),
    "a place and who is from it": (
        "إيران إيراني, لبنان لبناني, سوريا سوري, مصر مصري, العراق عراقي, روسيا روسي, تركيا تركي,"
        " فرنسا فرنسي, ألمانيا ألماني, أمريكا أمريكي, فلسطين فلسطيني, اليمن يمني, الصين صيني,"
        " السودان سوداني, المغرب مغربي, الأردن أردني, الجزائر جزائري, بغداد بغدادي, دمشق دمشقي,"
        " حماس حماسي, داعش داعشي"
    ),
}
"""What shows, and the pairs that show it: a search for one may look for the other."""

UNRELATED = {
    "a country or a city is no word of its letters": (
        "لبنان لبن, لبنان لبنة, ليبيا لبى, الأردن ردن, عمان معنى, سوريا سور, سوريا سورة,"
        " مصر مصير, تونس أنس, المغرب غروب, المغرب غرب, المغرب غريب, الجزائر جزيرة, السودان أسود,"
        " حماة حماية, درعا دفاع, الرقة رقيق, القاهرة قهر, الرياض رياضة, جدة جديد, بغداد بغض,"
        " الموصل وصول, البصرة بصر, صنعاء صناعة, المنامة نوم, طرابلس طرب, كربلاء بلاء, سامراء سمر,"
        " بيروت تبرئة, غزة غزو, جنين جنون, الخليل خلل, يافا وفاء, إيران رنين, ألمانيا ألم,"
        " الهند هندسة, الصين صيانة, روسيا رأس, روسيا رئيس, تركيا ترك, فرنسا فرس, إسرائيل سر"
    ),
    "a person or a group is no word of their letters": (
        "بشار بشر, بشار بشرى, بشار بشارة, صالح مصالح, صالح صلح, صالح إصلاح, داعش عاش, داعش عيش,"
        " حماس تحمس, صدام صدمة, صدام اصطدام, عباس عبوس, مبارك بركة, السيسي سياسة, هنية هناء,"
        " مشعل شعلة, روحاني روح, خاتمي خاتم, الحريري حرير, المالكي ملك, العبادي عبادة, سلمان سلام,"
        " سلمان إسلام, محمد حمد, أحمد حمد, حسن تحسين, حسين تحسين, خالد خلود, فيصل فصل, ياسر يسر,"
        " عرفات معرفة, القذافي قذيفة, عون تعاون, جمال جميل, كمال كامل, سعيد سعادة, وليد ولادة,"
        " ناصر نصر, هادي هداية, نبيل نبل, رفيق رفقة, أمين أمن, ماهر مهارة, ترامب تراب, بوتين بيت,"
        " جنبلاط جنب"
    ),
    "words that only look alike": (
        "سلاح سلحفاة, انتخاب نخاع, قصف قصر, سفير صفير, مدرسة مدريد, وزير زيارة, سلطة سلطعون,"
        " قضاء قضية, علم إعلان, حزب حزام"
    ),
}

MISSED = {
    "the dictionary gives the first or the second no root": (
        "تعليم معلم, استقلال مستقل, اتهام متهم, اغتيال مغتال, حريق محترق, قصف مقصوف, طرد مطرود,"
        " رئيس رئاسة, استيطان مستوطنة, مفخخة تفخيخ"
    ),
    "an adjective of belonging is tied to names only": (
        "هجوم هجومي, دفاع دفاعي, إعلام إعلامي, أمن أمني, انتحار انتحاري, انقلاب انقلابي,"
        " برلمان برلماني, زلزال زلزالي, إغاثة إغاثي"
    ),
    "one of the two is rather a name, and names have no root": "نصر انتصار, سفر مسافر, فوز فائز, تأمين أمن",
    "the stem is taken for a form of another root": "ثورة ثائر, جفاف جاف",
    "the adjective takes more than an ending from its place": "أفغانستان أفغاني",
}
"""Why, and the pairs that are related and not known to be."""

WRONGLY_TIED = {
    "a name that is a common word almost as often keeps its root": (
        "قطر قطار, قطر تقطير, اليمن يمين, حلب حليب, القدس قداسة, سعد سعادة, شريف إشراف, حافظ تحفظ,"
        " عدن تعدين, زيد زيادة"
    ),
    "the root is theirs, and the words have parted": "إعدام عدم, قضاء قضية, تحرير حرير, كاتب كتيبة",
}
"""Why, and the pairs that nobody who looks for the one wants, and that are tied."""

LINES = [line.split("\t") for line in tables.lines("roots.tsv")]
STEMS = [line[0] for line in LINES]
LONGEST_ROOT = 5
LARGEST_FAMILY = 60

NEVER_MET = 32
"""Adjectives of belonging that no word is stemmed to (تشريني is stemmed to تشرين): they find nothing."""


def pairs(text):
    return [tuple(stem(normalize_word(word)) for word in pair.split()) for pair in text.split(", ")]


def rows(table):
    return [pair for text in table.values() for pair in pairs(text)]


@pytest.mark.parametrize("shows", RELATED)
def test_words_of_one_root_are_derived_from_each_other(shows):
    assert [] == [(one, other) for one, other in pairs(RELATED[shows]) if other not in derived(one)]


@pytest.mark.parametrize("shows", UNRELATED)
def test_words_that_have_nothing_to_do_with_each_other_are_not(shows):
    tied = [(one, other) for one, other in pairs(UNRELATED[shows]) if other in derived(one)]
    assert [] == [pair for pair in tied if pair not in rows(WRONGLY_TIED)]


@pytest.mark.parametrize("reason", MISSED)
def test_what_is_known_to_be_missed_still_is(reason):
    found = [(one, other) for one, other in pairs(MISSED[reason]) if other in derived(one)]
    assert [] == found, "they come out right now: move them to RELATED"


@pytest.mark.parametrize("reason", WRONGLY_TIED)
def test_what_is_known_to_be_tied_wrongly_still_is(reason):
    parted = [(one, other) for one, other in pairs(WRONGLY_TIED[reason]) if other not in derived(one)]
    assert [] == parted, "they come out right now: move them to UNRELATED"


def test_there_are_enough_pairs_of_two_stems_each_and_none_twice():
    every = [*rows(RELATED), *rows(UNRELATED), *rows(MISSED)]
    assert [] == [pair for pair in every if len(set(pair)) != 2]
    assert len(rows(RELATED)) == len({frozenset(pair) for pair in rows(RELATED)}) >= 60
    assert len(rows(UNRELATED)) == len({frozenset(pair) for pair in rows(UNRELATED)}) >= 40


@pytest.mark.parametrize("name", ["نتنياهو", "بوتين", "ترامب", "حسين", "صالح", "بشار", "خالد", "دهوك"])
def test_a_name_has_no_derivations(name):
    assert () == derived(name)


@pytest.mark.parametrize("place", ["لبنان", "ليبيا", "ايران", "داعش", "بغداد", "حماس", "روسيا", "اسراييل"])
def test_a_place_or_a_group_has_who_is_of_it_and_nothing_besides(place):
    (belonging,) = derived(place)
    assert belonging.endswith("ي")
    assert (place,) == derived(belonging)


@pytest.mark.parametrize("text", ["", " ", "زززز", "2015", "nato", "تجنيد مجند", "ا"])
def test_what_is_not_known_has_no_derivations_and_is_spelled_as_it_is(text):
    assert () == derived(text)
    assert text == spelled(text)


def test_of_two_words_each_is_derived_from_the_other_or_neither_is():
    family = {word: set(derived(word)) for word in STEMS}
    assert [] == [
        (one, other) for one, others in family.items() for other in others if one not in family[other]
    ]


def test_a_stem_is_not_its_own_derivation_and_each_is_given_once_in_order():
    for word in STEMS:
        found = derived(word)
        assert word not in found
        assert sorted(set(found)) == list(found)


def test_every_stem_of_the_table_has_derivations_and_none_has_more_than_can_be_looked_for():
    sizes = {word: len(derived(word)) for word in STEMS}
    assert [] == [word for word, size in sizes.items() if size == 0]
    assert [] == [(word, size) for word, size in sizes.items() if size > LARGEST_FAMILY]


def test_a_line_of_the_table_is_a_stem_its_roots_and_a_spelling():
    def well_formed(word, roots, *spelling):
        each = roots.split(" ")
        letters = all(part.isalpha() and part == normalize(part) for part in (word, *each))
        return letters and sorted(set(each)) == each and len(spelling) <= 1 and all(spelling)

    assert [] == [line for line in LINES if not 2 <= len(line) <= 3 or not well_formed(*line)]


def test_a_root_has_three_to_five_letters_or_is_a_place_that_is_of_the_family():
    known = set(STEMS)
    roots = {(word, root) for word, roots, *_ in LINES for root in roots.split(" ")}
    assert [] == [
        pair for pair in roots if len(pair[1]) not in range(3, LONGEST_ROOT + 1) and pair[1] not in known
    ]


def test_the_table_is_sorted_and_holds_a_stem_once():
    assert len(STEMS) > 10_000
    assert [] == [pair for pair in pairwise(STEMS) if pair[0] >= pair[1]]


def test_the_words_of_the_table_are_stems_of_known_words():
    known = {stem(form) for form in lexicon()}
    idle = [word for word in STEMS if word not in known]
    assert len(idle) <= NEVER_MET, idle


def test_a_spelling_is_its_stem_with_hamzas_and_endings():
    assert [] == [(word, spelled(word)) for word in STEMS if normalize(spelled(word)) != word]
    assert [] == [line for line in LINES if len(line) == 3 and line[2] == line[0]]


@pytest.mark.parametrize(
    ("folded", "written"),
    [
        ("ايراني", "إيراني"),
        ("روسي", "روسي"),
        ("جريده", "جريدة"),
        ("حريه", "حرية"),
        ("لاجي", "لاجئ"),
        ("قايد", "قائد"),
        ("مجند", "مجند"),
    ],
)
def test_a_stem_is_told_as_a_reader_writes_it(folded, written):
    assert written == spelled(folded)
