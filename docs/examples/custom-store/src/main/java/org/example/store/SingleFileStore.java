package org.example.store;

import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreInfo;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * A durable store in one file, for one process. Every change is appended to the file and forced to
 * disk. All data is also in memory; the file is read and compacted when the store is opened.
 *
 * <p>It is complete and small: it does not group commits, every query scans all entries, and a full
 * disk stops it. Thread-safe.
 */
public final class SingleFileStore implements Store {
  private final Ledger ledger;
  private final DeliveryStore deliveries;
  private final AttemptLog log;
  private final ConfigStore config;
  private final AuditLog audit;
  private final ReplayStore replays;

  private SingleFileStore(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    deliveries = new LedgerDeliveries(ledger, clock);
    log = new LedgerLog(ledger);
    config = new LedgerConfig(ledger);
    audit = new LedgerAudit(ledger);
    replays = new LedgerReplays(ledger);
  }

  /**
   * Opens a store.
   *
   * @param file created if it does not exist; locked until the store is closed
   * @throws dev.hookferry.store.StoreException if it is in use, damaged or not accessible
   */
  public static SingleFileStore open(Path file, InstantSource clock) {
    return new SingleFileStore(Ledger.open(file), clock);
  }

  @Override
  public DeliveryStore deliveries() {
    return deliveries;
  }

  @Override
  public AttemptLog log() {
    return log;
  }

  @Override
  public ConfigStore config() {
    return config;
  }

  @Override
  public AuditLog audit() {
    return audit;
  }

  @Override
  public ReplayStore replays() {
    return replays;
  }

  @Override
  public StoreInfo info() {
    return new StoreInfo("single file", "1", ledger.size(), List.of());
  }

  @Override
  public void close() {
    ledger.close();
  }
}
