package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.AttackCase;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.http.console.Console;
import dev.hookferry.http.console.ConsoleOptions;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.frame.ServerInfo;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.options.Rates;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attacks on the console, and on one site with the key or the session of another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleAttackTest {
  private static final String URL = "https://secret-of-a.example/hook";
  private static final String A = "/api/v1/sites/a";
  private static final Pattern REQUEST =
      Pattern.compile(
          "(?<method>\\S+) (?<path>\\S+) as=(?<who>\\S+)(?: headers=(?<headers>.*?))?"
              + "(?: body=(?<body>.*))?",
          Pattern.DOTALL);
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
  private static final Pattern COOKIE = Pattern.compile("Set-Cookie: ([^;\r\n]+)");

  /** The message of a change is on the page that it leads to. */
  private static final Pattern BACK = Pattern.compile("Location: (/sites/\\S+)");

  private static final Pattern STATUS = Pattern.compile("\\b[2-5][0-9]{2}\\b");

  private final ManualClock clock = ManualClock.atNoon();
  private final Activity activity = new Activity();
  private final MetricsListener metrics = new MetricsListener();
  private final Hookferry hookferry =
      Hookferry.builder(
              new MemoryStore(clock, Duration.ofHours(1)),
              new ScriptedTransport().responding(URL, 500))
          .secrets(Secrets.inTheClear())
          .clock(clock)
          .listener(activity)
          .build()
          .start();
  private final HttpServer server =
      HttpServer.start(
          hookferry,
          metrics,
          new Console(
              hookferry,
              new ConsoleOptions(clock, new SecureRandom(), activity, false, ServerInfo.NONE)),
          HttpServerOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .withRates(Rates.DEFAULT.withFailedLogins(1_000_000)));
  private final Map<String, String> credentials = new HashMap<>();
  private final Map<String, String> tokens = new HashMap<>();
  private final Map<String, String> theirs = new HashMap<>();
  private final Map<String, String> nobodys = new HashMap<>();

  @BeforeAll
  void populate() {
    hookferry.webhooks().sites().create(new SiteId("a"));
    hookferry.webhooks().sites().create(new SiteId("b"));
    signedIn("admin", null, Scope.ADMIN, "/sites/a/server-properties");
    signedIn("reader", new SiteId("a"), Scope.READ, "/sites/a/server-properties");
    signedIn("b", new SiteId("b"), Scope.MANAGE, "/sites/b/server-properties");
    String mark = "\\\"><xss a='";
    String endpoint =
        "{\"url\":\"%s\",\"eventTypes\":[\"*\"],\"description\":\"%s\"}".formatted(URL, mark);
    theirs.put("endpoint", made(A + "/endpoints", endpoint));
    String event = "{\"id\":\"a-1\",\"type\":\"license_created\",\"data\":{\"a\":\"%s\"}}";
    theirs.put("event", made(A + "/events", event.formatted(mark)));
    Poll.until(() -> !first(A + "/attempts").isEmpty());
    theirs.put("delivery", first(A + "/deliveries"));
    theirs.put("replay", made(A + "/replay-jobs", "{\"since\":\"2026-01-01T00:00:00Z\"}"));
    Poll.until(() -> !api("GET", A + "/replay-jobs", "").contains("\"state\":\"running\""));
    theirs.put("site", "a");
    theirs.forEach((kind, id) -> nobodys.put(kind, unused(id)));
    nobodys.put("event", "a-2");
    nobodys.put("site", "z");
  }

  @AfterAll
  void close() {
    server.close();
    hookferry.close();
  }

  static Stream<String> rows() {
    return AttackCase.rows(ConsoleAttackTest.class, "console-derived.tsv");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isAnsweredAsItMustBe(String row) {
    String[] parts = row.split("\t", -1);
    String input = AttackCase.unescape(parts[1]);
    String expected = parts[2];
    String before = state();
    String answer = asked(input, theirs);
    Set<String> allowed =
        STATUS.matcher(expected).results().map(m -> m.group()).collect(Collectors.toSet());
    assertThat(allowed).as("names a status").isNotEmpty();
    assertThat(answer.split(" ")[1]).as(answer).isIn(allowed);
    assertThat(answer).doesNotContain("<xss", "evil.example\r\n", "\r\nSplit:");
    assertThat(state()).isEqualTo(before);
    if (parts[0].equals("tenant")) {
      assertThat(answer).doesNotContain("secret-of-a");
      assertThat(neutral(answer)).isEqualTo(neutral(asked(input, nobodys)));
    } else {
      assertThat(answer)
          .contains("frame-ancestors 'none'", "X-Frame-Options: DENY", "nosniff", "same-origin");
    }
    if (expected.contains("no cookie")) {
      assertThat(answer).doesNotContain("Set-Cookie");
    }
    if (expected.contains("to /login")) {
      assertThat(answer).contains("Location: /login");
    }
    if (expected.contains("to / only")) {
      assertThat(answer).contains("Location: /\r\n");
    }
    if (expected.contains("as text")) {
      assertThat(answer).contains("&lt;xss");
    }
    if (expected.contains("not stored")) {
      assertThat(answer).contains("no-store");
    }
  }

  /** An answer without what differs between any two of them, and with nobody's ids. */
  private String neutral(String answer) {
    String bare =
        answer
            .replaceAll("(csrf|draft)\" value=\"[^\"]+\"", "")
            .replaceAll("hookferry-note=[^;]+", "")
            .replaceAll("(Date|Content-Length): [^\r]*", "")
            .replaceAll("\\b(sites/|site )a\\b", "$1z");
    for (Map.Entry<String, String> one : theirs.entrySet()) {
      if (!one.getKey().equals("site")) {
        bare = bare.replace(one.getValue(), nobodys.get(one.getKey()));
      }
    }
    return bare;
  }

  private String asked(String input, Map<String, String> ids) {
    Matcher request = REQUEST.matcher(input);
    assertThat(request.matches()).as(input).isTrue();
    String who = request.group("who");
    String headers = Objects.requireNonNullElse(request.group("headers"), "");
    String body = filled(Objects.requireNonNullElse(request.group("body"), ""), ids, who);
    String path = filled(request.group("path"), ids, who);
    String all = headers.isEmpty() ? "" : filled(headers, ids, who) + "\r\n";
    String cookie = credentials.getOrDefault(who, "");
    String answer = raw(request.group("method"), path, cookie + all, body);
    Matcher next = BACK.matcher(answer);
    return next.find() ? answer + raw("GET", next.group(1), withNote(cookie, answer), "") : answer;
  }

  /** Adds the cookie that leads to the message, if there is one. */
  private static String withNote(String cookie, String answer) {
    Matcher note = COOKIE.matcher(answer);
    return note.find() ? cookie.strip() + "; " + note.group(1) + "\r\n" : cookie;
  }

  private String filled(String text, Map<String, String> ids, String who) {
    String filled = text.replace("${csrf}", tokens.getOrDefault(who, ""));
    for (String key : List.of("admin", "reader", "b")) {
      filled =
          filled
              .replace("${csrf-of-" + key + "}", tokens.get(key))
              .replace("${cookie-of-" + key + "}", credentials.get(key).strip())
              .replace("${key-of-" + key + "}", credentials.get("key-" + key).split("[ \r]")[2]);
    }
    for (Map.Entry<String, String> one : ids.entrySet()) {
      filled = filled.replace("${" + one.getKey() + "}", one.getValue());
    }
    return filled;
  }

  private String raw(String method, String path, String headers, String body) {
    String type =
        path.startsWith("/api") ? "application/json" : "application/x-www-form-urlencoded";
    String more = headers.contains("Content-Type:") ? "" : "Content-Type: " + type + "\r\n";
    String host = headers.contains("Host:") ? "" : "Host: localhost\r\n";
    try (RawClient raw = new RawClient(server)) {
      raw.write(
          method
              + " "
              + path
              + " HTTP/1.1\r\n"
              + host
              + "Connection: close\r\n"
              + more
              + headers
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      return raw.readAll();
    }
  }

  private void signedIn(String who, @Nullable SiteId site, Scope scope, String page) {
    Set<Scope> scopes = scope == Scope.MANAGE ? Set.of(scope, Scope.PUBLISH) : Set.of(scope);
    String key = hookferry.webhooks().keys().create("test", scopes, site).text();
    credentials.put("key-" + who, "Authorization: Bearer " + key + "\r\n");
    Matcher cookie = COOKIE.matcher(raw("POST", "/login", "", "to=%2F&key=" + key));
    assertThat(cookie.find()).isTrue();
    credentials.put(who, "Cookie: " + cookie.group(1) + "\r\n");
    Matcher token = CSRF.matcher(raw("GET", page, credentials.get(who), ""));
    assertThat(token.find()).isTrue();
    tokens.put(who, token.group(1));
  }

  /** Everything that an attack could have changed. */
  private String state() {
    return Stream.of("a", "b", "default")
            .flatMap(
                site ->
                    Stream.of(
                            "settings",
                            "endpoints",
                            "events",
                            "deliveries",
                            "attempts",
                            "replay-jobs")
                        .map(list -> api("GET", "/api/v1/sites/" + site + "/" + list, "")))
            .collect(Collectors.joining())
        + api("GET", "/api/v1/sites", "")
        + api("GET", "/api/v1/keys", "").replaceAll("\"lastUsed[^,}]*", "");
  }

  private String api(String method, String path, String body) {
    String answer = raw(method, path, credentials.get("key-admin"), body);
    assertThat(answer).as(path).startsWith("HTTP/1.1 2");
    return answer.substring(answer.indexOf("\r\n\r\n"));
  }

  private String made(String path, String body) {
    return id(api("POST", path, body));
  }

  private String first(String path) {
    return id(api("GET", path, ""));
  }

  private static String id(String answer) {
    Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(answer);
    return id.find() ? id.group(1) : "";
  }

  /** An id of the same looks. */
  private static String unused(String id) {
    return id.substring(0, id.length() - 1) + (id.endsWith("4") ? "8" : "4");
  }
}
