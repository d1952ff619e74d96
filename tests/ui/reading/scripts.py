"""Sentences in many scripts, and in mixtures that are known for going wrong."""

from __future__ import annotations

SCRIPTS = {
    "latin": "The ferry board sent its sums: the fourth wharf, “dry in May”, cost 41 crowns; who counted them?",
    "arabic": "قال أمين الميناء إن السفن التسع عادت بعد ذوبان الجليد ولم تسجل أي شحنة ملح في الدفتر الثاني",
    "arabic with numbers": "دفعت المدينة 41 مليون دينار في عام 2021 (نحو 12٪ من الميزانية) ثم 3.5 مليون بعد ذلك",
    "hebrew": "גזבר הנמל ספר תשע ספינות לפני ההפשרה ואיש לא רשם את המלח בספר השני של העיר",
    "hebrew with a quotation": "הדובר כתב “the water is safe” ביום שלישי, ואחר כך תיקן: not all of it (see p. 12), לדבריו",
    "english with quotations": "The clerk wrote «הַמַּיִם בְּטוּחִים» on Tuesday, and قال الوزير 12 مرة then took it back (السد العالي).",
    "devanagari": "बंदरगाह के लेखापाल ने कहा कि क्षेत्र में विज्ञप्ति की प्रतियाँ श्रृंखला में नहीं थीं और स्त्रियों को सूचित किया गया",
    "thai": "เจ้าหน้าที่ท่าเรือกล่าวว่าน้ำในเมืองปลอดภัยและไม่มีผู้ใดบันทึกเกลือไว้ในสมุดบัญชีเล่มที่สองเลย",
    "chinese": "港务处的会计说，城里的水是安全的。第二本账册里没有人记下盐的数量，共计四十一克朗。",
    "japanese": "港の会計係は「町の水は安全だ」と言ったが、二冊目の帳簿に塩の記録はなかった。カタカナとひらがな。",
    "korean": "항구의 회계 담당자는 도시의 물이 안전하다고 말했지만 두 번째 장부에는 소금이 없었다.",
    "emoji": "safe 👩‍👩‍👧‍👦 and 😀 sound 👍🏽 in 🇳🇿🇯🇵 with ❤️‍🔥 and 🏴󠁧󠁢󠁳󠁣󠁴󠁿 on top",
    "combining": "Cafe\u0301 owners i\u0302n Vie\u0323\u0302t Nam, Z\u0351\u0353a\u0302\u0328l e\u0301\u0302\u0303 n\u0303",
    "soft hyphens": "The in\u00adcom\u00adpre\u00adhen\u00adsi\u00adbil\u00adi\u00adty of the har\u00adbour\u00admas\u00adter "
    "and un\u00adcon\u00adsti\u00adtu\u00adtion\u00adal\u00adi\u00adty re\u00adports",
    "tabs": "1847\tnine barges\tsalt and\tmore\tpipes than\tthere were",
    "tabs both ways": "1847\tתשע ספינות\tsalt and\tשלום 12\tnine",
    "no-break spaces": "41\u00a0crowns, 12\u00a0%, p.\u202f7 and\u2009thin\u200bzero\u2060join 3\u00a0000\u00a0000",
    "astral": "𝔗𝔥𝔢 𝕙𝕒𝕣𝕓𝕠𝕦𝕣 𐐀𐐁 𠀋𠮷 sets",
    "blanks": "two  blanks   three    four     and a long" + " " * 60 + "gap  end ",
    "marks of direction": "a \u200fb\u200e c \u2067שלום abc\u2069 d \u202eefg\u202c h \u2068مرحبا\u2069 12",
}
