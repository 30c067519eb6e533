package dev.hookferry.app.doctor;

import dev.hookferry.app.config.ListenConfig;
import dev.hookferry.app.logging.Causes;
import dev.hookferry.http.options.TlsFiles;
import dev.hookferry.http.socket.ServerTls;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Checks that the server can bind its ports, and that its certificate matches its key and does not
 * expire soon.
 */
final class PortCheck {
  private static final String PORT = "port";
  private static final String PORTAL = "portal port";
  private static final String TLS = "certificate";
  private static final Duration SOON = Duration.ofDays(14);

  private final ListenConfig listen;
  private final InstantSource clock;
  private final boolean isStoreNew;

  /**
   * Creates the check.
   *
   * @param isStoreNew whether no server has used the store yet
   */
  PortCheck(ListenConfig listen, InstantSource clock, boolean isStoreNew) {
    this.listen = listen;
    this.clock = clock;
    this.isStoreNew = isStoreNew;
  }

  void run(Consumer<Diagnosis> found) {
    found.accept(port(PORT, new InetSocketAddress(listen.address(), listen.port())));
    InetSocketAddress portal = listen.portal().listen();
    if (portal != null) {
      found.accept(port(PORTAL, portal));
    }
    TlsFiles tls = listen.tls();
    if (tls != null) {
      found.accept(certificate(tls));
    }
  }

  private Diagnosis port(String check, InetSocketAddress place) {
    String address = place.getAddress().getHostAddress() + ":" + place.getPort();
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(place);
      return Diagnosis.ok(
          check, place.getPort() == 0 ? "any free port will do" : address + " is free");
    } catch (BindException e) {
      if (isServerRunning()) {
        return Diagnosis.ok(check, address + " is in use by the running server");
      }
      return failure(check, address, e);
    } catch (IOException e) {
      return failure(check, address, e);
    }
  }

  private static Diagnosis failure(String check, String address, IOException e) {
    return Diagnosis.failure(
        check, "cannot listen on " + address + ": " + Causes.inWords(e), Remedies.port(e));
  }

  /**
   * Returns whether this configuration's server is running; it cannot be if no server has used the
   * store.
   */
  private boolean isServerRunning() {
    return !isStoreNew
        && RunningServer.isAt(new InetSocketAddress(listen.address(), listen.port()), listen.tls());
  }

  private Diagnosis certificate(TlsFiles tls) {
    try {
      Instant end = ServerTls.check(tls);
      Duration left = Duration.between(clock.instant(), end);
      String text = tls.certificate() + " is valid until " + end;
      if (left.isNegative()) {
        return Diagnosis.failure(
            TLS, tls.certificate() + " expired at " + end, "renew the certificate");
      }
      return left.compareTo(SOON) < 0
          ? Diagnosis.warning(TLS, text, "renew the certificate")
          : Diagnosis.ok(TLS, text);
    } catch (InvalidException e) {
      return Diagnosis.failure(
          TLS,
          tls.certificate() + " with " + tls.key() + " " + e.problems().get(0).reason(),
          Remedies.CERTIFICATE);
    }
  }
}
