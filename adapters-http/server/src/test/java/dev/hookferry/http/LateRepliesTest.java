package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.audit.Actor;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.publish.EventSink;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Data that clients send on a connection while a request on it is waiting for its reply. */
class LateRepliesTest {
  private static final String EVENT = "{\"type\":\"license_created\",\"data\":{\"n\":1}}";

  private final Served served = new Served();
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final HttpServer server =
      IntakeOnlyServer.start(
          served.webhooks,
          new HoldingSink(),
          HttpServerOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));

  private record Waiting(CompletableFuture<List<Receipt>> reply, Executor where) {
    void complete(String id) {
      where.execute(() -> reply.complete(List.of(new Receipt(new EventId(id), 0, false))));
    }
  }

  /** Keeps every request waiting. */
  private final class HoldingSink implements EventSink {
    @Override
    public CompletableFuture<List<Receipt>> take(
        Actor by, SiteId site, List<NewEvent> events, Executor replyExecutor) {
      CompletableFuture<List<Receipt>> reply = new CompletableFuture<>();
      waiting.add(new Waiting(reply, replyExecutor));
      return reply;
    }
  }

  @AfterEach
  void close() {
    server.close();
    served.close();
  }

  private String request(int length) {
    return "POST "
        + Served.DEFAULT
        + "/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
        + served.admin
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private Waiting next() {
    Poll.until(() -> !waiting.isEmpty());
    return waiting.remove();
  }

  /** Lets every IO thread of the server handle what has arrived. */
  private void turnAround() {
    for (int i = 0; i < 16; i++) {
      try (RawClient other = new RawClient(server)) {
        other.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").readAll();
      }
    }
  }

  @Test
  void aRequestThatArrivesWhileAnotherWaitsIsServedAfterIt() {
    try (RawClient raw = new RawClient(server)) {
      for (int i = 0; i < 3; i++) {
        raw.write(request(EVENT.length()) + EVENT);
        Waiting first = next();
        raw.write(request(EVENT.length()));
        turnAround();
        raw.write(EVENT);
        turnAround();
        assertThat(waiting).isEmpty();

        first.complete("first" + i);
        assertThat(raw.readUntil("first" + i)).contains("202");
        next().complete("second" + i);
        assertThat(raw.readUntil("second" + i)).contains("202");
      }
    }
  }

  @Test
  void aClientThatLeavesWhileItsRequestWaitsDoesNotDisturbOthers() {
    try (RawClient leaving = new RawClient(server)) {
      leaving.write(request(EVENT.length()) + EVENT);
      Waiting left = next();
      leaving.close();
      turnAround();
      left.complete("left");
    }

    try (RawClient raw = new RawClient(server)) {
      raw.write(request(EVENT.length()) + EVENT);
      next().complete("other");
      assertThat(raw.readUntil("other")).contains("202");
    }
  }
}
