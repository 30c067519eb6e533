package dev.hookferry.http.socket;

import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.options.TimeLimits;
import io.undertow.UndertowOptions;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Sequence;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioExecutor;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * The listening socket with its threads. Unlike Undertow's own builder, it gives access to
 * connections, so that Undertow's bodiless refusals can be given a body: see {@link
 * BadRequestConduit}.
 */
public final class HttpListener {
  private static final int MAX_HEAD = 16 * 1024;
  private static final int MAX_HEADERS = 100;
  private static final long NO_LIMIT = -1;

  /** Enough for the longest list in a query, such as 100 event types, plus all other parameters. */
  private static final int MAX_PARAMETERS = 200;

  /** Write timeout: above that of a stalled download, which {@link Downloads} closes first. */
  private static final int WRITE_MILLIS =
      Math.toIntExact(Downloads.PATIENCE.plusSeconds(15).toMillis());

  /**
   * Idle timeout in milliseconds. Longer than any reply takes, since a client that waits for a
   * large replay sends nothing either.
   */
  private static final int IDLE_MILLIS = 600_000;

  private static final int WORKERS = 16;
  private static final int BACKLOG = 1_000;

  /** The size of one socket write, as in Undertow's own builder. */
  private static final int BUFFER = 16 * 1024 - 20;

  private static final int BUFFERS_OF_A_THREAD = 4;

  private final XnioWorker worker;
  private final AcceptingChannel<? extends StreamConnection> socket;
  private final @Nullable UndertowXnioSsl encryption;

  private HttpListener(
      XnioWorker worker,
      AcceptingChannel<? extends StreamConnection> socket,
      @Nullable UndertowXnioSsl encryption) {
    this.worker = worker;
    this.socket = socket;
    this.encryption = encryption;
  }

  /**
   * Starts to listen.
   *
   * @param tls the TLS context for new connections, or null without TLS
   * @throws UncheckedIOException if the address cannot be bound
   */
  public static HttpListener open(
      HttpServerOptions options,
      HttpHandler handler,
      OpenConnections connections,
      @Nullable SSLContext tls) {
    XnioWorker worker = worker();
    InetSocketAddress bind = options.bind();
    try {
      HttpOpenListener http =
          new HttpOpenListener(
              new DefaultByteBufferPool(true, BUFFER, -1, BUFFERS_OF_A_THREAD),
              hardened(options.times()));
      http.setRootHandler(handler);
      OptionMap sockets = sockets(options.connections());
      UndertowXnioSsl encryption = tls == null ? null : encrypted(worker, tls);
      AcceptingChannel<? extends StreamConnection> socket =
          encryption == null
              ? worker.createStreamConnectionServer(
                  bind, accepting(http, connections, LazyReads::of), sockets)
              : encryption.createSslConnectionServer(
                  worker, bind, accepting(http, connections, encrypted -> {}), sockets);
      socket.resumeAccepts();
      return new HttpListener(worker, socket, encryption);
    } catch (IOException e) {
      worker.shutdownNow();
      throw new UncheckedIOException("cannot listen on " + bind + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      worker.shutdownNow();
      throw e;
    }
  }

  private static <C extends StreamConnection> ChannelListener<AcceptingChannel<C>> accepting(
      HttpOpenListener http, OpenConnections connections, Consumer<StreamConnection> prepare) {
    return ChannelListeners.openListenerAdapter(
        connection -> {
          prepare.accept(connection);
          BadRequestConduit.fillIn(connection);
          connections.enter(connection, () -> http.handleEvent(connection));
        });
  }

  private static UndertowXnioSsl encrypted(XnioWorker worker, SSLContext tls) {
    OptionMap buffers = OptionMap.create(Options.USE_DIRECT_BUFFERS, true);
    return new UndertowXnioSsl(worker.getXnio(), buffers, tls);
  }

  /** Returns the bound address. */
  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalAddress();
  }

  /** Runs an action periodically, until {@link #end}, on a worker thread, where it may block. */
  public void every(long millis, Runnable action) {
    XnioExecutor.Key unused =
        worker
            .getIoThread()
            .executeAtInterval(() -> worker.execute(action), millis, TimeUnit.MILLISECONDS);
  }

  /** Uses a new certificate for new connections; open ones keep theirs. No effect without TLS. */
  public void encryptWith(SSLContext tls) {
    if (encryption != null) {
      encryption.updateSSLContext(tls);
    }
  }

  /** Stops accepting connections; open ones stay. */
  public void stopAccepting() {
    IoUtils.safeClose(socket);
  }

  /** Stops the threads and closes all connections. */
  public void end() {
    worker.shutdownNow();
  }

  /** Returns whether {@link #end} was called. */
  public boolean hasEnded() {
    return worker.isShutdown();
  }

  private static OptionMap hardened(TimeLimits times) {
    return OptionMap.builder()
        // Flush replies before a refusal that Undertow writes itself.
        .set(UndertowOptions.BUFFER_PIPELINED_DATA, false)
        .set(UndertowOptions.MAX_HEADER_SIZE, MAX_HEAD)
        .set(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
        // BodyReader enforces limits; Undertow's own would drop the connection without a reply.
        .set(UndertowOptions.MAX_ENTITY_SIZE, NO_LIMIT)
        .set(UndertowOptions.MAX_PARAMETERS, MAX_PARAMETERS)
        // Paths and queries stay raw, so that nothing is decoded twice.
        .set(UndertowOptions.DECODE_URL, false)
        .set(UndertowOptions.ENABLE_HTTP2, false)
        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, Math.toIntExact(times.head().toMillis()))
        .set(UndertowOptions.NO_REQUEST_TIMEOUT, Math.toIntExact(times.idle().toMillis()))
        .set(UndertowOptions.IDLE_TIMEOUT, IDLE_MILLIS)
        .getMap();
  }

  private static OptionMap sockets(int connections) {
    return OptionMap.builder()
        .set(Options.TCP_NODELAY, true)
        .set(Options.REUSE_ADDRESSES, true)
        .set(Options.BALANCING_TOKENS, 1)
        .set(Options.BALANCING_CONNECTIONS, 2)
        .set(Options.BACKLOG, BACKLOG)
        .set(Options.WRITE_TIMEOUT, WRITE_MILLIS)
        .set(Options.CONNECTION_HIGH_WATER, connections)
        .set(Options.CONNECTION_LOW_WATER, connections)
        .set(Options.SSL_ENABLED_PROTOCOLS, Sequence.of(ServerTls.PROTOCOLS))
        .set(Options.SSL_ENABLED_CIPHER_SUITES, Sequence.of(ServerTls.suites()))
        .getMap();
  }

  private static XnioWorker worker() {
    OptionMap map =
        OptionMap.builder()
            .set(Options.WORKER_NAME, "hookferry-http")
            .set(Options.WORKER_IO_THREADS, Math.max(2, Runtime.getRuntime().availableProcessors()))
            .set(Options.WORKER_TASK_CORE_THREADS, WORKERS)
            .set(Options.WORKER_TASK_MAX_THREADS, WORKERS)
            .set(Options.TCP_NODELAY, true)
            .getMap();
    try {
      return Xnio.getInstance(HttpListener.class.getClassLoader()).createWorker(map);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create the server's threads", e);
    }
  }
}
