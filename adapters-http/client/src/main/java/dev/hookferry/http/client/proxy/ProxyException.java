package dev.hookferry.http.client.proxy;

import java.io.IOException;

/**
 * Thrown if a proxy did not open a tunnel to a receiver. Of what the proxy sent, the message
 * contains at most a status code.
 */
public final class ProxyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** The cause of a failure: the proxy, the receiver, or either. */
  public enum Kind {
    /** The proxy is unavailable for every receiver. */
    FAILED,
    /** The proxy works, but refused this receiver's address. */
    REFUSED,
    /** The proxy has not responded; it may be waiting for the receiver. */
    SILENT
  }

  private ProxyException(String message, Kind kind) {
    super(message);
    this.kind = kind;
  }

  static ProxyException failed(String message) {
    return new ProxyException(message, Kind.FAILED);
  }

  static ProxyException refused(String message) {
    return new ProxyException(message, Kind.REFUSED);
  }

  /**
   * Creates the exception for a proxy that did not respond.
   *
   * @param hasAsked whether it was asked to connect
   */
  static ProxyException silent(String message, boolean hasAsked) {
    return new ProxyException(message, hasAsked ? Kind.SILENT : Kind.FAILED);
  }

  /** Returns the cause. */
  public Kind kind() {
    return kind;
  }
}
