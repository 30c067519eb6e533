package dev.hookferry.app.bench.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Buffers a connection's input until a message is complete. Not thread-safe. */
public final class InboundBuffer {
  private ByteBuffer bytes = ByteBuffer.allocate(4096).limit(0);

  /** Returns the buffered bytes; valid until the next call of another method. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Reads available bytes; returns false at the end of the connection. */
  public boolean fill(SocketChannel channel) throws IOException {
    int had = bytes.limit();
    if (had == bytes.capacity()) {
      ByteBuffer larger = ByteBuffer.allocate(2 * had);
      larger.put(bytes.rewind());
      bytes = larger;
    }
    bytes.limit(bytes.capacity()).position(had);
    int read = channel.read(bytes);
    bytes.limit(Math.max(had, bytes.position())).position(0);
    return read >= 0;
  }

  /** Returns the length of the head at a position; -1 while the message is incomplete. */
  public int next(int start) {
    if (start >= bytes.limit()) {
      return -1;
    }
    int head = HttpFrame.head(bytes, start);
    if (head < 0) {
      return -1;
    }
    return start + head + HttpFrame.body(bytes, start, head) <= bytes.limit() ? head : -1;
  }

  /** Removes processed messages. */
  public void drop(int upTo) {
    bytes.position(upTo);
    bytes.compact().flip();
  }
}
