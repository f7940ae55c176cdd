use strum::IntoStaticStr;

/// Severity of a finding. JSON output writes it under `level`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "lowercase", const_into_str)]
pub enum Level {
    Ok,
    Note,
    Warning,
    Fault,
}

impl Level {
    pub const fn name(self) -> &'static str {
        self.into_str()
    }
}
