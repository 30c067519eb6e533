package dev.hookferry.http.client;

import dev.hookferry.http.client.proxy.ProxyTunnel;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection to an address that the policy allowed. Serves one request at a time. */
final class Connection extends ChannelInitializer<Channel> {
  private static final System.Logger LOG = System.getLogger(Connection.class.getName());

  /**
   * Maximum number of bytes received while the connection opens, and again for each request. The
   * framing of a response may be endless, such as empty TLS records or chunks with extensions.
   */
  private static final int MAX_RECEIVED = 1 << 20;

  private final PoolKey route;
  final Reactor.EventLoops loops;
  private final @Nullable SslHandler tls;
  private final @Nullable ProxyTunnel tunnel;
  private final String hostLine;
  private final ResponseDecoder decoder =
      new ResponseDecoder(() -> tell(RequestOnConnection::responseBegins));
  private volatile @Nullable Channel channel;
  private volatile EgressRoute.@Nullable Tunnel through;
  private volatile boolean used;
  private volatile long idleUntil;
  // Accessed by the connection's thread only.
  private @Nullable RequestOnConnection turn;
  private long received;

  /** Creates a connection; with a tunnel, it leads to a proxy until {@link #tunnelled}. */
  Connection(
      PoolKey route,
      Reactor.EventLoops loops,
      @Nullable SslHandler tls,
      @Nullable ProxyTunnel tunnel) {
    this.route = route;
    this.loops = loops;
    this.tls = tls;
    this.tunnel = tunnel;
    this.hostLine = "Host: " + route.authority() + "\r\n";
  }

  @Override
  protected void initChannel(Channel made) {
    channel = made;
    made.pipeline().addLast(new Meter());
    if (tunnel == null) {
      tunnelled(null);
    } else {
      tunnel.addTo(made.pipeline());
    }
  }

  /**
   * Starts the exchange with the receiver, through a tunnel or directly. Connection thread only.
   */
  void tunnelled(EgressRoute.@Nullable Tunnel way) {
    through = way;
    ChannelPipeline pipeline = open().pipeline();
    if (tls != null) {
      pipeline.addLast(tls);
    }
    pipeline.addLast(new UnsolicitedDataHandler(), decoder, new Messages());
  }

  PoolKey route() {
    return route;
  }

  /** Returns the Host header line, with its line end. */
  String hostLine() {
    return hostLine;
  }

  boolean isOpen() {
    Channel current = channel;
    return current != null && current.isActive();
  }

  /** Returns whether the network threads of this connection have died or are shutting down. */
  boolean isBroken() {
    Channel current = channel;
    return loops.isBroken() || (current != null && current.eventLoop().isShuttingDown());
  }

  /** Returns the tunnel to the receiver, or null for a direct connection. */
  EgressRoute.@Nullable Tunnel through() {
    return through;
  }

  /** Returns whether it was used before, so that the receiver may be about to close it. */
  boolean isUsed() {
    return used;
  }

  private void tell(Consumer<RequestOnConnection> event) {
    RequestOnConnection current = turn;
    if (current != null) {
      event.accept(current);
    }
  }

  /** Returns whether any bytes arrived during this request. */
  boolean hasResponseBegun() {
    return decoder.hasBegun();
  }

  /** Returns whether all received bytes were consumed. Connection thread only. */
  boolean isDrained() {
    return decoder.isDrained();
  }

  /** Returns whether all written bytes were flushed. Connection thread only. */
  boolean isFlushed() {
    Channel current = channel;
    @Nullable ChannelOutboundBuffer pending =
        current == null ? null : current.unsafe().outboundBuffer();
    return pending != null && pending.isEmpty();
  }

  /**
   * Runs a request on the connection's thread.
   *
   * @throws java.util.concurrent.RejectedExecutionException if that thread has ended
   */
  void execute(RequestOnConnection next) {
    open().eventLoop().execute(next);
  }

  private Channel open() {
    return Objects.requireNonNull(channel, "not connected");
  }

  /** Returns a buffer for {@link #write}, which releases it. Connection thread only. */
  ByteBuf buffer(int size) {
    return open().alloc().directBuffer(size);
  }

  /** Returns whether the write buffer has room. */
  boolean isWritable() {
    return open().isWritable();
  }

  /** Writes a buffer with the next flush; a failure closes the connection. */
  // Avoids allocating a future for each write.
  @SuppressWarnings("FutureReturnValueIgnored")
  void write(ByteBuf bytes) {
    Channel current = open();
    current.write(bytes, current.voidPromise());
  }

  void flush() {
    open().flush();
  }

  /** Assigns all later received bytes to a request; returns false if the connection is closed. */
  boolean begin(RequestOnConnection next) {
    decoder.startOver();
    received = 0;
    turn = isOpen() ? next : null;
    return turn != null;
  }

  /** Ends the current request; bytes received afterwards belong to none. */
  void end() {
    turn = null;
  }

  /** Returns the current request, or null. */
  @Nullable RequestOnConnection turn() {
    return turn;
  }

  /** Keeps the connection idle for reuse until a time of the JVM's nano clock. */
  void keepIdle(long nanos) {
    used = true;
    idleUntil = nanos;
  }

  /** Returns for how many more nanoseconds it may be kept idle. */
  long idleLeft(long nanos) {
    return idleUntil - nanos;
  }

  boolean isStale(long nanos) {
    return !isOpen() || idleLeft(nanos) <= 0;
  }

  /** Closes at once, failing the request in flight. */
  void cut() {
    Channel current = channel;
    if (current != null) {
      // Skip the TLS handler, which would send close_notify first.
      @Nullable ChannelHandlerContext first = current.pipeline().firstContext();
      close(first == null ? current : first);
    }
  }

  /** Closes gracefully. */
  void close() {
    close(channel);
  }

  // A failure to close means that it is closed already.
  @SuppressWarnings("FutureReturnValueIgnored")
  private static void close(@Nullable ChannelOutboundInvoker from) {
    if (from != null) {
      from.close();
    }
  }

  /** Counts received bytes before they are parsed. */
  private final class Meter extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      received += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
      if (received <= MAX_RECEIVED) {
        context.fireChannelRead(message);
        return;
      }
      ReferenceCountUtil.release(message);
      tell(current -> current.refuse("received more than 1 MiB without a complete response"));
      Connection.this.cut();
    }
  }

  /**
   * Closes the connection when unrequested bytes arrive: they would be taken for the beginning of
   * the next response.
   */
  private final class UnsolicitedDataHandler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (turn != null) {
        context.fireChannelRead(message);
        return;
      }
      ReferenceCountUtil.release(message);
      Connection.this.cut();
    }
  }

  private final class Messages extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      try {
        RequestOnConnection current = turn;
        if (current == null) {
          // A second response after the requested one.
          Connection.this.cut();
        } else if (message instanceof HttpResponse head) {
          current.head(head);
        } else if (message instanceof HttpContent content) {
          current.content(content);
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (context.channel().isWritable()) {
        tell(RequestOnConnection::write);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (cause instanceof Error) {
        LOG.log(System.Logger.Level.ERROR, "internal error: connection closed", cause);
      }
      if (!NetworkFailure.isCutWhileWriting(cause)) {
        tell(current -> current.failed(cause));
        Connection.this.cut();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      tell(current -> current.failed(new ClosedChannelException()));
    }
  }
}
