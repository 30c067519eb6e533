package dev.hookferry.http.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.nio.ClientHttp1StreamDuplexerFactory;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.DefaultConnectingIOReactor;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The threads that own the sockets and speak HTTP/1.1. If one of them dies, all its connections
 * end, and a new set of threads takes over.
 */
final class Reactor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Reactor.class.getName());
  private static final Http1Config HTTP =
      Http1Config.custom()
          .setBufferSize(4 * 1024)
          .setMaxLineLength(8 * 1024)
          .setMaxHeaderCount(100)
          .setMaxEmptyLineCount(2)
          .build();

  private final int threadCount;
  private final Runnable whenBroken;
  private final AtomicInteger threads = new AtomicInteger();
  private boolean closed;
  private volatile Life life;

  /** One set of threads, from its start to its end. */
  static final class Life {
    private final DefaultConnectingIOReactor reactor;
    private final Runnable whenBroken;
    private volatile boolean closed;
    private volatile boolean broken;

    private Life(int threadCount, UnaryOperator<Thread> named, Runnable whenBroken) {
      this.whenBroken = whenBroken;
      ClientHttp1StreamDuplexerFactory http = http();
      this.reactor =
          new DefaultConnectingIOReactor(
              (session, attachment) -> {
                ((Opening) attachment).adopt(session);
                return new GuardedHandler(http.create(session));
              },
              config(threadCount),
              work -> named.apply(new Thread(() -> run(work))),
              null,
              this::warn,
              null,
              null);
      reactor.start();
    }

    private void warn(Exception cause) {
      // At the end the library complains about what was closed under its hands.
      if (!closed) {
        LOG.log(System.Logger.Level.WARNING, "a network thread is in trouble", cause);
      }
    }

    private void run(Runnable work) {
      try {
        work.run();
      } finally {
        if (!closed) {
          LOG.log(System.Logger.Level.ERROR, "a network thread died; all connections end");
          broken = true;
          end();
          whenBroken.run();
        }
      }
    }

    private void end() {
      closed = true;
      reactor.close(CloseMode.IMMEDIATE);
    }

    /** Whether a thread died: what fails now is our fault. */
    boolean isBroken() {
      return broken;
    }

    /** Opens a TCP connection to exactly this address. */
    Future<IOSession> connect(
        Opening opening, InetSocketAddress to, Duration within, FutureCallback<IOSession> told) {
      return reactor.connect(opening.route(), to, null, Timeout.of(within), opening, told);
    }
  }

  /**
   * Starts the threads.
   *
   * @param whenBroken run after a thread died and its connections were closed: the library tells
   *     only some of those who used them
   */
  Reactor(int threadCount, Runnable whenBroken) {
    this.threadCount = threadCount;
    this.whenBroken = whenBroken;
    this.life = begin();
  }

  /** The threads for new connections. */
  Life life() {
    Life present = life;
    return present.isBroken() ? renewed() : present;
  }

  private synchronized Life renewed() {
    if (life.isBroken() && !closed) {
      life = begin();
    }
    return life;
  }

  private Life begin() {
    return new Life(threadCount, this::named, whenBroken);
  }

  private static IOReactorConfig config(int threadCount) {
    return IOReactorConfig.custom()
        .setIoThreadCount(threadCount)
        .setTcpNoDelay(true)
        .setSoTimeout(Timeout.DISABLED)
        // How exactly the time to connect is kept.
        .setSelectInterval(TimeValue.ofMilliseconds(50))
        .build();
  }

  private static ClientHttp1StreamDuplexerFactory http() {
    DefaultHttpResponseParserFactory parsers = new DefaultHttpResponseParserFactory(HTTP);
    return new ClientHttp1StreamDuplexerFactory(
        HttpProcessorBuilder.create().build(),
        HTTP,
        CharCodingConfig.DEFAULT,
        new Reuse(),
        () -> new BoundedResponseParser(parsers.create()),
        null,
        null);
  }

  private Thread named(Thread thread) {
    thread.setName("hookferry-http-" + threads.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public synchronized void close() {
    closed = true;
    life.end();
  }

  /** When a connection can serve another request; sees every answer that the handlers do not. */
  private static final class Reuse implements ConnectionReuseStrategy {
    @Override
    public boolean keepAlive(HttpRequest request, HttpResponse response, HttpContext context) {
      if (response.getCode() < 200) {
        if (context.getAttribute(Turn.CONTEXT) instanceof Turn turn) {
          turn.informed();
        }
        return true;
      }
      boolean ambiguous =
          response.containsHeader(HttpHeaders.CONTENT_LENGTH)
              && response.containsHeader(HttpHeaders.TRANSFER_ENCODING);
      return !ambiguous
          && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
    }
  }
}
