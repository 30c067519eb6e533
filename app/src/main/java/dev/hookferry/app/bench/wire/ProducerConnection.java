package dev.hookferry.app.bench.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A producer's connection, with one request at a time. Not thread-safe. */
public final class ProducerConnection implements AutoCloseable {
  private final SocketChannel channel;
  private final InboundBuffer inbound = new InboundBuffer();
  private final ByteBuffer outbound;
  private int first;
  private long plannedMicros;

  private ProducerConnection(SocketChannel channel, int room) {
    this.channel = channel;
    outbound = ByteBuffer.allocateDirect(room);
  }

  public static ProducerConnection connect(int port, int room) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    return new ProducerConnection(channel, room);
  }

  public SocketChannel channel() {
    return channel;
  }

  public InboundBuffer inbound() {
    return inbound;
  }

  /** Returns the number of the request's first event. */
  public int first() {
    return first;
  }

  /** Returns the scheduled send time of the request. */
  public long plannedMicros() {
    return plannedMicros;
  }

  /** Starts writing a request; returns whether it is completely written. */
  public boolean send(byte[] request, int firstEvent, long planned) throws IOException {
    first = firstEvent;
    plannedMicros = planned;
    outbound.clear().put(request).flip();
    return flush();
  }

  /** Continues writing; returns whether the request is completely written. */
  public boolean flush() throws IOException {
    int unused = channel.write(outbound);
    return !outbound.hasRemaining();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
