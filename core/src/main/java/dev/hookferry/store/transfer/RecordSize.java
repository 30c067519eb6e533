package dev.hookferry.store.transfer;

import dev.hookferry.delivery.Response;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import dev.hookferry.store.transfer.TransferRecord.StoredAuditEntry;
import dev.hookferry.store.transfer.TransferRecord.StoredConfig;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import dev.hookferry.store.transfer.TransferRecord.StoredReplay;
import dev.hookferry.store.transfer.TransferRecord.StoredTally;

/** Approximate memory use of a record, in bytes. */
final class RecordSize implements TransferRecord.Fold<Integer> {
  static final RecordSize SIZE = new RecordSize();

  private static final int SMALL = 400;

  private RecordSize() {}

  @Override
  public Integer config(StoredConfig config) {
    return SMALL + String.valueOf(config.entry().text()).length();
  }

  @Override
  public Integer replay(StoredReplay replay) {
    return SMALL + replay.replay().text().length();
  }

  @Override
  public Integer audit(StoredAuditEntry audit) {
    return 2 * SMALL;
  }

  @Override
  public Integer tally(StoredTally tally) {
    return SMALL + tally.tally().text().length();
  }

  @Override
  public Integer event(StoredEvent event) {
    return SMALL + event.event().size();
  }

  @Override
  public Integer delivery(StoredDelivery delivery) {
    return SMALL;
  }

  @Override
  public Integer attempt(StoredAttempt attempt) {
    Response response = attempt.attempt().outcome().response();
    return SMALL
        + (response == null ? 0 : response.body().size() + response.headers().text().length());
  }
}
