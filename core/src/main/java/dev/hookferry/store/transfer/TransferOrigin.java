package dev.hookferry.store.transfer;

import java.util.Objects;

/**
 * The properties of a source, known before it is read.
 *
 * @param store human-readable kind and place, such as {@code PostgreSQL 18.1 at db.example/hooks};
 *     no credentials; at most 500 characters
 * @param state changes when the content of the store changes, so that an interrupted transfer is
 *     resumed from the same content only; at most 500 characters
 * @param configVersion the version of the configuration
 * @param deliveries approximate number of deliveries, for progress; 0 if unknown
 */
public record TransferOrigin(String store, String state, long configVersion, long deliveries) {
  public TransferOrigin {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(state, "state");
  }
}
