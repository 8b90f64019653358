"""What the words of the funding reference data are called among people."""

from crosslab.rules import N_

WORDS: dict[str, str] = {
    "sme_business": N_("small or medium business"),
    "business": N_("business of any size"),
    "business_support_org": N_("business support organisation"),
    "research_org": N_("research organisation"),
    "higher_education": N_("university or college"),
    "public_body": N_("public body"),
    "heritage_public": N_("public museum, library or archive"),
    "heritage_private": N_("independent museum, library or archive"),
    "nonprofit": N_("non-profit organisation"),
    "social_enterprise": N_("social enterprise"),
    "sole_trader": N_("sole trader"),
    "natural_person": N_("private person"),
    "international_org": N_("international organisation"),
    "micro": N_("micro"),
    "small": N_("small"),
    "medium": N_("medium"),
    "small_mid_cap": N_("small mid-cap"),
    "large": N_("large"),
    "not_applicable": N_("without a size class"),
    "lead": N_("lead partner"),
    "partner": N_("partner"),
    "associated": N_("associated partner"),
    "affiliated": N_("affiliated entity"),
    "subcontractor": N_("subcontractor"),
    "network_manager": N_("network manager"),
    "has_gep": N_("has a gender equality plan"),
    "civil_purpose": N_("serves civil purposes only"),
    "audiovisual_only": N_("is audio-visual only"),
    "started_before_decision": N_("starts before the funder has decided"),
    "uk_heritage_focus": N_("is about heritage in the United Kingdom"),
    "structurally_weak": N_("in a structurally weak region"),
    "young_company": N_("young company"),
    "international_cooperation": N_("for cooperation with another country"),
    "feasibility": N_("feasibility study"),
    "industrial_research": N_("industrial research"),
    "experimental_development": N_("experimental development"),
    "project": N_("project"),
    "participant": N_("partner"),
    "country": N_("country"),
    "year": N_("year"),
    "eligible_cost": N_("eligible costs"),
    "eligible_cost_excl_subcontracting": N_("eligible costs without subcontracting"),
    "grant_signature": N_("before the grant is signed"),
    "submission": N_("with the application"),
    "project_setup": N_("before the project starts"),
    "phase2": N_("for phase 2"),
    "expression_of_interest": N_("with the expression of interest"),
}

YES_NO = {
    ("for_profit", True): N_("works for profit"),
    ("for_profit", False): N_("does not work for profit"),
    ("receives_funding", True): N_("receives funding"),
    ("receives_funding", False): N_("receives no funding"),
}
CONDITIONS = {
    "country_in": N_("from {these}"),
    "country_not_in": N_("not from {these}"),
    "org_type_in": N_("kind: {these}"),
    "size_in": N_("size: {these}"),
    "role_in": N_("role: {these}"),
    "region_flag": N_("place: {these}"),
    "flag": N_("is a {these}"),
    "register_in": N_("in the register {these}"),
}

COUNTRY_SETS = {
    "EU27": N_("the European Union"),
    "HE_ASSOCIATED": N_("a country associated to Horizon Europe"),
    "HE_ELIGIBLE": N_("the European Union or a country associated to Horizon Europe"),
    "EUROSTARS": N_("a Eurostars country"),
    "CREATIVE_EUROPE_CULTURE": N_("a country that takes part in Creative Europe"),
    "INTERREG_BSR": N_("the Interreg Baltic Sea Region"),
}
"""Sets of countries with a name of their own; the others are named by their members."""

DOCUMENTS = {
    "application_form": N_("application form"),
    "technical_annex": N_("technical description"),
    "budget_table": N_("detailed budget table"),
    "ded_plan": N_("plan for exploitation and dissemination"),
    "gender_equality_plan": N_("gender equality plan"),
    "sme_declaration": N_("declaration of being a small or medium enterprise"),
    "letter_of_intent": N_("letter of intent"),
    "letter_of_commitment": N_("commitment and signature form"),
    "consortium_agreement": N_("signed consortium agreement"),
    "consortium_agreement_draft": N_("draft of the consortium agreement"),
    "joint_ownership_agreement": N_("joint ownership agreement"),
    "governing_document": N_("constitution or articles"),
    "accounts": N_("most recent accounts"),
    "bank_statement": N_("bank statement"),
    "project_plan": N_("project plan"),
    "risk_register": N_("list of risks"),
    "job_descriptions": N_("job descriptions for new posts"),
    "procurement_brief": N_("briefs for commissioned work"),
    "proof_of_registration": N_("extract from a register"),
    "declaration_of_honour": N_("declaration on exclusion and selection criteria"),
    "de_minimis_declaration": N_("declaration on small aid"),
    "network_contract": N_("contract of the network's members"),
    "technology_roadmap": N_("technology roadmap"),
    "data_management_plan": N_("data management plan"),
    "accessibility_statement": N_("accessibility statement"),
}

INSTRUMENTS = {
    "grant": N_("Grant"),
    "grant_network": N_("Grant for a network"),
    "loan": N_("Loan"),
    "procurement": N_("Procurement"),
    "prize": N_("Prize"),
    "tax": N_("Tax relief"),
    "aid_cap": N_("Limit on aid"),
    "equity": N_("Equity"),
}
STATUSES = {
    "active": N_("Takes applications"),
    "periodic": N_("Opens in rounds"),
    "closed": N_("Closed"),
    "historic": N_("Over"),
    "unknown": N_("Not known"),
}
SEVERITIES = {
    "eligibility": N_("Must be met"),
    "admissibility": N_("Needed on paper"),
    "ranking": N_("Counts in the ranking"),
    "advice": N_("Good to know"),
}
CONFIDENCES = {
    "high": N_("We are sure of this"),
    "medium": N_("We are fairly sure of this"),
    "low": N_("We are not sure of this"),
}
