package dev.hookferry.app.bench.load;

import dev.hookferry.app.bench.wire.EventMark;
import dev.hookferry.app.bench.wire.HttpFrame;
import dev.hookferry.app.bench.wire.Micros;
import dev.hookferry.app.bench.wire.ReceiverConnection;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** A single thread that receives requests for all endpoints, records them, and responds. */
final class ReceiverLoop implements Runnable {
  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BUSY =
      "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int BACKLOG = 1024;

  private final InstantSource clock;
  private final Selector selector = Selector.open();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger opened = new AtomicInteger();
  private ReceivedEvents arrivals = new ReceivedEvents(0, new SubscriptionScheme(1, false));
  private ReceiverProfile profile = ReceiverProfile.GOOD;

  ReceiverLoop(InstantSource clock) throws IOException {
    this.clock = clock;
  }

  /** Opens more endpoints, each on its own port, so that clients treat each as another host. */
  int[] open(int count) throws Exception {
    int[] ports = new int[count];
    runOnLoop(
        () -> {
          for (int i = 0; i < count; i++) {
            ports[i] = listen(opened.getAndIncrement());
          }
        });
    return ports;
  }

  /** Runs a task on the loop's thread and waits for it. */
  void runOnLoop(Runnable action) throws InterruptedException, ExecutionException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    tasks.add(
        () -> {
          try {
            action.run();
            done.complete(null);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    selector.wakeup();
    Void unused = done.get();
  }

  /** Starts recording a new run. */
  void expect(ReceivedEvents next, ReceiverProfile behaviour) {
    arrivals = next;
    profile = behaviour;
  }

  ReceivedEvents arrivals() {
    return arrivals;
  }

  @Override
  public void run() {
    while (true) {
      try {
        selector.select(this::ready);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
        next.run();
      }
    }
  }

  private int listen(int endpoint) {
    try {
      ServerSocketChannel server = ServerSocketChannel.open();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      server.configureBlocking(false);
      SelectionKey unused = server.register(selector, SelectionKey.OP_ACCEPT, endpoint);
      return ((InetSocketAddress) server.getLocalAddress()).getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.channel() instanceof ServerSocketChannel server) {
        accept(server, (int) key.attachment());
      } else {
        read((SocketChannel) key.channel(), (ReceiverConnection) key.attachment());
      }
    } catch (IOException e) {
      close(key);
    }
  }

  private void accept(ServerSocketChannel server, int endpoint) throws IOException {
    SocketChannel caller = server.accept();
    if (caller != null) {
      caller.configureBlocking(false);
      SelectionKey unused =
          caller.register(selector, SelectionKey.OP_READ, new ReceiverConnection(caller, endpoint));
    }
  }

  private void read(SocketChannel channel, ReceiverConnection caller) throws IOException {
    if (!caller.inbound().fill(channel)) {
      channel.close();
      return;
    }
    int start = 0;
    int head = caller.inbound().next(start);
    while (head > 0) {
      int body = HttpFrame.body(caller.inbound().bytes(), start, head);
      take(caller, start, head);
      start += head + body;
      head = caller.inbound().next(start);
    }
    caller.inbound().drop(start);
  }

  private void take(ReceiverConnection caller, int start, int head) throws IOException {
    if (profile.hangs(caller.endpoint())) {
      return;
    }
    ByteBuffer bytes = caller.inbound().bytes();
    if (profile.refuses(caller.endpoint())) {
      caller.send(BUSY);
      return;
    }
    EventMark mark = EventMark.read(bytes, start + head);
    int times = mark == null ? 1 : profile.times(mark.number());
    for (int i = 0; i < times; i++) {
      arrivals.add(caller.endpoint(), mark, Micros.of(clock));
    }
    caller.send(OK);
  }

  private static void close(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException e) {
      key.cancel();
    }
  }
}
