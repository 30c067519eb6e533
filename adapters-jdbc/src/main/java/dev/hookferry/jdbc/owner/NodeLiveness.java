package dev.hookferry.jdbc.owner;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.id.IdSource;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.store.FailureDetector;
import dev.hookferry.store.Heartbeat;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Decides which nodes are alive: those that have an owner row. Commits and claims hold a shared
 * lock on the owner's row, and evicting an owner deletes that row first, so an evicted owner never
 * gets another delivery.
 */
public final class NodeLiveness {
  /** SQL expression equivalent to {@code CrashSuspicion.afterDeath}. */
  private static final String AFTER_DEATH =
      Stream.of(CrashSuspicion.values())
          .map(s -> " WHEN '" + s.code() + "' THEN '" + s.afterDeath().code() + "'")
          .collect(Collectors.joining("", "CASE suspicion", " ELSE suspicion END"));

  private final Database database;
  private final Dialect dialect;
  private final FailureDetector detector;
  private final IdSource ids;

  public NodeLiveness(Database database, Duration timeout, RandomGenerator random) {
    this.database = database;
    this.dialect = database.dialect();
    detector = new FailureDetector(timeout, System::nanoTime);
    this.ids = new IdSource(random);
  }

  /** Registers a new owner, which is alive from then on. */
  public Owner register(Node node) {
    return database.change((handle, withAllChecks) -> register(handle, node));
  }

  private Owner register(Handle handle, Node node) {
    Instant now = database.now(handle);
    Owner owner = new Owner(ids.next(now));
    handle
        .createUpdate(
            """
            INSERT INTO hookferry_owner (id, node, delivers, started_at, heard_at)
            VALUES (:owner, :node, :delivers, :now, :now)
            """)
        .bind("owner", owner.value())
        .bind("node", node.name())
        .bind("delivers", node.delivers())
        .bind("now", now)
        .execute();
    return owner;
  }

  /** Returns whether the owner is alive, and keeps it alive until the transaction ends. */
  public static boolean keepAlive(Handle handle, Dialect dialect, Owner owner) {
    return handle
        .createQuery("SELECT 1 FROM hookferry_owner WHERE id = :owner " + dialect.keepAlive())
        .bind("owner", owner.value())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** Records a heartbeat, and evicts owners that have been silent too long. */
  public Heartbeat heartbeat(Owner owner) {
    return database.change(
        (handle, withAllChecks) -> {
          Instant now = database.now(handle);
          boolean alive = recordHeartbeat(handle, owner, now);
          return dialect.isShared()
              ? evictSilent(handle, alive, now)
              : new Heartbeat(alive, now, 0, 1);
        });
  }

  /**
   * Records a heartbeat. An owner with a row still has its deliveries, however long it was silent.
   */
  private static boolean recordHeartbeat(Handle handle, Owner owner, Instant now) {
    return handle
            .createUpdate("UPDATE hookferry_owner SET heard_at = :now WHERE id = :owner")
            .bind("owner", owner.value())
            .bind("now", now)
            .execute()
        == 1;
  }

  private Heartbeat evictSilent(Handle handle, boolean alive, Instant now) {
    RowReader reading = new RowReader(dialect);
    Map<Owner, Instant> heardAt = new HashMap<>();
    Set<Owner> delivering = new HashSet<>();
    handle
        .createQuery("SELECT id, delivers, heard_at FROM hookferry_owner")
        .map(
            (row, context) -> {
              Owner each = new Owner(reading.uuid(row, "id"));
              if (row.getBoolean("delivers")) {
                delivering.add(each);
              }
              return heardAt.put(each, reading.time(row, "heard_at"));
            })
        .list();
    List<Owner> dead =
        detector.silentOwners(now, heardAt).stream()
            .filter(owner -> isLocked(handle, owner, heardAt.get(owner)))
            .toList();
    int recovered =
        dead.stream().mapToInt(owner -> evict(handle, owner.value(), AFTER_DEATH)).sum();
    dead.forEach(delivering::remove);
    return new Heartbeat(alive, now, recovered, Math.max(1, delivering.size()));
  }

  /**
   * Locks a silent owner. Skips owners with a running commit, since the next heartbeat will follow
   * soon.
   */
  private static boolean isLocked(Handle handle, Owner owner, @Nullable Instant heardAt) {
    return handle
        .createQuery(
            """
            SELECT 1 FROM hookferry_owner WHERE id = :owner AND heard_at = :heardAt
            FOR UPDATE SKIP LOCKED
            """)
        .bind("owner", owner.value())
        .bind("heardAt", heardAt)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** Ends an owner and hands back its deliveries. */
  public void retire(Owner owner) {
    database.change(
        (handle, withAllChecks) -> {
          handle
              .createQuery("SELECT 1 FROM hookferry_owner WHERE id = :owner FOR UPDATE")
              .bind("owner", owner.value())
              .mapTo(Integer.class)
              .list();
          return evict(handle, owner.value(), "suspicion");
        });
  }

  private static int evict(Handle handle, UUID owner, String suspicion) {
    handle
        .createUpdate("DELETE FROM hookferry_owner WHERE id = :owner")
        .bind("owner", owner)
        .execute();
    return handle
        .createUpdate(
            "UPDATE hookferry_delivery_queue SET suspicion = "
                + suspicion
                + ", owner = NULL WHERE owner = :owner")
        .bind("owner", owner)
        .execute();
  }

  /**
   * Evicts all owners. Only for databases that a single process uses, because all earlier processes
   * are then gone.
   */
  public void evictAll() {
    database.change(
        (handle, withAllChecks) -> {
          handle.execute("DELETE FROM hookferry_owner");
          return handle.execute(
              "UPDATE hookferry_delivery_queue SET suspicion = "
                  + AFTER_DEATH
                  + ", owner = NULL WHERE owner IS NOT NULL");
        });
  }
}
