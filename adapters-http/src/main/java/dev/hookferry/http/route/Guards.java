package dev.hookferry.http.route;

import dev.hookferry.Webhooks;
import dev.hookferry.http.metrics.PrometheusText;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.options.TlsFiles;
import dev.hookferry.http.socket.BodyBudget;
import dev.hookferry.http.socket.OpenConnections;
import dev.hookferry.http.socket.ServerTls;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What stands between the sockets and the routes, and what is counted there. Thread-safe. */
public final class Guards {
  private final RequestCounts requests = new RequestCounts();
  private final KeyRates rates;
  private final FailedLogins failures;
  private final AccessGate gate;
  private final OpenConnections connections;
  private final BodyBudget bodies;
  private final @Nullable ServerTls tls;
  private final @Nullable TlsFiles files;

  /**
   * As the options say.
   *
   * @throws dev.hookferry.refusal.InvalidException if the files for TLS cannot be used
   */
  public Guards(Webhooks webhooks, HttpServerOptions options, InstantSource clock) {
    this(webhooks, options, clock, BodyBudget.ofHeap());
  }

  /** The same with this memory for bodies. */
  public Guards(
      Webhooks webhooks, HttpServerOptions options, InstantSource clock, BodyBudget bodies) {
    this.bodies = bodies;
    rates = new KeyRates(options.rates(), clock);
    failures = new FailedLogins(options.rates(), clock);
    gate = new AccessGate(webhooks, rates, failures, options.behindProxy());
    connections = new OpenConnections(options.connections(), System::nanoTime);
    files = options.tls();
    tls = files == null ? null : new ServerTls(files, clock);
  }

  public RequestCounts requests() {
    return requests;
  }

  public AccessGate gate() {
    return gate;
  }

  /** Logins that failed; shared by everything that lets people in. */
  public FailedLogins failures() {
    return failures;
  }

  /** The memory for bodies; the console's and the API's alike. */
  public BodyBudget bodies() {
    return bodies;
  }

  /** Who is connected. */
  OpenConnections connections() {
    return connections;
  }

  /** What connections are encrypted with, or null if they are not. */
  @Nullable SSLContext tlsContext() {
    return tls == null ? null : tls.context();
  }

  /** Hands new certificates to the socket. */
  public void keepTlsFresh(HttpListener listening) {
    ServerTls encryption = tls;
    TlsFiles watched = files;
    if (encryption != null && watched != null) {
      listening.every(
          watched.lookEvery().toMillis(),
          () -> encryption.refresh().ifPresent(listening::encryptWith));
    }
  }

  public void write(PrometheusText text) {
    requests.write(text);
    rates.write(text);
    failures.write(text);
    if (tls != null) {
      tls.write(text);
    }
  }
}
