"""Made-up people with names as they are: surnames from stems, feminine forms and patronymics by the rules."""

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

_VOWELS = "аеєиіїоуюяыэёйь"


class Skewed:
    """A choice among values of which the first are far commoner than the last, as names are (Zipf's law)."""

    def __init__(self, values: Sequence[str], power: float = 0.9, head: float = 4.0) -> None:
        self._values = values
        self._sums = list(itertools.accumulate((place + head) ** -power for place in range(len(values))))

    def __call__(self, random: Random) -> str:
        """One of the values."""
        return self._values[bisect.bisect_left(self._sums, random.random() * self._sums[-1])]

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True, slots=True)
class People:
    """The names of one language: each choice holds pairs of a form for men and one for women."""

    surnames: Skewed
    men: Skewed
    women: Skewed
    fathers: Skewed
    """First names that patronymics are made from; none in English."""


def feminine(surname: str, language: str) -> str:
    """The surname of a woman of the family.

    Ukrainian: -ський → -ська, -ий → -а, -ов/-ев/-єв/-їн → -ова …; -енко, -ук, -ик, -ець, -ів, -ишин do not change.
    Russian: -ский → -ская, -ый/-ой → -ая, -ов/-ев/-ёв/-ин/-ын → -ова …; -енко, -ых, -их, -ук do not change.
    """
    if language == "uk":
        if surname.endswith("ий"):
            return surname[:-2] + "а"
        return surname + "а" if surname.endswith(("ов", "ев", "єв", "їн")) else surname
    if language == "ru":
        if surname.endswith(("ский", "цкий", "ый", "ой")):
            return surname[:-2] + "ая"
        return surname + "а" if surname.endswith(("ов", "ев", "ёв", "ин", "ын")) else surname
    return surname


_UKRAINIAN_FATHERS = {
    "Ілля": ("Ілліч", "Іллівна"),
    "Лука": ("Лукич", "Луківна"),
    "Микола": ("Миколайович", "Миколаївна"),
    "Григорій": ("Григорович", "Григорівна"),
    "Лев": ("Львович", "Львівна"),
    "Яків": ("Якович", "Яківна"),
    "Микита": ("Микитович", "Микитівна"),
    "Федір": ("Федорович", "Федорівна"),
}
_RUSSIAN_FATHERS = {
    "Илья": ("Ильич", "Ильинична"),
    "Никита": ("Никитич", "Никитична"),
    "Лев": ("Львович", "Львовна"),
    "Павел": ("Павлович", "Павловна"),
    "Пётр": ("Петрович", "Петровна"),
    "Михаил": ("Михайлович", "Михайловна"),
    "Яков": ("Яковлевич", "Яковлевна"),
}


def patronymics(father: str, language: str) -> tuple[str, str]:
    """The patronymics of a son and a daughter (Український правопис 2019, § 32; Russian by the same kind of rule)."""
    if language == "uk":
        if father in _UKRAINIAN_FATHERS:
            return _UKRAINIAN_FATHERS[father]
        if father.endswith("й"):
            return f"{father}ович", f"{father[:-1]}ївна"
        stem = father[:-1] if father.endswith(("о", "ь")) else father
        return f"{father if father.endswith('ь') else stem}ович", f"{stem}івна"
    if father in _RUSSIAN_FATHERS:
        return _RUSSIAN_FATHERS[father]
    if father.endswith("ий"):
        hard = father[-3] not in _VOWELS and father[-4].lower() not in _VOWELS
        stem = father[:-1] if hard else father[:-2] + "ь"
        return f"{stem}евич", f"{stem}евна"
    if father.endswith(("й", "ь")):
        return f"{father[:-1]}евич", f"{father[:-1]}евна"
    return f"{father}ович", f"{father}овна"


def people(language: str) -> People:
    """The names of a language: `uk`, `ru` or `en`."""
    return _people(language)


@cache
def _people(language: str) -> People:
    surnames, men, women = {
        "uk": (_ukrainian_surnames, _UKRAINIAN_MEN, _UKRAINIAN_WOMEN),
        "ru": (_russian_surnames, _RUSSIAN_MEN, _RUSSIAN_WOMEN),
        "en": (_english_surnames, _ENGLISH_MEN, _ENGLISH_WOMEN),
    }[language]
    fathers = men.split() if language != "en" else []
    return People(
        surnames=Skewed(surnames(), power=0.8, head=10),
        men=Skewed(men.split(), power=1.0),
        women=Skewed(women.split(), power=1.0),
        fathers=Skewed(fathers, power=0.9) if fathers else Skewed([""]),
    )


def _crossed(common: str, *families: tuple[str, str]) -> list[str]:
    """The commonest first as written, then each stem with each ending, no name twice, in a steady order."""
    made = [
        (stem + ending).replace("цс", "ц")
        for stems, endings in families
        for ending in endings.split()
        for stem in stems.split()
    ]
    # Shuffled once and for all, so that the frequent part is not all of one ending.
    Random(1).shuffle(made)
    return list(dict.fromkeys([*common.split(), *made]))


def _ukrainian_surnames() -> list[str]:
    stems = (
        "Роман Степан Іван Семен Тарас Остап Захар Назар Макар Данил Мартин Клим Федор Сидор Прокоп Яким Максим Юхим"
        " Демид Харит Тихон Антон Устим Герасим Лаврин Гаврил Кирил Свирид Пилип Василь Гордій Корній Матвій Андрій"
    )
    return _crossed(
        "Шевченко Мельник Коваленко Бондаренко Ткаченко Кравченко Ковальчук Олійник Шевчук Коваль Поліщук Бондар "
        "Ткачук Мороз Марченко Лисенко Руденко Савченко Петренко Кравчук Клименко Павленко Савчук Кузьменко Левченко "
        "Пономаренко Василенко Гончаренко Карпенко Мельничук Ткач Бойко Приходько Романюк Кравець Литвин Гнатюк "
        "Панченко Лук'яненко Гриценко Юрченко Костенко Харченко Тимошенко Зінченко Яценко Мартинюк Попович Білоус "
        "Дем'яненко Гаврилюк Нечипоренко Іщенко Гайдамака Сорока Журавель Вовк Заєць Горобець Голуб Чорний Білий "
        "Зелений Гладкий Швець Кушнір Скляр Стельмах Колісник Пасічник Рибак Чумак Козак Гетьман Сірко Щербак Щур "
        "Їжакевич Євтушенко Ґалаґан Цимбал Кобзар Калина Верба Береза Дубина Нечай Перебийніс Непийвода Убийвовк "
        "Тягнибок Хмара Вітер Сніжко Король",
        (stems.replace("Василь Гордій Корній Матвій Андрій", ""), "енко чук ів ишин юк"),
        (
            "Залі Дністрян Волин Поділь Галиц Полтав Чернігів Богун Сагайдач Вишн Тернопіль Яворів Калин"
            " Грабів Дубров Садов Зелін Вербиц Ясин Липин Крем'ян Островерх Березів Кульчиц Левиц Яблонь",
            "ський",
        ),
        (
            "Гонч Буряк Гарбуз Горох Кац Дзюб Кулеб Шпак Галаган Кочерг Лебед Перепел Сорок Ступ Тетер Чайк Шульг "
            "Бабич Голов Дяч Жур Зозул Калюж Коровай Лобод Мазур Онищ Пилип Рев Скрип Тищ Філ Химич Цап Чуб Шум Щерб "
            "Юшк Ярош",
            "енко ук",
        ),
        ("Іван Петр Сидор Федор Павл Захар Макар Титар", "ов"),
    )


def _russian_surnames() -> list[str]:
    return _crossed(
        "Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев "
        "Лебедев Семёнов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв"
        " Борисов Яковлев Григорьев Романов Воробьёв Сергеев Кузьмин Фролов Александров Дмитриев Королёв Гусев "
        "Киселёв Ильин Максимов Поляков Сорокин Виноградов Ковалёв Белов Медведев Антонов Тарасов Жуков Баранов "
        "Филиппов Комаров Давыдов Беляев Герасимов Богданов Осипов Сидоров Матвеев Титов Марков Миронов Крылов "
        "Куликов Карпов Власов Белый Толстой Черных Седых Щукин Юдин Ёлкин Эрдман Островский Чайковский Вишневский "
        "Покровский Черненко",
        (
            "Абрам Агап Аким Арефь Афанась Блин Бобр Большак Бур Быч Вавил Верши Гаврил Глеб Голуб Гончар Горшк Гром "
            "Данил Демид Дробыш Ермак Ефим Жар Зим Зот Игнат Исак Карпух Кирилл Климент Кондрат Корнил Костром Кругл "
            "Лавр Лукьян Мамонт Мартын Мясник Наум Нестер Овчар Парамон Пестр Плотник Прохор Рыб Самойл Свирид "
            "Селиван Субб Сух Тихон Трофим Устин Хохл Черн Шарап Шестак Щербак",
            "ов ин",
        ),
        ("Арефь Афанась Григорь Дорофе Елисе Ереме Игнать Леонть Матве Моисе Савель Тимофе Анань Юрь", "ев"),
        ("Бел Верх Камен Красн Лес Луж Мал Озер Пол Реч Холм Ясн Вин Дуб Жел", "овский инский"),
    )


def _english_surnames() -> list[str]:
    return _crossed(
        "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts "
        "Green Hall Wood Jackson Clarke Harris Lewis Cooper King Lee Martin Baker Hill Ward Turner Morris Moore Clark"
        " Edwards Carter Phillips Mitchell Patel Adams Campbell Anderson Allen Cook Bailey Parker Miller Davis Murphy"
        " Price Bell Young Watson Shaw Gray Hughes Ross Stone Mills Hunt Fox Webb Palmer Stevens O'Brien O'Connor "
        "Mackenzie McCarthy",
        (
            "Ash Black Brad Church Cran Hart Hol Kings Lang Mil New Old Rad Red Shel Stan Sut Thorn Wal West Whit Win"
            " Bur Comp Dal El Farn Graf Hamp Kel Lin Mal Nor Pem Ral Sel Tal Ulver Wes",
            "ford ton ley well wood field worth by man",
        ),
    )


_UKRAINIAN_MEN = """Олександр Володимир Сергій Андрій Микола Іван Юрій Василь Віктор Олег Михайло Дмитро Богдан Роман
Ігор Анатолій Петро Максим Артем Ярослав Віталій Тарас Євген Павло Руслан Станіслав Назар Олексій Владислав Григорій
Степан Валерій Вадим Денис Антон Леонід Остап Кирило Данило Борис Костянтин Геннадій Ілля Святослав Матвій Макар Микита
Ростислав Любомир Лев Орест Мирослав Тимофій Яків Захар Лука Федір Семен Юхим Зиновій"""
_UKRAINIAN_WOMEN = """Олена Тетяна Наталія Оксана Ірина Марія Світлана Людмила Галина Катерина Юлія Ольга Анна Валентина
Надія Любов Вікторія Лариса Ганна Аліна Анастасія Віра Дарина Софія Інна Яна Олександра Леся Христина Марина Ніна
Соломія Тамара Діана Маргарита Поліна Злата Мар'яна Уляна Вероніка Богдана Єлизавета Зоряна Ярослава Олеся Раїса
Мирослава Лідія Антоніна Стефанія Єва Емілія Устина Ївга Ксенія Валерія Зінаїда Жанна"""
_RUSSIAN_MEN = """Александр Сергей Дмитрий Андрей Алексей Максим Евгений Иван Михаил Артём Роман Владимир Николай Денис
Павел Виктор Антон Игорь Олег Юрий Константин Илья Вадим Виталий Кирилл Анатолий Василий Никита Пётр Фёдор Григорий
Станислав Геннадий Валерий Борис Леонид Егор Тимофей Георгий Лев Вячеслав Глеб Семён Яков Аркадий Эдуард"""
_RUSSIAN_WOMEN = """Елена Ольга Наталья Екатерина Анна Татьяна Мария Ирина Юлия Светлана Анастасия Дарья Людмила Марина
Александра Галина Евгения Виктория Валентина Надежда Ксения Любовь Вера Алина Нина Лариса Полина Яна Кристина Оксана
Софья Тамара Лидия Алёна Вероника Зоя Инна Раиса Маргарита Эльвира Жанна Алла"""
_ENGLISH_MEN = """James John Robert Michael William David Richard Thomas Charles Daniel Matthew Anthony Mark Paul Steven
Andrew George Kenneth Edward Brian Kevin Jason Ryan Gary Nicholas Eric Stephen Jonathan Scott Benjamin Samuel Frank
Gregory Patrick Jack Dennis Harry Oliver Noah Leo Arthur Simon Ian Henry Adam Nathan Peter Carl"""
_ENGLISH_WOMEN = """Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Nancy Lisa Margaret Sandra
Ashley Emily Donna Michelle Carol Amanda Laura Cynthia Kathleen Amy Angela Anna Emma Nicole Helen Samantha Katherine
Rachel Catherine Heather Diane Ruth Julie Olivia Victoria Kelly Christina Hannah Grace Sophie Charlotte Alice Lucy
Ella Amelia Freya Florence"""
