"""What is usual of the therapies in the catalogue: hints for whoever reads them, never an order.

Nothing is filled in from here. What has no source was written down from memory, unverified.
"""

from dataclasses import dataclass

from models.words import N_

LABEL = N_("label")
CASE = N_("the published case")


@dataclass(frozen=True, slots=True)
class TherapyFacts:
    """`sort`: within its category; `schedule_from`, `atc_from`: who says
    so; empty where only memory does."""

    sort: str
    schedule: str = ""
    schedule_from: str = ""
    atc: str = ""
    atc_from: str = ""


HDAC = N_("HDAC inhibitor")
RETINOID = N_("retinoid")
MODULATOR = N_("immunomodulator")
ANTIMETABOLITE = N_("antimetabolite")
CHEMOTHERAPY = N_("chemotherapy")
TOPICAL = N_("topical")
PHOTOTHERAPY = N_("phototherapy")
ITCH = N_("against itch")
PROPHYLAXIS = N_("prevention of infection")

FACTS: dict[str, TherapyFacts] = {
    "mogamulizumab": TherapyFacts(
        N_("monoclonal antibody (anti-CCR4)"),
        N_(
            "1 mg/kg IV over 60 min or more; 28-day cycles: days 1, 8, 15 and 22 of the first, "
            "days 1 and 15 of the others"
        ),
        LABEL,
        "L01FX09",
        "WHO",
    ),
    "vorinostat": TherapyFacts(HDAC, N_("400 mg orally once daily"), "MAVORIC", "L01XH01"),
    "romidepsin": TherapyFacts(
        HDAC, N_("14 mg/m² IV over 4 h on days 1, 8 and 15 of 28"), atc="L01XH02"
    ),
    "brentuximab vedotin": TherapyFacts(
        N_("antibody-drug conjugate (anti-CD30)"),
        N_("1.8 mg/kg (at most 180 mg) IV every 3 weeks, up to 16 cycles"),
        atc="L01FX05",
    ),
    "alemtuzumab": TherapyFacts(
        N_("monoclonal antibody (anti-CD52)"),
        N_("30 mg IV or SC 3 times a week; low dose 10 to 15 mg SC, 3 times a week to weekly"),
        atc="L04AG06",
    ),
    "pembrolizumab": TherapyFacts(
        N_("checkpoint inhibitor (off-label)"), N_("200 mg IV every 3 weeks"), atc="L01FF02"
    ),
    "denileukin diftitox": TherapyFacts(
        N_("fusion protein"),
        N_("9 µg/kg IV daily on days 1 to 5 of 21 (new formulation, US only)"),
        atc="L01XX29",
    ),
    "bexarotene": TherapyFacts(
        RETINOID,
        N_("150 mg/m² orally daily, raised to 300 mg/m²; lipids and free T4 are watched"),
        atc="L01XF03",
    ),
    "acitretin": TherapyFacts(RETINOID, N_("10 to 50 mg orally daily"), atc="D05BB02"),
    "interferon alfa": TherapyFacts(
        MODULATOR,
        N_("peginterferon alfa-2a 90 to 180 µg SC weekly; it replaces the one that is withdrawn"),
        atc="L03AB11",
    ),
    "interferon gamma": TherapyFacts(
        MODULATOR, N_("50 to 100 µg/m² SC 3 times a week"), atc="L03AB03"
    ),
    "methotrexate": TherapyFacts(
        ANTIMETABOLITE, N_("10 to 25 mg orally or SC weekly (up to 50 mg)"), atc="L01BA01"
    ),
    "pralatrexate": TherapyFacts(
        ANTIMETABOLITE,
        N_("15 mg/m² IV weekly, 3 weeks of 4, with folate and B12"),
        atc="L01BA05",
    ),
    "gemcitabine": TherapyFacts(
        CHEMOTHERAPY, N_("1000 to 1250 mg/m² IV on days 1, 8 and 15 of 28"), atc="L01BC05"
    ),
    "oxaliplatin": TherapyFacts(
        CHEMOTHERAPY, N_("100 mg/m² with gemcitabine 1000 mg/m²"), CASE, "L01XA03"
    ),
    "pegylated liposomal doxorubicin": TherapyFacts(
        CHEMOTHERAPY, N_("20 to 40 mg/m² IV every 2 to 4 weeks"), atc="L01DB01"
    ),
    "chlorambucil": TherapyFacts(
        CHEMOTHERAPY, N_("2 to 12 mg daily, with prednisone 20 mg daily"), atc="L01AA02"
    ),
    "prednisone": TherapyFacts(N_("corticosteroid"), N_("20 mg daily with chlorambucil")),
    "CHOP": TherapyFacts(
        N_("chemotherapy (combination)"),
        N_("cyclophosphamide, doxorubicin, vincristine and prednisone every 2 weeks"),
        CASE,
    ),
    "bendamustine": TherapyFacts(
        CHEMOTHERAPY, N_("90 to 120 mg/m² IV on days 1 and 2 of 21 to 28"), atc="L01AA09"
    ),
    "fludarabine": TherapyFacts(CHEMOTHERAPY, atc="L01BB05"),
    "extracorporeal photopheresis": TherapyFacts(
        N_("immunomodulatory procedure"), N_("2 days running, every 2 to 4 weeks")
    ),
    "investigational agent": TherapyFacts(N_("clinical trial")),
    "total skin electron beam therapy": TherapyFacts(
        N_("total skin"),
        N_("low dose 10 to 12 Gy; middle dose about 25 Gy"),
        "Acta Derm Venereol 2019",
    ),
    "local radiotherapy": TherapyFacts(
        N_("local"), N_("8 to 12 Gy in 1 to 3 fractions, palliative; up to 20 to 30 Gy")
    ),
    "allogeneic stem cell transplant": TherapyFacts(
        N_("reduced-intensity conditioning"),
        N_("once; 6 weeks or more after the last dose of mogamulizumab"),
        "EBMT 2025",
    ),
    "autologous stem cell transplant": TherapyFacts(N_("not generally recommended here")),
    "topical corticosteroid": TherapyFacts(
        TOPICAL, N_("once or twice daily (class I to III)"), atc="D07"
    ),
    "chlormethine gel": TherapyFacts(
        N_("topical chemotherapy"),
        N_("0.02 % (EU) or 0.016 % (US), a thin film once daily"),
        atc="L01AA05",
    ),
    "carmustine topical": TherapyFacts(
        N_("topical chemotherapy"),
        N_("10 mg in 60 mL daily, or ointment of 20 to 40 %"),
        atc="L01AD01",
    ),
    "bexarotene gel": TherapyFacts(
        N_("topical retinoid"),
        N_("1 %, every other day, raised to up to 4 times daily"),
        atc="L01XF03",
    ),
    "imiquimod": TherapyFacts(
        N_("topical immune modulator"), N_("5 %, 3 to 5 times a week"), atc="D06BB10"
    ),
    "topical calcineurin inhibitor": TherapyFacts(TOPICAL, N_("twice daily"), atc="D11AH"),
    "NB-UVB": TherapyFacts(PHOTOTHERAPY, N_("311 nm, 2 to 3 times a week until clearance")),
    "PUVA": TherapyFacts(PHOTOTHERAPY, N_("oral or bath, 2 to 3 times a week, then less")),
    "UVA1": TherapyFacts(PHOTOTHERAPY, N_("3 to 5 times a week")),
    "photodynamic therapy": TherapyFacts(PHOTOTHERAPY, N_("for each lesion")),
    "systemic corticosteroid": TherapyFacts(N_("immunosuppressant"), atc="H02AB"),
    "antihistamine": TherapyFacts(ITCH, atc="R06A"),
    "gabapentin": TherapyFacts(ITCH, atc="N02BF01"),
    "naltrexone": TherapyFacts(ITCH, atc="N07BB04"),
    "aprepitant": TherapyFacts(ITCH, atc="A04AD12"),
    "mirtazapine": TherapyFacts(ITCH, atc="N06AX11"),
    "aciclovir prophylaxis": TherapyFacts(PROPHYLAXIS, atc="J05AB"),
    "cotrimoxazole prophylaxis": TherapyFacts(PROPHYLAXIS, atc="J01EE01"),
}
