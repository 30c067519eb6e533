package dev.hookferry.app.client;

import dev.hookferry.app.logging.Causes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import javax.net.ssl.SSLException;

/** Explains why a request got no HTTP response. */
public final class ConnectionFailure {
  private ConnectionFailure() {}

  /**
   * Returns the reason and a remedy.
   *
   * @param server the server's address, without a path
   * @param origin the option or variable to check
   */
  static String text(String server, String origin, IOException failure) {
    String authority = URI.create(server).getRawAuthority();
    String said = Causes.inWords(failure);
    if (failure instanceof SSLException && said.contains("nrecognized SSL message")) {
      return authority + " speaks plain HTTP; use http://" + authority;
    }
    if (said.contains("header parser received no bytes") || said.contains("nvalid status line")) {
      return authority
          + " does not speak HTTP; "
          + (server.startsWith("https:")
              ? "check the address"
              : "check the address, or use https://" + authority + " if it expects TLS");
    }
    return "no response from "
        + server
        + " ("
        + reason(failure, "--ca")
        + "): is the server running, and is "
        + origin
        + " right?";
  }

  /**
   * Returns the reason alone. The JDK's client reports an unknown host, or a port where nothing
   * listens, only as a failed connection.
   *
   * @param authorities the option that names trusted certificate authorities
   */
  public static String reason(IOException e, String authorities) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException) {
        return "unknown host";
      }
      if (t instanceof CertPathBuilderException) {
        return "its certificate was not issued by a trusted authority; trust another one with "
            + authorities;
      }
      if (t instanceof ClosedChannelException && e instanceof ConnectException) {
        return "connection refused";
      }
    }
    return e instanceof ConnectException && e.getMessage() == null
        ? "cannot connect"
        : Causes.inWords(e);
  }
}
