package org.example.store;

import dev.hookferry.store.ReplayStore;
import java.util.List;
import java.util.UUID;

/** The replays of a ledger. */
final class LedgerReplays implements ReplayStore {
  private final Ledger ledger;

  LedgerReplays(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public List<ReplayEntry> all() {
    return ledger.read(tables -> List.copyOf(tables.replays().descendingMap().values()));
  }

  @Override
  public boolean save(UUID id, String text, long expected) {
    return ledger.change(
        change -> {
          ReplayEntry before = change.tables().replays().get(id.toString());
          if ((before == null ? 0 : before.revision()) != expected) {
            return false;
          }
          change.add(new Fact.ReplaySaved(new ReplayEntry(id, expected + 1, text)));
          return true;
        });
  }

  @Override
  public void remove(UUID id) {
    ledger.change(
        change -> {
          change.add(new Fact.ReplayRemoved(id));
          return null;
        });
  }
}
