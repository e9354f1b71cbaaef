"""Common first names of Ukraine, Russia and the English world: they tell "Олена Шевченко" from "Шевченко Олена"."""

import re

_PATRONYMIC = re.compile(
    r"(?:[оеєії]вич|[їйь]ович|[иі]ч|[оеєії]вна|[їйь]івна|івна|ївна|[иі]ч?инична|[іи]чна"
    r"|[oei]vych|[oe]vich|[iy]ivna|ivna|[oe]vna)$",
    re.IGNORECASE,
)

_NAMES = """
олександр александр андрій андрей антон артем артём богдан борис вадим валентин валерій валерий василь василий віктор
виктор віталій виталий владислав володимир владимир вячеслав в'ячеслав геннадій геннадий георгій георгий григорій
григорий данило даниил денис дмитро дмитрий едуард эдуард євген евгений захар іван иван ігор игорь ілля илья кирило
кирилл костянтин константин лев леонід леонид лука любомир максим марк мар'ян матвій матвей микита никита микола
николай мирослав михайло михаил назар назарій олег олексій алексей орест остап павло павел петро пётр петр платон
потап роман ростислав руслан святослав семен семён сергій сергей станіслав станислав степан тарас тимофій тимофей
тимур федір фёдор федор філіп филипп юліан юрій юрий юхим яким яків яков ярослав егор єгор глеб гліб артур аркадій
аркадий анатолій анатолий афанасий макар герман давид зиновій йосип іосиф иосиф олександра александра аліна алина алла
анастасія анастасия ангеліна ангелина анжела анна ганна антоніна антонина валентина валерія валерия варвара василина
вероніка вероника віка виктория вікторія віолетта віра вера владислава галина дарина дарія дарья діана диана евеліна
єва ева євгенія евгения єлизавета елизавета емілія жанна злата зінаїда зинаида зоряна зоя інга инга інна инна ірина
ирина катерина екатерина карина кіра кира клавдія ксенія ксения лариса леся лідія лидия лілія лилия любов любовь
людмила майя маргарита марина марія мария мар'яна марта мілана милана мирослава надія надежда наталія наталья наталя
неля нина ніна оксана олена елена олеся ольга орися поліна полина раїса раиса регіна римма руслана світлана светлана
соломія софія софья стефанія таїсія таисия тамара татьяна тетяна тетьяна уляна ульяна христина кристина юлія юлия
юліана яна ярина ярослава james john robert michael william david richard joseph thomas charles christopher daniel
matthew anthony mark steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan
jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel frank gregory raymond alexander
patrick jack dennis jerry tyler aaron henry peter adam nathan zachary walter kyle harold carl oliver harry noah leo
oscar arthur simon ian mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa betty
margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon
laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra
rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina
joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice
jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie
brittany charlotte marie kayla alexis lori jane lucy ella amelia freya florence oleksandr andrii andriy bohdan borys
dmytro dmitry dmitriy ivan ihor igor yuriy yurii maksym maxim mykola mykhailo nikolay oleh oleg oleksii oleksiy alexey
pavlo pavel petro roman serhii serhiy sergey sergei taras vasyl viktor vitalii vitaliy volodymyr vladimir yevhen
evgeny olena elena iryna irina kateryna ekaterina liudmyla lyudmila mariia mariya nadiia natalia nataliia natalya
oksana oleksandra olga olha svitlana svetlana tetiana tatiana tatyana valentyna viktoriia yana yulia yuliia
"""
GIVEN_NAMES = frozenset(_NAMES.split())


def is_given(word: str) -> bool:
    """Whether a word is a common first name."""
    plain = word.casefold().replace("’", "'").replace("ʼ", "'").replace("`", "'")
    return plain in GIVEN_NAMES or ("-" in plain and all(part in GIVEN_NAMES for part in plain.split("-")))


def may_be_patronymic(word: str) -> bool:
    """Whether a word ends as patronymics do; some surnames do too (Абрамович), so its place decides."""
    return len(word) > 5 and _PATRONYMIC.search(word) is not None
