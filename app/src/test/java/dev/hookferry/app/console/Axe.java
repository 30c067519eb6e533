package dev.hookferry.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Checks accessibility: WCAG 2.2, levels A and AA. */
final class Axe {
  private static final String SCRIPT = script();
  private static final String ALL =
      "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";
  private static final String RUN =
      "axe.run(document, {runOnly: %s, resultTypes: ['violations']}).then(r => r.violations.map(v"
          + " => v.id + ': ' + v.help + ' ' + v.nodes.slice(0, 3).map(n => n.html + ' ' +"
          + " n.failureSummary).join(' | ')))";

  private Axe() {}

  /** Returns axe's findings on the page that is shown. */
  static List<String> violations(Browser browser) {
    return run(browser, ALL);
  }

  /** Returns its elements whose contrast is too low. */
  static List<String> contrast(Browser browser) {
    return run(browser, "['color-contrast']");
  }

  private static List<String> run(Browser browser, String rules) {
    if (!browser.eval("typeof axe === 'object'").asBoolean()) {
      browser.eval(SCRIPT + "; true");
    }
    List<String> found = new ArrayList<>();
    for (JsonNode violation : browser.eval(RUN.formatted(rules))) {
      found.add(browser.address() + " " + violation.asText());
    }
    return found;
  }

  private static String script() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(
          Objects.requireNonNull(in, "axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
