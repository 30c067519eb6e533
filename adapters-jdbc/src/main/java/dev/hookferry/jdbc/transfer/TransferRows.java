package dev.hookferry.jdbc.transfer;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.delivery.BatchRows;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.order.QueuePlace;
import dev.hookferry.jdbc.order.QueueRows;
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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** The rows of a batch, by table. Not thread-safe. */
final class TransferRows implements TransferRecord.Fold<Boolean> {
  /** Table of search fields, if {@link dev.hookferry.jdbc.dialect.Dialect#hasFieldTable}. */
  static final String FIELDS = "hookferry_event_field";

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
  private final ColumnRows names = BatchRows.names();
  private final ColumnRows events = BatchRows.events();
  private final ColumnRows fields = BatchRows.fields();
  private final ColumnRows queue = QueueRows.inOrder(ColumnRows.text("suspicion"));
  private final ColumnRows finals = BatchRows.finals();
  private final ColumnRows attempts = BatchRows.attempts();

  /** Creates the rows of some records. The configuration gets the given version. */
  TransferRows(List<TransferRecord> records, long configVersion) {
    this.configVersion = configVersion;
    for (TransferRecord stored : records) {
      Boolean unused = stored.fold(this);
    }
  }

  /** Passes every table that has rows, in an order in which the tables can be written. */
  void forEach(BiConsumer<String, ColumnRows> write) {
    write("hookferry_config_entry", config, write);
    write("hookferry_replay", replays, write);
    write("hookferry_tally", tallies, write);
    write("hookferry_event_id", names, write);
    write("hookferry_event", events, write);
    write(FIELDS, fields, write);
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
    ReplayStore.ReplayEntry replay = stored.replay();
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
    if (event.idempotence() != null) {
      BatchRows.addName(names, event);
    }
    days.add(LocalDate.ofInstant(event.acceptedAt(), ZoneOffset.UTC));
    BatchRows.addEvent(events, event, stored.receipt());
    BatchRows.addFields(fields, event);
    return true;
  }

  @Override
  public Boolean delivery(StoredDelivery stored) {
    Delivery delivery = stored.delivery();
    if (delivery.state().isFinal()) {
      BatchRows.addFinal(finals, delivery);
    } else {
      QueuePlace place = QueuePlace.of(delivery, stored.position());
      QueueRows.add(queue, delivery, stored.payloadBytes(), place, stored.suspicion().code());
    }
    return true;
  }

  @Override
  public Boolean attempt(StoredAttempt stored) {
    BatchRows.addAttempt(attempts, stored.attempt(), stored.acceptedAt());
    return true;
  }
}
