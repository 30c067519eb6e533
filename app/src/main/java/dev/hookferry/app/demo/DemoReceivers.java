package dev.hookferry.app.demo;

import dev.hookferry.app.receiver.Received;
import dev.hookferry.app.receiver.Receiver;
import dev.hookferry.app.receiver.ReceiverReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The receivers of the demo, and the requests they received. Thread-safe. */
final class DemoReceivers implements AutoCloseable {
  /** Number of failures of the billing receiver before it recovers. */
  static final int FAILURES = 2;

  private final List<Received> received = new ArrayList<>();
  private final Receiver receiver;

  DemoReceivers(InstantSource clock) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    receiver = Receiver.start(anyPort, clock, this::take);
  }

  /** The three receivers. */
  enum ReceiverRole {
    CRM("/crm", "accepts everything at once", "*"),
    BILLING("/billing", "fails twice, then recovers", "license_created"),
    ARCHIVE("/archive", "always fails", "license_deleted");

    private final String path;
    private final String behaviour;
    private final String wants;

    ReceiverRole(String path, String behaviour, String wants) {
      this.path = path;
      this.behaviour = behaviour;
      this.wants = wants;
    }

    String path() {
      return path;
    }

    String behaviour() {
      return behaviour;
    }

    String wants() {
      return wants;
    }
  }

  /** Returns the URL of a receiver. */
  String url(ReceiverRole actor) {
    return receiver.address() + actor.path();
  }

  /** Returns the URL of another path, which accepts every request. */
  String url(String path) {
    return receiver.address() + path;
  }

  String address() {
    return receiver.address().toString();
  }

  synchronized List<Received> received() {
    return List.copyOf(received);
  }

  List<Received> received(ReceiverRole actor) {
    return received().stream().filter(r -> r.path().equals(actor.path())).toList();
  }

  private synchronized ReceiverReply take(Received request) {
    received.add(request);
    if (request.path().equals(ReceiverRole.ARCHIVE.path())) {
      return ReceiverReply.of(500);
    }
    boolean fails =
        request.path().equals(ReceiverRole.BILLING.path())
            && received.stream().filter(r -> isSame(r, request)).count() <= FAILURES;
    return ReceiverReply.of(fails ? 500 : 200);
  }

  private static boolean isSame(Received one, Received other) {
    return one.path().equals(other.path()) && one.event().equals(other.event());
  }

  @Override
  public void close() {
    receiver.close();
  }
}
