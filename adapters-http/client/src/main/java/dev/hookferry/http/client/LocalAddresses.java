package dev.hookferry.http.client;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The addresses of this machine's network interfaces, read again if they are over ten seconds old.
 * If listing them fails, the previous ones stay in use.
 */
final class LocalAddresses implements Supplier<Collection<InetAddress>> {
  private static final System.Logger LOG = System.getLogger(LocalAddresses.class.getName());
  private static final long FRESH_NANOS = 10_000_000_000L;

  private final LongSupplier nanos;
  private final Listing listing;
  private volatile Snapshot last;

  private record Snapshot(Set<InetAddress> addresses, long at) {}

  /** Lists the network interfaces of the machine. */
  @FunctionalInterface
  interface Listing {
    Stream<NetworkInterface> interfaces() throws SocketException;
  }

  /**
   * Lists the addresses for the first time.
   *
   * @throws IllegalStateException if listing fails: nothing may be sent without the list
   */
  LocalAddresses() {
    this(System::nanoTime, NetworkInterface::networkInterfaces);
  }

  LocalAddresses(LongSupplier nanos, Listing listing) {
    this.nanos = nanos;
    this.listing = listing;
    try {
      last = look();
    } catch (SocketException e) {
      throw new IllegalStateException("cannot list the addresses of this machine", e);
    }
  }

  @Override
  public Collection<InetAddress> get() {
    Snapshot seen = last;
    if (nanos.getAsLong() - seen.at > FRESH_NANOS) {
      try {
        seen = look();
      } catch (SocketException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "addresses of this machine not read: the last known ones stay in use",
            e);
        seen = new Snapshot(seen.addresses, nanos.getAsLong());
      }
      last = seen;
    }
    return seen.addresses;
  }

  private Snapshot look() throws SocketException {
    Set<InetAddress> addresses =
        listing
            .interfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .collect(Collectors.toUnmodifiableSet());
    return new Snapshot(addresses, nanos.getAsLong());
  }
}
