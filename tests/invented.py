"""Invented documents of the kind the collection holds: fact sheets that no one has written.

Each document draws its own few patterns of sentences, its own headings and one or two templates of
list items, so that no two are alike and much within one is: sums for one country after another,
the same heading in several sections, a paragraph that stands twice. The same seed gives the same
document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Passage:
    """A block that knows who it is, whatever is done to its text.

    `who` is the hidden identity. `also` are identities that became part of this passage. `near` are
    identities of which a piece about as large as the largest stands here.
    """

    kind: str
    level: int
    text: str
    who: int
    also: frozenset[int] = NOBODY
    near: frozenset[int] = NOBODY


SYLLABLES = "ar bel cor dan el fen gar hol is jor kal lum mar nor ol pas quin ros sel tam".split()
ENDINGS = "ia ovia and o ador istan ay eria ur en".split()
GIVEN = "Alba Bruno Carla Dario Edda Fabio Greta Hugo Ines Jonas Kira Leon Mona Nils Olga".split()
AGENCIES = (
    "the Office of Harbor Safety;the Department;the Border Service;the Interagency Group;"
    "the Coast Watch;the Health Bureau;our partners;the Task Force;the Administration;"
    "the Council on Ports;the Treasury;law enforcement;the Trade Commission;state officials;"
    "the Laboratory Network;the Joint Committee;the Federal Postal Inspectors;the Governors"
).split(";")
DEEDS = (
    "expanded;launched;funded;announced;concluded;strengthened;reviewed;published;opened;"
    "coordinated;extended;is financing;has completed;will support;continued;doubled"
).split(";")
THINGS = (
    "training for inspectors;a registry of vessels;treatment programs;laboratory equipment;"
    "screening at mail centers;joint patrols;a hotline for families;scanners at crossings;"
    "courses for prosecutors;an early warning system;grants to counties;radar stations;"
    "exchanges of data;a fund for rural clinics;canine teams;the licensing of brokers;"
    "controls on precursors;a campaign in schools;sanctions on networks;shelters for witnesses"
).split(";")
AIMS = (
    "keep dangerous powders off the streets;save lives;hold traffickers accountable;"
    "disrupt the supply of chemicals;help communities recover;protect travelers;"
    "close gaps in the law;reduce demand among the young;share what has been learned;"
    "find shipments before they sail;rebuild trust in the courts;measure what works"
).split(";")
TOPICS = (
    "Ports;Public Health;Law Enforcement;Data;Partnerships;Border Security;Treatment;Finance;"
    "Training;Research;Rural Communities;Precursors;Trade;Mail;Air Cargo;Youth;Justice;Oversight"
).split(";")
WHERE = (
    "in {place};along the coast of {place};at {count} crossings;in all regions;abroad;"
    "across {place} and {place};near {town};on both sides of the border;in {count} counties"
).split(";")
WHEN = (
    "in {year};since {month} {year};over the past {few} years;this {season};by the end of {year};"
    "on {month} {day}, {year};in fiscal year {year};for the {nth} time"
).split(";")
MONTHS = "January February March April May June July August September October November".split()
SENTENCES = (
    "{Agency} {deed} {thing} {where} to {aim}.",
    "{When}, {agency} {deed} {thing}.",
    "{When}, {agency} and {place} {deed} {thing} and {thing}, to {aim}.",
    "More than {count} officers took part {where}, and {agency} {deed} {thing}.",
    "This brings the total to {money} {when}.",
    "{Agency} seized {count} {mass} of powder {where} {when}, {percent} percent more than before.",
    "Deaths fell by {percent} percent {where}, and {agency} {deed} {thing}.",
    "To {aim}, {agency} {deed} {thing}; {agency} {deed} {thing}.",
    "The plan commits {money} to {thing} and another {money} to {thing}.",
    "As {person} said {when}, no country can {aim} alone.",
    "{Place} will host {count} delegations {when} and report on {thing}.",
    "Working with {place}, {agency} identified {count} companies that had evaded the rules.",
    "For {count} families {where}, this means {thing}.",
    "Nearly {percent} percent of the {count} parcels examined {when} came from {place}.",
    "{Agency} {deed} {thing}, which {person} called a first step to {aim}.",
    "Under the agreement, {place} and {place} exchange {count} records a month.",
    "That is why {agency} {deed} {thing} {where}.",
    "{Person}, who leads {thing} for {agency}, briefed ministers {when}.",
    "It is expected to {aim} and to {aim}.",
    "The goal is to {aim} {where}, with {money} {when}.",
    "In {town} alone, {count} people asked for help {when}.",
    "Of the {count} cases opened {when}, {count} led to convictions {where}.",
)
ITEMS = (
    "{money} to {place} for {thing};{money} for {place}'s share of {thing}",
    "{Place}: {count} {mass} seized, {count} arrests;{Place}: no report received {when}",
    "{Agency} {deed} {thing};{Agency} {deed} {thing} {where}",
    "{thing}, {where};{thing} and {thing}",
    "Expand {thing} {where} by {year};Expand {thing}",
    "The {nth} report on {thing};The {nth} annex",
    "{person}, {place};{person} and {person}, {place}",
    "A grant of {money} to {town} to {aim};A loan of {money} to {town} to {aim}",
    "Resolution {count}: {thing};Resolution {count}, as amended in {year}",
    "$ {count} million in {year} for {aim};$ {count} million in {year}",
)
HEADINGS = (
    "{Topic};{Topic} and {Topic};Background;Next Steps;Strengthening {Topic};"
    "Actions {when};Investing in {Topic};{Topic} {where};Key Facts;What {agency} will do;"
    "Advancing {Topic} Through {Topic}"
).split(";")

# Of these a sentence is made that shares little with any other.
LOOSE = (
    "after age agreement allies annual answer any areas armed aside bank basic before beyond both "
    "bridge broad budget build call capital care carry cases cause central change chief choice "
    "citizens clear close common concern conduct council course crisis custom daily deal deep "
    "defend degree demand detail direct distant doctors draft drivers early earn east effort "
    "eight elder employers enough entire equal even every exact expert face factory fair family "
    "farms field final fishing follow force forest former forward found fresh friends full future "
    "general give global grain great ground group growth guard half harbor harvest heavy help "
    "high home hospital hour human ideas import inland invest islands issue join judge keep kind "
    "known labor land large late lawful lead learn legal letters level light limit lines local "
    "long main major make many market matter measure medicine meet method middle miles minor "
    "model moment month morning mothers narrow nature near need neighbors network never night "
    "north note number nurses offer often older open order other output paper parents part past "
    "path peace people period place plain point poor power present press price prior private "
    "proof public pursue quarter question quick quiet railway raise range rather reach ready "
    "reason recent record region relief remain remote renew repair report rescue research result "
    "return rights river road rule safe school science season secure seed senior serve seven "
    "share shore sign simple since single site small soil south space special stable staff stand "
    "start station steady still stock storm strong study summer supply support surplus swift "
    "system take task teach term test third time together tools total toward town track traffic "
    "travel treaty trial true trust union unit until urban urgent value vast vessel view village "
    "vital voice volunteers wages water weather west while whole wide winter within women work "
    "world year young"
).split()


class Voice:
    """Fills patterns; what it draws from is chosen once, as one author would."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.places = [self._name() for _ in range(random.randint(4, 14))]
        self.towns = [
            f"{random.choice(('Port', 'San', 'Fort', 'New'))} {self._name()}" for _ in "123"
        ]
        self.people = [f"{random.choice(GIVEN)} {self._name()}" for _ in "12345"]
        self.sentences = random.sample(SENTENCES, 11)
        self.headings = random.sample(HEADINGS, 6)
        self.items = [line.split(";") for line in random.sample(ITEMS, 3)]
        self.things = random.sample(THINGS, 12)
        self.agencies = random.sample(AGENCIES, 8)
        self.looseness = random.choice((0.1, 0.5, 0.8))

    def _name(self) -> str:
        parts = [self.random.choice(SYLLABLES) for _ in range(self.random.randint(1, 2))]
        return ("".join(parts) + self.random.choice(ENDINGS)).capitalize()

    def say(self, pattern: str) -> str:
        """Fill the pattern's slots, each afresh; a slot in capitals begins the sentence."""
        text = pattern
        while "{" in text:
            head, _, rest = text.partition("{")
            slot, _, tail = rest.partition("}")
            word = self._word(slot.lower())
            if slot[0].isupper():
                word = word[0].upper() + word[1:]
            text = head + word + tail
        return text

    def _word(self, slot: str) -> str:
        random = self.random
        drawn = {
            "place": self.places, "town": self.towns, "person": self.people, "deed": DEEDS,
            "thing": self.things, "agency": self.agencies, "aim": AIMS, "topic": TOPICS,
            "where": WHERE, "when": WHEN, "month": MONTHS, "mass": ("kilograms", "tons", "pounds"),
            "season": ("spring", "summer", "fall", "winter"), "few": ("two", "three", "five"),
            "nth": ("first", "second", "third", "fourth", "fifth"),
        }  # fmt: skip
        if slot in drawn:
            return random.choice(drawn[slot])
        if slot == "money":
            sum_ = random.choice((random.randint(1, 99), round(random.uniform(1, 9), 1)))
            return f"${sum_} {random.choice(('million', 'million', 'billion'))}"
        low, high = {"year": (2015, 2026), "day": (1, 28), "percent": (2, 96)}.get(slot, (2, 4000))
        return f"{random.randint(low, high):,}" if high == 4000 else str(random.randint(low, high))

    def sentence(self) -> str:
        """Say one sentence."""
        if self.random.random() < self.looseness:
            words = self.random.choices(LOOSE, k=self.random.randint(6, 24))
            return self.say(f"{{Agency}} {' '.join(words)} {{where}}.")
        return self.say(self.random.choice(self.sentences))

    def paragraph(self, longest: int = 5) -> str:
        """Say a paragraph of one to five sentences."""
        return " ".join(self.sentence() for _ in range(self.random.randint(1, longest)))

    def heading(self) -> str:
        """Say a heading."""
        return self.say(self.random.choice(self.headings))

    def item(self, template: int | None = None) -> str:
        """Say a list item; those of one template are very much alike."""
        forms = self.items[self.random.randrange(3) if template is None else template]
        return self.say(forms[0] if self.random.random() < 0.8 else forms[1])


def invented(seed: int, size: int) -> list[Passage]:
    """Compose a document of so many passages."""
    voice = Voice(Random(seed))
    passages: list[tuple[str, int, str]] = [("heading", 1, "Fact Sheet: " + voice.heading())]
    while len(passages) < size:
        passages += _section(voice, seed)
    passages = passages[:size]
    if seed % 3 == 0 and size > 12:  # a paragraph that stands twice, word for word
        twin = next((p for p in passages if p[0] == "paragraph"), passages[0])
        passages.insert(voice.random.randrange(size // 2, size), twin)
    return [Passage(*passage, who) for who, passage in enumerate(passages)]


def _section(voice: Voice, seed: int) -> Iterator[tuple[str, int, str]]:
    random = voice.random
    boilerplate = ("Background", "Key Facts", "Next Steps")[seed % 3]
    yield ("heading", 2, voice.heading())
    for _ in range(random.randint(1, 5)):
        yield ("paragraph", 0, voice.paragraph())
    shape = random.randrange(6)
    if shape < 3:
        template = random.randrange(3)
        yield ("paragraph", 0, voice.say("{Agency} {deed}:"))
        for _ in range(random.randint(2, 9)):
            yield ("item", 1, voice.item(template))
    if shape == 2:
        yield ("heading", 3, boilerplate)
        yield ("paragraph", 0, voice.paragraph(2))
    if shape == 3:
        yield ("quote", 0, f"“{voice.sentence()}”")
        yield ("attribution", 0, voice.say("{person}, {place}"))
    if shape == 4:
        yield ("caption", 0, voice.say("{person} at {town} {when}"))
        yield ("heading", 3, boilerplate)
        yield ("item", 1, voice.paragraph(2))
