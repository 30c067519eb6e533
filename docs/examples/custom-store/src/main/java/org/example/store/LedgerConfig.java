package org.example.store;

import dev.hookferry.store.ConfigEntry;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.List;
import java.util.Optional;

/** The configuration of a ledger. */
final class LedgerConfig implements ConfigStore {
  private final Ledger ledger;

  LedgerConfig(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Config load() {
    return ledger.read(LedgerTables::config);
  }

  @Override
  public Config refresh(Config known) {
    return load();
  }

  @Override
  public Optional<Long> save(List<ConfigChange> changes, long expected) {
    return ledger.change(
        change -> {
          if (change.tables().config().version() != expected) {
            return Optional.empty();
          }
          List<ConfigEntry> entries =
              changes.stream().flatMap(each -> ConfigEntry.of(each).stream()).toList();
          change.add(new Fact.ConfigSaved(expected + 1, entries));
          ConfigChange.notes(changes).forEach(note -> change.add(new Fact.AuditAppended(note)));
          return Optional.of(expected + 1);
        });
  }

  @Override
  public long version() {
    return ledger.read(tables -> tables.config().version());
  }
}
