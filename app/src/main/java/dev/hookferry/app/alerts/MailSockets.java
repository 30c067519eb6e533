package dev.hookferry.app.alerts;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.SocketFactory;

/**
 * Socket factory for one message that limits the time and the size of responses: a mail server that
 * trickles bytes would block the sender forever, and an endless response would exhaust the memory.
 */
final class MailSockets extends SocketFactory {
  private static final int MAX_BYTES = 1 << 20;

  private final Duration timeout;
  private final long start = System.nanoTime();

  /**
   * Creates a factory; its time limit begins now.
   *
   * @param timeout the time after which no further response is read
   */
  MailSockets(Duration timeout) {
    this.timeout = timeout;
  }

  private final class LimitedInput extends FilterInputStream {
    private int count;

    private LimitedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (System.nanoTime() - start > timeout.toNanos()) {
        throw new SocketTimeoutException(
            "the mail server took longer than " + timeout.toSeconds() + " s");
      }
      int read = super.read(into, from, length);
      count += Math.max(0, read);
      if (count > MAX_BYTES) {
        throw new IOException("its response is longer than " + MAX_BYTES + " bytes");
      }
      return read;
    }
  }

  private final class LimitedSocket extends Socket {
    @Override
    public InputStream getInputStream() throws IOException {
      return new LimitedInput(super.getInputStream());
    }
  }

  @Override
  public Socket createSocket() {
    return new LimitedSocket();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw connecting();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw connecting();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw connecting();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
    throw connecting();
  }

  /**
   * Returns an error: these methods have no connect timeout, and the mail client connects itself.
   */
  private static UnsupportedOperationException connecting() {
    return new UnsupportedOperationException("creates only unconnected sockets");
  }
}
