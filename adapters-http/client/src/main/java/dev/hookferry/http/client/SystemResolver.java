package dev.hookferry.http.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The JVM's resolver. Names with a dot are looked up as absolute, so that the machine's search
 * domains do not apply; the machine's own interpretation is tried only if the operator allowed
 * networks.
 */
final class SystemResolver implements NameResolver {
  private static final long EVIDENCE_NANOS = 60_000_000_000L;
  // The JVM repeats a failed lookup from its cache for ten seconds, without the reason.
  private static final long CACHED_NANOS = 15_000_000_000L;

  private final boolean asksLocally;
  private final LongSupplier nanos;
  private final Lookup lookup;
  private volatile long lastReply;
  private volatile long lastTrouble;

  /** Calls the JVM's resolver. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] all(String host) throws UnknownHostException;
  }

  SystemResolver(boolean asksLocally) {
    this(asksLocally, System::nanoTime, InetAddress::getAllByName);
  }

  SystemResolver(boolean asksLocally, LongSupplier nanos, Lookup lookup) {
    this.asksLocally = asksLocally;
    this.nanos = nanos;
    this.lookup = lookup;
    this.lastReply = nanos.getAsLong() - EVIDENCE_NANOS;
    this.lastTrouble = nanos.getAsLong() - CACHED_NANOS;
  }

  @Override
  public List<InetAddress> resolve(String host) throws IOException {
    boolean single = host.indexOf('.') < 0;
    try {
      return lookUp(single ? host : host + ".");
    } catch (UnknownHostException e) {
      if (single || !asksLocally) {
        throw e;
      }
      return lookUp(host);
    }
  }

  private List<InetAddress> lookUp(String host) throws IOException {
    try {
      List<InetAddress> found = List.of(lookup.all(host));
      lastReply = nanos.getAsLong();
      return found;
    } catch (UnknownHostException e) {
      throw judged(e, host);
    }
  }

  /**
   * Classifies a failed lookup. A temporary failure is attributed to the receiver's zone if the
   * resolver has replied recently, otherwise to this node's resolver.
   */
  private IOException judged(UnknownHostException e, String host) {
    long now = nanos.getAsLong();
    String message = String.valueOf(e.getMessage());
    boolean temporary = message.contains("Temporary failure") || message.contains("Try again");
    if (temporary) {
      lastTrouble = now;
    }
    if (temporary || (message.equals(host) && now - lastTrouble < CACHED_NANOS)) {
      return now - lastReply < EVIDENCE_NANOS
          ? e
          : new IOException("this node's name resolver does not respond", e);
    }
    lastReply = now;
    return e;
  }
}
