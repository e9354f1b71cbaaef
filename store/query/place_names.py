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
