package dev.hookferry.http.client.proxy;

import java.io.IOException;

/** A proxy did not open the way to a receiver. The message contains nothing that it sent. */
public final class ProxyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** The cause of a failure: the proxy, the receiver, or either. */
  public enum Kind {
    /** It cannot be used at the moment, whatever the receiver. */
    FAILED,
    /** It works, but not for this address of the receiver. */
    REFUSED,
    /** It has not responded, and perhaps waits for the receiver itself. */
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
