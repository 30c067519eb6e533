package dev.hookferry.http.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** A connection to a judged address; serves one request at a time. */
final class Connection extends ChannelInitializer<Channel> {
  private static final System.Logger LOG = System.getLogger(Connection.class.getName());

  /**
   * How many bytes may come while it opens, and again in each turn. An answer that is worth reading
   * needs far less; what it is wrapped in could go on for ever, be it records of TLS without
   * content, or chunks of one byte with a long extension.
   */
  private static final int MAX_RECEIVED = 1 << 20;

  private final PoolKey route;
  private final Reactor.Life life;
  private final @Nullable SslHandler tls;
  private final String hostLine;
  private final ResponseDecoder decoder = new ResponseDecoder(this::answerBegins);
  private volatile @Nullable Channel channel;
  private volatile boolean used;
  private volatile long idleUntil;
  // Of the connection's thread alone.
  private @Nullable RequestOnConnection turn;
  private long received;

  Connection(PoolKey route, Reactor.Life life, @Nullable SslHandler tls) {
    this.route = route;
    this.life = life;
    this.tls = tls;
    this.hostLine = "Host: " + route.authority() + "\r\n";
  }

  @Override
  protected void initChannel(Channel made) {
    channel = made;
    made.pipeline().addLast(new Meter());
    if (tls != null) {
      made.pipeline().addLast(tls);
    }
    made.pipeline().addLast(new Uninvited(), decoder, new Messages());
  }

  PoolKey route() {
    return route;
  }

  /** The header that names the host, with the end of its line. */
  String hostLine() {
    return hostLine;
  }

  boolean isOpen() {
    Channel present = channel;
    return present != null && present.isActive();
  }

  /** Whether the threads that serve it died, or are about to. */
  boolean isBroken() {
    Channel present = channel;
    return life.isBroken() || (present != null && present.eventLoop().isShuttingDown());
  }

  /** Whether an earlier request went over it, so that the receiver may be about to close it. */
  boolean isUsed() {
    return used;
  }

  private void answerBegins() {
    RequestOnConnection present = turn;
    if (present != null) {
      present.answerBegins();
    }
  }

  /** Whether anything came in this turn. */
  boolean hasAnswerBegun() {
    return decoder.hasBegun();
  }

  /** Whether nothing came behind what was read of it; for the connection's thread. */
  boolean isDrained() {
    return decoder.isDrained();
  }

  /** Whether all that was written has left; for the connection's thread. */
  boolean isFlushed() {
    Channel present = channel;
    @Nullable ChannelOutboundBuffer pending =
        present == null ? null : present.unsafe().outboundBuffer();
    return pending != null && pending.isEmpty();
  }

  /**
   * Runs a turn on the connection's thread.
   *
   * @throws java.util.concurrent.RejectedExecutionException if that thread ended
   */
  void execute(RequestOnConnection next) {
    open().eventLoop().execute(next);
  }

  private Channel open() {
    Channel present = channel;
    if (present == null) {
      throw new IllegalStateException("not connected");
    }
    return present;
  }

  /** A buffer to be written, which takes it over; for the connection's thread, in a turn. */
  ByteBuf buffer(int size) {
    return open().alloc().directBuffer(size);
  }

  /** Whether so little waits to leave that more may be written. */
  boolean isWritable() {
    return open().isWritable();
  }

  /** Writes a buffer with the next flush; if that fails, the connection ends. */
  // A future for each would be garbage.
  @SuppressWarnings("FutureReturnValueIgnored")
  void write(ByteBuf bytes) {
    Channel present = open();
    present.write(bytes, present.voidPromise());
  }

  /** Lets go what was written. */
  void flush() {
    open().flush();
  }

  /** Gives what comes from now on to a turn; false if the connection is closed. */
  boolean begin(RequestOnConnection next) {
    decoder.startOver();
    received = 0;
    if (!isOpen()) {
      return false;
    }
    turn = next;
    return true;
  }

  /** Whose turn it is, if anybody's. */
  @Nullable RequestOnConnection turn() {
    return turn;
  }

  /** What comes from now on belongs to nobody. */
  void end() {
    turn = null;
  }

  /** Keeps it for another request until a time of the JVM's nano clock. */
  void restUntil(long nanos) {
    used = true;
    idleUntil = nanos;
  }

  boolean isStale(long nanos) {
    return !isOpen() || nanos - idleUntil >= 0;
  }

  /** Closes at once: what is under way on it ends. */
  void cut() {
    Channel present = channel;
    if (present != null) {
      // Past TLS, which would first say goodbye.
      @Nullable ChannelHandlerContext first = present.pipeline().firstContext();
      close(first == null ? present : first);
    }
  }

  /** Closes in an orderly way. */
  void close() {
    Channel present = channel;
    if (present != null) {
      close(present);
    }
  }

  // What cannot be closed is closed already.
  @SuppressWarnings("FutureReturnValueIgnored")
  private static void close(ChannelOutboundInvoker from) {
    from.close();
  }

  /** Counts what comes, before anything is made of it. */
  private final class Meter extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      received += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
      if (received <= MAX_RECEIVED) {
        context.fireChannelRead(message);
        return;
      }
      ReferenceCountUtil.release(message);
      RequestOnConnection present = turn;
      if (present != null) {
        present.refuse("more than 1 MiB came, and no whole answer");
      }
      Connection.this.cut();
    }
  }

  /**
   * Ends the connection when something comes that nobody asked for, be it only half a line:
   * whatever it is, it would be taken for the beginning of the next answer.
   */
  private final class Uninvited extends ChannelInboundHandlerAdapter {
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
        RequestOnConnection present = turn;
        if (present == null) {
          // A second answer behind the one that was asked for.
          Connection.this.cut();
        } else if (message instanceof HttpResponse head) {
          present.head(head);
        } else if (message instanceof HttpContent content) {
          present.content(content);
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      RequestOnConnection present = turn;
      if (present != null && context.channel().isWritable()) {
        present.write();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (cause instanceof Error) {
        LOG.log(System.Logger.Level.ERROR, "a connection ends by an error of this node", cause);
      }
      fail(cause);
      Connection.this.cut();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      fail(new ClosedChannelException());
    }

    private void fail(Throwable cause) {
      RequestOnConnection present = turn;
      if (present != null) {
        present.failed(cause);
      }
    }
  }
}
