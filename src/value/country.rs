//! Three-letter country codes.

/// ISO 3166-1 alpha-3, officially assigned.
const ISO: &str = "ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR \
    BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV \
    CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR \
    GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN \
    IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC \
    MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA \
    NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU \
    SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK \
    TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB \
    ZWE";

/// Additional codes of ICAO Doc 9303 part 3, section 5, for nationality and place of birth, and the two codes
/// that passports and registers use for Kosovo. `UTO` is the country of specimen documents, which are used
/// for evaluation.
const DOCUMENTS: &str = "UTO GBD GBN GBO GBP GBS EUE UNO UNA UNK IAO XBA XIM XCC XCE XCO XEC XES XDC XMP XOM XPO XXA XXB XXC \
    XXX RKS XKX";

/// The expected format, for error messages.
pub const FORM: &str = "write a country as the three capital letters of ISO 3166-1 alpha-3, such as CHE, or as the code of \
    ICAO 9303 that its documents have, such as XXA";

/// Whether three letters are a country code, or a code that ICAO 9303 uses instead of one.
#[must_use]
pub fn is_country(letters: &str) -> bool {
    [ISO, DOCUMENTS].into_iter().flat_map(str::split_whitespace).any(|country| country == letters)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn countries_are_known_by_their_three_letters() {
        assert_eq!(ISO.split_whitespace().count(), 249);
        let all: Vec<&str> = [ISO, DOCUMENTS].into_iter().flat_map(str::split_whitespace).collect();
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len(), "a code is listed twice");
        assert!(all.iter().all(|code| code.len() == 3 && code.bytes().all(|it| it.is_ascii_uppercase())));
        for code in
            ["CHE", "FRA", "ZWE", "XKX", "RKS", "XXA", "XXB", "XXC", "XXX", "UNO", "EUE", "GBN", "XOM", "UTO"]
        {
            assert!(is_country(code), "{code}");
        }
        for code in ["", "QZQ", "ZZZ", "che", "CH", "D", "FRA GAB", " CHE", "CHE ", "AAA"] {
            assert!(!is_country(code), "{code}");
        }
    }
}
