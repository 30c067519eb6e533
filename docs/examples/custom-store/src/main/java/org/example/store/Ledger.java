package org.example.store;

import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreStoppedException;
import dev.hookferry.store.UnknownOutcomeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The tables and the file behind them. Reads and changes run one at a time, and a read never sees
 * anything that is not on disk. Thread-safe.
 */
final class Ledger implements AutoCloseable {
  private final LedgerTables tables = new LedgerTables();
  private final FactFile file;
  private boolean stopped;
  private boolean closed;

  private Ledger(FactFile file) {
    this.file = file;
  }

  /** Opens the file of a store, and creates it if it does not exist. */
  static Ledger open(Path path) {
    try {
      FactFile file = FactFile.open(path);
      try {
        Ledger ledger = new Ledger(file);
        file.read(ledger.tables::apply);
        ledger.tables.disownAll();
        file.compact(ledger.tables.facts());
        return ledger;
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException("cannot open " + path + ": " + e.getMessage(), e);
    }
  }

  /** The changes within one call of {@link #change}. Later changes see earlier ones. */
  static final class Change {
    private final LedgerTables tables;
    private final List<Fact> facts = new ArrayList<>();

    private Change(LedgerTables tables) {
      this.tables = tables;
    }

    LedgerTables tables() {
      return tables;
    }

    void add(Fact fact) {
      tables.apply(fact);
      facts.add(fact);
    }
  }

  /** Reads from the tables; the result must not refer to them. */
  synchronized <T> T read(Function<LedgerTables, T> query) {
    requireOpen();
    return query.apply(tables);
  }

  /** Changes the tables. All added facts are durable when this returns. */
  synchronized <T> T change(Function<Change, T> work) {
    requireOpen();
    Change change = new Change(tables);
    boolean written = false;
    try {
      T result = work.apply(change);
      if (!change.facts.isEmpty()) {
        file.append(change.facts);
      }
      written = true;
      return result;
    } catch (IOException e) {
      throw new UnknownOutcomeException("the store cannot be written: " + e.getMessage(), e);
    } finally {
      // After a failure the tables may be ahead of the file, until a new start reads the file
      // again.
      stopped = !written && !change.facts.isEmpty();
    }
  }

  /** Returns the size of the file in bytes. */
  synchronized long size() {
    requireOpen();
    try {
      return file.size();
    } catch (IOException e) {
      throw new StoreException("the size of the file cannot be read: " + e.getMessage(), e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new StoreException("the store is closed");
    }
    if (stopped) {
      throw new StoreStoppedException("the store has stopped after a failed change", null);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      file.close();
    } catch (IOException e) {
      throw new StoreException("the store cannot be closed: " + e.getMessage(), e);
    }
  }
}
