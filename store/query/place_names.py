"""Cities that have other names in Ukrainian, Russian and English than folding brings together, as data.

A line is one city, or one word of its name: `Kryvyi Rih` is two. Names it had until lately are names of it.
"""

from store.query.given_names import others_in
from store.query.nodes import Word

GROUPS = """
київ киев kyiv kiev kijow kijów kiew
харків харьков kharkiv kharkov charkow charków
дніпро днепр дніпропетровськ днепропетровск dnipro dnepr dnipropetrovsk dnepropetrovsk
львів львов lviv lvov lwow lwów lemberg
одеса одесса odesa odessa
миколаїв николаев mykolaiv mykolayiv nikolaev nikolayev
чернігів чернигов chernihiv chernigov
рівне ровно rivne rovno
запоріжжя запорожье zaporizhzhia zaporizhia zaporozhye
тернопіль тернополь ternopil ternopol
чернівці черновцы chernivtsi chernovtsy
вінниця винница vinnytsia vinnitsa vinnytsya
житомир zhytomyr zhitomir
суми сумы sumy
луцьк луцк lutsk
ужгород uzhhorod uzhgorod
хмельницький хмельницкий khmelnytskyi khmelnitsky
кропивницький кропивницкий кіровоград кировоград kropyvnytskyi kirovohrad kirovograd
івано ивано ivano
франківськ франковск frankivsk frankovsk
кривий кривой kryvyi krivoy krivoi
ріг рог rih rog
біла белая bila belaya
церква церковь tserkva tserkov
кам'янське каменское kamianske дніпродзержинськ днепродзержинск
кременчук кременчуг kremenchuk kremenchug
бердичів бердичев berdychiv berdichev
бориспіль борисполь boryspil borispol
ірпінь ирпень irpin
ніжин нежин nizhyn nezhin
бровари бровары brovary
дрогобич дрогобыч drohobych drogobych
мукачево мукачеве mukachevo
вишневе вишневое vyshneve
вишгород вышгород vyshhorod
луганськ луганск luhansk lugansk
донецьк донецк donetsk
маріуполь мариуполь mariupol
сімферополь симферополь simferopol
сміла смела
фастів фастов
кам'янець каменец
подільський подольский
самбір самбор
обухів обухов
васильків васильков
миронівка мироновка
чорнобиль чернобыль
слов'янськ славянск
святогірськ святогорск
покровськ красноармійськ красноармейск
бахмут артемівськ артемовск
горлівка горловка
макіївка макеевка
єнакієве енакиево
костянтинівка константиновка
дружківка дружковка
добропілля доброполье
вугледар угледар
рубіжне рубежное
чугуїв чугуев
балаклія балаклея
лозова лозовая
вовчанськ волчанск
олександрія александрия
світловодськ светловодск
знам'янка знаменка
долинська долинская
помічна помошная
чорноморськ черноморск іллічівськ ильичевск
південне южне южное
південноукраїнськ южноукраинск
білгород белгород
дністровський днестровский
роздільна раздельная
березівка березовка
очаків очаков
снігурівка снигиревка
олешки алешки цюрупинськ
канів канев
жашків жашков
тальне тальное
христинівка христиновка
кам'янка каменка
шепетівка шепетовка
старокостянтинів староконстантинов
красилів красилов
полонне полонное
дунаївці дунаевцы
нетішин нетешин
козятин казатин
хмільник хмельник
могилів могилев
калинівка калиновка
немирів немиров
коростишів коростышев
здолбунів здолбунов
костопіль костополь
вараш кузнецовськ
золочів золочев
яворів яворов
новояворівськ новояворовск
червоноград шептицький
чортків чортков
надвірна надворная
болехів болехов
косів косов
берегове берегово
виноградів виноградов
тячів тячев
рахів рахов
новоселиця новоселица
вижниця вижница
носівка носовка
корюківка корюковка
сіверський северский
охтирка ахтырка
глухів глухов
білопілля белополье
лохвиця лохвица
карлівка карловка
горішні горишние
жовті желтые
синельникове синельниково
тернівка терновка
верхньодніпровськ верхнеднепровск
вільногірськ вольногорск
апостолове апостолово
підгородне подгородное
оріхів орехов
василівка васильевка
вільнянськ вольнянск
дніпрорудне днепрорудное
звягель новоград
мюнхен münchen munich
варшава warsaw warszawa
краків краков krakow kraków cracow
відень вена vienna wien
прага prague praha
москва moscow moskva
"""
"""One city a line."""


_WORDS = frozenset(GROUPS.split())


def is_city(name: str) -> bool:
    """Whether a name is that of a city that is known here, in any of its languages."""
    words = name.lower().replace("-", " ").split()
    return bool(words) and all(word in _WORDS for word in words)


def languages(word: Word) -> tuple[Word, ...]:
    """The other names of a city, each as a whole word; none for what is no whole name of one."""
    return tuple(others_in(GROUPS, word))
