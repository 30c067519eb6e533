package dev.hookferry.http.client.proxy;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Opens a tunnel through a SOCKS 5 proxy (RFC 1928), with a password if one is set (RFC 1929). */
final class Socks5Handshake implements ProxyHandshake {
  private static final byte[] NOTHING = {};
  private static final int VERSION = 5;
  private static final int PASSWORD_VERSION = 1;
  private static final int NO_AUTHENTICATION = 0;
  private static final int PASSWORD = 2;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;
  private static final int PORT_BYTES = 2;

  private final InetSocketAddress target;
  private final @Nullable ProxyCredentials credentials;
  private Step step = Step.METHOD;

  /** The message that the proxy must send next. */
  private enum Step {
    METHOD,
    PASSWORD,
    REPLY
  }

  Socks5Handshake(InetSocketAddress target, @Nullable ProxyCredentials credentials) {
    this.target = target;
    this.credentials = credentials;
  }

  @Override
  public byte[] begin() {
    return credentials == null
        ? new byte[] {VERSION, 1, NO_AUTHENTICATION}
        : new byte[] {VERSION, 2, NO_AUTHENTICATION, PASSWORD};
  }

  @Override
  public boolean hasAsked() {
    return step == Step.REPLY;
  }

  @Override
  public byte @Nullable [] read(ByteBuf received) throws ProxyException {
    return switch (step) {
      case METHOD -> method(received);
      case PASSWORD -> password(received);
      case REPLY -> reply(received);
    };
  }

  private byte[] method(ByteBuf received) throws ProxyException {
    requireVersion(received, VERSION);
    if (received.readableBytes() < 2) {
      return NOTHING;
    }
    received.skipBytes(1);
    int chosen = received.readUnsignedByte();
    if (chosen == NO_AUTHENTICATION) {
      return request();
    }
    if (chosen != PASSWORD || credentials == null) {
      throw ProxyException.failed(
          credentials == null
              ? "requires credentials, and the egress has none"
              : "accepts neither a user name and password nor a connection without them");
    }
    step = Step.PASSWORD;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(PASSWORD_VERSION);
    write(out, credentials.user());
    write(out, credentials.password());
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }

  private byte[] password(ByteBuf received) throws ProxyException {
    requireVersion(received, PASSWORD_VERSION);
    if (received.readableBytes() < 2) {
      return NOTHING;
    }
    received.skipBytes(1);
    if (received.readByte() != 0) {
      throw ProxyException.failed("does not accept the credentials");
    }
    return request();
  }

  private byte[] request() {
    step = Step.REPLY;
    byte[] address = target.getAddress().getAddress();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(VERSION);
    out.write(CONNECT);
    out.write(0);
    out.write(address.length == 4 ? IPV4 : IPV6);
    out.writeBytes(address);
    out.write(target.getPort() >> 8);
    out.write(target.getPort());
    return out.toByteArray();
  }

  private static byte @Nullable [] reply(ByteBuf received) throws ProxyException {
    requireVersion(received, VERSION);
    int available = received.readableBytes();
    int at = received.readerIndex();
    if (available < 2) {
      return NOTHING;
    }
    int code = received.getUnsignedByte(at + 1);
    if (code != 0) {
      throw ProxyException.refused("refused with code " + code + ": " + meaning(code));
    }
    if (available < 5) {
      return NOTHING;
    }
    int length =
        switch (received.getUnsignedByte(at + 3)) {
          case IPV4 -> 4;
          case IPV6 -> 16;
          case NAME -> 1 + received.getUnsignedByte(at + 4);
          default -> throw ProxyException.failed("does not speak SOCKS 5");
        };
    int all = 4 + length + PORT_BYTES;
    if (available < all) {
      return NOTHING;
    }
    received.skipBytes(all);
    return null;
  }

  private static String meaning(int code) {
    return switch (code) {
      case 1 -> "general failure";
      case 2 -> "its rules do not allow the connection";
      case 3 -> "network unreachable";
      case 4 -> "host unreachable";
      case 5 -> "the receiver's host refused the connection";
      case 6 -> "no connection in time";
      case 7 -> "it does not support CONNECT";
      case 8 -> "it does not support this kind of address";
      default -> "unknown";
    };
  }

  private static void requireVersion(ByteBuf received, int version) throws ProxyException {
    if (received.isReadable() && received.getByte(received.readerIndex()) != version) {
      throw ProxyException.failed("does not speak SOCKS 5");
    }
  }
}
