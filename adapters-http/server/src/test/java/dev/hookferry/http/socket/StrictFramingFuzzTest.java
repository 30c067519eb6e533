package dev.hookferry.http.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.hookferry.contract.support.Fuzz;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.RawClient;
import dev.hookferry.http.Served;
import dev.hookferry.http.StrictReader;
import dev.hookferry.http.publish.PublishParser;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.TimeWindow;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes on a connection: the server sees no request that a strict reader does not see
 * there, and after what can be read in two ways it sees none at all.
 */
class StrictFramingFuzzTest {
  private static final Duration GRACE = Duration.ofMinutes(2);
  private static final String EVENTS = Served.DEFAULT + "/events";
  private static final String EVENT = "{\"type\":\"license_created\",\"data\":{\"n\":1}}";
  private static final String KEY = "Authorization: Bearer KEY\r\n";
  private static final String POST =
      "POST " + EVENTS + " HTTP/1.1\r\nHost: a\r\n" + KEY + "Content-Type: application/json\r\n";
  private static final String GET = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String SIZED = POST + "Content-Length: 41\r\n\r\n" + EVENT;
  private static final String CHUNKED =
      POST + "Transfer-Encoding: chunked\r\n\r\n29\r\n" + EVENT + "\r\n0\r\n\r\n";
  private static final String MANY_CHUNKS =
      POST
          + "Transfer-Encoding: Chunked\r\n\r\n1;a=b\r\n{\r\n0a ; c\r\n\"type\":\"li\r\n1E\r\n"
          + EVENT.substring(11)
          + "\r\n000;x=\"y\"\r\nX-Trailer: z\r\n\r\n";
  private static final List<String> CORPUS =
      List.of(
          SIZED,
          CHUNKED,
          MANY_CHUNKS,
          SIZED + GET,
          CHUNKED + GET,
          MANY_CHUNKS + SIZED,
          CHUNKED + CHUNKED + SIZED,
          GET + SIZED + GET,
          POST + "Expect: 100-continue\r\nContent-Length: 41\r\n\r\n" + EVENT + GET,
          POST + "Content-Length: 41\r\nContent-Length: 4\r\n\r\n" + EVENT + GET,
          POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + GET,
          POST + "X-Folded: a\r\n b\r\nContent-Length: 41\r\n\r\n" + EVENT + GET,
          "POST http://a" + EVENTS + SIZED.substring(5 + EVENTS.length()) + GET,
          "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n" + GET,
          "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n" + GET,
          "HEAD /healthz HTTP/1.1\r\nHost: a\r\n\r\n" + GET,
          "GET /healthz HTTP/1.0\r\n\r\n",
          "POST " + EVENTS + " HTTP/1.0\r\n" + SIZED.substring(SIZED.indexOf("Host")),
          "GET /healthz\r\n\r\n",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + GET,
          "GET " + EVENTS + "?limit=1 HTTP/1.1\r\nHost: a\r\n" + KEY + "\r\n" + GET,
          POST + "Content-Length: 41\r\nConnection: close\r\n\r\n" + EVENT + GET);
  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\n\n",
          "\r\n\r\n",
          " ",
          "\t",
          "\u000b",
          "\u0000",
          "\u00ff",
          "\u007f",
          ":",
          " :",
          ";",
          ",",
          "\"",
          "0",
          "29",
          "+29",
          "0x29",
          "-1",
          "00000000000000029",
          "ffffffffffffffff",
          "100000029",
          "0\r\n\r\n",
          "0\n\n",
          "29\n",
          "1\r\n{\r\n",
          ";a=\"\n\"",
          "Host: b\r\n",
          "Content-Length: 41\r\n",
          "Content-Length: 0\r\n",
          "Content-Length : 41\r\n",
          "Content-Length: 41, 41\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: identity\r\n",
          "Transfer-Encoding:\u000bchunked\r\n",
          "Transfer-Encoding: gzip, chunked\r\n",
          "Transfer_Encoding: chunked\r\n",
          "Expect: 100-continue\r\n",
          "Connection: close\r\n",
          "Connection: keep-alive, Content-Length\r\n",
          "Upgrade: h2c\r\n",
          " X: folded\r\n",
          "X: " + "y".repeat(17 << 10) + "\r\n",
          "HTTP/1.1",
          "HTTP/1.0",
          "HTTP/0.9",
          "HTTP/2.0",
          "GET",
          GET,
          SIZED,
          CHUNKED);
  private static final Pattern ANSWER =
      Pattern.compile(
          "HTTP/1\\.[01] (\\d{3}) [^\\r"
              + "\\n"
              + "]*\\r"
              + "\\n"
              + "((?:[A-Za-z-]+: [\\t\\x20-\\x7e]*\\r"
              + "\\n"
              + ")*)\\r"
              + "\\n");
  private static final Pattern LENGTH = Pattern.compile("(?:^|\n)Content-Length: (\\d+)\r");

  /** Possible outcomes of an invalid or refused request. */
  private static final List<Integer> REFUSALS = List.of(400, 401, 404, 405, 408, 413, 415, 417);

  private final Served direct = new Served(options -> options.withGrace(GRACE), store -> store);
  private final Served shared =
      new Served(options -> options.withGrace(GRACE).withProxyInFront(), store -> store);

  /** An answer, or the word that a body may be sent. */
  private record Answer(int status, String head) {
    boolean closes() {
      return head.contains("Connection: close");
    }
  }

  @AfterEach
  void close() {
    direct.close();
    shared.close();
  }

  @Test
  void noRequestIsSeenThatAStrictReaderDoesNotSee() {
    long before = files();
    Fuzz.tries(1_500, this::once);
    nothingIsLeft(before);
  }

  private void once(RandomGenerator chance) {
    Served served = chance.nextBoolean() ? direct : shared;
    String text = Fuzz.mutated(chance, CORPUS, PIECES);
    attempt(served, text.replaceAll("[^\\x00-\\xff]", "?").replace("KEY", served.admin), chance);
  }

  private void attempt(Served served, String sent, RandomGenerator chance) {
    served.clock.advance(Duration.ofMillis(1));
    String came = exchange(served, sent, chance);
    StrictReader reader = new StrictReader(sent);
    StrictReader.End end = reader.read();
    String story = "of " + end + " sent:\n" + sent + "\n--- came:\n" + came + "\n---";
    List<Answer> answers = answers(came, reader.requests, story);
    List<String> accepted = new ArrayList<>();
    int loose = 0;
    for (int i = 0; i < answers.size(); i++) {
      Answer answer = answers.get(i);
      if (i >= reader.requests.size()) {
        assertThat(i).as(story).isEqualTo(reader.requests.size());
        assertThat(end).as(story).isNotEqualTo(StrictReader.End.NOTHING);
        assertThat(end == StrictReader.End.BEGINNING || answer.closes()).as(story).isTrue();
        // Nobody else's request can be in loose chunks, as nothing is taken behind them.
        if (end != StrictReader.End.BROKEN_CHUNKS) {
          assertThat(REFUSALS).as(story).contains(answer.status());
        } else if (answer.status() == 202) {
          loose = 1;
        }
      } else if (answer.status() == 202) {
        accepted.addAll(data(reader.requests.get(i), story));
      }
    }
    requireAll(answers, reader.requests, end, story);
    List<String> stored = stored(served);
    assertThat(stored).as(story).hasSize(accepted.size() + loose);
    for (String data : accepted) {
      assertThat(stored).as(story).anyMatch(payload -> payload.endsWith(data + "}"));
    }
    if (chance.nextInt(20) == 0) {
      assertThat(served.get("/healthz").status()).as(story).isEqualTo(200);
    }
  }

  /** Whoever is let down without a word is not kept to the rules either. */
  private void requireAll(
      List<Answer> answers,
      List<StrictReader.Request> requests,
      StrictReader.End end,
      String story) {
    for (int i = 0; i < requests.size(); i++) {
      if (i >= answers.size()) {
        assertThat(end)
            .as("a request without an answer " + story)
            .isEqualTo(StrictReader.End.NONSENSE);
        return;
      }
      if (requests.get(i).last() || requests.get(i).chunked() || answers.get(i).closes()) {
        assertThat(answers).as(story).hasSize(i + 1);
        return;
      }
    }
  }

  private static List<String> data(StrictReader.Request request, String story) {
    assertThat(request.method()).as(story).isEqualTo("POST");
    List<String> all = new ArrayList<>();
    for (NewEvent event : PublishParser.parse(request.bytes(), null).events()) {
      all.add(new String(event.data().toBytes(), ISO_8859_1));
    }
    return all;
  }

  /** Reads the answers, each of them whole. */
  private static List<Answer> answers(
      String came, List<StrictReader.Request> requests, String story) {
    List<Answer> answers = new ArrayList<>();
    for (int at = 0; at < came.length(); ) {
      Matcher answer = ANSWER.matcher(came).region(at, came.length());
      assertThat(answer.lookingAt()).as("an answer at " + at + " " + story).isTrue();
      at = answer.end();
      int status = Integer.parseInt(answer.group(1));
      if (status == 100) {
        continue;
      }
      // Who breaks the rules with a HEAD gets a body, and no further word.
      boolean bare =
          answers.size() < requests.size()
              && requests.get(answers.size()).method().equals("HEAD")
              && !answer.group(2).contains("Connection: close");
      Matcher length = LENGTH.matcher(answer.group(2));
      at += length.find() && !bare ? Integer.parseInt(length.group(1)) : 0;
      assertThat(status).as(story).isLessThan(500);
      answers.add(new Answer(status, answer.group(2)));
    }
    return answers;
  }

  private static String exchange(Served served, String sent, RandomGenerator chance) {
    try (RawClient raw = new RawClient(served)) {
      for (int from = 0, to; from < sent.length(); from = to) {
        boolean whole = chance.nextInt(3) > 0;
        to = whole ? sent.length() : Math.min(sent.length(), from + 1 + chance.nextInt(300));
        raw.write(sent.substring(from, to));
      }
      return new String(raw.finish().readAll().getBytes(UTF_8), ISO_8859_1);
    }
  }

  /** Events stored at this time of the server's clock. */
  private static List<String> stored(Served served) {
    TimeWindow now = TimeWindow.ALL.since(served.clock.instant());
    return served
        .webhooks
        .events()
        .list(EventQuery.ofSite(SiteId.DEFAULT).accepted(now))
        .data()
        .stream()
        .map(event -> new String(event.payload().toBytes(), ISO_8859_1))
        .toList();
  }

  private static long files() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  /** No connection is left, and no exchange: the servers need not wait for one when they stop. */
  private void nothingIsLeft(long before) {
    Poll.until(() -> files() <= before + 20);
    long start = System.nanoTime();
    direct.server.close();
    shared.server.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GRACE);
  }
}
