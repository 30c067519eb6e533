package dev.hookferry.http.socket;

import dev.hookferry.http.wire.EarlyReply;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * Reads the body of one request on its IO thread without blocking, and never beyond its limit.
 * Memory grows with the bytes received, not with the announced length.
 */
public final class BodyReader implements ChannelListener<StreamSourceChannel> {
  private static final int FIRST_PART = 8 * 1024;

  private final HttpServerExchange exchange;
  private final BodyLimit limit;
  private final BodyBudget budget;
  private final Duration within;
  private final Consumer<byte[]> whenRead;
  private final Consumer<RuntimeException> whenRefused;
  private final StreamSourceChannel channel;
  private final ByteBuffer beyond = ByteBuffer.allocate(1);
  private byte[] bytes = {};
  private int length;

  /** Bytes reserved in the budget until the reply. */
  private int taken;

  private XnioExecutor.@Nullable Key deadline;

  private BodyReader(Asked asked, Consumer<byte[]> read, Consumer<RuntimeException> refused) {
    this.exchange = asked.exchange();
    this.limit = asked.limit();
    this.budget = asked.budget();
    this.within = asked.within();
    this.whenRead = read;
    this.whenRefused = refused;
    this.channel = exchange.getRequestChannel();
  }

  /**
   * A body to read.
   *
   * @param within time limit for the whole body, however steadily it arrives
   */
  public record Asked(
      HttpServerExchange exchange, BodyLimit limit, BodyBudget budget, Duration within) {}

  /**
   * Starts to read. Must be called on the IO thread, after Undertow's own call has returned.
   *
   * @param read receives the complete body, on the IO thread
   * @param refused receives the reason if reading fails, on the IO thread
   */
  public static void read(Asked asked, Consumer<byte[]> read, Consumer<RuntimeException> refused) {
    HttpServerExchange exchange = asked.exchange();
    if (exchange.isRequestComplete()) {
      read.accept(new byte[0]);
      return;
    }
    if (exchange.getRequestContentLength() > asked.limit().array()) {
      refused.accept(asked.limit().tooLarge(asked.limit().array()));
      return;
    }
    BodyReader reader = new BodyReader(asked, read, refused);
    exchange.addExchangeCompleteListener(
        (done, next) -> {
          reader.budget.give(reader.taken);
          next.proceed();
        });
    reader.handleEvent(reader.channel);
  }

  @Override
  public void handleEvent(StreamSourceChannel ready) {
    try {
      while (true) {
        int read = ready.read(room());
        if (read < 0) {
          finish(() -> whenRead.accept(takeBody()));
          return;
        }
        if (read == 0) {
          await();
          return;
        }
        take(read);
        requireWithin();
      }
    } catch (IOException e) {
      // The client has disconnected or violated the framing: no reply can be sent.
      bytes = new byte[0];
      finish(() -> IoUtils.safeClose(exchange.getConnection()));
      exchange.endExchange();
    } catch (RuntimeException e) {
      refuse(e);
    }
  }

  private void requireWithin() {
    int max = limit.of(bytes, length);
    if (length > max || exchange.getRequestContentLength() > max) {
      throw limit.tooLarge(max);
    }
  }

  /**
   * Returns the buffer for the next bytes. Once the announced length has arrived, it has room for
   * one byte only, to detect a longer body.
   */
  private ByteBuffer room() {
    if (length == bytes.length && length == exchange.getRequestContentLength()) {
      return beyond.clear();
    }
    grow();
    return ByteBuffer.wrap(bytes, length, bytes.length - length);
  }

  private void take(int read) {
    if (length == bytes.length) {
      grow();
      bytes[length] = beyond.get(0);
    }
    length += read;
  }

  private void grow() {
    if (length < bytes.length) {
      return;
    }
    long announced = exchange.getRequestContentLength();
    long wanted = Math.max(FIRST_PART, length * 2L);
    long enough = announced < 0 ? limit.array() + 1L : announced;
    int size = (int) Math.max(length + 1L, Math.min(wanted, enough));
    budget.take(size - bytes.length);
    taken = size;
    bytes = Arrays.copyOf(bytes, size);
  }

  /**
   * Returns the body and drops the reference to it: the exchange refers to this reader until the
   * connection's next request.
   */
  private byte[] takeBody() {
    byte[] all = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    bytes = new byte[0];
    return all;
  }

  private void await() {
    if (deadline == null) {
      deadline =
          exchange.getIoThread().executeAfter(this::late, within.toMillis(), TimeUnit.MILLISECONDS);
      channel.getReadSetter().set(this);
      channel.resumeReads();
    }
  }

  private void late() {
    String seconds = BigDecimal.valueOf(within.toMillis(), 3).stripTrailingZeros().toPlainString();
    String detail = "the body was not complete within " + seconds + " seconds";
    refuse(EarlyReply.problem(408, detail));
  }

  /**
   * Refuses the body and drops the bytes read, since the exchange keeps a reference to this reader.
   */
  private void refuse(RuntimeException reason) {
    bytes = new byte[0];
    finish(() -> whenRefused.accept(reason));
  }

  private void finish(Runnable then) {
    XnioExecutor.Key timer = deadline;
    if (timer != null) {
      timer.remove();
      channel.suspendReads();
      channel.getReadSetter().set(null);
    }
    then.run();
  }
}
