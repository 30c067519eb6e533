package dev.hookferry.app.server;

import dev.hookferry.app.receiver.Received;
import dev.hookferry.app.receiver.Receiver;
import dev.hookferry.app.receiver.ReceiverReply;
import dev.hookferry.auditor.Arrived;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/** A receiver in this process, which no kill reaches: it records all requests. */
final class AuditedReceiver implements AutoCloseable {
  private final List<Arrived> arrived = new ArrayList<>();
  private final Map<String, EndpointId> endpoints = new ConcurrentHashMap<>();
  private final Receiver receiver;
  private final IntFunction<ReceiverReply> behaviour;
  private int count;

  /** A receiver that answers its n-th request so. */
  AuditedReceiver(IntFunction<ReceiverReply> behaviour) {
    this.behaviour = behaviour;
    try {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      receiver = Receiver.start(any, InstantSource.system(), this::take);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers most at once, some late, some with an error. */
  static ReceiverReply moody(int n) {
    int status = n % 9 == 0 ? 500 + n % 4 : 200;
    return new ReceiverReply(status, n % 7 == 0 ? Duration.ofMillis(300) : Duration.ZERO);
  }

  String url(String path) {
    return receiver.address() + path;
  }

  void knows(String path, EndpointId endpoint) {
    endpoints.put(path, endpoint);
  }

  private ReceiverReply take(Received request) {
    ReceiverReply reply;
    synchronized (this) {
      reply = behaviour.apply(++count);
    }
    Instant begun = request.at();
    return reply.whenEnded(() -> note(request, begun, reply.status()));
  }

  private synchronized void note(Received request, Instant begun, int status) {
    EndpointId endpoint = endpoints.get(request.path());
    if (endpoint == null) {
      throw new AssertionError("nobody registered " + request.path());
    }
    arrived.add(
        new Arrived(
            endpoint,
            "all",
            DeliveryId.parse(request.header("Hookferry-Delivery")),
            new EventId(request.event()),
            Integer.parseInt(request.attempt()),
            begun,
            Instant.now(),
            status,
            request.body(),
            request.headers()));
  }

  synchronized List<Arrived> arrived() {
    return List.copyOf(arrived);
  }

  @Override
  public void close() {
    receiver.close();
  }
}
