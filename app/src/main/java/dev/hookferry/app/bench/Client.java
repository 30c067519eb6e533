package dev.hookferry.app.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A producer's connection, with one request at a time. Not thread-safe. */
final class Client implements AutoCloseable {
  private final SocketChannel channel;
  private final Inbound inbound = new Inbound();
  private final ByteBuffer outbound;
  private int first;
  private long plannedMicros;

  private Client(SocketChannel channel, int room) {
    this.channel = channel;
    outbound = ByteBuffer.allocateDirect(room);
  }

  /** Connects. */
  static Client connect(int port, int room) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    return new Client(channel, room);
  }

  SocketChannel channel() {
    return channel;
  }

  Inbound inbound() {
    return inbound;
  }

  /** The number of the first event of the request. */
  int first() {
    return first;
  }

  /** When the request was to be sent. */
  long plannedMicros() {
    return plannedMicros;
  }

  /** Begins a request; true once all of it is written. */
  boolean send(byte[] request, int firstEvent, long planned) throws IOException {
    first = firstEvent;
    plannedMicros = planned;
    outbound.clear().put(request).flip();
    return flush();
  }

  /** Goes on writing; true once all is written. */
  boolean flush() throws IOException {
    int unused = channel.write(outbound);
    return !outbound.hasRemaining();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
