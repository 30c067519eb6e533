package dev.hookferry.http.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The network threads that own the sockets. If one dies, all its connections are closed and new
 * threads replace the old ones.
 */
final class Reactor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Reactor.class.getName());

  private final int threadCount;
  private final ByteBufAllocator buffers;
  private final Runnable whenBroken;
  private final AtomicInteger threads = new AtomicInteger();
  private boolean closed;
  private volatile EventLoops loops;

  /** A set of threads, from its start to its shutdown. */
  static final class EventLoops {
    private static final int PIECE = 16 * 1024;

    // Limits the request bytes buffered per socket: with thousands of sockets they add up.
    private static final WriteBufferWaterMark WAITING = new WriteBufferWaterMark(PIECE, 2 * PIECE);

    private final MultiThreadIoEventLoopGroup group;
    private final Bootstrap bootstrap;
    private final Runnable whenBroken;
    private volatile boolean closed;
    private volatile boolean broken;

    private EventLoops(
        int threadCount,
        ByteBufAllocator buffers,
        UnaryOperator<Thread> named,
        Runnable whenBroken) {
      this.whenBroken = whenBroken;
      ThreadFactory factory = work -> named.apply(new FastThreadLocalThread(() -> run(work)));
      this.group = new MultiThreadIoEventLoopGroup(threadCount, factory, NioIoHandler.newFactory());
      this.bootstrap =
          new Bootstrap()
              .group(group)
              .channel(NioSocketChannel.class)
              .disableResolver()
              .option(ChannelOption.ALLOCATOR, buffers)
              .option(
                  ChannelOption.RECVBUF_ALLOCATOR,
                  new AdaptiveRecvByteBufAllocator(64, 1024, PIECE))
              .option(ChannelOption.TCP_NODELAY, true)
              // A receiver may respond before it has read the whole body: its response must still
              // be read after a failed write.
              .option(ChannelOption.AUTO_CLOSE, false)
              .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING);
    }

    private void run(Runnable work) {
      try {
        work.run();
      } finally {
        if (!closed) {
          LOG.log(System.Logger.Level.ERROR, "network thread died: all its connections are closed");
          broken = true;
          end();
          whenBroken.run();
        }
      }
    }

    // Does not wait for termination.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void end() {
      closed = true;
      group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    /** Returns whether a thread has died, after which all failures count as internal. */
    boolean isBroken() {
      return broken;
    }

    /** Opens a TCP connection to exactly this address, from a local address unless it is null. */
    ChannelFuture connect(
        ChannelHandler handlers,
        InetSocketAddress to,
        @Nullable InetSocketAddress from,
        Duration within) {
      int millis = (int) Math.max(1, within.toMillis());
      return bootstrap
          .clone()
          .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
          .handler(handlers)
          .connect(to, from);
    }
  }

  /**
   * Starts the threads.
   *
   * @param whenBroken runs after a thread died, to fail the requests that used its connections
   */
  Reactor(int threadCount, ByteBufAllocator buffers, Runnable whenBroken) {
    this.threadCount = threadCount;
    this.buffers = buffers;
    this.whenBroken = whenBroken;
    this.loops = begin();
  }

  /** Returns the threads for new connections. */
  EventLoops loops() {
    EventLoops current = loops;
    return current.isBroken() ? renewed() : current;
  }

  private synchronized EventLoops renewed() {
    if (loops.isBroken() && !closed) {
      loops = begin();
    }
    return loops;
  }

  private EventLoops begin() {
    return new EventLoops(threadCount, buffers, this::named, whenBroken);
  }

  private Thread named(Thread thread) {
    thread.setName("hookferry-http-" + threads.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public synchronized void close() {
    closed = true;
    loops.end();
  }
}
