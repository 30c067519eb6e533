package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no decent client sends. */
class HardeningTest {
  private static final String EVENTS = Served.DEFAULT + "/events";
  private static final String EVENT = "{\"type\":\"license_created\",\"data\":{\"n\":1}}";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: b\r\nContent-Length: 41\r\n",
        "Content-Length: 41\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 41\r\n",
        "Content-Length: 41\r\nContent-Length: 3\r\n",
        "Content-Length: 41\r\nContent-Length: 41\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: identity\r\n",
        "Content-Length : 41\r\n",
        "Content-Length: +41\r\n",
        "Content-Length: 0x29\r\n",
        "Content-Length: 41, 41\r\n",
        "Content-Length: 18446744073709551657\r\n",
        "Content-Length: 41\nX: y\r\n",
        "Content-Length: 4\r\n 1\r\n",
        "Content-Length: 41\r\n ,41\r\n",
        "Content-Length: 41\r\n\tX: y\r\n",
        "Transfer-Encoding: chunked\r\n ,identity\r\n",
        "Transfer-Encoding:\r\n x\r\n chunked\r\n",
        "X\u0000Y: 1\r\nContent-Length: 41\r\n",
      })
  void ambiguousFramingIsRefusedAndTheConnectionClosed(String headers) {
    try (RawClient raw = new RawClient(served)) {
      String answer = raw.write(head("POST", EVENTS) + headers + "\r\n" + EVENT).readAll();
      assertThat(answer)
          .startsWith("HTTP/1.1 400 ")
          .contains("Connection: close")
          .contains("Content-Type: application/problem+json")
          .contains("\"status\":400")
          .endsWith("}");
    }
    assertThat(count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/0.9", "HTTP/2.0", "HTTP/1.11", "http/1.1"})
  void anotherVersionIsRefused(String version) {
    try (RawClient raw = new RawClient(served)) {
      String answer =
          raw.write(head("GET", EVENTS).replace("HTTP/1.1", version) + "\r\n").readAll();
      assertThat(answer).contains(" 400 ").contains("Connection: close").endsWith("}");
    }
  }

  /** RFC 9112, 5.2: a fold is a blank, before anything is made of the value. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 41\r\nX: a\r\n b\r\n",
        "X: a\r\n\tTransfer-Encoding: chunked\r\nContent-Length: 41\r\n",
        "Content-Length:\r\n 41\r\n",
        "Content-Length: 41\r\n \r\n",
      })
  void aFoldedHeaderIsReadAsOneLine(String headers) {
    try (RawClient raw = new RawClient(served)) {
      String last = head("GET", "/nowhere") + "Connection: close\r\n\r\n";
      String answers = raw.write(head("POST", EVENTS) + headers + "\r\n" + EVENT + last).readAll();
      assertThat(answers.replaceAll("(?s)HTTP/1.1 (\\d+) .*?(?=HTTP/1.1|$)", "$1 "))
          .isEqualTo("202 404 ");
    }
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void aSecondRequestHiddenBehindTheFirstIsNotTaken() {
    String hidden = head("POST", EVENTS) + "Content-Length: 41\r\n\r\n" + EVENT;
    String chunked = "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n";
    try (RawClient raw = new RawClient(served)) {
      String answer = raw.write(head("POST", EVENTS) + chunked + "0\r\n\r\n" + hidden).readAll();
      assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("202");
    }
    assertThat(count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"29\r\n%s\r\n0\r\n\r\n", "29\n%s\n0\n\n", "29\r\n%sXX\n0\r\n\r\n"})
  void ignoresEverythingAfterChunks(String chunks) {
    try (RawClient raw = new RawClient(served)) {
      String next = head("POST", EVENTS) + "Content-Length: 41\r\n\r\n" + EVENT;
      String first = head("POST", EVENTS) + "Transfer-Encoding: chunked\r\n\r\n";
      raw.write(first + chunks.formatted(EVENT) + next);
      assertThat(raw.readAll().split("HTTP/1.1 "))
          .hasSize(2)
          .anyMatch(answer -> answer.startsWith("202 ") && answer.contains("Connection: close"));
    }
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void refusalOfNonsenseFollowsEarlierResponses() {
    String one = head("POST", EVENTS) + "Content-Length: 41\r\n\r\n" + EVENT;
    try (RawClient raw = new RawClient(served)) {
      String answers = raw.write(one + one + "nonsense\r\n\r\n").readAll();
      assertThat(answers.replaceAll("(?s)HTTP/1.1 (\\d+) .*?(?=HTTP/1.1 \\d|$)", "$1 "))
          .isEqualTo("202 202 400 ");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() {
    String one = head("POST", EVENTS) + "Content-Length: 41\r\n\r\n" + EVENT;
    String other = head("GET", "/healthz") + "\r\n";
    String last = head("GET", "/nowhere") + "Connection: close\r\n\r\n";
    try (RawClient raw = new RawClient(served)) {
      String answers = raw.write(one + other + one + last).readAll();
      assertThat(answers.replaceAll("(?s)HTTP/1.1 (\\d+) .*?(?=HTTP/1.1|$)", "$1 "))
          .isEqualTo("202 200 202 404 ");
    }
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void aHeadBeyondItsLimitIsRefused() {
    String huge = "X-Huge: " + "x".repeat(2 << 20) + "\r\n\r\n";
    try (RawClient raw = new RawClient(served)) {
      String answer = raw.write(head("GET", EVENTS) + huge).readAll();
      assertThat(answer).doesNotContain("HTTP/1.1 200");
    }
    try (RawClient raw = new RawClient(served)) {
      String answer = raw.write(head("GET", EVENTS) + "X: y\r\n".repeat(101) + "\r\n").readAll();
      assertThat(answer).startsWith("HTTP/1.1 400 ");
    }
    try (RawClient raw = new RawClient(served)) {
      String large = "X-Large: " + "x".repeat(17 << 10) + "\r\n\r\n";
      assertThat(raw.write(head("GET", EVENTS) + large).readAll()).startsWith("HTTP/1.1 400 ");
    }
    assertThat(served.get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void anEndlessBodyIsAnsweredWhileItIsStillComing() {
    try (RawClient raw = new RawClient(served)) {
      raw.write(head("POST", EVENTS) + "Transfer-Encoding: chunked\r\n\r\n");
      String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
      for (int i = 0; i < 17; i++) {
        raw.write(chunk);
      }
      assertThat(raw.readUntil("bytes at most")).startsWith("HTTP/1.1 413 ");
    }
    assertThat(served.get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void doesNotWaitForABodyAnnouncedAsTooLarge() {
    try (RawClient raw = new RawClient(served)) {
      raw.write(head("POST", EVENTS) + "Content-Length: 1073741824\r\n\r\n");
      assertThat(raw.readUntil("bytes at most")).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void expectContinueIsAcceptedOrRefused() {
    String asking = "Expect: 100-continue\r\nContent-Length: ";
    try (RawClient raw = new RawClient(served)) {
      raw.write(head("POST", EVENTS) + asking + "41\r\n\r\n");
      assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
      assertThat(raw.write(EVENT).readUntil("}")).startsWith("HTTP/1.1 202 ");
    }
    try (RawClient raw = new RawClient(served)) {
      raw.write(head("POST", EVENTS) + asking + "99999999\r\n\r\n");
      assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 413 ");
    }
    try (RawClient raw = new RawClient(served)) {
      raw.write(head("POST", EVENTS).replace("Bearer", "Basic") + asking + "41\r\n\r\n");
      assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 401 ");
    }
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void aBodyInSmallPiecesIsPutTogether() {
    try (RawClient raw = new RawClient(served)) {
      raw.write(head("POST", EVENTS) + "Transfer-Encoding: chunked\r\n\r\n");
      for (char c : EVENT.toCharArray()) {
        raw.write("1\r\n" + c + "\r\n");
      }
      assertThat(raw.write("0\r\n\r\n").readUntil("}")).startsWith("HTTP/1.1 202 ");
    }
  }

  @Test
  void aBodyThatDoesNotEndInTimeIsGivenUp() {
    try (Served hasty =
            new Served(options -> options.withBodyTimeout(Duration.ofMillis(50)), store -> store);
        RawClient raw = new RawClient(hasty)) {
      String head = head("POST", EVENTS).replace(served.admin, hasty.admin);
      raw.write(head + "Content-Length: 41\r\n\r\n" + EVENT.substring(0, 20));
      assertThat(raw.readUntil("}"))
          .startsWith("HTTP/1.1 408 ")
          .contains("Content-Type: application/problem+json")
          .contains("the body was not complete within 0.05 seconds");
      assertThat(hasty.get(EVENTS).json().path("data")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /api/v1/sites HTTP/1.1\r\nHost: a\r\nX-Slow: "})
  void aHeadThatDoesNotEndInTimeIsGivenUp(String begun) {
    Duration soon = Duration.ofMillis(500);
    try (Served strict =
            new Served(
                options ->
                    options.withBodyTimeout(soon).withHeadTimeout(soon).withIdleTimeout(soon),
                store -> store);
        RawClient raw = new RawClient(strict)) {
      assertThat(raw.write(begun).readAll()).doesNotContain(" 200 ");
      Poll.until(() -> isHealthy(strict));
    }
  }

  /** A server with such short limits may also close on a healthy client that is slow. */
  private static boolean isHealthy(Served strict) {
    try {
      return strict.get("/healthz").status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n" + EVENT + "\r\n0\r\n\r\n",
        "-29\r\n" + EVENT + "\r\n0\r\n\r\n",
        "29" + EVENT + "\r\n0\r\n\r\n",
        "29\r\n" + EVENT + "XX0\r\n\r\n",
        "ffffffffffffffffff\r\n" + EVENT + "\r\n0\r\n\r\n",
      })
  void refusesAMalformedChunk(String chunks) {
    String hidden = head("POST", EVENTS) + "Content-Length: 41\r\n\r\n" + EVENT;
    try (RawClient raw = new RawClient(served)) {
      raw.write(head("POST", EVENTS) + "Transfer-Encoding: chunked\r\n\r\n" + chunks + hidden);
      assertThat(raw.readAll()).doesNotContain(" 202 ").doesNotContain(" 200 ");
    }
    assertThat(count()).isZero();
  }

  @Test
  void aClientThatDisconnectsLeavesNothingBehind() {
    Duration grace = Duration.ofMinutes(2);
    try (Served patient = new Served(options -> options.withGrace(grace), store -> store)) {
      String head = head("POST", EVENTS).replace(served.admin, patient.admin);
      for (int i = 0; i < 50; i++) {
        try (RawClient raw = new RawClient(patient)) {
          raw.write(head + "Content-Length: 41\r\n\r\n" + EVENT.substring(0, i % 41));
        }
      }
      assertThat(patient.get(EVENTS).json().path("data")).isEmpty();
      // If an exchange still counted as open, this would take the whole grace.
      long before = System.nanoTime();
      patient.server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(grace);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/sites/default/events;x=y, 404",
    "/api/v1/sites/default;x=y/events, 404",
    "/api/v1/sites/default/events/..%2f..%2fadmin, 404",
    "/api/v1/sites/default/events/../../../keys, 404",
    "/api/v1/sites/default/%65vents, 404",
    "/api/v1/sites/%64efault/events, 404",
    "/api/v1/sites/default/events/, 404",
    "//api/v1/sites/default/events, 404",
    "/api/v1/sites/default/events?limit=1, 200",
    "http://elsewhere.example/api/v1/sites/default/events, 200",
    "/api/v1/sites/default/events/%zz, 400",
    "/api/v1/sites/default/events?limit=%, 400",
    "/api/v1/sites/default/events?type=%ff, 400",
    "/api/v1/sites/default/events/é, 400",
  })
  void pathsAreTakenAsTheyCome(String path, int status) {
    try (RawClient raw = new RawClient(served)) {
      String answer = raw.write(head("GET", path) + "Connection: close\r\n\r\n").readAll();
      assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    }
  }

  @Test
  void noHeaderChangesTheMethod() {
    String override = "X-HTTP-Method-Override: DELETE\r\nContent-Length: 41\r\n\r\n";
    try (RawClient raw = new RawClient(served)) {
      assertThat(raw.write(head("POST", EVENTS) + override + EVENT).readUntil("}"))
          .startsWith("HTTP/1.1 202 ");
    }
  }

  @Test
  void headAndOptionsAreAnsweredWithoutABody() {
    for (String method : List.of("HEAD", "OPTIONS")) {
      try (RawClient raw = new RawClient(served)) {
        String answer = raw.write(head(method, EVENTS) + "Connection: close\r\n\r\n").readAll();
        assertThat(answer).endsWith("\r\n\r\n").doesNotContain("{");
      }
    }
    Served.Answer options = served.send("OPTIONS", EVENTS, null);
    assertThat(options.status()).isEqualTo(204);
    assertThat(options.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
  }

  @Test
  void aFileWithAGetIsRefused() {
    String upload =
        "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5\r\n\r\n--x--";
    try (RawClient raw = new RawClient(served)) {
      raw.write(head("GET", EVENTS).replace("Content-Type: application/json\r\n", "") + upload);
      assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 415 ");
    }
    try (RawClient raw = new RawClient(served)) {
      raw.write(head("GET", EVENTS) + "Content-Length: 2\r\n\r\n{}");
      assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void idleConnectionsKeepNobodyElseWaiting() {
    List<RawClient> idle = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      idle.add(new RawClient(served).write(i % 2 == 0 ? "" : "POST /api"));
    }
    Poll.until(() -> served.get("/healthz").status() == 200);
    assertThat(served.post(EVENTS, EVENT).status()).isEqualTo(202);
    idle.forEach(RawClient::close);
  }

  private String head(String method, String path) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer "
        + served.admin
        + "\r\n";
  }

  private int count() {
    return served.get(EVENTS).json().path("data").size();
  }
}
