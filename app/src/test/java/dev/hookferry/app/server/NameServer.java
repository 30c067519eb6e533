package dev.hookferry.app.server;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** A scripted name server whose records have no time to live. */
final class NameServer implements AutoCloseable {
  private static final int A = 1;
  private static final int CNAME = 5;
  private static final int AAAA = 28;
  private static final int QUESTION = 12;

  private final DatagramSocket socket;
  private final Function<String, Answer> names;

  /**
   * Answer to a name.
   *
   * @param alias another name before the addresses, or an empty text
   * @param addresses of both families
   */
  record Answer(String alias, List<String> addresses) {}

  NameServer(Function<String, Answer> names) throws IOException {
    this.names = names;
    this.socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 53));
    Thread thread = new Thread(this::serve, "name-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
    while (true) {
      try {
        socket.receive(packet);
        byte[] reply = reply(Arrays.copyOf(packet.getData(), packet.getLength()));
        socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
      } catch (IOException e) {
        return;
      }
    }
  }

  private byte[] reply(byte[] query) throws IOException {
    StringBuilder name = new StringBuilder();
    int at = QUESTION;
    while (query[at] != 0) {
      name.append(name.length() == 0 ? "" : ".");
      name.append(new String(query, at + 1, query[at], StandardCharsets.US_ASCII));
      at += query[at] + 1;
    }
    int type = query[at + 2];
    Answer answer = names.apply(name.toString());
    List<byte[]> addresses =
        answer.addresses().stream()
            .map(NameServer::bytes)
            .filter(bytes -> bytes.length == (type == A ? 4 : type == AAAA ? 16 : 0))
            .toList();
    boolean aliased = !answer.alias().isEmpty();
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(reply);
    out.write(query, 0, 2);
    out.writeShort(0x8180);
    out.writeShort(1);
    out.writeShort(addresses.size() + (aliased ? 1 : 0));
    out.writeInt(0);
    out.write(query, QUESTION, at + 5 - QUESTION);
    byte[] asked = {(byte) 0xc0, QUESTION};
    byte[] owner = aliased ? encoded(answer.alias()) : asked;
    if (aliased) {
      record(out, asked, CNAME, owner);
    }
    for (byte[] address : addresses) {
      record(out, owner, type, address);
    }
    return reply.toByteArray();
  }

  private static void record(DataOutputStream out, byte[] owner, int type, byte[] data)
      throws IOException {
    out.write(owner);
    out.writeShort(type);
    out.writeShort(1);
    out.writeInt(0);
    out.writeShort(data.length);
    out.write(data);
  }

  private static byte[] encoded(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String label : name.split("\\.")) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    out.write(0);
    return out.toByteArray();
  }

  private static byte[] bytes(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
