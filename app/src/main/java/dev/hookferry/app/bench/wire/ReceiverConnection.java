package dev.hookferry.app.bench.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connection to a receiver.
 *
 * @param endpoint which one it called
 * @param inbound what it sent and was not looked at yet
 */
public record ReceiverConnection(SocketChannel channel, int endpoint, InboundBuffer inbound) {
  public ReceiverConnection(SocketChannel channel, int endpoint) {
    this(channel, endpoint, new InboundBuffer());
  }

  /** Sends a few bytes: there is room for them, since every request waits for its answer. */
  public void send(byte[] answer) throws IOException {
    if (channel.write(ByteBuffer.wrap(answer)) < answer.length) {
      throw new IOException("the answer does not fit");
    }
  }
}
