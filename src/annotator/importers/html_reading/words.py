"""What short lines of a page say they are, in the languages that newspapers are read in most."""

from __future__ import annotations

import re


def _opening(*phrases: str) -> re.Pattern[str]:
    """Return a pattern for a line that opens with one of the phrases, whatever stands before its first letter."""
    return re.compile(rf"[\W_]*(?:{'|'.join(phrases)})", re.I)


_CORRECTION = _opening(
    r"this (?:article|story|post|piece|report) (?:was|has been) (?:\w+ )?|(?:an earlier|a previous) version",
    r"corrections?|corrected|clarifications?|editor[’']?s[’']? note|updated?|amended|erratum",
    r"korrektur|berichtigung|richtigstellung|anmerkung der redaktion|rectificatif|mise à jour",
    r"correcci[oó]n|fe de errores|rettifica|correção|исправлен\w*|поправк\w*|уточнение|更正|訂正|تصحيح|تصويب",
)
_CREDIT = re.compile(
    r"\(?(?:©\s*(?!\d{4})\S|\(c\)\s|images? \d+ of \d+$|"
    r"(?:(?:main |cover )?(?:photo(?:graph)?s?|images?|pictures?|illustrations?)(?: credits?| by| courtesy)?|credits?|"
    r"crédits?(?: photos?)?|photograph(?:ed)? by|bildquelle|(?:titel|beitrags)?bild(?:er)?|fotos?|fot|zdj|imagen?|imagem|"
    r"immagine|kuva|фото|изображение|图片来源|图源|写真|صورة)\s?[:/©.])",
    re.I,
)
_MORE = _opening(
    r"(?:read|see|more|also|explore|learn) (?:more|also|on|in|from|further|stories|news|like this)\b|also (?:on|read)\b",
    r"related\b|recommended\b|(?:you )?(?:may|might) also (?:like|be interested)|don['’]?t miss|what to read next",
    r"most (?:read|popular|viewed)|(?:our |more )?(?:latest|top|popular) (?:stories|news|articles)",
    r"(?:lesen|sehen) sie (?:auch|hier|dazu|mehr)|lies (?:auch|mehr)|mehr (?:zum thema|dazu)|auch (?:interessant|lesen)",
    r"das könnte (?:sie|dich) auch|weiterlesen|passend dazu|ähnliche (?:artikel|beiträge)|weitere (?:themen|artikel|beiträge)",
    r"(?:à |a )lire (?:aussi|également|ensuite)|lire (?:aussi|la suite|plus)|sur le même (?:sujet|thème)|voir aussi",
    r"lee? (?:también|más)|te puede interesar|más (?:información|noticias|sobre)|noticias relacionadas",
    r"leggi anche|potrebbe interessarti|leia (?:também|mais)|você pode gostar|veja também|lees (?:ook|meer)",
    r"(?:zobacz|czytaj) (?:też|także|również|więcej)|dowiedz się więcej",
    r"чита(?:йте|ть) (?:также|ещё)|(?:ещё )?по теме|相关(?:阅读|新闻|文章)|延伸阅读|関連記事|あわせて読みたい",
    r"اقرأ (?:أيضا|أيضًا|المزيد)|مواضيع ذات صلة|קראו (?:גם|עוד)",
)
_DATED = _opening(
    r"(?:(?:first |last )?(?:published|updated|posted|modified)|publish(?:ed)? date|update|veröffentlicht|aktualisiert|stand|"
    r"publié|mis à jour|publicado|actualizado|atualizado|pubblicato|aggiornato|ultima modifica|opublikowano|aktualizacja|"
    r"gepubliceerd|bijgewerkt|опубликовано|обновлено|发布|发表于|更新|公開|نشر|تحديث)\b[^\d]*\d",
)
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)|(?<!\d)[0-3]?\d[./-][01]?\d[./-]\d\d(?!\d)|[٠-٩۰-۹]{4}")
_NUMBER = re.compile(r"\d+")
_SENTENCE_ENDS = tuple('.!?:;…。！？：；؟۔।"”»“’)]）」』›')
_MAX_CORRECTION = 1500
_MAX_CREDIT = 160
_MAX_MORE = 250
_MAX_DATED = 150
_MAX_DATE = 80
_MAX_DATE_LETTERS = 34
_FRAGMENT = 80
_FRAGMENT_IDEOGRAPHS = 20
_IDEOGRAPHS = "\u2e80"


def is_correction(text: str) -> bool:
    """Tell whether a text says what was corrected or changed in the article after it was published."""
    return len(text) <= _MAX_CORRECTION and _CORRECTION.match(text) is not None


def is_credit(text: str) -> bool:
    """Tell whether a text names who made a picture."""
    return len(text) <= _MAX_CREDIT and _CREDIT.match(text) is not None


def leads_away(text: str) -> bool:
    """Tell whether a text asks to read something else."""
    return len(text) <= _MAX_MORE and _MORE.match(text) is not None


def is_dateline(text: str) -> bool:
    """Tell whether a text is no more than when something was published or changed."""
    if len(text) <= _MAX_DATED and _DATED.match(text) is not None:
        return True
    if len(text) > _MAX_DATE or text.endswith(".") or _YEAR.search(text) is None or len(_NUMBER.findall(text)) < 2:
        return False
    return sum(map(str.isalpha, text)) <= _MAX_DATE_LETTERS


def is_fragment(text: str) -> bool:
    """Tell whether a text is too short for a sentence and does not end as one."""
    short = _FRAGMENT if text < _IDEOGRAPHS else _FRAGMENT_IDEOGRAPHS
    return len(text) < short and not text.endswith(_SENTENCE_ENDS)
