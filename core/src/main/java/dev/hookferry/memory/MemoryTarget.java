package dev.hookferry.memory;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferMark;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import dev.hookferry.store.transfer.TransferRecord.StoredAuditEntry;
import dev.hookferry.store.transfer.TransferRecord.StoredConfig;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import dev.hookferry.store.transfer.TransferRecord.StoredReplay;
import dev.hookferry.store.transfer.TransferRecord.StoredTally;
import dev.hookferry.store.transfer.TransferTarget;
import java.util.List;
import java.util.Optional;

/** Transfer target that fills an in-memory store. */
final class MemoryTarget implements TransferTarget, TransferRecord.Fold<Boolean> {
  private final Tables tables;
  private final MemoryConfig config;
  private final MemoryAudit audit;
  private final MemoryReplays replays;
  private final MemoryTallies tallies;

  MemoryTarget(
      Tables tables,
      MemoryConfig config,
      MemoryAudit audit,
      MemoryReplays replays,
      MemoryTallies tallies) {
    this.tables = tables;
    this.config = config;
    this.audit = audit;
    this.replays = replays;
    this.tallies = tallies;
  }

  @Override
  public Optional<TransferMark> mark() {
    synchronized (tables) {
      return Optional.ofNullable(tables.transfer);
    }
  }

  @Override
  public void begin(TransferMark mark) {
    synchronized (tables) {
      if (tables.transfer != null || !isEmpty()) {
        throw new ConflictException("the store in memory is not empty");
      }
      tables.transfer = mark;
      config.begin(mark.origin().configVersion());
    }
  }

  private boolean isEmpty() {
    return config.version() == 0
        && tables.events.oldestFirst().isEmpty()
        && audit.all().isEmpty()
        && replays.all().isEmpty();
  }

  @Override
  public void write(TransferBatch batch) {
    synchronized (tables) {
      TransferMark mark = tables.transfer;
      if (mark == null) {
        throw new IllegalStateException("no transfer is in progress");
      }
      for (TransferRecord stored : batch.records()) {
        Boolean unused = stored.fold(this);
      }
      tables.transfer = mark.at(batch.position());
    }
  }

  @Override
  public void finish() {
    synchronized (tables) {
      tables.transfer = null;
    }
  }

  @Override
  public void close() {}

  @Override
  public Boolean config(StoredConfig stored) {
    config.add(stored.entry().change());
    return true;
  }

  @Override
  public Boolean replay(StoredReplay stored) {
    replays.add(stored.replay());
    return true;
  }

  @Override
  public Boolean audit(StoredAuditEntry stored) {
    audit.append(List.of(stored.entry()));
    return true;
  }

  @Override
  public Boolean tally(StoredTally stored) {
    tallies.add(stored);
    return true;
  }

  @Override
  public Boolean event(StoredEvent stored) {
    tables.events.add(EventTable.Kept.transferred(stored.event(), stored.receipt()));
    return true;
  }

  @Override
  public Boolean delivery(StoredDelivery stored) {
    Delivery delivery = stored.delivery();
    tables.deliveries.restore(delivery, stored.suspicion(), stored.position());
    tables.events.add(
        tables.events.find(delivery.site(), delivery.event()).orElseThrow(), delivery.id());
    return true;
  }

  @Override
  public Boolean attempt(StoredAttempt stored) {
    tables.attempts.put(stored.attempt());
    return true;
  }
}
