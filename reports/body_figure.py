"""The body as a chart: front, back, face and soles, in named parts with their outlines."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from models.biopsy import Side
from models.skin import Region
from models.values import Choice
from models.words import N_, _
from reports import body_outline as body
from reports import face_outline as face
from reports.outline import Curve, bowed, loop, mirrored


class View(Choice):
    FRONT = N_("front")
    BACK = N_("back")
    FACE = N_("face")
    SOLES = N_("soles")


@dataclass(frozen=True, slots=True)
class Site:
    """A place on the body as it is written; left and right are the patient's."""

    name: str
    side: Side

    @property
    def words(self) -> str:
        """`left cheek`, `nape`."""
        if self.side is Side.MIDLINE:
            return _(self.name)
        return _("{side} {site}").format(side=_(self.side.value), site=_(self.name))


@dataclass(frozen=True, slots=True)
class Part:
    """A site as one view shows it; a later part lies over those before it."""

    site: Site
    region: Region
    outline: Curve


@dataclass(frozen=True, slots=True)
class Figure:
    """One view: its parts, lines that only help the eye, and the space that they take."""

    parts: tuple[Part, ...]
    lines: tuple[Curve, ...]
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A site with its outline; where there are two, that at the right of the page.

    `where`: its region, or the name of the limb to which it belongs.
    """

    name: str
    where: Region | str
    outline: Curve
    paired: bool


def _pair(name: str, where: Region | str, *curves: Curve) -> Drawn:
    return Drawn(name, where, loop(*curves), paired=True)


def _one(name: str, where: Region, *half: Curve) -> Drawn:
    """Across the midline; its half at the right is given from the top down."""
    other = [mirrored(curve) for curve in reversed(half)]
    return Drawn(name, where, loop(*half, *other), paired=False)


def _leg(
    thigh: str, knee: str, shin: str, outside: tuple[Curve, ...], inside: tuple[Curve, ...] = ()
) -> Iterator[Drawn]:
    """From the groin or the buttock down to the ankle."""
    above = bowed(body.THIGH[-1], body.INNER_THIGH[-1], 1.5)
    below = bowed(body.KNEE[-1], body.INNER_KNEE[-1], 1.5)
    ankle = bowed(body.CALF[-1], body.INNER_CALF[-1], 1)
    foot = bowed(body.ANKLE[-1], body.INNER_ANKLE[-1], 2)
    yield _pair(thigh, "thigh", *outside, body.THIGH, above, body.INNER_THIGH, *inside)
    yield _pair(knee, "thigh", above, body.KNEE, below, body.INNER_KNEE)
    yield _pair(shin, "lower leg", below, body.CALF, ankle, body.INNER_CALF)
    yield _pair(N_("ankle"), "lower leg", ankle, body.ANKLE, foot, body.INNER_ANKLE)


def _arm(elbow: str, palm: str) -> Iterator[Drawn]:
    """From the shoulder's end down to the fingers."""
    above = bowed(body.UPPER_ARM[-1], body.INNER_ARM[-1], 1.5)
    below = bowed(body.ELBOW[-1], body.INNER_ELBOW[-1], 1.5)
    wrist = bowed(body.FOREARM[-1], body.INNER_FOREARM[-1], 1)
    hand = bowed(body.WRIST[-1], body.INNER_WRIST[-1], 1)
    upper = (body.DELTOID_END, body.UPPER_ARM, above, body.INNER_ARM, body.INNER_AXILLA)
    yield _pair(N_("upper arm"), "upper arm", *upper)
    yield _pair(elbow, "upper arm", above, body.ELBOW, below, body.INNER_ELBOW)
    yield _pair(N_("forearm"), "forearm", below, body.FOREARM, wrist, body.INNER_FOREARM)
    yield _pair(N_("wrist"), "forearm", wrist, body.WRIST, hand, body.INNER_WRIST)
    edges = (body.PALM_EDGE, body.THUMB_ROOT, body.KNUCKLES, body.HEEL_OF_HAND)
    yield _pair(palm, "hand", hand, *edges)
    yield _pair(N_("thumb"), "hand", body.THUMB, body.THUMB_ROOT)
    fingers = (body.INDEX, body.MIDDLE, body.RING, body.LITTLE)
    yield _pair(N_("fingers"), "hand", *fingers, body.KNUCKLES)


def _front() -> Iterator[Drawn]:
    trunk, groin = Region.ANTERIOR_TRUNK, Region.GENITALIA_GROIN
    yield _one(N_("scalp"), Region.HEAD, body.SCALP, body.HAIR)
    rest = (body.TEMPLE, body.EAR, body.JAW, body.CHIN)
    yield _one(N_("face"), Region.HEAD, body.HAIR[::-1], *rest)
    yield _one(N_("front of the neck"), Region.NECK, body.CHIN[::-1], body.NECK, body.NECK_BASE)
    chest = (body.NECK_BASE, body.SLOPE, body.DELTOID, body.ARMPIT, body.SIDE)
    yield _pair(N_("chest"), trunk, *chest, body.COSTAL_OUT, body.COSTAL)
    yield _pair(N_("upper abdomen"), trunk, body.COSTAL, body.LOIN_ABOVE, body.NAVEL_LINE)
    lower = (body.NAVEL_LINE, body.LOIN_BELOW, body.CREST, body.INGUINAL, body.PUBIC)
    yield _pair(N_("lower abdomen"), trunk, *lower)
    flank = (body.COSTAL_OUT, body.WAIST, body.CREST, body.LOIN_BELOW, body.LOIN_ABOVE)
    yield _pair(N_("flank"), trunk, *flank)
    yield _pair(N_("shoulder"), "upper arm", body.SHOULDER, body.DELTOID_END, body.DELTOID)
    yield from _arm(N_("antecubital fossa"), N_("palm"))
    yield _pair(N_("axilla"), trunk, body.AXILLA, body.INNER_AXILLA, body.ARMPIT)
    yield from _leg(N_("anterior thigh"), N_("knee"), N_("shin"), (body.GROIN, body.HIP))
    yield _pair(
        N_("groin"), groin, body.INGUINAL, body.ILIAC, body.GROIN, body.CROTCH, body.GENITAL
    )
    yield _one(N_("genital area"), groin, body.PUBIC, body.GENITAL)
    foot = bowed(body.ANKLE[-1], body.INNER_ANKLE[-1], 2)
    yield _pair(N_("foot"), "foot", foot, body.FOOT_OUT, body.TOE_LINE, body.FOOT_IN)
    yield _pair(N_("toes"), "foot", body.TOE_LINE, *body.TOES)


def _back() -> Iterator[Drawn]:
    trunk = Region.POSTERIOR_TRUNK
    yield _one(N_("nape"), Region.NECK, body.NAPE_LINE[::-1], body.NECK, body.NAPE_BASE)
    head = (body.SCALP, body.TEMPLE, body.EAR, body.NAPE_HAIR, body.NAPE_LINE)
    yield _one(N_("occipital scalp"), Region.HEAD, *head)
    upper = (body.NAPE_BASE, body.SLOPE, body.BACK_OF_SHOULDER, body.ARMPIT, body.SIDE)
    yield _pair(N_("upper back"), trunk, *upper, body.BACK_END_OUT, body.BACK_END)
    yield _pair(N_("lower back"), trunk, body.BACK_END, body.LOIN, body.CREST_IN)
    yield _pair(N_("flank"), trunk, body.BACK_END_OUT, body.WAIST, body.CREST_OUT, body.LOIN)
    yield _pair(N_("shoulder"), "upper arm", body.SHOULDER, body.DELTOID_END, body.BACK_OF_SHOULDER)
    yield from _arm(N_("elbow"), N_("back of the hand"))
    behind = (N_("posterior thigh"), N_("popliteal fossa"), N_("calf"))
    hip = (body.ILIAC, body.HIP, body.FOLD, body.CLEFT)
    yield _pair(N_("foot"), "foot", body.FOOT_BEHIND, body.HEEL_OUT)
    yield from _leg(*behind, (body.FOLD,), (body.CROTCH,))
    yield _pair(N_("buttock"), Region.BUTTOCKS, body.CREST_IN, body.CREST_OUT, *hip)
    yield _pair(
        N_("heel"), "foot", body.HEEL, body.HEEL_OUT, bowed(body.ANKLE[-1], body.INNER_ANKLE[-1], 2)
    )


def _face() -> Iterator[Drawn]:
    head = Region.HEAD
    yield _one(N_("front of the neck"), Region.NECK, face.NECK, face.NECK_END)
    yield _pair(N_("ear"), head, face.EAR, face.BESIDE_EAR, face.BEFORE_EAR)
    yield _one(N_("scalp"), head, face.SKULL, face.HAIRLINE_SIDE, face.HAIRLINE)
    yield _pair(N_("forehead"), head, face.HAIRLINE, face.TEMPLE_EDGE, face.BROW, face.GLABELLA)
    temple = (face.HAIRLINE_SIDE, face.BESIDE_EAR, face.ARCH, face.BELOW_LID, face.BESIDE_LID)
    yield _pair(N_("temple"), head, *temple, face.TEMPLE_EDGE)
    upper = (face.BROW, face.BESIDE_LID, face.CANTHUS, face.SLIT, face.BRIDGE)
    yield _pair(N_("upper eyelid"), head, *upper)
    under = (face.UNDER_EYE_OUT, face.UNDER_EYE_IN)
    lower = (face.SLIT, face.CANTHUS, face.BELOW_LID, *under, face.BESIDE_NOSE)
    yield _pair(N_("lower eyelid"), head, *lower)
    cheekbone = (face.ARCH, face.BEFORE_EAR, face.CHEEKBONE, face.UNDER_EYE_OUT)
    yield _pair(N_("zygomatic area"), head, *cheekbone)
    cheek = (face.UNDER_EYE_IN, face.CHEEKBONE, face.JAWLINE, face.LOWER_LIP_SIDE, face.LIP_SIDE)
    yield _pair(N_("cheek"), head, *cheek, face.NOSE_EDGE)
    nose = (face.GLABELLA, face.BRIDGE, face.BESIDE_NOSE, face.NOSE_EDGE, face.NOSE_BASE)
    yield _one(N_("nose"), head, *nose)
    yield _one(N_("upper lip"), head, face.NOSE_BASE[::-1], face.LIP_SIDE, face.MOUTH)
    yield _one(N_("lower lip"), head, face.MOUTH[::-1], face.LOWER_LIP_SIDE, face.CREASE)
    yield _pair(N_("jaw"), head, face.JAWLINE, face.JAW_EDGE, face.CHIN_SIDE)
    yield _one(N_("chin"), head, face.CREASE[::-1], face.CHIN_SIDE, face.CHIN_EDGE)


def _soles() -> Iterator[Drawn]:
    yield _pair(N_("sole"), "foot", face.SOLE, face.TOE_FOLD)
    yield _pair(N_("toes"), "foot", *face.SOLE_TOES, face.TOE_FOLD)


@cache
def sites() -> tuple[Site, ...]:
    """Every site once, in the order of the views."""
    parts = (part for view in View for part in figure(view).parts)
    return tuple(dict.fromkeys(part.site for part in parts))


def sites_named(text: str) -> frozenset[Site]:
    """The site of these words, or both where the side is left out; none where nobody knows it."""
    words = " ".join(text.casefold().split())
    return frozenset(
        site for site in sites() if words in {site.words.casefold(), _(site.name).casefold()}
    )


@cache
def figure(view: View) -> Figure:
    """From the front the patient's left is at the right of the page, from behind at the left."""
    drawn, lines, box = _DRAWN[view]
    parts = [part for each in drawn() for part in _placed(each, view is View.BACK)]
    both = [each for line in lines for each in (line, mirrored(line))]
    return Figure(tuple(parts), tuple(both), *box)


_DRAWN = {
    View.FRONT: (_front, (*body.FRONT_LINES, *body.HAND_LINES), (-97, -2, 194, 407)),
    View.BACK: (_back, (*body.BACK_LINES, *body.HAND_LINES), (-97, -2, 194, 407)),
    View.FACE: (_face, face.FACE_LINES, (-78, -2, 156, 228)),
    View.SOLES: (_soles, face.SOLE_LINES, (-36, -1, 72, 89)),
}


def _placed(drawn: Drawn, from_behind: bool) -> Iterator[Part]:
    if isinstance(drawn.where, Region) and not drawn.paired:
        yield Part(Site(drawn.name, Side.MIDLINE), drawn.where, drawn.outline)
        return
    sides = (Side.RIGHT, Side.LEFT) if from_behind else (Side.LEFT, Side.RIGHT)
    for side, outline in zip(sides, (drawn.outline, mirrored(drawn.outline)), strict=True):
        region = drawn.where
        if not isinstance(region, Region):
            region = Region(f"{side.value} {region}")
        yield Part(Site(drawn.name, side), region, outline)
