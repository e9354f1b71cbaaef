"""Given names that are one person's name in Ukrainian, Russian and the languages of the West, as data.

A line is one name: its forms in the three languages, spellings that folding does not bring together, and what the
person is called every day. A name in several lines (Саша) stands for all of them.
"""

from dataclasses import replace
from functools import lru_cache

from store import folding
from store.query import patronymics
from store.query.nodes import Word

GROUPS = """
олександр александр alexander alex aleksander alexandre alejandro alessandro саша сашко шура sasha олесь лесь sanya саня
олександра александра alexandra alexandria sandra саша сашка шура sasha леся sandy
олексій алексей олекса alexis alexius alexey aleksey oleksiy альоша леша алеша lyosha alyosha
андрій андрей andrew andreas andre andrzej andrea andy андрійко андрюша
анастасія анастасия настасія анастасья anastasia nastassia настя настуся ася nastya
аліна алина alina
алла алла alla
анатолій анатолий anatole anatoly толя толик tolya
ангеліна ангелина анжеліна анжелина angelina angeline ліна лина
анжела анджела ангела angela
анна ганна анна hanna anna anne ann hannah annie аня ганя нюра ануся галя anya
антон антін антоній антоний anton anthony antony antonio tony антоша тоша
антоніна антонина antonina antonia тоня tonya
аркадій аркадий arkady arcadius аркаша
арсен арсеній арсений arsen arseny arsenius сеня
артем артём артемій артемий artem artyom artemius
артур arthur arturo artur
богдан bohdan bogdan theodosius бодя даня
борис boris borys боря borya
вадим vadim vadym вадик
валентин valentine valentino valentyn valentin валя
валентина valentina valentine валя valya
валерій валерий валєра valery valerius valeriy валера valera
валерія валерия valeria valerie лера lera
варвара varvara barbara варя barbora
василь василий vasily basil vasyl vassily вася васько vasya
василина василиса vasilisa vasylyna вася
віктор виктор victor viktor вітя витя vitya
віолетта виолетта violetta violet
вікторія виктория victoria viktoria віка вика vika vicky
віра вера vira vera faith верочка
вероніка вероника veronica veronika ніка ника
віталій виталий vitaly vitali vitalii віталік виталик витя
віталіна виталина vitalina
владислав vladislav vladyslav wladyslaw ladislaus влад владик vlad
владислава владислава vladislava vlada влада
володимир владимир volodymyr vladimir wladimir waldemar вова володя vova volodya
всеволод vsevolod сева
вячеслав в'ячеслав viacheslav vyacheslav slava слава славік славик
галина halyna galina galya галя галинка
геннадій геннадий hennadii gennady gennadiy гена gena
георгій георгий heorhii georgy george georg jorge жора гоша
юрій юрий yuri yury george jerzy юра yura
герман herman hermann
гліб глеб hlib gleb
григорій григорий hryhorii grigory gregory greg gregor гриша гриць grisha
давид david dawid daud
данило даниил данила danylo daniil daniel danila даня даник dan danny
дарина дарія дарья дарія daryna dariia daria darya darina даша dasha
денис denys denis dennis dionysius деня
діана диана diana diane
дмитро дмитрий dmytro dmitry dmitri demetrius діма дима dima митя
едуард эдуард eduard edward edouard едик эдик ed eddie
еліна элина elina
евеліна эвелина evelina evelyn
елла элла ella
емілія эмилия emilia emily еміля
ельвіра эльвира elvira
ерік эрик eric erik
єва ева eva eve ewa
євген евгений yevhen evgeny eugene yevgeny eugen женя zhenya євгеній
євгенія евгения yevheniia evgenia eugenia женя zhenya
єгор егор yehor egor george
єлизавета елизавета лизавета yelyzaveta elizaveta elizabeth elisabeth liz ліза лиза liza lisa betty
єремія еремей jeremiah jeremy
єфросинія ефросинья euphrosyne фрося
єфрем ефрем ephraim
жанна zhanna joanna jeanne jane jeanette
захар zakhar zachary zachariah zechariah захарій
зінаїда зинаида zinaida zenaida зіна зина
зиновій зиновий zinovy
злата zlata
зоя zoia zoe zoya
зоряна zoriana zoryana зоря
іван иван ivan john johann johannes juan jan jean giovanni ваня іванко vanya jack johnny
іванна иванна ivanna joanna
ігор игорь ihor igor ігорко igoryok
ігнат игнат игнатий ihnat ignat ignatius гнат
ілля илья illia ilya elijah elias ілько
інга инга inga
інеса инесса inessa agnes
інна инна inna
іраїда ираида iraida
ірина ирина iryna irina irene іра ира ira
аріна арина arina
йосип иосиф іосиф осип yosyp iosif joseph jose giuseppe josef joe йося
каміла камилла camilla kamila
карина karina carina
кароліна каролина carolina caroline karolina
катерина екатерина kateryna ekaterina catherine katherine katarzyna kate katie kathryn катя катруся katya yekaterina
кирило кирилл kyrylo kirill cyril kyril
кіра кира kira kyra
клавдія клавдия klavdiia claudia клава
клим климент klym clement klyment
костянтин константин kostiantyn konstantin constantine костя kostya konstantyn
кристина христина крістіна khrystyna christina kristina christine krystyna христя
ксенія ксения аксинья ksenia xenia ксюша ксеня ксюха ksyusha
лариса larysa larisa lara лара
лев лев leo lev leon льова лёва левко
леонід леонид leonid leonidas льоня леня лёня lyonya
лідія лидия lidiia lidia lydia ліда лида
лілія лилия liliia lilia lily lilian ліля лиля
любов любовь liubov lyubov love люба luba
любомир liubomyr lubomir
людмила liudmyla lyudmila ludmila люда люся
лука luka lucas luke лукаш
лук'ян лукьян лукіян lucian lukian
майя maia maya
макар makar macarius макарій
максим maksym maxim maximus max maximilian макс
максиміліан максимилиан maximilian max макс
маргарита marharyta margarita margaret marguerite рита рита маргоша greta
марина maryna marina мариша
марія мария мар'я марья mariia maria mary marie маша маруся марійка masha maryna
марк marko марко mark marcus marc
мар'ян марьян marian marianus
мар'яна марьяна мар'яна mariana marianna maryana марьянна
марта marta martha
мартин martyn martin
матвій матвей matvii matvey matthew matthias матюша
мелана меланія мелания melania melanie міла
микита никита mykyta nikita nicetas
микола николай mykola nikolai nikolay nicholas nicolas коля kolya nick миколай
михайло михаил mykhailo mikhail michael michel miguel michal миша михась misha mike
мирон myron miron
мирослав myroslav miroslav miroslaw мирко слава
мирослава myroslava miroslava слава мира
мілана милана milana
надія надежда nadiia nadezhda nadia hope надя nadya
назар назарій назарий nazar nazarius
наталія наталья наталя наталка nataliia natalia natalya natalie nathalie наташа natasha ната
неля неллі нелли nelia nelly nellie nelya
ніка ника nika nike
ніна нина nina
оксана oksana oxana ксюша оксанка
олег oleh oleg олежка
олена елена олена olena elena helen helena helene ellen лена оленка lena yelena
альона алёна alona alyona alena
ольга olha olga helga оля olya
омелян емельян омелян emelian emilian
олеся олеся леся olesia lesia lesya
орест orest orestes
остап ostap eustace євстахій
павло павел pavlo pavel paul pablo paolo pawel паша pasha павлик
панас афанасій афанасий опанас panas afanasy athanasius
пантелеймон пантелей panteleimon panteleymon
петро петр петро petro peter pyotr pedro piotr pierre pietro петя petya
пилип филипп філіп pylyp filipp philip philippe filip phil
платон platon plato
поліна полина polina pauline paulina
потап potap
прохор prokhor prochorus
раїса раиса raisa раечка рая
регіна регина rehina regina
римма rymma rimma рима
роберт robert rob bob
роман roman romanus рома ромчик roma
ростислав rostyslav rostislav ростик
руслан ruslan русик
руслана ruslana
савелій савелий саватій saveliy savely
сава савва sava savva sabas
світлана светлана svitlana svetlana світланка света света sveta лана
святослав sviatoslav svyatoslav святик слава
семен семён semen semyon simon simeon сеня
сергій сергей serhii sergey sergei sergius serge serhiy сережа серёжа сергійко seryozha
серафим serafym serafim seraphim
серафима serafyma serafima сима
сніжана снежана snizhana snezhana
соломія саломея solomiia salome соля
софія софья софія sofiia sofia sophia sophie соня софійка sonya sofya
стефанія стефания stefaniia stephanie stefania стефа
степан стефан stepan stephen steven stefan esteban steve етьен
станіслав станислав stanislav stanislaus stanislaw стас стасик stas
таїсія таисия taisiia taisia тая
тамара tamara тома
тарас taras тарасик
теодор федір фёдор федор fedir fedor fyodor theodore theodor ted федя fedya
тереза theresa teresa terezia
тетяна татьяна тетьяна tetiana tatiana tatyana таня tanya танюша
тимофій тимофей tymofii timofey timothy тимоша tim
тимур tymur timur
тихон tykhon tikhon tychon
трохим трофим trokhym trofim trophimus
уляна ульяна uliana ulyana
устим устин ustym ustin justin
устина юстина ustyna justina justine
фаїна фаина faina
фекла текля thecla фёкла феклуша
фелікс феликс feliks felix
філарет филарет filaret philaret
харитон khariton chariton
хома фома foma thomas tomas tom
цезар цезарь cesar caesar
юлій юлий yulii julius yuliy
юлія юлия yuliia yulia julia julie juliya юля юлька yulya
юліан юлиан yulian julian
юліана юлиана yuliana juliana
юхим ефим yukhym yefim efim euthymius фима
яким яким аким yakym akim joachim joaquin
яків яков yakiv yakov jacob james jakob яша jacques
яна yana jana яночка
ян jan yan
ярема yarema jeremiah єремія
ярина yaryna
ярослав yaroslav jaroslav jaroslaw славко слава ярик
ярослава yaroslava jaroslava слава яся
вільгельм вильгельм вільям уильям william wilhelm guillermo guillaume bill will
річард ричард richard ricardo
генріх генрих henry heinrich henri henryk
карл карло carl karl charles carlos
людвіг людвиг ludwig louis luis lewis
лаврентій лаврентий lavrentii lavrenty lawrence laurence lorenzo lavr
"""
"""One name a line."""


@lru_cache(1 << 10)
def languages(word: Word) -> tuple[Word, ...]:
    """The other forms of a given name or a patronymic, each as a whole word of a name; none for what is no whole one.

    In names alone: `an` and `will` are names and half of English.

    Args:
        word: As asked for. Forms that fold to the same are not repeated.
    """
    others = (*others_in(GROUPS, word), *others_in(patronymics.GROUPS, word))
    return tuple(replace(other, named=True) for other in others)


def others_in(text: str, word: Word) -> list[Word]:
    """What a word is called besides in lines of names, each as a whole word."""
    groups, places = _index(text)
    found: dict[tuple[str, ...], Word] = {}
    for place in dict.fromkeys(place for form in word.forms for place in places.get(form, ())):
        for name in groups[place]:
            forms = folding.forms(name)
            if not set(forms) <= set(word.forms):
                found.setdefault(forms, Word(name, forms, whole=True))
    return list(found.values())


@lru_cache(3)
def _index(text: str) -> tuple[list[list[str]], dict[str, list[int]]]:
    """The names by lines, and the lines that hold a skeleton."""
    groups = [folding.words(line) for line in text.strip().splitlines()]
    places: dict[str, list[int]] = {}
    for place, names in enumerate(groups):
        # The literal skeleton alone: a Latin name has a Cyrillic one beside it that is its romanised form.
        for skeleton in dict.fromkeys(map(folding.literal, names)):
            places.setdefault(skeleton, []).append(place)
    return groups, places
