"""What `doctor` says about poolers and replicas that are not as configured."""
from programs import USER, Pooler


def expect(installation, settings, *sentences, absent=()):
    said = installation.command(settings, "doctor")
    for sentence in sentences:
        line = next((line for line in said.splitlines() if sentence in line), None)
        if line is None:
            raise SystemExit(f"doctor does not say `{sentence}`:\n{said}")
        print(f"   {line}")
    for sentence in absent:
        if sentence in said:
            raise SystemExit(f"doctor still says `{sentence}`:\n{said}")


def test(installation):
    """doctor names what a pooler loses, and a replica that is a primary"""
    at, work, primary = installation, installation.work, installation.primary
    primary.sql("CREATE DATABASE sentences")
    settings = lambda **others: at.settings("sentences", "sentences", **others)  # noqa: E731
    print("   " + at.command(settings(), "migrate").splitlines()[-1])
    expect(at, settings(database_pooler=None), "rejects the parameter `options`: set database_pooler = true")
    lost = "the statement limit in force is none and not 3000ms"
    expect(at, settings(hints_database_url=None), f"warning: {lost}", "warning: notifications do not pass a pooler")
    expect(at, settings(read_database_url=primary.url("sentences")), "fault: the server at", absent=["is a replica of the database"])
    # A pooler that loses the limit without an error, and one that loses prepared statements.
    silent = Pooler(work, at.pgbouncer, "silent", primary, ignored="extra_float_digits, options")
    unprepared = Pooler(work, at.pgbouncer, "unprepared", primary, prepared=0)
    expect(at, settings(database_url=silent.url("sentences"), database_pooler=None), f"warning: {lost}", "and set database_pooler = true")
    expect(at, settings(database_url=unprepared.url("sentences")), "loses prepared statements: use PgBouncer 1.21 or later")
    # As the sentence says.
    primary.sql(f"ALTER ROLE {USER} SET statement_timeout = '3000ms'")
    at.pooler.console("RECONNECT")
    expect(
        at, settings(), "ok: the statement limit of the settings is in force", "ok: the replica responds",
        absent=[lost, "\nfault:", "notifications do not pass"],
    )
