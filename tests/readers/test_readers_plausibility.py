from __future__ import annotations

import random

import pytest

from index.readers.plausibility import is_arabic, is_readable

HEADLINES = [
    "اقتربت ساعة الصفر",
    "قوات سوريا الديمقراطية",
    "رئيس الوزراء يستقبل السفير",
    "عَرَبِيَّةٌ مُشَكَّلَةٌ كُلُّهَا",
    "«الصحة»: 5 حالات – أمس…",
    "أرباح STC ترتفع 10 % إلى 2,5 مليار",
    "رئیس جمهور ایران گفت پیشرفت",
    "العـــــــراق",
    "كلنا طوارىء",
    "خبر",
]

FOREIGN = {
    "French": (
        "L'été dernier, le président français a été élu à l'Assemblée générale. Où étiez-vous, garçon naïf ?",
        ["latin-1", "cp1252", "mac_roman", "cp850"],
    ),
    "French capitals": ("DÉCÈS À L'HÔPITAL: ÉLYSÉE, ÉTÉ GÉNÉRAL", ["latin-1", "cp850"]),
    "German": (
        "Die Männer führen über größere Straßen; schöne Grüße aus München.",
        ["latin-1", "mac_roman", "cp850"],
    ),
    "Spanish": ("El niño comió mañana por la mañana; ¿qué pasó? España ganó, acción.", ["latin-1", "cp850"]),
    "Portuguese": ("A população não está satisfeita com as decisões: ações, coração, irmãos.", ["latin-1"]),
    "Turkish": ("Türkiye Cumhurbaşkanı İstanbul'da görüştü; çağrı, şehir, ığdır, güneş.", ["cp1254"]),
    "Polish": ("Prezydent spotkał się z ministrem; źle, żółć, gęś, łódź, ćma.", ["cp1250", "iso8859_2"]),
    "Russian": (
        "Президент России встретился с министром иностранных дел в Москве.",
        ["cp1251", "koi8-r", "iso8859_5", "cp866", "mac_cyrillic"],
    ),
    "Greek": ("Ο πρόεδρος της Ελλάδας συναντήθηκε με τον υπουργό στην Αθήνα.", ["cp1253", "iso8859_7"]),
    "Hebrew": ("ראש הממשלה נפגש עם שר החוץ בירושלים היום בבוקר", ["cp1255", "cp862"]),
    "Chinese": ("中国国家主席今天上午在北京会见了外交部长，双方交换了意见。", ["gbk", "big5"]),
    "Japanese": ("日本の首相は今朝東京で外務大臣と会談し、意見を交換しました。", ["shift_jis", "euc_jp"]),
    "Korean": ("대통령은 오늘 아침 서울에서 외교부 장관을 만났다.", ["euc_kr"]),
    "Thai": ("นายกรัฐมนตรีพบรัฐมนตรีต่างประเทศเช้านี้ที่กรุงเทพ", ["cp874"]),
}
SAMPLES = [
    pytest.param(text.encode(encoding, "ignore"), id=f"{name}-{encoding}")
    for name, (text, encodings) in FOREIGN.items()
    for encoding in encodings
]


@pytest.mark.parametrize("text", HEADLINES)
def test_arabic_is_arabic(text):
    assert is_arabic(text)
    assert is_readable(text)


@pytest.mark.parametrize("encoding", ["cp1256", "cp720", "iso8859_6"])
@pytest.mark.parametrize("data", SAMPLES)
def test_other_languages_are_no_arabic(data, encoding):
    assert not is_arabic(data.decode(encoding, "replace"))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("cp1256", "iso8859_6"),
        ("cp1256", "cp720"),
        ("cp720", "cp1256"),
        ("cp720", "iso8859_6"),
        ("iso8859_6", "cp720"),
    ],
)
def test_arabic_in_another_encoding_is_no_arabic(wrong, right):
    text = "قال مدير المركز الإعلامي إن قواتنا تلقت الأوامر بالتحرك في المدينة وإن المهلة انتهت"
    assert is_arabic(text)
    assert not is_arabic(text.encode(right).decode(wrong, "replace"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ASCII alone",
        "لا",  # too few letters
        "été à Paris",
        "خبér عاجل من المدينة",  # Arabic and accented Latin in one word
        "قال المدير إن المدينة \ufffd\ufffd انتهت",
        "قال المدير \x81\x8d\x8f\x90",
        "الةال الةال الىال",  # letters that end words, inside
        "ةقال ئدير ىلمدينة",  # letters that begin none
        "ققق ططط ظظظ",
        "ظضغ ظغض ذثظ غضظ ظضغثذ ظضغثذ ظضغثذ",  # none of the common letters
    ],
)
def test_what_is_no_arabic(text):
    assert not is_arabic(text)


def test_escapes_in_json_are_no_latin_letters():
    text = '{"body": "قال المدير\\nوقال\\nوقال\\nوقال\\nوقال"}'
    assert is_arabic(text)
    assert not is_arabic(text.replace("\\", ""))


@pytest.mark.parametrize("text", ["قال المدير", "ASCII alone", "ﻛﺸﻔﺖ ﻣﺼﺎﺩﺭ", '[{"body": "قال"}]', "\tأ\r\nب"])
def test_utf16_is_readable_the_right_way_round_alone(text):
    assert is_readable(text)
    swapped = text.encode("utf-16-le").decode("utf-16-be", "replace")
    assert not is_readable(swapped)


@pytest.mark.parametrize("text", ["", "\x01\x02", "中国国家主席", "㔀㌀㈀"])
def test_what_is_not_readable(text):
    assert not is_readable(text)


@pytest.mark.parametrize("encoding", ["cp1256", "cp720", "iso8859_6"])
def test_random_bytes_are_no_arabic(encoding):
    rng = random.Random(0)
    assert not any(is_arabic(rng.randbytes(64).decode(encoding, "replace")) for _ in range(300))
    high = range(0xA0, 0x100)
    assert not any(is_arabic(bytes(rng.choices(high, k=64)).decode(encoding, "replace")) for _ in range(300))
