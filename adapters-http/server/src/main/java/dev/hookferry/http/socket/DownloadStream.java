package dev.hookferry.http.socket;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;

/**
 * The body of a response, written by a thread that may block. Fails if the client reads nothing for
 * a while, or too little for the time spent waiting for it. Undertow's own stream has no such
 * limits: it waits forever, regardless of {@code WRITE_TIMEOUT}. Used by one thread.
 */
final class DownloadStream extends OutputStream {
  private static final int BUFFER = 16 * 1024;

  /**
   * Milliseconds between two attempts to write. A large send buffer counts as writable only when a
   * third of it is free again, which can take a slow client minutes.
   */
  private static final long PAUSE_MILLIS = 250;

  private final HttpServerExchange exchange;
  private final ClientPace pace;
  private final BooleanSupplier stopped;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final Semaphore writable = new Semaphore(0);
  private @Nullable StreamSinkChannel channel;
  private boolean stalled;
  private boolean failed;

  /**
   * Creates a stream.
   *
   * @param pace the pace that the client must keep
   * @param stopped whether the server has stopped
   */
  DownloadStream(HttpServerExchange exchange, ClientPace pace, BooleanSupplier stopped) {
    this.exchange = exchange;
    this.pace = pace;
    this.stopped = stopped;
  }

  /** Returns whether the stream has failed because the client took nothing, or too little. */
  boolean hasStalled() {
    return stalled;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int rest = length;
    while (rest > 0) {
      if (!buffer.hasRemaining()) {
        send();
      }
      int part = Math.min(rest, buffer.remaining());
      buffer.put(bytes, at, part);
      at += part;
      rest -= part;
    }
  }

  /** Sends the rest of the body and ends the response. Blocks. */
  void finish() throws IOException {
    if (channel == null) {
      exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, buffer.position());
    }
    send();
    StreamSinkChannel out = channel();
    out.shutdownWrites();
    pace.beginWaiting();
    while (!out.flush()) {
      await(out);
    }
  }

  private void send() throws IOException {
    if (failed) {
      // A compressor writes its trailer when it is closed: do not wait for the client again.
      throw new IOException("the connection has failed");
    }
    failed = true;
    StreamSinkChannel out = channel();
    buffer.flip();
    pace.beginWaiting();
    while (buffer.hasRemaining()) {
      int written = out.write(buffer);
      if (written > 0) {
        pace.took(written);
      } else {
        await(out);
      }
    }
    buffer.clear();
    failed = false;
  }

  private StreamSinkChannel channel() throws IOException {
    StreamSinkChannel out = channel;
    if (out == null) {
      out = exchange.getResponseChannel();
      if (out == null) {
        throw new IOException("the response has already been sent");
      }
      out.getWriteSetter()
          .set(
              ready -> {
                ready.suspendWrites();
                writable.release();
              });
      channel = out;
    }
    return out;
  }

  private void await(StreamSinkChannel out) throws IOException {
    if (stopped.getAsBoolean()) {
      throw new IOException("the server has stopped");
    }
    if (pace.isTooSlow()) {
      stalled = true;
      throw new IOException("the client reads too slowly");
    }
    var unused = writable.drainPermits();
    out.resumeWrites();
    try {
      var unusedToo = writable.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      // Also resets Undertow's timeout, which would cut a download whose source is slow.
      out.suspendWrites();
    }
  }
}
