//! E-mail addresses.

use super::text::{is_invisible, normalized};

/// Maximum characters of an address: RFC 5321 allows no longer path.
pub const LENGTH: usize = 254;
/// Maximum characters before the `@`: RFC 5321, 4.5.3.1.1.
const LOCAL: usize = 64;
/// Maximum characters of a domain label: RFC 1035, 2.3.4.
const LABEL: usize = 63;

/// Whether a text in form C could be an address: one `@`, a local part without quotes and comments, a domain
/// of labels in any script. Only a message can verify that the address exists.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let is_local = |sign: char| !is_invisible(sign) && !"()<>[]:;,\\\"@".contains(sign);
    text.chars().count() <= LENGTH
        && (1..=LOCAL).contains(&local.chars().count())
        && local.chars().all(is_local)
        && domain.split('.').all(is_label)
}

/// The form for comparing addresses: lower case and form C, with the domain in Unicode. A domain in Punycode
/// (`xn--bcher-kva.example`) equals the one in its own script (`bücher.example`).
#[must_use]
pub fn comparable(text: &str) -> String {
    let text = normalized(text.trim().to_lowercase());
    let Some((local, domain)) = text.rsplit_once('@') else { return text };
    match idna::domain_to_unicode(domain) {
        (domain, Ok(())) => format!("{local}@{domain}"),
        // Not a domain by the rules of IDNA. The texts can still be equal.
        (_, Err(_)) => text,
    }
}

fn is_label(label: &str) -> bool {
    let is_letter =
        |sign: char| sign.is_ascii_alphanumeric() || sign == '-' || (!sign.is_ascii() && !is_invisible(sign));
    (1..=LABEL).contains(&label.chars().count())
        && label.chars().all(is_letter)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_any_script_are_accepted() {
        let longest = format!("{}@{}.example", "a".repeat(64), "b".repeat(63));
        for text in [
            "ada@example.com",
            "a+b@example.com",
            "o'neil@example.com",
            "a@b",
            "dörte@bücher.example",
            "用户@例子.广告",
            "अजय@डाटा.भारत",
            "x@xn--bcher-kva.example",
            "dots..and.@docomo.example",
            &longest,
        ] {
            assert!(is_email(text), "{text}");
        }
    }

    #[test]
    fn a_domain_is_the_same_in_its_script_and_in_punycode() {
        for text in [
            "ada@bücher.example",
            "ada@bu\u{308}cher.example",
            "Ada@BÜCHER.example",
            "ada@xn--bcher-kva.example",
            "ada@XN--BCHER-KVA.EXAMPLE",
            " ada@xn--bcher-kva.example ",
        ] {
            assert_eq!(comparable(text), "ada@bücher.example", "{text:?}");
        }
        // Punycode does not apply to the part before the `@`.
        assert_eq!(comparable("xn--bcher-kva@example.com"), "xn--bcher-kva@example.com");
        assert_ne!(comparable("ada@xn--bcher-kva.example.com"), comparable("ada@bücher.example"));
        for other in ["ada@bucher.example", "nope", "ada@b..c"] {
            assert_eq!(comparable(other), other);
        }
    }

    #[test]
    fn an_undeliverable_address_is_rejected() {
        let long_local = format!("{}@b.c", "a".repeat(65));
        let long_label = format!("a@{}.c", "b".repeat(64));
        let label = "b".repeat(60);
        let too_long = format!("{}@{label}.{label}.{label}.{label}", "a".repeat(20));
        for text in [
            "",
            "nope",
            "ada",
            "@example.com",
            "ada@",
            "a b@c",
            "a@@b.c",
            "a@b@c",
            "a@b..c",
            "a@.c",
            "a@b.",
            "a@-b.c",
            "a@b-.c",
            "a@b_c.d",
            "Ada<ada@example.com>",
            "mailto:a@b.c",
            "a@b.c,d@e.f",
            "\"a\"@b.c",
            "a\u{200b}@b.c",
            "a@b\u{ad}.c",
            "a@b.c\n",
            &long_local,
            &long_label,
            &too_long,
        ] {
            assert!(!is_email(text), "{text}");
        }
    }
}
