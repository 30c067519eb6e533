package dev.hookferry.app.bench.inprocess;

import dev.hookferry.app.bench.figures.LatencyHistograms;
import dev.hookferry.app.bench.load.BenchException;
import dev.hookferry.app.bench.load.Pause;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Payload;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Transport that sends nothing: it reports a 200 response at once, counts the requests to each
 * receiver, and measures the latency of marked events. Thread-safe.
 */
final class CountedSends implements Transport {
  private static final String HOST = "https://receiver.example/";
  private static final int MAX_MILLIS = 60_000;

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<String, Long> marked = new ConcurrentHashMap<>();
  private final AtomicLong marks = new AtomicLong();
  private volatile Histogram times = LatencyHistograms.empty();

  /** Returns the URL of a receiver. */
  static String url(String name) {
    return HOST + name;
  }

  /** Returns the number of requests to a receiver so far. */
  long count(String name) {
    LongAdder count = counts.get(url(name));
    return count == null ? 0 : count.sum();
  }

  /** Sets the histogram in which the latencies of marked events are recorded. */
  void measure(Histogram target) {
    times = target;
  }

  /** Returns the id for an event whose latency counts from this {@code System.nanoTime()}. */
  String mark(long startNanos) {
    String id = "marked-" + marks.incrementAndGet();
    marked.put(id, startNanos);
    return id;
  }

  /** Waits about a minute at most until all marked events have been sent. */
  void awaitMarked() {
    for (int i = 0; !marked.isEmpty(); i++) {
      if (i == MAX_MILLIS) {
        throw new BenchException(marked.size() + " events did not arrive");
      }
      Pause.millis(1);
    }
  }

  @Override
  public OutboundPolicy policy() {
    return OutboundPolicy.strict();
  }

  @Override
  public void send(SignedRequest request, Consumer<Outcome> whenDone) {
    counts.computeIfAbsent(request.url().toString(), url -> new LongAdder()).increment();
    for (SignedRequest.Header header : request.headers()) {
      Long startNanos = header.name().equals("webhook-id") ? marked.remove(header.value()) : null;
      if (startNanos != null) {
        record((System.nanoTime() - startNanos) / 1_000);
      }
    }
    whenDone.accept(
        Outcome.responded(
            new Response(200, Payload.empty(), false, null, null), Duration.ofMillis(1)));
  }

  private synchronized void record(long micros) {
    LatencyHistograms.record(times, micros);
  }

  @Override
  public CompletionStage<Boolean> judge(TargetUrl url, boolean strict) {
    return CompletableFuture.completedFuture(true);
  }

  @Override
  public void close() {}
}
