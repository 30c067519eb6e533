package dev.hookferry.http.client.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Opens a tunnel to a receiver's address on a connection to a proxy, within a time limit.
 * Everything except {@link #addTo} runs on the connection's thread.
 */
public final class ProxyTunnel extends ChannelInboundHandlerAdapter {
  private static final String CLOSED = "closed the connection before it responded";

  private final ProxyHandshake handshake;
  private final @Nullable SslHandler tls;
  private final Duration limit;
  private final Consumer<@Nullable Throwable> whenDone;
  // On the heap, so that it need not be released.
  private final ByteBuf received = Unpooled.buffer(0);
  private @Nullable Future<?> timer;
  private boolean done;

  /**
   * Creates the tunnel for one connection.
   *
   * @param target the address that the proxy connects to; never a name
   * @param credentials the credentials for the proxy, or null
   * @param tls the TLS handler of a proxy that speaks HTTPS, else null
   * @param limit the time limit, from the connection to the proxy until the tunnel is open
   * @param whenDone called once: with null when the tunnel is open, otherwise with a {@link
   *     ProxyException} or a failure of the connection
   */
  public ProxyTunnel(
      ProxyAddress.Kind kind,
      InetSocketAddress target,
      @Nullable ProxyCredentials credentials,
      @Nullable SslHandler tls,
      Duration limit,
      Consumer<@Nullable Throwable> whenDone) {
    this.handshake =
        kind == ProxyAddress.Kind.SOCKS5
            ? new Socks5Handshake(target, credentials)
            : new HttpConnectHandshake(target, credentials);
    this.tls = tls;
    this.limit = limit;
    this.whenDone = whenDone;
  }

  /** Adds the handlers that the connection to the proxy needs. */
  public void addTo(ChannelPipeline pipeline) {
    if (tls != null) {
      pipeline.addLast(tls);
    }
    pipeline.addLast(this);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    timer =
        context
            .executor()
            .schedule(
                () -> end(silent("did not respond in time")),
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
    if (tls == null) {
      send(context, handshake.begin());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent secured) {
      if (secured.isSuccess()) {
        send(context, handshake.begin());
      } else {
        end(secured.cause());
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (done || !(message instanceof ByteBuf bytes)) {
      ReferenceCountUtil.release(message);
      return;
    }
    try {
      received.writeBytes(bytes);
      byte[] next = handshake.read(received);
      while (next != null && next.length > 0) {
        send(context, next);
        next = handshake.read(received);
      }
      if (next == null) {
        open(context);
      }
    } catch (ProxyException e) {
      end(e);
    } finally {
      bytes.release();
    }
  }

  /** Ends the handshake and passes on any bytes that the receiver has already sent. */
  private void open(ChannelHandlerContext context) {
    end(null);
    if (received.isReadable()) {
      context.fireChannelRead(received.readBytes(received.readableBytes()));
    }
    context.pipeline().remove(this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(silent(CLOSED));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    boolean isCut = cause instanceof IOException && !(cause instanceof SSLException);
    end(isCut ? silent(CLOSED) : cause);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    // Without a timer, the connection was never opened. The failed connect reports the reason,
    // perhaps later.
    if (timer != null) {
      end(silent(CLOSED));
    }
  }

  private ProxyException silent(String message) {
    return ProxyException.silent(message, handshake.hasAsked());
  }

  // A failed write closes the connection, which is reported elsewhere.
  @SuppressWarnings("FutureReturnValueIgnored")
  private static void send(ChannelHandlerContext context, byte[] bytes) {
    context.writeAndFlush(Unpooled.wrappedBuffer(bytes));
  }

  private void end(@Nullable Throwable failure) {
    if (done) {
      return;
    }
    done = true;
    Future<?> waiting = timer;
    if (waiting != null) {
      waiting.cancel(false);
    }
    whenDone.accept(failure);
  }
}
