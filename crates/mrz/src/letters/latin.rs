//! Latin letters (Doc 9303-3, section 6, A).

use super::Spellings;

const PLAIN: [Spellings; 36] = [
    &["0"],
    &["1"],
    &["2"],
    &["3"],
    &["4"],
    &["5"],
    &["6"],
    &["7"],
    &["8"],
    &["9"],
    &["A"],
    &["B"],
    &["C"],
    &["D"],
    &["E"],
    &["F"],
    &["G"],
    &["H"],
    &["I"],
    &["J"],
    &["K"],
    &["L"],
    &["M"],
    &["N"],
    &["O"],
    &["P"],
    &["Q"],
    &["R"],
    &["S"],
    &["T"],
    &["U"],
    &["V"],
    &["W"],
    &["X"],
    &["Y"],
    &["Z"],
];

/// A letter or digit that zones contain unchanged.
pub(super) fn plain(letter: char) -> Option<Spellings> {
    letter.to_digit(36).filter(|_| letter.is_ascii()).and_then(|index| PLAIN.get(index as usize)).copied()
}

/// A letter whose spelling is more than the letter without its marks.
pub(super) const fn spell(letter: char) -> Option<Spellings> {
    let spellings: Spellings = match letter {
        'Ä' => &["AE", "A"],
        'Å' => &["AA", "A"],
        'Æ' | 'Ǽ' | 'Ǣ' => &["AE"],
        'Ñ' => &["N", "NXX"],
        'Ö' | 'Ø' | 'Ǿ' => &["OE", "O"],
        'Œ' => &["OE"],
        'Ü' => &["UE", "UXX", "U"],
        'Ð' | 'Đ' | 'Ɖ' | 'Ɗ' => &["D", "DJ", "DH"],
        'Þ' => &["TH"],
        'ẞ' => &["SS"],
        'Ĳ' => &["IJ"],
        'Ħ' => &["H"],
        'ı' | 'Ɨ' | 'Ɩ' => &["I"],
        'ĸ' => &["Q", "K"],
        'Ł' | 'Ŀ' | 'Ƚ' => &["L"],
        'Ŋ' => &["N", "NG"],
        'Ɲ' => &["N", "NY"],
        'Ŧ' | 'Ț' | 'Ţ' => &["T"],
        'Ə' => &["E", "A"],
        'Ɛ' => &["E"],
        'Ɔ' => &["O"],
        'Ɓ' => &["B"],
        'Ƙ' => &["K"],
        'Ɣ' => &["G"],
        'Ƴ' | 'Ỿ' => &["Y"],
        'Ƶ' | 'Ʒ' | 'Ǯ' => &["Z"],
        'ẜ' | 'ẝ' => &["S"],
        'ẟ' => &["D"],
        'Ỻ' => &["LL"],
        'Ỽ' => &["V"],
        _ => return None,
    };
    Some(spellings)
}
