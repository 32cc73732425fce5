"""Names for made-up patients: real given names with family names that nobody has.

The family names are plants, birds and places of each language, with its accents and apostrophes.
"""

from typing import NamedTuple

from models.demo.chance import Chance
from models.patient import Sex


class Tongue(NamedTuple):
    """A language, and names that sound like it."""

    language: str
    female: str
    male: str
    family: str


TONGUES = (
    Tongue(
        "Deutsch",
        "Bärbel Käthe Ulrike Hannelore Änne",
        "Jürgen Götz Günther Matthias Jörg",
        "Weißdornbach Grünspechtler Fürstenbirke Möwenhügel Übersee-Rößl",
    ),
    Tongue(
        "français",
        "Élodie Zoé Maëlle Anne-Françoise Solène",
        "Loïc François-Xavier Rémi Cédric Étienne",
        "d'Aubépine L'Églantier Hérisson-Châtaigne Forêtbleue Chèvrefeuillet",
    ),
    Tongue(
        "italiano",
        "Marta-Lucìa Letizia Fiammetta Chiara Niccolina",
        "Niccolò Dario Ettore Giosuè Lapo",
        "Dell'Oleandro Dall'Àncora Pettirossi-Mirto D'Usignòlo Lucciolaro",
    ),
    Tongue(
        "español",
        "Begoña Inés Concepción Rocío Íñiga",
        "Íñigo Joaquín Andrés Ramón Óscar",
        "Ñandubay Peñaverdosa Cigüeñal-Olmo Encinillas-Açor Alhelíes",
    ),
    Tongue(
        "português",
        "Conceição Inês Luísa Glória Lúcia",
        "João Estêvão Tomé André Simão",
        "Romãzeiral d'Água-Mansa Gavião-Açucena Pinhãozal Andorinhão",
    ),
    Tongue(
        "polski",
        "Elżbieta Grażyna Małgorzata Świętosława Żaneta",
        "Łukasz Zdzisław Błażej Wojciech Józef",
        "Żółtobrzeg Łąkowiec-Bąk Śnieżyczek Źródłowicz Gęsipióro",
    ),
    Tongue(
        "čeština",
        "Růžena Božena Květa Anežka Zdeňka",
        "Jiří Ondřej Zdeněk Matěj Luboš",
        "Křemínek Čmelák-Háj Jeřábník Žabinec Šípkeř",
    ),
    Tongue(
        "magyar",
        "Erzsébet Ágnes Piroska Gyöngyi Sára",
        "László Győző Bálint Ödön Zoltán",
        "Szőlőhegyfői Őszirózsa Fűzfaligeti Gyöngyvirághy Csókafészky",
    ),
    Tongue(
        "svenska",
        "Märta Åsa Örjana Birgitta Göta",
        "Åke Östen Björn Håkan Sören",
        "Åkerstjärna Sjöängsäter Lönnfjäll Tranmyräng Blåhakeö",
    ),
    Tongue(
        "dansk",
        "Søs Kåra Jytte Lærke Bodil",
        "Søren Jørgen Åge Bjørn Kjeld",
        "Blåbærlundgård Ørnebækhøj Vibeåsø Rønnebærdal Lærkesø",
    ),
    Tongue(
        "English",
        "Siobhán Róisín Maeve Mary-Jane Niamh",
        "Pádraig Seán Cillian Rhys Alasdair",
        "O'Rowanbeg O'Hawthornby MacThistlewick Larkspurleigh-Finch D'Elmhollow",
    ),
    Tongue(
        "Türkçe",
        "Gülşah İpek Çiğdem Ayşegül Işıl",
        "Çağrı Oğuz İlkay Gökçe Şükrü",
        "Gümüşkavaklı Yağmurçiçeği Işıkdereoğlu Kırçıltaş Söğütdalı",
    ),
    Tongue(
        "Ελληνικά",
        "Ειρήνη Δέσποινα Αθηνά Χρυσάνθη Μυρτώ",
        "Γιώργος Ηλίας Θεόδωρος Σπύρος Αλέξης",
        "Κυπαρισσώνη Αηδονολίμνη Μελισσοβούνη Θυμαρόλοφη Χελιδονάκη",
    ),
    Tongue(
        "українська",
        "Оксана Соломія Євгенія Ганна Людмила",
        "Олексій Микола Юрій Євген Ігор",
        "Журавлинченко Вишнеяренко Ясеньгаєнко Їжакобрід Соловейдуб",
    ),
)


def made_up_name(chance: Chance, sex: Sex) -> tuple[str, str, str]:
    """Given name, family name and language."""
    tongue = chance.choice(TONGUES)
    given = chance.choice((tongue.female if sex is Sex.FEMALE else tongue.male).split())
    return given, chance.choice(tongue.family.split()), tongue.language
