"""What made-up clients buy, say and are reminded of, in three languages, as data."""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one language."""

    cities: tuple[tuple[str, str, str], ...]
    """City, region, beginning of its postcodes; the largest first."""
    country: str
    streets: tuple[str, ...]
    positions: tuple[str, ...]
    companies: tuple[str, ...]
    items: tuple[tuple[str, int], ...]
    """What is sold and its usual price in UAH."""
    openings: tuple[str, ...]
    """First halves of what an interaction was about."""
    closings: tuple[str, ...]
    errands: tuple[str, ...]
    praise: tuple[str, ...]
    complaints: tuple[str, ...]
    likes: tuple[str, ...]
    times: tuple[str, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().split("\n"))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split(";"))


def _cities(text: str) -> tuple[tuple[str, str, str], ...]:
    cities = (part.split("/") for part in _listed(text))
    return tuple((city, region, code) for city, region, code in cities)


def _items(text: str) -> tuple[tuple[str, int], ...]:
    return tuple((name.strip(), int(price)) for name, price in (part.rsplit("=", 1) for part in _listed(text)))


TAGS = (
    "vip",
    "опт",
    "роздріб",
    "новий",
    "постійний",
    "сплячий",
    "партнер",
    "інстаграм",
    "сайт",
    "знижка 5",
    "знижка 10",
)
OPERATORS = ("olena", "ivan", "maria")
CLOTHES = ("XS", "S", "M", "L", "XL", "36", "38", "40", "42")


@cache
def wording(language: str) -> Wording:
    """The texts of a language: `uk`, `ru` or `en`."""
    return {"uk": _ukrainian, "ru": _russian, "en": _english}[language]()


def _ukrainian() -> Wording:
    return Wording(
        cities=_cities(
            "Київ/Київська/01; Харків/Харківська/61; Одеса/Одеська/65; Дніпро/Дніпропетровська/49; "
            "Львів/Львівська/79;Запоріжжя/Запорізька/69; Кривий Ріг/Дніпропетровська/50; Миколаїв/Миколаївська/54; "
            "Вінниця/Вінницька/21;Полтава/Полтавська/36; Чернігів/Чернігівська/14; Черкаси/Черкаська/18; "
            "Житомир/Житомирська/10; Суми/Сумська/40;Хмельницький/Хмельницька/29; Чернівці/Чернівецька/58; "
            "Рівне/Рівненська/33; Івано-Франківськ/Івано-Франківська/76;Тернопіль/Тернопільська/46; "
            "Луцьк/Волинська/43; Ужгород/Закарпатська/88; Біла Церква/Київська/09;Кременчук/Полтавська/39; "
            "Бровари/Київська/07; Ірпінь/Київська/08; Умань/Черкаська/20; "
            "Мукачево/Закарпатська/89;Дрогобич/Львівська/82; Ніжин/Чернігівська/16; Бориспіль/Київська/08; "
            "Ґоронда/Закарпатська/89"
        ),
        country="Україна",
        streets=_listed(
            "вул. Шевченка; вул. Лесі Українки; просп. Свободи; вул. Франка; вул. Грушевського; вул. Садова; вул. "
            "Соборна;вул. Центральна; вул. Хмельницького; просп. Перемоги; вул. Зелена; вул. Незалежності; вул. "
            "Сковороди; бульв. Шевченка;вул. Коцюбинського; вул. Молодіжна; вул. Миру; вул. Польова; пров. Тихий; "
            "вул. Героїв України; вул. Під Дубом;вул. Січових Стрільців; вул. Кобзарська; вул. Вишнева; наб. Лугова; "
            "вул. Ярослава Мудрого; майд. Ринок"
        ),
        positions=_listed(
            "бухгалтер; менеджер з продажу; лікар; учителька; інженер; програміст; директор; юрист; дизайнер; кухар; "
            "водій;фармацевт; агроном; перекладач; електрик; логіст; маркетолог; архітектор; пенсіонер; студент"
        ),
        companies=_listed(
            "ТОВ «Мрія»; ФОП Світанок; ТОВ «Агросвіт»; ПП «Калина»; ТОВ «Дім і сад»; ТОВ «Техносила»; ПП «Барвінок»;"
            "ТОВ «Смачна пекарня»; АТ «Обрій»; ТОВ «Нова хвиля»; ТОВ «Джерело»; ФГ «Лан»"
        ),
        items=_items(
            "Кава Арабіка 1 кг=620; Чай зелений 100 г=145; Стрижка=450; Манікюр=550; Масаж 60 хв=900; Шини зимові "
            "R16=3100;Заміна масла=1200; Діагностика=600; Навушники=1899; Клавіатура=1450; Крісло офісне=4200; Лампа "
            "настільна=780;Букет троянд=1100; Торт на замовлення=1350; Консультація=800; Абонемент на місяць=1500; "
            "Курс англійської=3600;Сукня льняна=2150; Вишиванка=2600; Чоботи=3300; Мед липовий 1 л=320; Ремонт "
            "годинника=500; Фотосесія=2800"
        ),
        openings=_lines(
            """Просила передзвонити після обіду
            Уточнили розмір і колір
            Погодили нову ціну
            Надіслано рахунок на пошту
            Замовлення приїхало із запізненням
            Цікавиться новинками сезону
            Подякувала за знижку
            Перенесли візит на наступний тиждень
            Обговорили умови доставки
            Нагадали про бонуси на картці
            Питає про наявність
            Домовилися про зустріч в офісі"""
        ),
        closings=_lines(
            """, чекає на відповідь до п'ятниці.
            , все влаштовує.
            , оплата карткою при отриманні.
            , доставка Новою поштою на відділення.
            , порадила нас подрузі.
            . Зв'язатися ще раз наступного місяця.
            ; просить рахунок на компанію.
            , сумнівається через ціну."""
        ),
        errands=_listed(
            "Передзвонити щодо замовлення; Надіслати рахунок; Привітати з днем народження; Уточнити адресу доставки;"
            "Запропонувати нову колекцію; Нагадати про візит; Перевірити повернення коштів; Запитати відгук"
        ),
        praise=_listed("Дуже задоволена, дякую!; Швидко і якісно; Приємний персонал, прийду ще; Усе чудово"),
        complaints=_listed(
            "Упаковка була пошкоджена; Довго чекала на відповідь; Привезли не той колір; Не додзвонитися"
        ),
        likes=_listed("кава; квіти; подорожі; книги; вишивка; велосипед; рибалка; солодке; театр; сад"),
        times=_listed("після 18:00; зранку; 10:00-13:00; тільки у вихідні; в обід"),
        sources=_listed("сайт; інстаграм; рекомендація; реклама; вивіска; виставка"),
        notes=_listed(
            "Любить, коли звертаються на ім'я.; Має двох дітей, цікавиться дитячими товарами.; Не турбувати "
            "вранці.;Просить завжди пакувати як подарунок.; Перевіряти адресу перед відправкою.; Постійна клієнтка з "
            "2019 року."
        ),
    )


def _russian() -> Wording:
    return Wording(
        cities=_cities(
            "Киев/Киевская/01; Харьков/Харьковская/61; Одесса/Одесская/65; Днепр/Днепропетровская/49; "
            "Запорожье/Запорожская/69;Николаев/Николаевская/54; Кривой Рог/Днепропетровская/50; "
            "Полтава/Полтавская/36; Сумы/Сумская/40; Херсон/Херсонская/73;Чернигов/Черниговская/14; "
            "Винница/Винницкая/21; Житомир/Житомирская/10; Измаил/Одесская/68; Павлоград/Днепропетровская/51"
        ),
        country="Украина",
        streets=_listed(
            "ул. Пушкинская; ул. Садовая; ул. Дерибасовская; просп. Мира; ул. Центральная; ул. Шевченко; ул. Зелёная;"
            " ул. Школьная;ул. Лесная; ул. Молодёжная; просп. Науки; ул. Набережная; ул. Новая; пер. Тихий; ул. "
            "Морская; бул. Юности"
        ),
        positions=_listed(
            "бухгалтер; менеджер по продажам; врач; учитель; инженер; программист; директор; юрист; дизайнер; повар; "
            "водитель;фармацевт; переводчик; электрик; логист; маркетолог; архитектор; пенсионер; студент"
        ),
        companies=_listed(
            "ООО «Мечта»; ЧП «Рассвет»; ООО «Дом и сад»; ООО «Техносила»; ЧП «Ромашка»; ООО «Вкусная пекарня»; АО "
            "«Горизонт»;ООО «Новая волна»; ООО «Источник»"
        ),
        items=_items(
            "Кофе Арабика 1 кг=620; Чай зелёный 100 г=145; Стрижка=450; Маникюр=550; Массаж 60 мин=900; Шины зимние "
            "R16=3100;Замена масла=1200; Диагностика=600; Наушники=1899; Клавиатура=1450; Кресло офисное=4200; Лампа "
            "настольная=780;Букет роз=1100; Торт на заказ=1350; Консультация=800; Абонемент на месяц=1500; Курс "
            "английского=3600;Платье льняное=2150; Сапоги=3300; Мёд липовый 1 л=320; Ремонт часов=500; "
            "Фотосессия=2800"
        ),
        openings=_lines(
            """Просил перезвонить после обеда
            Уточнили размер и цвет
            Согласовали новую цену
            Отправлен счёт на почту
            Заказ приехал с опозданием
            Интересуется новинками сезона
            Поблагодарил за скидку
            Перенесли визит на следующую неделю
            Обсудили условия доставки
            Напомнили о бонусах на карте
            Спрашивает о наличии
            Договорились о встрече в офисе"""
        ),
        closings=_lines(
            """, ждёт ответа до пятницы.
            , всё устраивает.
            , оплата картой при получении.
            , доставка на отделение.
            , посоветовал нас знакомым.
            . Связаться ещё раз в следующем месяце.
            ; просит счёт на компанию.
            , сомневается из-за цены."""
        ),
        errands=_listed(
            "Перезвонить по заказу; Отправить счёт; Поздравить с днём рождения; Уточнить адрес доставки;"
            "Предложить новую коллекцию; Напомнить о визите; Проверить возврат денег; Попросить отзыв"
        ),
        praise=_listed("Очень доволен, спасибо!; Быстро и качественно; Приятный персонал, приду ещё; Всё отлично"),
        complaints=_listed("Упаковка была повреждена; Долго ждал ответа; Привезли не тот цвет; Не дозвониться"),
        likes=_listed("кофе; цветы; путешествия; книги; велосипед; рыбалка; сладкое; театр; сад"),
        times=_listed("после 18:00; утром; 10:00-13:00; только в выходные; в обед"),
        sources=_listed("сайт; инстаграм; рекомендация; реклама; вывеска; выставка"),
        notes=_listed(
            "Любит, когда обращаются по имени.; Двое детей, интересуется детскими товарами.; Не беспокоить утром.;"
            "Просит всегда упаковывать как подарок.; Проверять адрес перед отправкой.; Постоянный клиент с 2019 года."
        ),
    )


def _english() -> Wording:
    return Wording(
        cities=_cities(
            "London/Greater London/SW; Manchester/Greater Manchester/M; Birmingham/West Midlands/B; Leeds/West "
            "Yorkshire/LS;Glasgow/Scotland/G; Edinburgh/Scotland/EH; Liverpool/Merseyside/L; Bristol/Bristol/BS; "
            "Cardiff/Wales/CF;Oxford/Oxfordshire/OX; Cambridge/Cambridgeshire/CB; York/North Yorkshire/YO; "
            "Brighton/East Sussex/BN"
        ),
        country="United Kingdom",
        streets=_listed(
            "High Street; Station Road; Church Lane; Victoria Road; Park Avenue; Mill Lane; Green Lane; King Street; "
            "Queen's Road;The Crescent; Manor Road; Springfield Road; New Street; North Road; School Lane; London "
            "Road"
        ),
        positions=_listed(
            "accountant; sales manager; doctor; teacher; engineer; developer; director; solicitor; designer; chef; "
            "driver;pharmacist; translator; electrician; planner; marketing manager; architect; retired; student"
        ),
        companies=_listed(
            "Daydream Ltd; Morning Star plc; Home & Garden Ltd; Brightwork Ltd; Daisy Bakery; Horizon plc; New Wave "
            "Ltd; Wellspring LLC"
        ),
        items=_items(
            "Coffee Arabica 1 kg=620; Green tea 100 g=145; Haircut=450; Manicure=550; Massage 60 min=900; Winter "
            "tyres R16=3100;Oil change=1200; Diagnostics=600; Headphones=1899; Keyboard=1450; Office chair=4200; Desk"
            " lamp=780;Bunch of roses=1100; Custom cake=1350; Consultation=800; Monthly pass=1500; English "
            "course=3600;Linen dress=2150; Boots=3300; Lime honey 1 l=320; Watch repair=500; Photo session=2800"
        ),
        openings=_lines(
            """Asked to call back after lunch
            Checked the size and the colour
            Agreed on the new price
            Invoice sent by e-mail
            The order arrived late
            Interested in new arrivals
            Thanked us for the discount
            Moved the visit to next week
            Discussed the terms of delivery
            Reminded about the points on the card
            Asked what is in stock
            Arranged a meeting at the office"""
        ),
        closings=_lines(
            """, expects an answer by Friday.
            , happy with everything.
            , will pay by card on delivery.
            , delivery to the parcel shop.
            , recommended us to a friend.
            . Get in touch again next month.
            ; wants the invoice for the company.
            , hesitates because of the price."""
        ),
        errands=_listed(
            "Call back about the order; Send the invoice; Say happy birthday; Check the delivery address;"
            "Offer the new collection; Remind about the visit; Check the refund; Ask for a review"
        ),
        praise=_listed("Very pleased, thank you!; Quick and well done; Friendly staff, will come again; All great"),
        complaints=_listed(
            "The box was damaged; Waited long for an answer; The wrong colour came; Could not get through"
        ),
        likes=_listed("coffee; flowers; travel; books; cycling; fishing; sweets; theatre; gardening"),
        times=_listed("after 6 pm; in the morning; 10:00-13:00; weekends only; at lunch"),
        sources=_listed("web; instagram; referral; advert; shop window; fair"),
        notes=_listed(
            "Likes to be called by first name.; Has two children, asks for things for kids.; Do not call in the "
            "morning.;Wants everything wrapped as a present.; Check the address before sending.; Regular since 2019."
        ),
    )
