"""What patients and nurses say for each CTCAE term, and the words beside it that tell no term."""

from models.words import N_

SAID_FOR: dict[str, str] = {
    "Rash maculo-papular": N_(
        "rash; itchy rash; red rash; spots; red spots; itchy red spots; red patches; blotches; "
        "bumps; skin eruption; drug eruption; drug rash"
    ),
    "Skin and subcutaneous tissue disorders - Other, specify": N_(
        "skin problem; skin change; skin lesion; plaque; lump in the skin"
    ),
    "Infusion related reaction": N_(
        "infusion reaction; reaction to the infusion; reaction to the drip"
    ),
    "Pruritus": N_("itch; itchy; itching; itchy skin; scratching"),
    "Erythroderma": N_("red all over; red skin all over; whole skin red"),
    "Alopecia": N_("hair loss; losing hair; hair falls out; hair falling out; thin hair; bald"),
    "Eczema": N_("weeping skin; atopic dermatitis"),
    "Eczematous dermatitis": N_("eczema; weeping skin"),
    "Lichenoid dermatitis": N_("lichenoid rash; lichen planus; purple bumps"),
    "Dermatitis psoriasiform": N_("psoriasis; rash like psoriasis; silvery scales"),
    "Exfoliative dermatitis": N_("peeling skin; skin peels; shedding skin"),
    "Pustular drug eruption": N_("pustules; pus spots; AGEP"),
    "Papulovesicular rash": N_("small blisters; bumps and blisters; vesicles"),
    "Rash acneiform": N_("acne; rash like acne; pimples"),
    "Papulopustular rash": N_("pustules; pus spots; pimples with pus"),
    "Photosensitivity": N_("sunburn; sun rash; sun allergy; burns easily in the sun"),
    "Urticaria": N_("hives; nettle rash; wheals; welts"),
    "Dry skin": N_("rough skin; flaky skin; scaly skin; peeling skin; cracked skin; chapped hands"),
    "Skin hypopigmentation": N_("pale patches; white patches; loss of colour; vitiligo"),
    "Skin ulceration": N_("skin ulcer; open sore; open wound"),
    "Pain of skin": N_("skin pain; sore skin; burning skin; tender skin; skin hurts"),
    "Erythema multiforme": N_("target spots; target lesions; bull's eye spots"),
    "Bullous dermatitis": N_("blisters; blistering; pemphigoid"),
    "Dermatosis bullous": N_("blisters; blistering; pemphigoid"),
    "Stevens-Johnson syndrome": N_("SJS; blisters of skin and mouth"),
    "Toxic epidermal necrolysis": N_("Lyell syndrome; scalded skin"),
    "Fatigue": N_("tired; tiredness; exhausted; no energy; worn out; weary; no strength; lethargy"),
    "Fever": N_("high temperature; temperature; hot; feverish; pyrexia"),
    "Chills": N_("shivers; shivering; shaking; shakes; rigors; rigours; feeling cold"),
    "Edema limbs": N_(
        "swollen legs; swollen ankles; swollen feet; swollen arms; swelling of the legs; "
        "water in the legs; oedema"
    ),
    "Peripheral edema": N_(
        "swollen legs; swollen ankles; swollen feet; swollen arms; swelling of the legs; "
        "water in the legs; oedema"
    ),
    "Edema face": N_("swollen face; swelling of the face; puffy face; swollen eyelids"),
    "Diarrhea": N_("loose stools; watery stools; loose motions; the runs; diarrhoea"),
    "Nausea": N_("sick; feeling sick; queasy; nauseous"),
    "Vomiting": N_("being sick; throwing up; threw up"),
    "Constipation": N_("constipated; hard stools; no bowel movement"),
    "Mucositis oral": N_("sore mouth; mouth sores; mouth ulcers; stomatitis; canker sores"),
    "Colitis": N_("inflamed bowel; bowel inflammation"),
    "Headache": N_("sore head; head hurts; head aches; pain in the head"),
    "Dizziness": N_("dizzy; giddy; light-headed; unsteady; head spins"),
    "Guillain-Barre syndrome": N_("GBS; ascending paralysis"),
    "Myasthenia gravis": N_("muscle weakness"),
    "Myalgia": N_("muscle pain; aching muscles; sore muscles; muscles hurt; muscle aches"),
    "Arthralgia": N_("joint pain; aching joints; painful joints; joints hurt; sore joints"),
    "Arthritis": N_("swollen joints; inflamed joints; stiff joints"),
    "Myositis": N_("inflamed muscles; muscle weakness"),
    "Rhabdomyolysis": N_("muscle breakdown"),
    "Upper respiratory infection": N_(
        "a cold; common cold; head cold; runny nose; blocked nose; sneezing; sore throat; sinusitis"
    ),
    "Lung infection": N_("chest infection; pneumonia"),
    "Pneumonia": N_("chest infection; lung infection"),
    "Skin infection": N_("infected skin; infected wound; cellulitis; erysipelas; impetigo; boil"),
    "Folliculitis": N_("inflamed hair roots; pimples around hairs"),
    "Urinary tract infection": N_(
        "UTI; bladder infection; cystitis; water infection; burning urine"
    ),
    "Sepsis": N_("blood poisoning; septicaemia"),
    "Shingles": N_("herpes zoster; zoster"),
    "Herpes simplex reactivation": N_("cold sore; fever blister; lip herpes; genital herpes"),
    "Cytomegalovirus infection reactivation": N_("CMV"),
    "Epstein-Barr virus infection reactivation": N_("EBV; glandular fever; mononucleosis"),
    "Hepatitis B reactivation": N_("HBV"),
    "Hepatitis viral": N_("viral hepatitis; hepatitis C; liver virus"),
    "Hepatitis": N_("liver inflammation; inflamed liver"),
    "Hepatic failure": N_("liver failure"),
    "Alanine aminotransferase increased": N_("ALT; GPT; liver values; liver enzymes"),
    "Aspartate aminotransferase increased": N_("AST; GOT; liver values; liver enzymes"),
    "Blood bilirubin increased": N_("jaundice; yellow eyes; yellow skin; high bilirubin"),
    "Creatinine increased": N_("kidney values; high creatinine"),
    "CPK increased": N_("CK; creatine kinase; muscle enzyme"),
    "Blood lactate dehydrogenase increased": N_("LDH; high LDH"),
    "Lymphocyte count decreased": N_("low lymphocytes; lymphopenia"),
    "Lymphopenia": N_("low lymphocytes; lymphocyte count decreased"),
    "CD4 lymphocytes decreased": N_("low CD4; low helper cells"),
    "Neutrophil count decreased": N_("low neutrophils; neutropenia"),
    "Febrile neutropenia": N_("neutropenic fever; fever with low neutrophils"),
    "White blood cell decreased": N_("low white cells; low WBC; leukopenia; leucopenia"),
    "Platelet count decreased": N_("low platelets; thrombocytopenia"),
    "Thrombocytopenia": N_("low platelets; platelet count decreased"),
    "Anemia": N_("anaemia; low haemoglobin; low blood count"),
    "Eosinophilia": N_("high eosinophils"),
    "Anorexia": N_("no appetite; loss of appetite; poor appetite; not hungry; off food"),
    "Hypothyroidism": N_("underactive thyroid; high TSH"),
    "Hyperthyroidism": N_("overactive thyroid; low TSH"),
    "Thyroiditis": N_("inflamed thyroid; painful thyroid"),
    "Cough": N_("coughing; dry cough; tickle in the throat"),
    "Dyspnea": N_("short of breath; shortness of breath; breathless; out of breath; dyspnoea"),
    "Pneumonitis": N_("inflamed lungs; interstitial lung disease"),
    "Myocarditis": N_("inflamed heart; inflammation of the heart"),
    "Glomerulonephritis": N_("inflamed kidneys; nephritis"),
    "Acute kidney injury": N_("kidney failure; renal failure; AKI"),
    "Tumor lysis syndrome": N_("tumour breakdown; TLS"),
    "Allergic reaction": N_("allergy; allergic; drug allergy"),
    "Anaphylaxis": N_("allergic shock; anaphylactic shock"),
    "Cytokine release syndrome": N_("CRS; cytokine storm"),
    "Autoimmune disorder": N_("autoimmune disease; immune system attacks the body"),
    "Graft versus host disease": N_("GVHD; graft attacks the body"),
}

BESIDE = N_(
    "a about after again all an and ankle are arm around at back because been before belly both "
    "but by cheek cheekbone chest chin day dose drip during ear elbow face feel feeling feet few "
    "finger foot for forehead friday from got had hand has have he her his hour i in infusion into "
    "is it knee last left leg little lots lower mild moderate monday month morning my neck new "
    "night now of on over quite right s saturday scalp severe she shoulder side since slight "
    "slightly so some still sunday than that the their them then they thigh this thursday time to "
    "today toe treatment trunk tuesday upper very was wednesday week weekend when while with worse "
    "wrist yesterday"
)
"""Words that need not be found: where, since when, how much."""
