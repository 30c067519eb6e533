package dev.hookferry.http.client;

import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.BindException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** Translates network exceptions into outcomes and messages for the log of attempts. */
final class NetworkFailure {
  private static final int MAX_WORDS = 200;

  private NetworkFailure() {}

  /** A classified failure. */
  record Failure(OutcomeKind kind, String detail) {}

  /** The deadline passed after the request was sent. */
  static final Failure LATE = new Failure(OutcomeKind.TIMEOUT, "no complete response in time");

  /**
   * Returns why the policy blocks a URL, worded for the URL rather than for a configuration field.
   */
  static String blocked(InvalidException refusal) {
    return refusal.problems().stream()
        .map(Problem::reason)
        .collect(Collectors.joining("; it ", "not sent: the URL ", ""));
  }

  /** Classifies a failure to connect. */
  static Failure ofConnect(Throwable thrown, String place) {
    if (thrown instanceof ConnectTimeoutException) {
      return new Failure(OutcomeKind.CONNECT_TIMEOUT, "no connection to " + place + " in time");
    }
    Throwable cause = cause(thrown);
    if (cause instanceof BindException || message(cause).contains("Too many open files")) {
      return new Failure(
          OutcomeKind.INTERNAL_ERROR, "this node could not open a connection: " + message(cause));
    }
    return new Failure(
        OutcomeKind.CONNECT_ERROR, "no connection to " + place + ": " + message(cause));
  }

  /** Returns the cause, unwrapped from Netty's exception, whose message contains the address. */
  static Throwable cause(Throwable thrown) {
    return thrown.getCause() == null ? thrown : thrown.getCause();
  }

  /** Classifies a failure of the TLS handshake. */
  static Failure ofTls(Throwable thrown, String host) {
    return new Failure(OutcomeKind.TLS_ERROR, tlsWords(unwrapped(thrown), host));
  }

  private static String tlsWords(Throwable cause, String host) {
    String words =
        cause instanceof SSLException
            ? "TLS failed: " + message(cause)
            : "the connection was closed during the TLS handshake";
    if (cause instanceof NotSslRecordException) {
      words = "the receiver does not speak TLS";
    }
    // The innermost known cause is the most precise.
    for (Throwable t = cause; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (message.contains("certificate_required")) {
        words = "the receiver requires a client certificate, and the endpoint has no suitable one";
      } else if (t instanceof CertificateExpiredException) {
        words = "the receiver's certificate has expired";
      } else if (t instanceof CertificateNotYetValidException) {
        words = "the receiver's certificate is not valid yet";
      } else if (t instanceof CertificateException
          && (message.contains("subject alternative") || message.contains("No name matching"))) {
        words = "the receiver's certificate is not for " + host;
      } else if (message.contains("path building failed")
          || message.contains("path validation failed")) {
        words = "the receiver's certificate is not signed by an authority that this node trusts";
      }
    }
    return words;
  }

  /** Classifies a failure to get a complete response on an open connection. */
  static Failure ofExchange(Throwable thrown, String host, boolean responseBegan) {
    Throwable cause = unwrapped(thrown);
    if (cause instanceof SSLException) {
      return ofTls(cause, host);
    }
    if (isCut(cause)) {
      return new Failure(
          OutcomeKind.CONNECTION_CLOSED,
          responseBegan
              ? "the connection was closed before the response was complete"
              : "the connection was closed without a response");
    }
    if (cause instanceof Error) {
      return new Failure(OutcomeKind.ofFailure(cause), "internal error: " + message(cause));
    }
    // A parser error after bytes arrived is the receiver's fault. Classified as ours, it would be
    // retried forever.
    if (responseBegan) {
      return new Failure(
          OutcomeKind.PROTOCOL_ERROR, "the response is not valid HTTP: " + message(cause));
    }
    return new Failure(OutcomeKind.INTERNAL_ERROR, "sending failed: " + message(cause));
  }

  /** Returns whether the peer closed the connection during the TLS handshake. */
  static boolean isClosedHandshake(Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    return isCut(cause) || message(cause).startsWith("Connection closed while");
  }

  /** Returns whether the connection was closed, as opposed to invalid bytes being received. */
  static boolean isCut(Throwable cause) {
    return cause instanceof PrematureChannelClosureException
        || (cause instanceof IOException && !(cause instanceof SSLException));
  }

  /**
   * Returns whether the receiver stopped accepting bytes. It may have responded already, so reading
   * continues until a response arrives or the connection ends.
   */
  static boolean isCutWhileWriting(Throwable cause) {
    return cause instanceof ChannelOutputShutdownException
        && cause.getCause() instanceof IOException;
  }

  private static Throwable unwrapped(Throwable thrown) {
    return thrown instanceof DecoderException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  /** Returns the message, sanitized for the log. */
  static String message(Throwable cause) {
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    String printable = message.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() > MAX_WORDS ? printable.substring(0, MAX_WORDS) : printable;
  }
}
