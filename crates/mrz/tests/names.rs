//! Compares names with those of a zone.

#![expect(clippy::unwrap_used, reason = "what must not fail in a test fails it")]

use mrz::{Names, read, same_number};

/// The names of a passport with this name field.
fn names(field: &str) -> Names {
    let first = format!("P<UTO{field:<<39}");
    read(&[&first, "L898902C36UTO7408122F3104150<<<<<<<<<<<<<<04"]).unwrap().names.unwrap()
}

fn last(name: &str, field: &str) -> bool {
    !names(field).contradicts_last_name(name)
}

fn first(name: &str, field: &str) -> bool {
    !names(&format!("X<<{field}")).contradicts_first_name(name)
}

#[test]
fn each_letter_is_tried_in_each_of_its_spellings() {
    for (name, field) in [
        ("Müller", "MUELLER"),
        ("Müller", "MULLER"),
        ("Müller", "MUXXLLER"),
        ("Mu\u{308}ller", "MUELLER"),
        // Two letters, each in another spelling.
        ("Müller-Öttl", "MULLER<OETTL"),
        ("Müller-Öttl", "MUELLER<OTTL"),
        ("Muñoz", "MUNOZ"),
        ("Muñoz", "MUNXXOZ"),
        ("Åström", "AASTROEM"),
        ("Åström", "ASTROM"),
        ("Weiß", "WEISS"),
        ("Ævarsdóttir", "AEVARSDOTTIR"),
        ("Þórðarson", "THORDARSON"),
        ("Łukasz", "LUKASZ"),
        ("Şahin", "SAHIN"),
        ("Żółć", "ZOLC"),
        ("Ķirsis", "KIRSIS"),
        ("Ĳssel", "IJSSEL"),
        ("Петров", "PETROV"),
        ("Щукин", "SHCHUKIN"),
        ("Щърбанов", "SHTARBANOV"),
        ("Гончаренко", "HONCHARENKO"),
        ("Гончаренко", "GONCHARENKO"),
        ("Ђоковић", "DOKOVIC"),
        ("Юсупова", "IUSUPOVA"),
        ("Юсупова", "YUSUPOVA"),
        ("محمد", "MOHAMMED"),
        ("محمد", "MXHMD"),
        ("عبد الله", "ABDULLAH"),
        ("الشهري", "AL<SHEHRI"),
        ("王", "WANG"),
        ("Παπαδόπουλος", "PAPADOPOULOS"),
    ] {
        assert!(last(name, field), "{name} {field}");
    }
    for (name, field) in [
        ("Müller", "MILLER"),
        ("Müller", "MUEXLLER"),
        ("Muñoz", "MUNXOZ"),
        ("Ķirsis", "PETROVS"),
        ("Петров", "IVANOV"),
        ("محمد", "PETROVS"),
        ("بدر", "SALIM"),
        ("Erikson", "ERIKSSON"),
        ("Παπαδόπουλος Smith", "PAPADOPOULOS<JONES"),
    ] {
        assert!(!last(name, field), "{name} {field}");
    }
}

#[test]
fn hyphens_and_apostrophes_are_fillers_or_nothing() {
    for (name, field) in [
        ("Martin-Dupont", "MARTIN<DUPONT"),
        ("Martin-Dupont", "MARTINDUPONT"),
        ("Martin Dupont", "MARTIN<DUPONT"),
        ("O'Connor", "OCONNOR"),
        ("O’Connor", "O<CONNOR"),
        ("Oʻzbekov", "OZBEKOV"),
        ("D’Artagnan-Sørensen", "DARTAGNAN<SOERENSEN"),
        ("van der Muellen", "VAN<DER<MUELLEN"),
        ("St. John", "ST<JOHN"),
    ] {
        assert!(last(name, field), "{name} {field}");
    }
    // If the zone separates components, the name must do so too.
    assert!(!first("Annam Aria", "ANNA<MARIA"));
}

#[test]
fn a_part_of_a_name_is_whole_words_in_their_order() {
    for (name, field) in [("Anna", "ANNA<MARIA"), ("Maria", "ANNA<MARIA"), ("Anna Sofia", "ANNA<MARIA<SOFIA")]
    {
        assert!(first(name, field), "{name} {field}");
    }
    assert!(last("García", "GARCIA<LOPEZ"));
    for (name, field) in [
        ("Jose", "JOSEPHINE"),
        ("Josephine", "JOSE"),
        ("Maria Anna", "ANNA<MARIA"),
        ("Anna Sofia", "ANNA<MARIA"),
        ("Eva", "ANNA<MARIA"),
    ] {
        assert!(!first(name, field), "{name} {field}");
    }
    // A zone may have fewer of the given names, but needs the whole family name.
    assert!(first("Anna Maria", "ANNA"));
    assert!(!last("Eriksson Lund", "ERIKSSON"));
}

#[test]
fn initials_are_shortened_names() {
    assert!(first("Anna M.", "ANNA<MARIA") && first("A", "ANNA") && first("Anna Maria", "ANNA<M"));
    assert!(!first("Anna Z.", "ANNA<MARIA") && !first("Anna Zoe", "ANNA<M"));
}

/// The examples of Doc 9303-4, 4.2.3.
#[test]
fn a_full_field_shortens_names_by_component() {
    for (family, given, field) in [
        ("Nilavadhanananda", "Chayapa Dejthamrong Krasuang", "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"),
        ("Nilavadhanananda", "Arnpol Petch Charonguang", "NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU"),
        (
            "Bennelong Wooloomooloo Warrandyte Warnambool",
            "Dingo Potoroo",
            "BENNELONG<WOOLOOMOOLOO<WARRANDYTE<W<<D",
        ),
        (
            "Bennelong Wooloomooloo Warrandyte Warnambool",
            "Dingo Potoroo",
            "BENNELONG<WOOLOOMOOLOO<W<W<<DINGO<POTOR",
        ),
        (
            "Bennelong Wooloomooloo Warrandyte Warnambool",
            "Dingo Potoroo",
            "BENNEL<WOOLOOM<WARRAND<WARNAM<<DINGO<PO",
        ),
        ("Papandropoulous", "Jonathon Warren Trevor", "PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR"),
        ("Warnakulasuriya Patabendige Arunasha", "Kumara", "WARNAKULASURIYA<PATABENDIGE<ARUNASHA<<K"),
        ("Wolfeschlegelsteinhausenbergerdorff Müller", "Anna", "WOLFESCHLEGELSTEINHAUSENBERGERDORFF<<AN"),
    ] {
        let names = names(field);
        assert!(!names.contradicts_last_name(family), "{family} {field}");
        assert!(!names.contradicts_first_name(given), "{given} {field}");
        assert!(names.contradicts_first_name("Zoe"), "{field}");
        assert!(names.contradicts_last_name("Smith"), "{field}");
    }
    // If there is room left, nothing was cut.
    assert!(!first("Potoroo", "POTOR"));
}

#[test]
fn a_single_name_may_be_given_as_either() {
    let mononym = names("SUHARTO");
    assert!(!mononym.contradicts_last_name("Suharto") && !mononym.contradicts_first_name("Suharto"));
    assert!(mononym.contradicts_first_name("Anna") && mononym.contradicts_last_name("Sukarno"));
    let given_alone = names("<<SURESH<KUMAR");
    assert!(
        !given_alone.contradicts_first_name("Suresh Kumar") && !given_alone.contradicts_last_name("Suresh")
    );
    let full = names("WARNAKULASURIYAPATABENDIGEARUNASHANTHAK");
    assert!(!full.contradicts_last_name("Warnakulasuriyapatabendigearunashanthak"));
    assert!(!full.contradicts_first_name("Kumara"), "there was no room for given names");
}

#[test]
fn a_name_without_letters_contradicts_nothing() {
    assert!(last("", "ERIKSSON") && last("-", "ERIKSSON") && first(" . ", "ANNA"));
}

/// A cross product of these spellings would have 3 to the power of 40 elements.
#[test]
fn long_names_of_letters_with_many_spellings_are_compared_at_once() {
    let name = "ü".repeat(40) + &"Ё".repeat(2000);
    assert!(!last(&name, "UEUEUEUEUEUEUEUEUEUEUEUEUE"));
    assert!(last(&"ü".repeat(13), "UEUUEUUEUUEUUEUUEUU"));
}

#[test]
fn numbers_are_compared_by_letters_and_digits() {
    for (text, number) in
        [("000-5902406-01", "000590240601"), ("l 898902-c3", "L898902C3"), ("АК123456", "AK123456")]
    {
        assert!(same_number(text, number), "{text}");
    }
    for (text, number) in [("L898902C4", "L898902C3"), ("L898902C", "L898902C3"), ("L898902C33", "L898902C3")]
    {
        assert!(!same_number(text, number), "{text}");
    }
}
