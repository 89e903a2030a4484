"""Articles for tests that kill: as many as are wanted, always the same for the same number and version."""

import json
import random

EVERYWHERE = "مراسلنا"
"""A word of every article."""

SUBJECTS = "الحكومة البرلمان المجلس الوزير الرئيس الوفد الجيش الاتحاد المحكمة النقابة الشركة البلدية"
VERBS = "أعلن أكد نفى ناقش أقر رفض درس بحث افتتح أجل انتقد رحب"
THINGS = "الاتفاق الميزانية المشروع القرار التقرير الهدنة الانتخابات الأسعار المحادثات الحدود المدارس"
PLACES = "دمشق بيروت القاهرة بغداد تونس الرباط صنعاء الخرطوم عمّان طرابلس الجزائر مسقط الدوحة"


def sentences(chance, count):
    parts = [words.split() for words in (SUBJECTS, VERBS, THINGS, PLACES)]
    return ". ".join(" ".join(chance.choice(words) for words in parts) for _ in range(count))


def name(number):
    """The id of an article."""
    return f"خبر-{number}"


def record(number, version):
    """An article, always the same for the same number and version."""
    chance = random.Random(1000 * number + version)
    return {
        "id": name(number),
        "title": sentences(chance, 1),
        "body": f"{sentences(chance, 3)}. {EVERYWHERE} في {chance.choice(PLACES.split())}",
        "source": chance.choice(["وكالة النبأ", "صحيفة الساحل"]),
        "published": f"2019-{1 + number % 12:02}-{1 + number % 28:02}",
    }


def write_corpus(path, numbers, version=0):
    """A file of articles: so many, or those with these numbers."""
    chosen = range(numbers) if isinstance(numbers, int) else numbers
    lines = (json.dumps(record(number, version), ensure_ascii=False) for number in chosen)
    path.write_text("\n".join(lines), "utf-8")
    return path


def moments(count, length):
    """Moments spread over a run of some length, each somewhere in its own part of it."""
    chance = random.Random(count)
    return [(place + chance.random()) / count * length for place in range(count)]
