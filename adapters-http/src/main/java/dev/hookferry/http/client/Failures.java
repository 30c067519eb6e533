package dev.hookferry.http.client;

import dev.hookferry.delivery.OutcomeKind;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** What an exception of the network means, in words for the log. */
final class Failures {
  private static final int MAX_WORDS = 200;

  private Failures() {}

  /** A failure that has a name. */
  record Failure(OutcomeKind kind, String detail) {}

  /** Why no connection came to be. */
  static Failure ofConnect(Exception cause, String place) {
    if (cause instanceof SocketTimeoutException) {
      return new Failure(OutcomeKind.CONNECT_TIMEOUT, "no connection to " + place + " in time");
    }
    if (cause instanceof BindException || words(cause).contains("Too many open files")) {
      return new Failure(
          OutcomeKind.INTERNAL_ERROR, "this node could not open a connection: " + words(cause));
    }
    return new Failure(
        OutcomeKind.CONNECT_ERROR, "no connection to " + place + ": " + words(cause));
  }

  /** Why TLS could not be agreed on. */
  static Failure ofTls(Exception cause, String host) {
    return new Failure(OutcomeKind.TLS_ERROR, tlsWords(cause, host));
  }

  private static String tlsWords(Throwable cause, String host) {
    String words =
        cause instanceof SSLException
            ? "TLS failed: " + words(cause)
            : "the connection was closed during the TLS handshake";
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
  static Failure ofExchange(Exception cause, String host, boolean answerBegan) {
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
    if (cause instanceof GuardedHandler.OwnFault) {
      return new Failure(OutcomeKind.INTERNAL_ERROR, "an error of this node: " + words(cause));
    }
    // What the library trips over once bytes came is the receiver's doing, or a way to be retried
    // for ever.
    if (answerBegan || cause instanceof HttpException || cause instanceof IOException) {
      return new Failure(
          OutcomeKind.PROTOCOL_ERROR, "the answer is no valid HTTP: " + words(cause));
    }
    return new Failure(OutcomeKind.INTERNAL_ERROR, "sending failed: " + words(cause));
  }

  /** Whether the connection ended, rather than something wrong coming over it. */
  static boolean isCut(Exception cause) {
    return cause instanceof ConnectionClosedException
        || cause instanceof TruncatedChunkException
        || (cause instanceof IOException
            && !(cause.getCause() instanceof HttpException)
            && !(cause instanceof MessageConstraintException)
            && !(cause instanceof MalformedChunkCodingException)
            && !(cause instanceof SSLException));
  }

  /** The message, without what a receiver could smuggle into a log. */
  static String words(Throwable cause) {
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    String printable = message.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() > MAX_WORDS ? printable.substring(0, MAX_WORDS) : printable;
  }
}
