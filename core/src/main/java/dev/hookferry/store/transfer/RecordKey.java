package dev.hookferry.store.transfer;

import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import dev.hookferry.store.transfer.TransferRecord.StoredAuditEntry;
import dev.hookferry.store.transfer.TransferRecord.StoredConfig;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import dev.hookferry.store.transfer.TransferRecord.StoredReplay;
import dev.hookferry.store.transfer.TransferRecord.StoredTally;

/** Describes a record by its kind and id, without secrets. */
final class RecordKey implements TransferRecord.Fold<String> {
  private static final RecordKey KEY = new RecordKey();

  private RecordKey() {}

  static String of(TransferRecord stored) {
    return stored.fold(KEY);
  }

  @Override
  public String config(StoredConfig config) {
    return config.toString();
  }

  @Override
  public String replay(StoredReplay replay) {
    return "replay " + replay.replay().id();
  }

  @Override
  public String audit(StoredAuditEntry audit) {
    return "audit entry " + audit.entry().id();
  }

  @Override
  public String tally(StoredTally tally) {
    return "tally "
        + tally.tally().name()
        + " of "
        + tally.tally().writer()
        + " from "
        + tally.tally().from();
  }

  @Override
  public String event(StoredEvent event) {
    return "event " + event.event().id() + " of site " + event.event().site();
  }

  @Override
  public String delivery(StoredDelivery delivery) {
    return "delivery " + delivery.delivery().id();
  }

  @Override
  public String attempt(StoredAttempt attempt) {
    return "attempt " + attempt.attempt().id();
  }
}
