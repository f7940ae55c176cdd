"""A failover while clients write."""
import time

from client import Failed, Writers
from programs import wait


def test(installation):
    """the primary is killed, the replica promoted: no acknowledged write is lost"""
    clients, primary, replica = installation.clients(), installation.primary, installation.replica
    primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
    primary.sql("SELECT pg_reload_conf()")
    wait("the replica is synchronous", lambda: primary.sql("SELECT sync_state FROM pg_stat_replication") == "sync")
    writers = Writers([server.port for server in installation.servers], installation.token)
    try:
        time.sleep(3)
        primary.kill()
        at_kill, killed = len(writers.acknowledged), time.monotonic()
        time.sleep(1)
        replica.promote()
        installation.pooler.point_to(replica)
        wait("writes are acknowledged again", lambda: len(writers.acknowledged) > at_kill + 50)
        took = time.monotonic() - killed
        time.sleep(1)
    finally:
        writers.stop()
    acknowledged = set(writers.acknowledged)
    for server, client in zip(installation.servers, clients):
        found = set(users(client))
        lost = acknowledged - found
        print(f"   port {server.port}: {len(acknowledged)} acknowledged writes ({at_kill} before the primary was killed), {len(lost)} lost")
        if lost:
            raise SystemExit(f"lost: {sorted(lost)[:10]}")
        if len(server.lines("is a primary and not a replica")) != 1:
            raise SystemExit("the log does not say once that the replica is a primary")
    print(f"   {writers.failures} requests failed meanwhile; 50 writes were acknowledged {took:.1f} s after the kill, 1 s of it before the promotion")
    if at_kill < 50:
        raise SystemExit("too few writes before the primary was killed to say anything")


def users(client):
    try:
        return client.users()
    except Failed:
        # The connection is from before.
        return client.users()
