package dev.hookferry.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Factory for one kind of store. The server finds providers on its class path with {@link
 * java.util.ServiceLoader} and selects one by the scheme in its setting {@code store}.
 */
public interface StoreProvider {
  /**
   * Returns the scheme that selects this kind of store, such as {@code redis} for {@code
   * redis:cache.example:6379}. It consists of lower-case letters, digits, {@code +} and {@code -},
   * and begins with a letter. {@code file}, {@code jdbc} and {@code memory} are reserved.
   */
  String scheme();

  /**
   * Opens a store. The server calls this once when it starts, and closes the store when it stops.
   *
   * @throws dev.hookferry.refusal.InvalidException if the options are invalid; the server reports
   *     the message and does not start
   * @throws StoreException if the store is not available
   */
  Store open(Options options);

  /**
   * Server settings that a store needs.
   *
   * @param location the part of the setting {@code store} after the scheme and its colon; may be
   *     empty
   * @param user the setting {@code storeUser}, or null if it is not set
   * @param password the setting {@code storePassword}, or null if it is not set
   * @param ownerTimeout how long a process may be silent before others take over its deliveries;
   *     irrelevant if only one process can use the store
   * @param clock the clock of the server
   */
  record Options(
      String location,
      @Nullable String user,
      @Nullable String password,
      Duration ownerTimeout,
      InstantSource clock) {
    public Options {
      Objects.requireNonNull(location, "location");
      Objects.requireNonNull(ownerTimeout, "ownerTimeout");
      Objects.requireNonNull(clock, "clock");
    }

    /** Returns a string without the location and credentials, which may be secret. */
    @Override
    public String toString() {
      return "Options[ownerTimeout=" + ownerTimeout + "]";
    }
  }
}
