package dev.hookferry.http.words;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.http.console.endpoints.rows.FilterOperator;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.list.TimeRange;
import dev.hookferry.observe.EndpointHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final Path MAIN = Path.of("src/main");
  private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");

  /** A text that has a dot and is in the form of a key. */
  private static final Pattern LITERAL = Pattern.compile("\"([a-z]+\\.[a-z0-9-]+)\"");

  /** Names of others that have one of the words. */
  private static final String NAMES = "webhook-[a-z]+|webhook-id\\.[a-z.-]+|Standard Webhooks";

  /** Words that the operator's pages do not use for the end of a delivery. */
  private static final Pattern OTHER_WORDS =
      Pattern.compile(
          "(?i)exhausted|poisoned|undelivered|not delivered|did not reach|gave up|failed"
              + " deliver|(?-i:Retry failed)|deliver(y|ies) (that |which )?(have |has )?failed");

  /** Words that no page uses for a state; a reason may say until when an endpoint is backed off. */
  private static final Pattern OTHER_STATES =
      Pattern.compile("\\bheld\\b|(?i:backing off(?! until))");

  private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");

  private static final Pattern HINT =
      Pattern.compile("(?:title|placeholder|aria-label|label|what)\\s*=\\s*\"[^\"]*\"");

  @Test
  void everyLanguageHasEveryTextWithTheSamePlaces() {
    Map<String, String> english = Words.all("en");
    for (String language : Words.LANGUAGES) {
      Map<String, String> texts = Words.all(language);
      assertThat(texts.keySet()).as(language).isEqualTo(english.keySet());
      english.forEach(
          (key, text) ->
              assertThat(places(texts.get(key))).as(language + " " + key).isEqualTo(places(text)));
      assertThat(texts.values()).as(language).allMatch(text -> !text.isBlank());
    }
  }

  private static Set<String> places(String text) {
    return PLACE.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());
  }

  @Test
  void everyTextIsUsedAndEveryUseHasOne() throws IOException {
    Set<String> known = Words.all("en").keySet();
    Set<String> prefixes =
        known.stream().map(key -> key.replaceFirst("\\..*", ".")).collect(Collectors.toSet());
    Set<String> used = new TreeSet<>(derived());
    try (Stream<Path> files = Files.walk(MAIN)) {
      for (Path file : files.filter(WordsTest::isOfThePortal).toList()) {
        Matcher literal = LITERAL.matcher(Files.readString(file));
        while (literal.find()) {
          String key = literal.group(1);
          if (prefixes.contains(key.replaceFirst("\\..*", ".")) && !key.endsWith(".js")) {
            used.addAll(known.contains(key) ? Set.of(key) : Set.of(key + ".one", key + ".other"));
          }
        }
      }
    }
    assertThat(used).isEqualTo(new TreeSet<>(known));
  }

  private static boolean isOfThePortal(Path file) {
    String name = file.toString();
    return (name.contains("/portal/") || name.endsWith("/Words.java"))
        && (name.endsWith(".java") || name.endsWith(".jte"));
  }

  /** Keys that end with the name of a constant. */
  private static List<String> derived() {
    Stream<String> states = named("state.", DeliveryState.values());
    Stream<String> health =
        Stream.of("health.", "meaning.health-")
            .flatMap(
                start ->
                    Stream.concat(
                        named(start, EndpointHealth.State.values()),
                        Stream.of("quiet", "untested", "test-failed", "retrying")
                            .map(start::concat)));
    Stream<String> meanings = named("meaning.state-", DeliveryState.values());
    Stream<String> outcomes = named("outcome.", OutcomeKind.values());
    Stream<String> ranges = Stream.of(TimeRange.values()).map(range -> "range." + range.code());
    Stream<String> reasons =
        Stream.of("exhausted", "poisoned", "waiting", "blocked").map(state -> "reason." + state);
    Stream<String> notes =
        Stream.of("none-retried", "resumed", "saved", "created", "removed")
            .map(note -> "note." + note);
    Stream<String> units = Stream.of("ms", "s", "min", "h", "d").map(unit -> "unit." + unit);
    Stream<String> verdicts =
        Stream.of("authentic", "late", "none", "missing", "other", "for-standard", "for-qlm")
            .map(verdict -> "verify." + verdict);
    Stream<String> operators = named("operator.", FilterOperator.values());
    Stream<String> requests =
        Stream.of("retry.requests.", "retry.requests-several.")
            .flatMap(key -> Stream.of(key + "one", key + "other"));
    Stream<String> sizes =
        Stream.of("json.field.", "json.element.")
            .flatMap(key -> Stream.of(key + "one", key + "other"));
    Stream<String> matches = Stream.of("match.fits", "match.late", "match.not", "advice.you");
    Stream<String> hints =
        Words.all("en").keySet().stream()
            .filter(key -> key.startsWith("hint."))
            .filter(key -> Words.all("en").containsKey(key.replace("hint.", "advice.")));
    return Stream.of(
            hints, states, health, meanings, outcomes, ranges, reasons, notes, units, advice(),
            verdicts, matches, operators, requests, sizes, undated(), saved())
        .flatMap(keys -> keys)
        .toList();
  }

  private static Stream<String> saved() {
    return Stream.of("url", "name", "types", "filter", "headers").map("saved."::concat);
  }

  private static Stream<String> undated() {
    return Stream.of("gone", "disabled", "paused").map(key -> "notice." + key + "-undated");
  }

  private static Stream<String> advice() {
    Stream<String> kinds =
        Stream.of(OutcomeKind.values())
            .filter(kind -> kind != OutcomeKind.HTTP_ERROR)
            .map(WordsTest::word);
    Stream<String> statuses =
        Stream.of("2xx", "3xx", "400", "401", "404", "410", "413", "429", "503", "5xx", "other")
            .map(status -> "http-" + status);
    Stream<String> said =
        Stream.of("signature", "time", "credentials", "missing").map("said-"::concat);
    return Stream.of(kinds, statuses, said, Stream.of("delivered-3xx"))
        .flatMap(causes -> causes)
        .map(cause -> "advice." + cause);
  }

  private static Stream<String> named(String prefix, Enum<?>... constants) {
    return Stream.of(constants).map(constant -> prefix + word(constant));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Test
  void theLanguageIsThatOfTheLinkOrElseOneOfTheBrowser() {
    assertThat(Words.of("de-AT", "fr").tag()).isEqualTo("de-AT");
    assertThat(Words.of("", "it, fr-CA;q=0.8, de;q=0.7").tag()).isEqualTo("fr-CA");
    assertThat(Words.of("", "it").tag()).isEqualTo("en");
    assertThat(Words.of("it", "de").tag()).isEqualTo("en");
    assertThat(Words.of("", "*;q=1, de;q=0").tag()).isEqualTo("en");
    assertThat(Words.of("", ";;q=x").tag()).isEqualTo("en");
    assertThat(Words.of("", null).tag()).isEqualTo("en");
  }

  @Test
  void numbersAndTimesAreWrittenAsItsReadersDo() {
    Instant now = Instant.parse("2026-11-28T12:00:00Z");
    Words german = Words.of("de", null);
    assertThat(german.count("deliveries.count", 1_200, false)).isEqualTo("1.200 Zustellungen");
    assertThat(german.count("deliveries.count", 1, false)).isEqualTo("1 Zustellung");
    assertThat(german.count("deliveries.count", 1_000, true)).isEqualTo("1.000+ Zustellungen");
    assertThat(german.length(Duration.ofMillis(2_500))).isEqualTo("2,5\u00a0s");
    assertThat(german.time(now.minusSeconds(180), now).text()).isEqualTo("vor 3\u00a0min");
    assertThat(german.time(now, now).exact()).startsWith("28.11.2026, ").endsWith(" UTC");
    Words french = Words.of("fr", null);
    assertThat(french.count("deliveries.count", 0, false)).isEqualTo("0 livraison");
    assertThat(Words.ENGLISH.time(now.plusSeconds(20), now).text()).isEqualTo("in 20\u00a0s");
    assertThat(Words.ENGLISH.time(now.minusMillis(1_300), now).text()).isEqualTo("1\u00a0s ago");
    assertThat(Words.ENGLISH.time(now.minusSeconds(59), now).text()).isEqualTo("59\u00a0s ago");
    assertThat(Words.ENGLISH.time(now.minusSeconds(106), now).text()).isEqualTo("2\u00a0min ago");
    assertThat(Words.ENGLISH.length(Duration.ofNanos(5))).isEqualTo("under 1\u00a0ms");
    assertThat(Words.ENGLISH.due(now.plusMillis(900), now).text()).isEqualTo("due now");
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    assertThat(german.minute(now, berlin)).isEqualTo("28.11.2026, 13:00 MEZ");
    assertThat(Words.ENGLISH.minute(now, berlin)).contains("1:00").endsWith("PM CET");
    assertThat(Words.ENGLISH.due(now.minusSeconds(1), now).text()).isEqualTo("due now");
  }

  @Test
  void durationsAreInHoursFromAnHourOnAndOldTimesHaveADate() {
    Instant now = Instant.parse("2026-12-03T07:42:00Z");
    Words german = Words.of("de", null);
    assertThat(Words.ENGLISH.time(now.plusSeconds(7_200), now).text()).isEqualTo("in 2\u00a0h");
    assertThat(Words.ENGLISH.time(now.minusSeconds(3_599), now).text()).isEqualTo("1\u00a0h ago");
    assertThat(german.time(now.minusSeconds(6_840), now).text())
        .isEqualTo("vor 1\u00a0h 54\u00a0min");
    assertThat(Words.of("fr", null).length(Duration.ofSeconds(5_000)))
        .isEqualTo("1\u00a0h 23\u00a0min");
    assertThat(Words.ENGLISH.clock(now.minus(Duration.ofHours(27)), now).span())
        .isEqualTo("27\u00a0h");
    Instant old = Instant.parse("2026-12-02T04:39:00Z");
    assertThat(Words.ENGLISH.time(old, now).text()).isEqualTo("2 Dec, 04:39");
    assertThat(german.time(old, now).text()).isEqualTo("2. Dez., 04:39");
    assertThat(Words.of("fr", null).time(old, now).text()).isEqualTo("2 déc., 04:39");
    Instant lastYear = Instant.parse("2025-12-31T23:59:00Z");
    assertThat(Words.ENGLISH.time(lastYear, now).text()).isEqualTo("31 Dec 2025, 23:59");
  }

  @Test
  void everyTextWithAReplaceableTermHasAVariantForProductTerms() {
    Map<String, Pattern> usual =
        Map.of(
            "en", Pattern.compile("(?iu)endpoint|event|webhook"),
            "de", Pattern.compile("(?iu)endpunkt|ereignis|webhook"),
            "fr", Pattern.compile("(?iu)points? de terminaison|endpoint|événement|webhook"));
    for (String language : Words.LANGUAGES) {
      Pattern word = usual.get(language);
      Map<String, String> texts = Words.all(language);
      Map<String, String> own = ProductTerms.all(language);
      texts.forEach(
          (key, text) ->
              assertThat(own.containsKey(key))
                  .as(language + " " + key)
                  .isEqualTo(word.matcher(text.replaceAll(NAMES, "")).find()));
      own.forEach(
          (key, text) -> {
            if (!key.startsWith("word.")) {
              assertThat(text.replaceAll(NAMES + "|\\{\\w+}", ""))
                  .as(key)
                  .doesNotContainPattern(word);
              assertThat(places(text)).as(key).isEqualTo(places(texts.get(key)));
            }
          });
    }
  }

  @Test
  void wordsOfTheProductTakeThePlaceOfOurs() {
    Map<String, String> own =
        Map.of(
            "endpoint", "destination",
            "endpoints", "destinations",
            "de.endpoint", "Ziel $1",
            "de.endpoints", "Ziele");
    Words english = Words.ENGLISH.withOwn(own);
    assertThat(english.text("home.endpoints")).isEqualTo("Destinations");
    assertThat(english.text("home.add")).isEqualTo("Add destination");
    assertThat(english.text("column.event")).isEqualTo("Event");
    assertThat(english.text("nav.types")).isEqualTo("Event types");
    assertThat(english.text("reason.waiting", "{1}")).endsWith("ordering key {1}");
    Words german = Words.of("de-AT", null).withOwn(own);
    assertThat(german.tag()).isEqualTo("de-AT");
    assertThat(german.text("home.add")).isEqualTo("Ziel $1 hinzufügen");
    assertThat(german.text("note.created")).isEqualTo("Angelegt: Ziel $1.");
    assertThat(german.text("column.type")).isEqualTo("Ereignistyp");
    assertThat(german.text("home.newest")).isEqualTo("Neueste Zustellungen");
    Words french = Words.of("fr", null).withOwn(Map.of("de.endpoint", "Ziel"));
    assertThat(french.text("home.add")).isEqualTo("Ajouter un point de terminaison");
    assertThat(Words.ENGLISH.text("home.add")).isEqualTo("Add an endpoint");
  }

  /**
   * On the operator's pages an attempt fails, and a delivery that ends without success is given up,
   * with its cause; {@code exhausted} and {@code poisoned} are words of the API.
   */
  @Test
  void pagesSayGivenUpOfEveryDeliveryThatEndsUndelivered() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      for (Path file : files.filter(WordsTest::isOfTheConsole).toList()) {
        assertThat(shown(file)).as(file.toString()).doesNotContainPattern(OTHER_WORDS);
      }
    }
    for (DeliveryState state : DeliveryState.values()) {
      assertThat(StatePill.words(state) + ". " + StatusMeaning.of(state))
          .doesNotContainPattern(OTHER_WORDS);
    }
    assertThat(StatePill.ofDeliveries().stream().map(StatePill::word))
        .contains("given up: no retries left", "given up: server crash")
        .doesNotHaveDuplicates();
  }

  /**
   * A delivery of a paused endpoint is on hold, and an endpoint that is backed off is failing, on
   * the operator's pages and on the portal's; {@code held} and {@code backing_off} are words of the
   * API.
   */
  @Test
  void pagesHaveOneWordForADeliveryOnHoldAndForAFailingEndpoint() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      for (Path file : files.filter(WordsTest::isOfTheConsole).toList()) {
        assertThat(shown(file)).as(file.toString()).doesNotContainPattern(OTHER_STATES);
      }
    }
    for (DeliveryState state : DeliveryState.values()) {
      assertThat(StatePill.words(state) + ". " + StatusMeaning.of(state))
          .doesNotContainPattern(OTHER_STATES);
    }
    for (EndpointHealth.State state : EndpointHealth.State.values()) {
      assertThat(StatePill.of(state).word() + ". " + StatusMeaning.of(state))
          .doesNotContainPattern(OTHER_STATES);
      assertThat(Words.ENGLISH.text("health." + word(state))).isEqualTo(StatePill.of(state).word());
    }
    assertThat(Words.ENGLISH.text("state.held")).isEqualTo(StatePill.of(DeliveryState.HELD).word());
    assertThat(Words.all("en").values()).noneMatch(text -> OTHER_STATES.matcher(text).find());
    assertThat(StatePill.ofEndpoints().stream().map(StatePill::word)).doesNotHaveDuplicates();
  }

  private static boolean isOfTheConsole(Path file) {
    String name = file.toString();
    boolean isPage = name.contains("/console/") && name.endsWith(".java");
    return (isPage || name.endsWith(".jte")) && !name.contains("/portal/");
  }

  /** Returns what a person may read of a file: sentences in code, and texts of templates. */
  private static String shown(Path file) throws IOException {
    String text = Files.readString(file);
    if (file.toString().endsWith(".java")) {
      return QUOTED
          .matcher(text)
          .results()
          .map(MatchResult::group)
          .filter(quoted -> quoted.contains(" ") && !quoted.contains("="))
          .collect(joining("\n"));
    }
    String plain = text.replaceAll("\\$\\{[^}]*}", "");
    String hints = HINT.matcher(plain).results().map(MatchResult::group).collect(joining("\n"));
    return plain.replaceAll("<[^>]*>", " ") + hints;
  }

  /** To a customer, the other side has one name; operators have receivers. */
  @Test
  void customersReadOfEndpointsOnly() {
    Map<String, String> others = Map.of("en", "receiver", "de", "empfänger", "fr", "destinataire");
    others.forEach(
        (language, other) ->
            assertThat(Words.all(language).entrySet())
                .filteredOn(text -> text.getValue().toLowerCase(Locale.ROOT).contains(other))
                .extracting(Map.Entry::getKey)
                .as(language)
                .containsExactly("advice.worker-died"));
  }

  @Test
  void anUnknownKeyIsAnError() {
    assertThatThrownBy(() -> Words.ENGLISH.text("home.unknown"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("home.unknown");
  }
}
