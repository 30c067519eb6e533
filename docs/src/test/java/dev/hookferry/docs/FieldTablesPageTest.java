package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.KeyFields;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.replay.ReplayFields;
import dev.hookferry.retry.RetryFields;
import dev.hookferry.site.SiteSettingFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
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
  private static final Path PAGE = Path.of("http-api.md");
  private static final Pattern TABLE =
      Pattern.compile("(?m)^<!-- fields: (\\w+) -->\n((?:\\|.*\n)*)");
  private static final Map<String, FieldTable> TABLES =
      Stream.of(
              EndpointFields.NEW,
              RetryFields.ALL,
              SiteSettingFields.CHANGE,
              ReplayFields.JOB,
              KeyFields.NEW)
          .collect(Collectors.toMap(FieldTable::name, Function.identity()));

  @Test
  void aTableOfFieldsIsThatOfTheCode() throws IOException {
    String page = Files.readString(PAGE);
    String made = TABLE.matcher(page).replaceAll(found -> Matcher.quoteReplacement(written(found)));
    if (Boolean.getBoolean("hookferry.manual.write")) {
      Files.writeString(PAGE, made);
      return;
    }
    assertThat(page).isEqualTo(made);
    assertThat(TABLE.matcher(page).results().map(found -> found.group(1)))
        .containsExactlyInAnyOrderElementsOf(TABLES.keySet());
  }

  private static String written(MatchResult found) {
    String name = found.group(1);
    FieldTable table = TABLES.get(name);
    assertThat(table).as(name).isNotNull();
    return "<!-- fields: "
        + name
        + " -->\n| field | values | default | |\n| --- | --- | --- | --- |\n"
        + table.fields().stream().map(field -> row(table, field)).collect(Collectors.joining());
  }

  private static String row(FieldTable table, FieldSpec<?> field) {
    String fallback = field.fallback();
    String usual =
        table.required().contains(field.name())
            ? "required"
            : fallback == null || fallback.isEmpty() ? "" : fallback;
    return "| `%s` | %s | %s | %s |\n"
        .formatted(field.name(), plain(field.kind().bounds()), plain(usual), plain(field.help()));
  }

  /** Keeps Markdown from reading asterisks and bars. */
  private static String plain(String text) {
    return text.replace("|", "\\|").replace("*", "\\*");
  }
}
