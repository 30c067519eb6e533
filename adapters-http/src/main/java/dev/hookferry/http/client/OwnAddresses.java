package dev.hookferry.http.client;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The addresses of this machine's interfaces, asked for anew every few seconds. */
final class OwnAddresses implements Supplier<Collection<InetAddress>> {
  private static final System.Logger LOG = System.getLogger(OwnAddresses.class.getName());
  private static final long FRESH_NANOS = 10_000_000_000L;

  private volatile Snapshot last = look();

  private record Snapshot(Set<InetAddress> addresses, long at) {}

  @Override
  public Collection<InetAddress> get() {
    Snapshot seen = last;
    if (System.nanoTime() - seen.at > FRESH_NANOS) {
      seen = look();
      last = seen;
    }
    return seen.addresses;
  }

  private static Snapshot look() {
    try {
      Set<InetAddress> addresses =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .collect(Collectors.toUnmodifiableSet());
      return new Snapshot(addresses, System.nanoTime());
    } catch (SocketException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot list the addresses of this machine", e);
      return new Snapshot(Set.of(), System.nanoTime());
    }
  }
}
