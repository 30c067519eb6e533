package dev.hookferry.http.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.HttpServer;
import dev.hookferry.http.RawClient;
import dev.hookferry.http.Served;
import dev.hookferry.http.metrics.Metrics;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.http.route.Guards;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.refusal.OverloadedException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All bodies together take no more than they may, and give it back. */
class BodyBudgetTest {
  private static final int MAX = 100_000;
  private static final HttpServerOptions OPTIONS =
      HttpServerOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  private final Served served = new Served();
  private final BodyBudget budget = new BodyBudget(MAX);
  private final BodyBudget keyed = new BodyBudget(MAX);
  private final HttpServer server =
      HttpServer.start(
          new Guards(
              served.webhooks,
              OPTIONS,
              InstantSource.system(),
              new Metrics(),
              keyed,
              budget,
              System::nanoTime),
          List.of(route("/take", null), route("/keyed", Scope.PUBLISH)),
          OPTIONS);

  private static ApiRoute route(String path, @Nullable Scope scope) {
    return new ApiRoute(
        "POST",
        path,
        scope,
        ApiRoute.Body.OBJECT,
        Set.of(),
        ApiRoute.blocking(call -> HttpReply.nothing()));
  }

  @AfterEach
  void close() {
    server.close();
    served.close();
  }

  @Test
  void takenBytesAreMissingUntilReturned() {
    budget.take(MAX);
    assertThatThrownBy(() -> budget.take(1)).isInstanceOf(OverloadedException.class);
    budget.give(1);
    budget.take(1);
    assertThat(budget.taken()).isEqualTo(MAX);
  }

  @Test
  void aBodyGivesItsMemoryBack() {
    for (int i = 0; i < 10; i++) {
      assertThat(take(MAX / 2)).startsWith("HTTP/1.1 204 ");
    }
    Poll.until(() -> budget.taken() == 0);
  }

  @Test
  void requestsBeyondTheBudgetAreRefusedForNow() {
    budget.take(MAX / 2);
    assertThat(take(MAX * 3 / 4)).startsWith("HTTP/1.1 503 ").contains("Retry-After: ");
    Poll.until(() -> budget.taken() == MAX / 2);
    budget.give(MAX / 2);
    assertThat(take(MAX * 3 / 4)).startsWith("HTTP/1.1 204 ");
  }

  /** Anyone may send bodies to where no key is needed, and be slow about it. */
  @Test
  void strangersTakeNothingFromThoseWithAKey() {
    budget.take(MAX);
    assertThat(take(MAX / 2)).startsWith("HTTP/1.1 503 ");
    assertThat(send("/keyed", MAX / 2)).startsWith("HTTP/1.1 204 ");
    Poll.until(() -> keyed.taken() == 0);
  }

  private String take(int bytes) {
    return send("/take", bytes);
  }

  private String send(String path, int bytes) {
    try (RawClient raw = new RawClient(server)) {
      raw.write(
          "POST "
              + path
              + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
              + served.admin
              + "\r\nContent-Type: application/json\r\nContent-Length: "
              + bytes
              + "\r\n\r\n{"
              + " ".repeat(bytes - 2)
              + "}");
      return raw.readUntil("\r\n\r\n");
    }
  }
}
