package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.access.KeyFields;
import dev.hookferry.auth.AuthFields;
import dev.hookferry.auth.ClientCertificateFields;
import dev.hookferry.body.BodyFields;
import dev.hookferry.catalog.EventTypeFields;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.event.EventFields;
import dev.hookferry.field.ChoiceKind;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.http.resource.AttemptJson;
import dev.hookferry.http.resource.AuditJson;
import dev.hookferry.http.resource.DeliveryJson;
import dev.hookferry.http.resource.EndpointJson;
import dev.hookferry.http.resource.EndpointProblemJson;
import dev.hookferry.http.resource.MasterKeyJson;
import dev.hookferry.http.resource.OutboxJson;
import dev.hookferry.http.resource.OwnFaultJson;
import dev.hookferry.http.resource.ReplayJson;
import dev.hookferry.http.resource.SigningKeyJson;
import dev.hookferry.http.resource.SystemJson;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.replay.ReplayFields;
import dev.hookferry.retry.RetryFields;
import dev.hookferry.signing.SignatureFields;
import dev.hookferry.site.PortalFields;
import dev.hookferry.site.SiteFields;
import dev.hookferry.site.SiteSettingFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tables of fields in the manual are those of the code. {@code -Dhookferry.manual.write=true}
 * writes them.
 */
class FieldTablesPageTest {
  private static final List<Path> PAGES =
      Stream.concat(
              ManualPage.namesWithReferences("http-api").stream(), Stream.of("site-settings.md"))
          .map(Path::of)
          .toList();
  private static final Pattern TABLE =
      Pattern.compile(
          "(?m)^<!-- fields: (\\w+) -->\n(?:\\|.*\n)*(?:\nValues of `\\w+`:(?: .*\n|\n\n(?:- .*\n)+))*");

  /** A cell with more words than this is hard to read. */
  private static final int MAX_WORDS = 12;

  /** The forms of texts with units, whose kind tells only how long they may be. */
  private static final Map<String, String> FORMS =
      Map.of(
          "attemptTimeout", "1s to 30s, or \"\"",
          "endpointRate", "N/s, N/min or N/h, or \"\"");

  private static final List<FieldTable> REQUESTS =
      List.of(
          EventFields.NEW,
          EndpointFields.NEW,
          BodyFields.ALL,
          RetryFields.ALL,
          AuthFields.TABLES.get(1),
          AuthFields.TABLES.get(2),
          AuthFields.TABLES.get(3),
          ClientCertificateFields.ALL,
          SignatureFields.ALL,
          EventTypeFields.PUT,
          SiteSettingFields.CHANGE,
          PortalFields.ALL,
          PortalFields.THEME,
          ReplayFields.JOB,
          KeyFields.NEW,
          SiteFields.NEW,
          OutboxJson.SELECTION);
  private static final List<ResponseShape<?>> RESPONSES =
      List.of(
          EndpointJson.HEALTH,
          EndpointProblemJson.PROBLEM,
          DeliveryJson.DELIVERY,
          AttemptJson.ATTEMPT,
          ReplayJson.JOB,
          MasterKeyJson.STATUS,
          SigningKeyJson.KEY,
          OutboxJson.OUTBOX,
          OutboxJson.ROW,
          AuditJson.ENTRY,
          SystemJson.SYSTEM,
          SystemJson.HEALTH,
          OwnFaultJson.FAULT);
  private static final Map<String, String> TABLES = tables();

  /** What samples show, by the first letters of its id. */
  private static final Map<String, ResponseShape<?>> SAMPLED =
      Map.of(
          "att", AttemptJson.ATTEMPT,
          "dlv", DeliveryJson.DELIVERY,
          "aud", AuditJson.ENTRY,
          "mk", MasterKeyJson.KEY);

  @Test
  void allFieldsThatNullResetsAreNamed() {
    String page = ManualPage.httpApi();
    String rule = page.substring(page.indexOf("- **Null**"), page.indexOf("An empty `headers`"));
    assertThat(Pattern.compile("`(\\w+)`").matcher(rule).results().map(found -> found.group(1)))
        .filteredOn(name -> !name.equals("PATCH"))
        .containsExactlyInAnyOrderElementsOf(EndpointFields.CHANGE.resettable());
  }

  @Test
  void aTableOfFieldsIsThatOfTheCode() throws IOException {
    Set<String> shown = new HashSet<>();
    for (Path path : PAGES) {
      String page = Files.readString(path);
      String made =
          TABLE.matcher(page).replaceAll(found -> Matcher.quoteReplacement(written(found)));
      if (Boolean.getBoolean("hookferry.manual.write")) {
        Files.writeString(path, made);
      } else {
        assertThat(page).isEqualTo(made);
      }
      TABLE.matcher(page).results().forEach(found -> shown.add(found.group(1)));
    }
    assertThat(shown).containsExactlyInAnyOrderElementsOf(TABLES.keySet());
  }

  /** Samples of attempts, deliveries, audit entries and settings have the fields of today. */
  @Test
  void samplesHaveTheFieldsOfTheCode() throws IOException {
    int compared = 0;
    for (String sample : samples()) {
      for (JsonNode object : objects(new ObjectMapper().readTree(sample))) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        ResponseShape<?> shape = SAMPLED.get(object.path("id").asText().replaceFirst("_.*", ""));
        if (object.has("webHooksEnabled")) {
          assertThat(names).as(sample).containsExactlyElementsOf(SiteSettingFields.ALL.names());
          compared++;
        } else if (shape != null) {
          assertThat(shape.cells().stream().map(cell -> cell.field().name()).toList())
              .as(sample)
              .containsAll(names);
          assertThat(names)
              .as(sample)
              .containsAll(
                  shape.cells().stream()
                      .filter(cell -> cell.presence() != ResponseShape.Presence.OPTIONAL)
                      .map(cell -> cell.field().name())
                      .toList());
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(5);
  }

  private static List<String> samples() throws IOException {
    List<String> samples = new ArrayList<>();
    for (String page : ManualPage.namesWithReferences("http-api")) {
      samples.addAll(ManualPage.blocks(page, "json"));
    }
    return samples;
  }

  /** Returns all objects in a value, with those inside other objects. */
  private static List<JsonNode> objects(JsonNode value) {
    List<JsonNode> found = new ArrayList<>();
    if (value.isObject()) {
      found.add(value);
    }
    value.forEach(child -> found.addAll(objects(child)));
    return found;
  }

  /** Every setting has a link to the page that explains it. */
  @Test
  void everySettingOfASiteIsExplained() throws IOException {
    String page = Files.readString(Path.of("site-settings.md"));
    String explained =
        page.substring(page.indexOf("| explained in |"), page.indexOf("## The portal"));
    assertThat(
            Pattern.compile("`(\\w+)`").matcher(explained).results().map(found -> found.group(1)))
        .containsExactlyInAnyOrderElementsOf(SiteSettingFields.ALL.names());
  }

  private static Map<String, String> tables() {
    Map<String, String> tables = new HashMap<>();
    REQUESTS.forEach(table -> tables.put(table.name(), request(table)));
    RESPONSES.forEach(shape -> tables.put(shape.name(), response(shape.cells().stream())));
    tables.put(
        EndpointJson.ENDPOINT.name(),
        response(
            EndpointJson.ENDPOINT.cells().stream()
                .filter(cell -> EndpointJson.READ_ONLY.contains(cell.field().name()))));
    return tables;
  }

  private static String written(MatchResult found) {
    String name = found.group(1);
    return "<!-- fields: " + name + " -->\n" + Objects.requireNonNull(TABLES.get(name), name);
  }

  private static String request(FieldTable table) {
    return "| field | values | default | |\n| --- | --- | --- | --- |\n"
        + table.fields().stream().map(field -> row(table, field)).collect(Collectors.joining());
  }

  private static String row(FieldTable table, FieldSpec<?> field) {
    String fallback = field.fallback();
    String usual =
        table.required().contains(field.name())
            ? "required"
            : fallback == null || fallback.isEmpty() ? "" : fallback;
    String values = FORMS.getOrDefault(field.name(), field.kind().bounds());
    return "| `%s` | %s | %s | %s |\n"
        .formatted(field.name(), plain(values), plain(usual), plain(field.help()));
  }

  private static String response(Stream<? extends ResponseShape.Cell<?>> cells) {
    List<? extends ResponseShape.Cell<?>> all = cells.toList();
    return "| field | values | |\n| --- | --- | --- |\n"
        + all.stream().map(FieldTablesPageTest::row).collect(Collectors.joining())
        + all.stream().map(cell -> list(cell.field())).collect(Collectors.joining());
  }

  /** Returns the words of a long choice for below the table; empty for any other field. */
  private static String list(FieldSpec<?> field) {
    if (!isLong(field.kind())) {
      return "";
    }
    Map<String, List<String>> groups = new LinkedHashMap<>();
    ((ChoiceKind) field.kind())
        .words()
        .forEach(
            word ->
                groups
                    .computeIfAbsent(word.replaceFirst("\\.?\\w+$", ""), noun -> new ArrayList<>())
                    .add("`" + word + "`"));
    String title = "\nValues of `" + field.name() + "`:";
    List<String> lines = groups.values().stream().map(words -> String.join(", ", words)).toList();
    return lines.size() == 1
        ? title + " " + lines.get(0) + ".\n"
        : title + "\n\n- " + String.join("\n- ", lines) + "\n";
  }

  private static boolean isLong(FieldKind<?> kind) {
    return kind instanceof ChoiceKind choice && choice.words().size() > MAX_WORDS;
  }

  private static String row(ResponseShape.Cell<?> cell) {
    String more =
        switch (cell.presence()) {
          case ALWAYS -> "";
          case NULLABLE -> ", or null";
          case OPTIONAL -> ", or absent";
        };
    return "| `%s` | %s | %s |\n"
        .formatted(
            cell.field().name(),
            plain(values(cell.field().kind()) + more),
            plain(cell.field().help()));
  }

  private static String values(FieldKind<?> kind) {
    if (isLong(kind)) {
      return "one of those below";
    }
    return kind.equals(FieldKind.time())
        ? "a time"
        : kind.rule().replaceFirst("^must (be|have) ", "");
  }

  /** Keeps Markdown from reading asterisks and bars. */
  private static String plain(String text) {
    return text.replace("|", "\\|").replace("*", "\\*");
  }
}
