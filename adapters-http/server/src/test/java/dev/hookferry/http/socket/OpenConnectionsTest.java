package dev.hookferry.http.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.RawClient;
import dev.hookferry.http.Served;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Places are for those who have something to do. */
class OpenConnectionsTest {
  private static final String EVENT = "{\"type\":\"license_created\",\"data\":{\"n\":1}}";
  private static final int PLACES = 40;

  private final Served served =
      new Served(options -> options.withConnections(PLACES), store -> store);
  private final List<RawClient> idle = new ArrayList<>();

  @AfterEach
  void close() {
    idle.forEach(RawClient::close);
    served.close();
  }

  @Test
  void idleClientsCannotTakeAllConnections() {
    crowd("");
    try (RawClient next = new RawClient(served)) {
      next.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(next.readUntil("}")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void norWhoSendsWithoutEnd() {
    crowd("POST /api/v1/sites/default/events HTTP/1.1\r\nHost: a\r\nX: ");
    try (RawClient next = new RawClient(served)) {
      next.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(next.readUntil("}")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aRequestOfAValidKeyKeepsItsPlaceUntilItIsAnswered() {
    try (RawClient slow = new RawClient(served)) {
      slow.write(head() + "Expect: 100-continue\r\nContent-Length: 41\r\n\r\n");
      assertThat(slow.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
      slow.write(EVENT.substring(0, 20));
      crowd("");
      slow.write(EVENT.substring(20));
      assertThat(slow.readUntil("}")).startsWith("HTTP/1.1 202 ");

      crowd("");
      assertThat(slow.readAll()).isEmpty();
    }
  }

  /** Many more than there are places; each is let in, whoever must go for it. */
  private void crowd(String begun) {
    for (int i = 0; i < 3 * PLACES; i++) {
      idle.add(new RawClient(served).write(begun));
    }
    assertThat(served.get("/healthz").status()).isEqualTo(200);
  }

  private String head() {
    return "POST "
        + Served.DEFAULT
        + "/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer "
        + served.admin
        + "\r\n";
  }
}
