package dev.hookferry.app.bench.load;

import dev.hookferry.app.bench.wire.SubscriptionScheme;
import dev.hookferry.audit.Actor;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.http.publish.EventSink;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.SignedRequest.Header;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Forwards every event directly, with the engine's limits on concurrent requests in total and per
 * endpoint; a producer gets its response only when its events have found free slots. Thread-safe.
 */
final class Pipeline implements EventSink {
  private static final List<Header> HEADERS =
      List.of(
          new Header("Content-Type", "application/json"),
          new Header("User-Agent", "Hookferry/raw"));

  private final SubscriptionScheme scheme;
  private final Map<String, EndpointPipeline> lanes = new HashMap<>();
  private final List<EndpointPipeline> all = new ArrayList<>();
  private final Transport transport;
  private final Duration deadline;

  Pipeline(
      SubscriptionScheme scheme,
      List<TargetUrl> targets,
      Transport transport,
      LoadLimits limits,
      Duration deadline) {
    this.scheme = scheme;
    this.transport = transport;
    this.deadline = deadline;
    int room = Math.max(1, Math.min(limits.window(), limits.inFlight() / targets.size()));
    for (int i = 0; i < targets.size(); i++) {
      EndpointPipeline lane = new EndpointPipeline(targets.get(i), room);
      all.add(lane);
      lanes.put(scheme.site(i) + '/' + scheme.type(i), lane);
    }
  }

  @Override
  public CompletableFuture<List<Receipt>> take(
      Actor by, SiteId site, List<NewEvent> events, Executor replyExecutor) {
    List<Receipt> receipts = new ArrayList<>(events.size());
    List<CompletableFuture<Void>> started = new ArrayList<>();
    for (NewEvent event : events) {
      List<EndpointPipeline> to = lanes(site, event);
      to.forEach(lane -> started.add(lane.send(event)));
      receipts.add(new Receipt(new EventId("evt_raw"), to.size(), false));
    }
    return CompletableFuture.allOf(started.toArray(CompletableFuture[]::new))
        .thenApply(nothing -> receipts);
  }

  private List<EndpointPipeline> lanes(SiteId site, NewEvent event) {
    if (scheme.fanout()) {
      return all;
    }
    EndpointPipeline lane = lanes.get(site.value() + '/' + event.type().name());
    return lane == null ? List.of() : List.of(lane);
  }

  /** The pipeline of one endpoint. */
  private final class EndpointPipeline {
    private final TargetUrl target;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int room;

    private record Waiting(NewEvent event, CompletableFuture<Void> started) {}

    EndpointPipeline(TargetUrl target, int room) {
      this.target = target;
      this.room = room;
    }

    CompletableFuture<Void> send(NewEvent event) {
      CompletableFuture<Void> started = new CompletableFuture<>();
      synchronized (this) {
        if (room == 0) {
          waiting.add(new Waiting(event, started));
          return started;
        }
        room--;
      }
      begin(event, started);
      return started;
    }

    private void begin(NewEvent event, CompletableFuture<Void> started) {
      transport.send(new SignedRequest(target, HEADERS, event.data(), deadline), this::ended);
      started.complete(null);
    }

    private void ended(Outcome outcome) {
      Waiting next;
      synchronized (this) {
        next = waiting.poll();
        if (next == null) {
          room++;
          return;
        }
      }
      begin(next.event(), next.started());
    }
  }
}
