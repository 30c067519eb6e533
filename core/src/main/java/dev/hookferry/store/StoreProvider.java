package dev.hookferry.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opens stores of one kind for the server, which finds providers on its class path by {@link
 * java.util.ServiceLoader} and chooses one by the beginning of its setting {@code store}.
 */
public interface StoreProvider {
  /**
   * Returns the scheme by which the setting names this kind of store, such as {@code redis} for
   * {@code redis:cache.example:6379}. It consists of lower-case letters, digits, {@code +} and
   * {@code -}, and begins with a letter. {@code file}, {@code jdbc} and {@code memory} are taken.
   */
  String scheme();

  /**
   * Opens a store. Called once, at the start of the server, which closes the store at its end.
   *
   * @throws dev.hookferry.refusal.InvalidException if the options are wrong; the server does not
   *     start, and shows the message
   * @throws StoreException if the store is not available
   */
  Store open(Options options);

  /**
   * Settings of the server that a store needs.
   *
   * @param location the setting {@code store} after the scheme and its colon; may be empty
   * @param user the setting {@code storeUser}, or null if it is not set
   * @param password the setting {@code storePassword}, or null if it is not set
   * @param ownerTimeout how long a process may be silent before others take over its deliveries;
   *     irrelevant to a store that one process uses alone
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

    /** Returns a string without location and credentials, which may be secret. */
    @Override
    public String toString() {
      return "Options[ownerTimeout=" + ownerTimeout + "]";
    }
  }
}
