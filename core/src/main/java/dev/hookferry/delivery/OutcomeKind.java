package dev.hookferry.delivery;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The kind of an attempt's outcome. */
public enum OutcomeKind {
  /** A response arrived in time whose status counts as success at the endpoint; by default 2xx. */
  DELIVERED,
  /** Any other response arrived in time; redirects are not followed. */
  HTTP_ERROR,
  /** The attempt's deadline passed. */
  TIMEOUT,
  /** The connect timeout passed. */
  CONNECT_TIMEOUT,
  /** The receiver's host refused the connection or is unreachable. */
  CONNECT_ERROR,
  /** The connection was closed before a complete response arrived. */
  CONNECTION_CLOSED,
  /** The receiver's name does not exist or has no address. */
  DNS_ERROR,
  /** The TLS handshake or the certificate failed. */
  TLS_ERROR,
  /** The response is not valid HTTP or exceeds the limits. */
  PROTOCOL_ERROR,
  /** The outbound policy blocks the address; no connection was opened. */
  BLOCKED_ADDRESS,
  /** The event lacks a routing value that the endpoint's URL needs; nothing was sent. */
  NOT_ROUTABLE,
  /**
   * The authorization server issued no access token. Counts as an attempt, but not against the
   * receiver.
   */
  AUTH_FAILED,
  /**
   * The signer that has the site's Ed25519 key did not sign; nothing was sent. Counts as an
   * attempt, but not against the receiver.
   */
  SIGNING_FAILED,
  /**
   * The egress did not open a connection, or its proxy died before the response was complete: a
   * proxy failed or refused, or this node does not have the egress. Counts as an attempt, but not
   * against the receiver.
   */
  PROXY_FAILED,
  /** The endpoint's template or mapper produced no body for the event; nothing was sent. */
  BODY_FAILED,
  /** The local resolver failed: not the receiver's fault, does not count as an attempt. */
  RESOLVER_ERROR,
  /** A failure inside Hookferry: not the receiver's fault, does not count as an attempt. */
  INTERNAL_ERROR,
  /** The sending process or thread died during the attempt; what the receiver got is unknown. */
  WORKER_DIED;

  private static final Set<OutcomeKind> FAILURES =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(DELIVERED)));

  private final String code = name().toLowerCase(Locale.ROOT);

  /** Returns all kinds but {@link #DELIVERED}. */
  public static Set<OutcomeKind> failures() {
    return FAILURES;
  }

  /** Returns whether this counts as an attempt. */
  public boolean countsAsAttempt() {
    return this != RESOLVER_ERROR && this != INTERNAL_ERROR && this != WORKER_DIED;
  }

  /**
   * Returns whether the attempt failed before it reached the receiver, for a reason that affects
   * all deliveries of the endpoint alike.
   */
  public boolean failedBeforeReceiver() {
    return this == AUTH_FAILED || this == SIGNING_FAILED || this == PROXY_FAILED;
  }

  /**
   * Returns the kind for an exception thrown inside Hookferry during an attempt. An {@link Error}
   * counts like a crash, except for {@link OutOfMemoryError}, which may have any cause.
   */
  public static OutcomeKind ofFailure(Throwable thrown) {
    Objects.requireNonNull(thrown, "thrown");
    boolean died = thrown instanceof Error && !(thrown instanceof OutOfMemoryError);
    return died ? WORKER_DIED : INTERNAL_ERROR;
  }

  /** Returns the lower-case name used in the API, such as {@code http_error}. */
  public String code() {
    return code;
  }

  /** Parses the name used in the API; empty if it is unknown. */
  public static Optional<OutcomeKind> fromCode(String word) {
    Objects.requireNonNull(word, "word");
    return Stream.of(values()).filter(kind -> kind.code().equals(word)).findFirst();
  }
}
