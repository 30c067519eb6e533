package dev.hookferry.delivery;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How an attempt ended. */
public enum OutcomeKind {
  /** A 2xx answer came in time. */
  DELIVERED,
  /** An answer came in time, but no 2xx; redirects are not followed. */
  HTTP_ERROR,
  /** The attempt's deadline passed. */
  TIMEOUT,
  /** No connection was made within the time for it. */
  CONNECT_TIMEOUT,
  /** The receiver's host refused the connection or is out of reach. */
  CONNECT_ERROR,
  /** The connection was closed before a whole answer came. */
  CONNECTION_CLOSED,
  /** The receiver's name does not exist or has no address. */
  DNS_ERROR,
  /** The TLS handshake or the certificate failed. */
  TLS_ERROR,
  /** The answer is no HTTP, or goes beyond its limits. */
  PROTOCOL_ERROR,
  /** The address is one that may not be called; no socket was opened. */
  BLOCKED_ADDRESS,
  /** Our own resolver failed: not the receiver's fault, uses up no attempt. */
  RESOLVER_ERROR,
  /** Something of ours failed: not the receiver's fault, uses up no attempt. */
  INTERNAL_ERROR,
  /** What was sending it ended before the attempt did; nobody knows what the receiver got. */
  WORKER_DIED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Whether this uses up an attempt. */
  public boolean counts() {
    return this != RESOLVER_ERROR && this != INTERNAL_ERROR && this != WORKER_DIED;
  }

  /**
   * What it is called if something of ours throws while it is at an attempt. An error counts
   * against the delivery as a death, but for a lack of memory, which is nobody's fault.
   */
  public static OutcomeKind ofFailure(Throwable thrown) {
    boolean died = thrown instanceof Error && !(thrown instanceof OutOfMemoryError);
    return died ? WORKER_DIED : INTERNAL_ERROR;
  }

  /** The word on the wire, such as {@code http_error}. */
  public String word() {
    return word;
  }

  /** Reads the word on the wire. */
  public static Optional<OutcomeKind> ofWord(String word) {
    return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
