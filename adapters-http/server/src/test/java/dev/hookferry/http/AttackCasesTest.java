package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.AttackCase;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.socket.BodyLimit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Known attacks on the inbound side, with the answers that they must get. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackCasesTest {
  private static final String EVENTS = Served.DEFAULT + "/events";
  private static final String GOOD = "{\"type\":\"a.b\",\"data\":{\"n\":1}}";
  private static final Pattern REQUEST = Pattern.compile("(\\S+) (\\S+)(?: (.*))?", Pattern.DOTALL);
  private static final Pattern STATUS = Pattern.compile("\\b[2-5][0-9]{2}\\b");

  /** Cases that have a test of their own. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "every route with an id of another tenant (generated from the route table)",
          "TenantTest.foreignIdLooksLikeAnUnknownOne",
          "batch replay with a list that holds one foreign id",
          "TenantTest.filtersAndReplaysFindNothingOfAnotherSite",
          "Idempotency-Key of tenant A seen by tenant B",
          "TenantTest.idsAndIdempotencyKeysCountWithinASiteOnly",
          "endpoint secret of another tenant by guessable id",
          "TenantTest.foreignIdLooksLikeAnUnknownOne",
          "metrics, logs, error texts",
          "AccessTest.keyOfOneSiteAllowsNothingBeyondIt",
          "POST /api/v1/sites/default/events while the database is down",
          "FailingStoreTest.aStoreThatFailsIsAnsweredWith503AndNothingIsAccepted");

  /** Shown on the engine: endpoints that hang take nobody else's turn. */
  private static final String SLOW_TENANT = "tenant A with 1000 slow endpoints (14 s each)";

  private final Served served = new Served();
  private final Map<String, Supplier<String>> special =
      Map.ofEntries(
          Map.entry(
              "POST /api/v1/sites/default/events body=UTF-16LE with BOM of a good document",
              () -> post("", "\u00ff\u00fe" + utf16(GOOD))),
          Map.entry("POST /api/v1/sites/default/events chunked, 1 GiB", this::endless),
          Map.entry(
              "POST /api/v1/sites/default/events body of the limit + 1",
              () -> post("", sized(BodyLimit.EVENT + 1))),
          Map.entry(
              "GET /api/v1/sites/default/events Content-Type: multipart/form-data with files",
              () ->
                  raw("GET", EVENTS, "Content-Type: multipart/form-data; boundary=x\r\n", "--x--")),
          Map.entry(
              "Authorization: Bearer <valid key with one bit changed>",
              () -> keyed(flipped(served.admin), "GET", EVENTS)),
          Map.entry(
              "POST /api/v1/sites/default/events?api_key=<valid>",
              () -> keyed("", "GET", EVENTS + "?api_key=" + served.admin)),
          Map.entry("Idempotency-Key: k twice, same body", this::twice),
          Map.entry(
              "Idempotency-Key with CRLF or 1 KiB",
              () -> post("Idempotency-Key: " + "k".repeat(1024) + "\r\n", GOOD)),
          Map.entry(
              "POST with X-HTTP-Method-Override: DELETE",
              () -> post("X-HTTP-Method-Override: DELETE\r\n", GOOD)),
          Map.entry("two Host headers", () -> post("Host: b\r\n", GOOD)),
          Map.entry(
              "Content-Length and Transfer-Encoding together",
              () -> post("Transfer-Encoding: chunked\r\n", GOOD)),
          Map.entry("Header name followed by a space and colon", () -> post("X-A : b\r\n", GOOD)),
          Map.entry("one 2 MiB header", () -> post("X: " + "x".repeat(2 << 20) + "\r\n", GOOD)),
          Map.entry("10000 idle connections", this::amongIdleOnes),
          Map.entry("Idempotency-Key: k, 100 parallel requests", this::hundredAtOnce));

  @BeforeAll
  void populate() {
    assertThat(
            served
                .send(
                    "PATCH",
                    Served.DEFAULT + "/settings",
                    "{\"eventTypes\":[\"a.b\"],\"envelope\":\"raw\"}")
                .status())
        .isEqualTo(200);
    String endpoint = "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"a.b\"]}";
    assertThat(served.post(Served.DEFAULT + "/endpoints", endpoint).status()).isEqualTo(201);
  }

  @AfterAll
  void close() {
    served.close();
  }

  static Stream<String> rows() {
    return AttackCase.rows(AttackCasesTest.class, "attack-cases.tsv", "inbound-derived.tsv");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isAnsweredAsItMustBe(String row) {
    String[] parts = row.split("\t", -1);
    String input = AttackCase.unescape(parts[1]);
    if (ELSEWHERE.containsKey(input) || input.equals(SLOW_TENANT)) {
      return;
    }
    String before = state();
    Supplier<String> own = special.get(input);
    String answer = own == null ? sent(input) : own.get();
    int status = Integer.parseInt(answer.substring(9, 12));
    List<String> allowed = statuses(parts[2]);
    if (allowed.isEmpty()) {
      assertThat(status).isIn(200, 202);
    } else {
      assertThat(Integer.toString(status)).as(answer).isIn(allowed);
    }
    if (status >= 400) {
      assertThat(answer).contains("Content-Type: application/problem+json");
      assertThat(state()).isEqualTo(before);
      assertThat(answer).doesNotContain(served.admin).doesNotContain("Evil", "<script>", "${");
    }
    if (parts[2].contains("exactly these bytes")) {
      String cut = input.substring(input.indexOf("\"data\":") + 7, input.length() - 1);
      byte[] data =
          AttackText.withBytes(AttackText.grown(cut)).getBytes(StandardCharsets.ISO_8859_1);
      Poll.until(
          () ->
              served.transport.requests().stream()
                  .anyMatch(r -> Arrays.equals(r.body().toBytes(), data)));
    }
  }

  @Test
  void attacksCoveredElsewhereExist() throws ClassNotFoundException {
    List<String> inputs = rows().map(row -> AttackCase.unescape(row.split("\t", -1)[1])).toList();
    assertThat(inputs).containsAll(ELSEWHERE.keySet()).containsAll(special.keySet());
    for (String place : ELSEWHERE.values()) {
      String[] names = place.split("\\.");
      Class<?> type = Class.forName("dev.hookferry.http." + names[0]);
      assertThat(Stream.of(type.getDeclaredMethods()).map(m -> m.getName())).contains(names[1]);
    }
  }

  private static List<String> statuses(String expected) {
    Matcher matcher = STATUS.matcher(expected.split(";")[0]);
    return matcher.results().map(result -> result.group()).toList();
  }

  /** A request that is written out: a method, a path, and a body or lines of headers. */
  private String sent(String input) {
    Matcher request = REQUEST.matcher(input);
    assertThat(request.matches()).as(input).isTrue();
    String rest = request.group(3) == null ? "" : request.group(3);
    String method = request.group(1);
    String path = request.group(2);
    if (rest.startsWith("body=")) {
      String body = AttackText.withBytes(AttackText.grown(rest.substring(5)));
      return raw(method, path, "Content-Type: application/json\r\n", body);
    }
    if (rest.startsWith("Authorization: Bearer ")) {
      return keyed(rest.substring(22), "GET", path);
    }
    String header = rest.isEmpty() ? "" : AttackText.withBytes(rest) + "\r\n";
    return raw(method, path, header, method.equals("GET") ? "" : GOOD);
  }

  private String post(String headers, String body) {
    return raw("POST", EVENTS, "Content-Type: application/json\r\n" + headers, body);
  }

  private String raw(String method, String path, String headers, String body) {
    return exchange(served.admin, method, path, headers, body);
  }

  private String keyed(String key, String method, String path) {
    return exchange(key, method, path, "", "");
  }

  private String exchange(String key, String method, String path, String headers, String body) {
    String length =
        body.isEmpty() && method.equals("GET") ? "" : "Content-Length: " + body.length() + "\r\n";
    try (RawClient client = new RawClient(served)) {
      client.write(method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
      client.write(key.isEmpty() ? "" : "Authorization: Bearer " + key + "\r\n");
      return client.write(length + headers + "\r\n" + body).readAll();
    }
  }

  private String endless() {
    try (RawClient client = new RawClient(served)) {
      client.write("POST " + EVENTS + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n");
      client.write("Authorization: Bearer " + served.admin + "\r\n");
      client.write("Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 300 && !client.hasAnswer(); i++) {
        client.write("10000\r\n" + " ".repeat(0x10000) + "\r\n");
      }
      return client.readUntil("}");
    }
  }

  private String twice() {
    String first = post("Idempotency-Key: k\r\n", GOOD);
    String again = post("Idempotency-Key: k\r\n", GOOD);
    assertThat(again.substring(again.indexOf('{'))).isEqualTo(first.substring(first.indexOf('{')));
    return again;
  }

  private String hundredAtOnce() {
    int before = stored();
    List<String> all =
        IntStream.range(0, 100)
            .parallel()
            .mapToObj(i -> post("Idempotency-Key: k-100\r\n", GOOD))
            .toList();
    assertThat(stored()).isEqualTo(before + 1);
    return all.get(99);
  }

  private String amongIdleOnes() {
    List<RawClient> idle = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      idle.add(new RawClient(served));
    }
    String answer = post("", GOOD);
    idle.forEach(RawClient::close);
    return answer;
  }

  private static String flipped(String key) {
    char[] text = key.toCharArray();
    text[8] ^= 1;
    return new String(text);
  }

  private static String utf16(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
  }

  private static String sized(int length) {
    String start = "{\"type\":\"a.b\",\"data\":\"";
    return start + "x".repeat(length - start.length() - 2) + "\"}";
  }

  private String state() {
    return stored()
        + Stream.of("/settings", "/endpoints?limit=500", "/replay-jobs")
            .map(path -> served.get(Served.DEFAULT + path).json().toString())
            .collect(Collectors.joining())
        + served.get("/api/v1/sites").json()
        + served.get("/api/v1/keys").json();
  }

  private int stored() {
    return served.get(EVENTS + "?limit=500").json().path("data").size();
  }
}
