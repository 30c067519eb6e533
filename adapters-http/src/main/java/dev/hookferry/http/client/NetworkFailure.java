package dev.hookferry.http.client;

import dev.hookferry.delivery.OutcomeKind;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.BindException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/** What an exception of the network means, in words for the log. */
final class NetworkFailure {
  private static final int MAX_WORDS = 200;

  private NetworkFailure() {}

  /** A failure that has a name. */
  record Failure(OutcomeKind kind, String detail) {}

  /** Why no connection came to be. */
  static Failure ofConnect(Throwable thrown, String place) {
    if (thrown instanceof ConnectTimeoutException) {
      return new Failure(OutcomeKind.CONNECT_TIMEOUT, "no connection to " + place + " in time");
    }
    // The library adds the address to the message.
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    if (cause instanceof BindException || words(cause).contains("Too many open files")) {
      return new Failure(
          OutcomeKind.INTERNAL_ERROR, "this node could not open a connection: " + words(cause));
    }
    return new Failure(
        OutcomeKind.CONNECT_ERROR, "no connection to " + place + ": " + words(cause));
  }

  /** Why TLS could not be agreed on. */
  static Failure ofTls(Throwable thrown, String host) {
    return new Failure(OutcomeKind.TLS_ERROR, tlsWords(unwrapped(thrown), host));
  }

  private static String tlsWords(Throwable cause, String host) {
    String words =
        cause instanceof SSLException
            ? "TLS failed: " + words(cause)
            : "the connection was closed during the TLS handshake";
    if (cause instanceof NotSslRecordException) {
      words = "the receiver does not speak TLS";
    }
    // The innermost cause that has a name says it best.
    for (Throwable t = cause; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (t instanceof CertificateExpiredException) {
        words = "the receiver's certificate has expired";
      } else if (t instanceof CertificateNotYetValidException) {
        words = "the receiver's certificate is not valid yet";
      } else if (t instanceof CertificateException
          && (message.contains("subject alternative") || message.contains("No name matching"))) {
        words = "the receiver's certificate is not for " + host;
      } else if (message.contains("path building failed")
          || message.contains("path validation failed")) {
        words = "the receiver's certificate is not signed by an authority that is trusted here";
      }
    }
    return words;
  }

  /** Why a request on an open connection got no whole answer. */
  static Failure ofExchange(Throwable thrown, String host, boolean answerBegan) {
    Throwable cause = unwrapped(thrown);
    if (cause instanceof SSLException) {
      return ofTls(cause, host);
    }
    if (isCut(cause)) {
      return new Failure(
          OutcomeKind.CONNECTION_CLOSED,
          answerBegan
              ? "the connection was closed before the whole answer came"
              : "the connection was closed without an answer");
    }
    if (cause instanceof Error) {
      return new Failure(OutcomeKind.ofFailure(cause), "an error of this node: " + words(cause));
    }
    // What the library trips over once bytes came is the receiver's doing, or a way to be retried
    // for ever.
    if (answerBegan) {
      return new Failure(
          OutcomeKind.PROTOCOL_ERROR, "the answer is no valid HTTP: " + words(cause));
    }
    return new Failure(OutcomeKind.INTERNAL_ERROR, "sending failed: " + words(cause));
  }

  /** Whether the connection ended, rather than something wrong coming over it. */
  static boolean isCut(Throwable cause) {
    return cause instanceof PrematureChannelClosureException
        || (cause instanceof IOException && !(cause instanceof SSLException));
  }

  private static Throwable unwrapped(Throwable thrown) {
    return thrown instanceof DecoderException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  /** The message, without what a receiver could smuggle into a log. */
  static String words(Throwable cause) {
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    String printable = message.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() > MAX_WORDS ? printable.substring(0, MAX_WORDS) : printable;
  }
}
