package dev.hookferry.http.server;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How the server listens.
 *
 * @param bind where; the port 0 takes any that is free
 * @param openMetrics whether {@code /metrics} answers without a key. What is read there names all
 *     sites
 * @param connections how many connections may be open at once; more wait to be accepted
 * @param answerWithin how long a publish waits for its commit before it is answered with 503
 * @param bodyWithin how long the body of a request may take to come, in all; then it is answered
 *     with 408. More than nothing
 * @param grace how long {@link HttpServer#close} waits for requests that are under way
 */
public record HttpServerOptions(
    InetSocketAddress bind,
    boolean openMetrics,
    int connections,
    Duration answerWithin,
    Duration bodyWithin,
    Duration grace) {
  private static final int CONNECTIONS = 10_000;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Duration BODY_WITHIN = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(10);

  public HttpServerOptions {
    if (bind.isUnresolved()) {
      throw new IllegalArgumentException("no such address to listen on: " + bind.getHostString());
    }
    if (connections < 1) {
      throw new IllegalArgumentException("connections must be 1 or more, not " + connections);
    }
    if (bodyWithin.toMillis() < 1) {
      throw new IllegalArgumentException("bodyWithin must be 1 ms or more, not " + bodyWithin);
    }
  }

  /** Listening there; metrics are open on loopback only, and nowhere behind a proxy's back. */
  public static HttpServerOptions on(InetSocketAddress bind) {
    boolean loopback = !bind.isUnresolved() && bind.getAddress().isLoopbackAddress();
    return new HttpServerOptions(bind, loopback, CONNECTIONS, ANSWER_WITHIN, BODY_WITHIN, GRACE);
  }

  /** The same with metrics for everyone, or only for keys with the scope {@code read}. */
  public HttpServerOptions withOpenMetrics(boolean open) {
    return new HttpServerOptions(bind, open, connections, answerWithin, bodyWithin, grace);
  }

  /** The same for as many connections. */
  public HttpServerOptions withConnections(int most) {
    return new HttpServerOptions(bind, openMetrics, most, answerWithin, bodyWithin, grace);
  }

  /** The same with another time for publishes. */
  public HttpServerOptions withAnswerWithin(Duration longest) {
    return new HttpServerOptions(bind, openMetrics, connections, longest, bodyWithin, grace);
  }

  /** The same with another time for bodies to come in. */
  public HttpServerOptions withBodyWithin(Duration longest) {
    return new HttpServerOptions(bind, openMetrics, connections, answerWithin, longest, grace);
  }

  /** The same with another time to stop in. */
  public HttpServerOptions withGrace(Duration longest) {
    return new HttpServerOptions(bind, openMetrics, connections, answerWithin, bodyWithin, longest);
  }
}
