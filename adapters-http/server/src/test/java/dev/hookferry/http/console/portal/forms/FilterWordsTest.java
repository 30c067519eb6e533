package dev.hookferry.http.console.portal.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hookferry.filter.Filter;
import dev.hookferry.http.words.Words;
import dev.hookferry.refusal.InvalidException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reasons why a filter cannot be read, as customers see them. */
class FilterWordsTest {
  private static FormProblems.Line line(String filter, String language) {
    InvalidException refused =
        catchThrowableOfType(InvalidException.class, () -> Filter.parse(filter));
    return FormProblems.of(refused.problems(), Words.of(language, null), Map.of()).lines().get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{a:1}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":[1 2]}",
        "{\"a\":\"x",
        "{\"a\":-}",
        "{\"a\":\"\\u00\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":tru}",
        "{} {}",
        "[]",
        "{\"a\":[1]}",
        "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}",
        "{\"a.a.a.a.a.a.a.a.a.a\":1}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{}}",
        "{\"$and\":[1]}",
        "{\"$or\":{}}",
        "{\"$or\":[]}",
        "{\"a..b\":1}",
        "{\"a.$b\":1}",
        "{\"a\":{\"$regex\":\"x\"}}",
        "{\"a\":{\"$greater\":1}}",
        "{\"a\":{\"$gt2\":1}}",
        "{\"$gt\":1}",
        "{\"a\":{\"$eq\":{}}}",
        "{\"a\":{\"$gt\":true}}",
        "{\"a\":{\"$in\":1}}",
        "{\"a\":{\"$in\":\"x\"}}",
        "{\"a\":{\"$exists\":1}}",
        "{\"a\":{\"$contains\":1}}"
      })
  void everyReasonIsTranslated(String filter) {
    for (String language : new String[] {"de", "fr"}) {
      FormProblems.Line line = line(filter, language);
      assertThat(line.lang()).as(line.reason()).isNull();
      assertThat(line.reason()).doesNotContainPattern("\\b(must|expected|there|use|the)\\b");
    }
    assertThat(line(filter, "en").reason()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"a":1 | Der Filter ist kein gültiges JSON: Er endet zu früh, in Zeile 1, Spalte 7
          {a:1} | Der Filter ist kein gültiges JSON: In Zeile 1, Spalte 2 fehlt ein Feldname in doppelten
          {"total":{"$gte":true}} | total.$gte: muss eine Zahl oder ein Text sein
          {"a":{"$startswith":"x"}} | a.$startswith: unbekannter Operator $startswith; meinten Sie $s
          """)
  void theReasonNamesThePlace(String filter, String german) {
    assertThat(line(filter, "de").reason()).startsWith(german);
  }
}
