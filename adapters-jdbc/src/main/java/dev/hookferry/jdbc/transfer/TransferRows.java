package dev.hookferry.jdbc.transfer;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Idempotence;
import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.dialect.AttemptColumns;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.store.ConfigEntry;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import dev.hookferry.store.transfer.TransferRecord.StoredAuditEntry;
import dev.hookferry.store.transfer.TransferRecord.StoredConfig;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import dev.hookferry.store.transfer.TransferRecord.StoredReplay;
import dev.hookferry.store.transfer.TransferRecord.StoredTally;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** The rows of a batch, by table. Not thread-safe. */
final class TransferRows implements TransferRecord.Fold<Boolean> {
  private final long configVersion;
  private final List<AuditEntry> audit = new ArrayList<>();
  private final Set<LocalDate> days = new HashSet<>();

  private final ColumnRows config =
      ColumnRows.of(
          ColumnRows.text("kind"),
          ColumnRows.text("id"),
          ColumnRows.text("site"),
          ColumnRows.uuid("endpoint_id"),
          ColumnRows.longInteger("version"),
          ColumnRows.text("body"));
  private final ColumnRows replays =
      ColumnRows.of(
          ColumnRows.uuid("id"), ColumnRows.longInteger("revision"), ColumnRows.text("job"));
  private final ColumnRows tallies =
      ColumnRows.of(
          ColumnRows.text("name"),
          ColumnRows.longInteger("starts"),
          ColumnRows.uuid("writer"),
          ColumnRows.longInteger("ends"),
          ColumnRows.longInteger("written"),
          ColumnRows.text("counted"));
  private final ColumnRows names =
      ColumnRows.of(
          ColumnRows.text("site"),
          ColumnRows.text("event_id"),
          ColumnRows.text("idempotency_key"),
          ColumnRows.time("accepted_at"));
  private final ColumnRows events =
      ColumnRows.of(
          ColumnRows.text("site"),
          ColumnRows.text("id"),
          ColumnRows.text("type"),
          ColumnRows.time("occurred_at"),
          ColumnRows.time("accepted_at"),
          ColumnRows.integer("deliveries"),
          ColumnRows.text("idempotency_key"),
          ColumnRows.text("fingerprint"),
          ColumnRows.bytes("payload"));
  private final ColumnRows queue =
      ColumnRows.of(
          ColumnRows.text("site"),
          ColumnRows.uuid("id"),
          ColumnRows.text("event_id"),
          ColumnRows.text("type"),
          ColumnRows.uuid("endpoint_id"),
          ColumnRows.integer("attempts"),
          ColumnRows.time("created_at"),
          ColumnRows.time("due_at"),
          ColumnRows.integer("payload_bytes"),
          ColumnRows.text("suspicion"));
  private final ColumnRows finals =
      ColumnRows.of(
          ColumnRows.text("site"),
          ColumnRows.uuid("id"),
          ColumnRows.text("event_id"),
          ColumnRows.text("type"),
          ColumnRows.uuid("endpoint_id"),
          ColumnRows.text("state"),
          ColumnRows.integer("attempts"),
          ColumnRows.time("created_at"),
          ColumnRows.time("due_at"),
          ColumnRows.time("settled_at"));
  private final ColumnRows attempts =
      AttemptColumns.after(
          ColumnRows.text("site"),
          ColumnRows.uuid("id"),
          ColumnRows.uuid("delivery_id"),
          ColumnRows.uuid("endpoint_id"),
          ColumnRows.text("event_id"),
          ColumnRows.text("type"),
          ColumnRows.time("accepted_at"));

  /** Creates the rows of some records; the configuration gets this version. */
  TransferRows(List<TransferRecord> records, long configVersion) {
    this.configVersion = configVersion;
    for (TransferRecord stored : records) {
      Boolean unused = stored.fold(this);
    }
  }

  /** Passes every table that has rows, in an order in which they can be written. */
  void forEach(BiConsumer<String, ColumnRows> write) {
    write("hookferry_config_entry", config, write);
    write("hookferry_replay", replays, write);
    write("hookferry_tally", tallies, write);
    write("hookferry_event_id", names, write);
    write("hookferry_event", events, write);
    write("hookferry_delivery_queue", queue, write);
    write("hookferry_delivery", finals, write);
    write("hookferry_attempt", attempts, write);
  }

  private static void write(String table, ColumnRows rows, BiConsumer<String, ColumnRows> write) {
    if (!rows.isEmpty()) {
      write.accept(table, rows);
    }
  }

  List<AuditEntry> audit() {
    return audit;
  }

  /** Returns the days (UTC) whose events are among the rows. */
  Set<LocalDate> days() {
    return days;
  }

  @Override
  public Boolean config(StoredConfig stored) {
    ConfigEntry entry = stored.entry();
    boolean isEndpoint = entry.kind() == ConfigEntry.Kind.ENDPOINT;
    config.add(
        entry.kind().code(),
        entry.id(),
        entry.site() == null ? null : entry.site().value(),
        isEndpoint ? EndpointId.parse(entry.id()).value() : null,
        configVersion,
        entry.text());
    return true;
  }

  @Override
  public Boolean replay(StoredReplay stored) {
    ReplayStore.Kept replay = stored.replay();
    replays.add(replay.id(), replay.revision(), replay.text());
    return true;
  }

  @Override
  public Boolean audit(StoredAuditEntry stored) {
    return audit.add(stored.entry());
  }

  @Override
  public Boolean tally(StoredTally stored) {
    TallyStore.Tally tally = stored.tally();
    tallies.add(
        tally.name(),
        tally.from().getEpochSecond(),
        tally.writer(),
        tally.until().getEpochSecond(),
        stored.storedAt().getEpochSecond(),
        tally.text());
    return true;
  }

  @Override
  public Boolean event(StoredEvent stored) {
    Event event = stored.event();
    Idempotence idempotence = event.idempotence();
    String key = idempotence == null ? null : idempotence.key();
    if (idempotence != null) {
      names.add(event.site().value(), event.id().value(), key, event.acceptedAt());
    }
    addDay(event.acceptedAt());
    events.add(
        event.site().value(),
        event.id().value(),
        event.type().name(),
        event.occurredAt(),
        event.acceptedAt(),
        stored.receipt(),
        key,
        idempotence == null ? null : idempotence.fingerprint().hex(),
        event.payload().unsafeBytes());
    return true;
  }

  private void addDay(Instant acceptedAt) {
    days.add(LocalDate.ofInstant(acceptedAt, ZoneOffset.UTC));
  }

  @Override
  public Boolean delivery(StoredDelivery stored) {
    Delivery delivery = stored.delivery();
    if (delivery.state().isFinal()) {
      addFinal(delivery);
    } else {
      queue.add(
          delivery.site().value(),
          delivery.id().value(),
          delivery.event().value(),
          delivery.type().name(),
          delivery.endpoint().value(),
          delivery.attempts(),
          delivery.createdAt(),
          delivery.dueAt(),
          stored.payloadBytes(),
          stored.suspicion().code());
    }
    return true;
  }

  private void addFinal(Delivery delivery) {
    finals.add(
        delivery.site().value(),
        delivery.id().value(),
        delivery.event().value(),
        delivery.type().name(),
        delivery.endpoint().value(),
        delivery.state().code(),
        delivery.attempts(),
        delivery.createdAt(),
        delivery.dueAt(),
        delivery.settledAt());
  }

  @Override
  public Boolean attempt(StoredAttempt stored) {
    Attempt attempt = stored.attempt();
    AttemptColumns.add(
        attempts,
        attempt,
        attempt.site().value(),
        attempt.id().value(),
        attempt.delivery().value(),
        attempt.endpoint().value(),
        attempt.event().value(),
        attempt.type().name(),
        stored.acceptedAt());
    return true;
  }
}
