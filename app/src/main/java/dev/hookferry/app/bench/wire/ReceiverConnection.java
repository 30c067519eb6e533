package dev.hookferry.app.bench.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connection to a receiver.
 *
 * @param endpoint the called endpoint
 * @param inbound unprocessed input
 */
public record ReceiverConnection(SocketChannel channel, int endpoint, InboundBuffer inbound) {
  public ReceiverConnection(SocketChannel channel, int endpoint) {
    this(channel, endpoint, new InboundBuffer());
  }

  /** Sends a short response, which fits the socket buffer since each request waits for it. */
  public void send(byte[] response) throws IOException {
    if (channel.write(ByteBuffer.wrap(response)) < response.length) {
      throw new IOException("the response does not fit the socket buffer");
    }
  }
}
