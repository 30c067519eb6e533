package dev.hookferry.app.bench.load;

import dev.hookferry.app.bench.wire.Micros;
import dev.hookferry.app.bench.wire.ProducerConnection;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A single thread that publishes over many connections and records the replies.
 *
 * <p>At a fixed rate, every event has a scheduled time, and its latency counts from then even if no
 * connection is free (no coordinated omission).
 *
 * <p>An event with an ordering key is published only after the previous one with that key was
 * acknowledged or refused, since their order is guaranteed only then.
 */
final class ProducerLoop implements AutoCloseable {
  private static final long REPLY_MICROS = 15_000_000;

  /** Pause of a client after a reply that asks to retry later, in microseconds. */
  private static final long REST_MICROS = 50_000;

  private static final long NAP_NANOS = 100_000;

  private final ProducerTask task;
  private final InstantSource clock;
  private final PublishRequests requests;
  private final PublishResponses responses;
  private final Selector selector;
  private final List<ProducerConnection> all = new ArrayList<>();
  private final Deque<ProducerConnection> free = new ArrayDeque<>();
  private final Deque<WaitingProducer> waiting = new ArrayDeque<>();

  /** The first events of the requests without a reply. */
  private final BitSet inFlight = new BitSet();

  private long began;
  private int next;
  private int oldest;
  private int busy;

  private record WaitingProducer(ProducerConnection client, long untilMicros) {}

  ProducerLoop(ProducerTask task, InstantSource clock) throws IOException {
    this.task = task;
    this.clock = clock;
    requests = new PublishRequests(task);
    responses = new PublishResponses(task.shape().batch());
    selector = Selector.open();
    int room = requests.next(0, 0).length;
    for (int i = 0; i < task.clients(); i++) {
      ProducerConnection client =
          ProducerConnection.connect(task.ports().get(i % task.ports().size()), room);
      SelectionKey unused = client.channel().register(selector, SelectionKey.OP_READ, client);
      all.add(client);
      free.add(client);
    }
  }

  /** Publishes until the task is done and every request has its reply. */
  PublishResponses run() throws IOException {
    began = Micros.of(clock);
    responses.begin(began);
    long end = began + task.millis() * 1000;
    long now = began;
    while (now < end && next < task.maxEvents() && !responses.isHopeless() && !all.isEmpty()) {
      wake(now);
      sendWhatIsDue(now);
      await(now);
      now = Micros.of(clock);
    }
    long last = now + REPLY_MICROS;
    while (busy > 0 && now < last) {
      int unused = selector.select(this::ready, 10);
      now = Micros.of(clock);
    }
    for (int i = 0; i < busy; i++) {
      responses.failed("no reply within " + REPLY_MICROS / 1_000_000 + " s");
    }
    return responses;
  }

  private void sendWhatIsDue(long now) throws IOException {
    while (!free.isEmpty()
        && next < task.maxEvents()
        && plannedMicros(now) <= now
        && !isKeyInUse()) {
      ProducerConnection client = free.remove();
      byte[] request = requests.next(next, plannedMicros(now));
      boolean written = client.send(request, next, plannedMicros(now));
      if (!written) {
        client.channel().keyFor(selector).interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      }
      inFlight.set(next);
      next += task.shape().batch();
      busy++;
    }
  }

  /** Returns whether an event of the next request has the key of one without a reply. */
  private boolean isKeyInUse() {
    int keys = task.scheme().keys();
    if (keys == 0) {
      return false;
    }
    int first = inFlight.nextSetBit(oldest);
    oldest = first < 0 ? next : first;
    return next + task.shape().batch() > oldest + keys;
  }

  private long plannedMicros(long now) {
    return task.rate() == 0 ? now : began + (long) (next * 1_000_000.0 / task.rate());
  }

  /** Waits for replies; at a fixed rate, at most until the next event is due. */
  private void await(long now) throws IOException {
    if (free.isEmpty() || plannedMicros(now) - now > 2_000) {
      int unused = selector.select(this::ready, 1);
      return;
    }
    if (selector.selectNow(this::ready) == 0) {
      LockSupport.parkNanos(NAP_NANOS);
    }
  }

  private void wake(long now) {
    while (!waiting.isEmpty() && waiting.peek().untilMicros() <= now) {
      free.add(waiting.remove().client());
    }
  }

  private void ready(SelectionKey key) {
    ProducerConnection client = (ProducerConnection) key.attachment();
    try {
      if (key.isWritable() && client.flush()) {
        key.interestOps(SelectionKey.OP_READ);
      }
      if (key.isReadable()) {
        read(client);
      }
    } catch (IOException e) {
      lost(client, e.toString());
    }
  }

  private void read(ProducerConnection client) throws IOException {
    boolean open = client.inbound().fill(client.channel());
    int head = client.inbound().next(0);
    if (head > 0) {
      long now = Micros.of(clock);
      boolean welcome = responses.add(client, head, now);
      client.inbound().drop(client.inbound().bytes().limit());
      inFlight.clear(client.first());
      busy--;
      if (!welcome && task.rate() == 0) {
        waiting.add(new WaitingProducer(client, now + REST_MICROS));
      } else {
        free.add(client);
      }
    } else if (!open) {
      lost(client, "the server closed the connection");
    }
  }

  private void lost(ProducerConnection client, String why) {
    boolean idle = free.remove(client) || waiting.removeIf(one -> one.client().equals(client));
    if (!idle) {
      responses.failed(why);
      inFlight.clear(client.first());
      busy--;
    }
    all.remove(client);
    try {
      client.close();
    } catch (IOException e) {
      responses.failed(e.toString());
    }
  }

  @Override
  public void close() throws IOException {
    for (ProducerConnection client : all) {
      client.close();
    }
    selector.close();
  }
}
