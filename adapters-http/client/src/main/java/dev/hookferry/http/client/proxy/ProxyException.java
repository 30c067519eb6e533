package dev.hookferry.http.client.proxy;

import java.io.IOException;

/**
 * Thrown when a proxy did not open a tunnel to a receiver. The message contains nothing that the
 * proxy sent.
 */
public final class ProxyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** Where a failure lies: with the proxy, with the receiver, or with either. */
  public enum Kind {
    /** The proxy is unavailable for every receiver. */
    FAILED,
    /** The proxy works, but refused this receiver's address. */
    REFUSED,
    /** The proxy did not respond in time; it may be waiting for the receiver. */
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
   * @param isConnectSent whether the request to connect was sent to it
   */
  static ProxyException silent(String message, boolean isConnectSent) {
    return new ProxyException(message, isConnectSent ? Kind.SILENT : Kind.FAILED);
  }

  /** Returns where the failure lies. */
  public Kind kind() {
    return kind;
  }
}
