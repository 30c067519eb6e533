package dev.hookferry.store.transfer;

import java.util.Objects;

/**
 * The properties of a source, known before it is read.
 *
 * @param store human-readable kind and location, such as {@code PostgreSQL 18.1 at
 *     db.example/hooks}, without credentials; at most 500 characters
 * @param state a string that changes with the content of the store, so that an interrupted transfer
 *     is resumed only from the same content; at most 500 characters
 * @param configVersion the version of the configuration
 * @param deliveries approximate number of deliveries, for progress; 0 if unknown
 */
public record TransferOrigin(String store, String state, long configVersion, long deliveries) {
  public TransferOrigin {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(state, "state");
  }
}
