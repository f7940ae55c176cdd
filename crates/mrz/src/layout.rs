//! The positions of the fields in each format.

/// The formats of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A card: three lines of 30 characters (Doc 9303-5).
    Td1,
    /// A larger card: two lines of 36 (Doc 9303-6).
    Td2,
    /// A passport: two lines of 44 (Doc 9303-4).
    Td3,
    /// A large visa: two lines of 44, without a composite check digit (Doc 9303-7).
    MrvA,
    /// A small visa: two lines of 36, without a composite check digit (Doc 9303-7).
    MrvB,
    /// The French identity card issued until 2021: two lines of 36, without a date of expiration.
    FrenchIdCard,
}

/// Start and end in the joined lines. The check digit of a field is the character after it.
pub(crate) type Span = (usize, usize);

/// The positions of a format.
pub(crate) struct Layout {
    pub code: Span,
    pub issuing_state: Span,
    pub names: NameSpans,
    pub number: Span,
    /// Whether a number that is longer than its field continues in the first optional data.
    pub number_continues: bool,
    pub nationality: Option<Span>,
    pub birth: Span,
    pub sex: usize,
    pub expiration: Option<Span>,
    pub optional: &'static [Span],
    /// Whether the optional data has its own check digit.
    pub optional_is_checked: bool,
    pub composite: Option<(&'static [Span], usize)>,
}

/// Names in one field, or each kind in a separate one.
pub(crate) enum NameSpans {
    Together(Span),
    Apart { primary: Span, secondary: Span },
}

impl Format {
    /// Characters of a line.
    #[must_use]
    pub const fn line_length(self) -> usize {
        match self {
            Self::Td1 => 30,
            Self::Td2 | Self::MrvB | Self::FrenchIdCard => 36,
            Self::Td3 | Self::MrvA => 44,
        }
    }

    /// Number of lines.
    #[must_use]
    pub const fn lines(self) -> usize {
        match self {
            Self::Td1 => 3,
            _ => 2,
        }
    }

    pub(crate) const fn layout(self) -> &'static Layout {
        match self {
            Self::Td1 => &TD1,
            Self::Td2 => &TD2,
            Self::Td3 => &TD3,
            Self::MrvA => &MRV_A,
            Self::MrvB => &MRV_B,
            Self::FrenchIdCard => &FRENCH_ID_CARD,
        }
    }
}

const TD1: Layout = Layout {
    code: (0, 2),
    issuing_state: (2, 5),
    names: NameSpans::Together((60, 90)),
    number: (5, 14),
    number_continues: true,
    nationality: Some((45, 48)),
    birth: (30, 36),
    sex: 37,
    expiration: Some((38, 44)),
    optional: &[(15, 30), (48, 59)],
    optional_is_checked: false,
    composite: Some((&[(5, 30), (30, 37), (38, 45), (48, 59)], 59)),
};

const TD2: Layout = Layout {
    code: (0, 2),
    issuing_state: (2, 5),
    names: NameSpans::Together((5, 36)),
    number: (36, 45),
    number_continues: true,
    nationality: Some((46, 49)),
    birth: (49, 55),
    sex: 56,
    expiration: Some((57, 63)),
    optional: &[(64, 71)],
    optional_is_checked: false,
    composite: Some((&[(36, 46), (49, 56), (57, 71)], 71)),
};

const TD3: Layout = Layout {
    code: (0, 2),
    issuing_state: (2, 5),
    names: NameSpans::Together((5, 44)),
    number: (44, 53),
    number_continues: false,
    nationality: Some((54, 57)),
    birth: (57, 63),
    sex: 64,
    expiration: Some((65, 71)),
    optional: &[(72, 86)],
    optional_is_checked: true,
    composite: Some((&[(44, 54), (57, 64), (65, 87)], 87)),
};

const MRV_A: Layout = Layout { optional: &[(72, 88)], optional_is_checked: false, composite: None, ..TD3 };

const MRV_B: Layout = Layout { number_continues: false, optional: &[(64, 72)], composite: None, ..TD2 };

const FRENCH_ID_CARD: Layout = Layout {
    code: (0, 2),
    issuing_state: (2, 5),
    names: NameSpans::Apart { primary: (5, 30), secondary: (49, 63) },
    number: (36, 48),
    number_continues: false,
    nationality: None,
    birth: (63, 69),
    sex: 70,
    expiration: None,
    // The issuing office.
    optional: &[(30, 36)],
    optional_is_checked: false,
    composite: Some((&[(0, 71)], 71)),
};
