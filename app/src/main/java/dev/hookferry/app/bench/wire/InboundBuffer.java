package dev.hookferry.app.bench.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes of a connection that wait until their message is whole. Not thread-safe. */
public final class InboundBuffer {
  private ByteBuffer bytes = ByteBuffer.allocate(4096).limit(0);

  /** Everything that is here; valid until the next call of another method. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Reads what there is; false at the end of the connection. */
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

  /** How long the head of the message is that begins there; -1 while the message is not whole. */
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

  /** Drops messages that were looked at. */
  public void drop(int upTo) {
    bytes.position(upTo);
    bytes.compact().flip();
  }
}
