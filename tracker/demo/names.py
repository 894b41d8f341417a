"""Names, streets and places to make people up from."""

FIRST = (
    "Anna", "Johan", "Maria", "Willem", "Els", "Henk", "Saskia", "Kees", "Fatima", "Mehmet", "Truus", "Gerard",
    "Yasmina", "Pieter", "Lotte", "Dirk", "Hanneke", "Achmed", "Ria", "Sjoerd", "Wilma", "Rachid", "Ilse", "Bart",
    "Nadia", "Theo", "Corrie", "Jeroen", "Aylin", "Hugo", "Margriet", "Sven", "Indra", "Frans", "Tineke", "Milan",
    "Zoë", "Jörg", "Agnieszka", "Radjen", "Chantal", "Ömer", "Femke", "Wouter", "Gülsen", "Thijs", "Astrid", "Luuk",
)  # fmt: skip
LAST = (
    "Bakker", "van Dijk", "de Boer", "Meijer", "El Amrani", "Yıldız", "van der Meer", "Dekker", "Brouwer", "de Wit",
    "Dijkstra", "Smits", "de Graaf", "van Leeuwen", "Kok", "Jacobs", "Vermeulen", "van den Heuvel", "Schouten", "Prins",
    "Ramdin", "Kowalska", "Benali", "Hoekstra", "Koster", "van Beek", "Verhoeven", "Ouali", "Timmermans", "Groen",
    "Wijaya", "Huisman", "Peeters", "van Vliet", "Özdemir", "Kramer", "Sanders", "Willems", "van Loon", "Molenaar",
)  # fmt: skip
STREETS = (
    "Dorpsstraat", "Molenweg", "Schoolstraat", "Lindelaan", "Parkweg", "Nieuwstraat", "Julianalaan", "Eikenlaan",
    "Handelskade", "Wilgenstraat", "Zandveld", "Herenstraat", "Achterweg", "Kanaalweg", "Singel", "Muntplein",
)  # fmt: skip
CITIES = ("Nieuwegein", "Utrecht", "IJsselstein", "Vreeswijk", "Houten", "Vianen", "Jutphaas", "Maarssen")

#: Procedures with their diagnosis codes (DCSPH, location + 05), the commonest first.
PROCEDURES = (
    ("Spondylodese L4-L5", "3405"),
    ("Spondylodese L5-S1", "3505"),
    ("Spondylodese L3-L5", "3405"),
    ("Cervicale spondylodese C5-C6", "3005"),
    ("Thoracolumbale fixatie Th12-L2", "3305"),
    ("Thoracale fixatie", "3205"),
    ("Gecombineerde fixatie", "3905"),
)
