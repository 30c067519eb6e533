package dev.hookferry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Secrets, and what is made of them, are compared by {@code MessageDigest.isEqual} only: anything
 * else ends at the first difference, and its time tells where that was. Looks at every comparison
 * in the main code of every module, by the names of what is compared.
 */
class SecretComparisonTest {
  private static final List<String> MODULES =
      List.of(
          "core",
          "core/json-schema",
          "adapters-http/client",
          "adapters-http/server",
          "adapters-jdbc",
          "adapters-file",
          "adapters-spring/starter",
          "app");

  /** Names that end in one of these words are secrets, or could be guessed bit by bit. */
  private static final String SECRET =
      "(?:\\w*(?:[cC]srf|[tT]oken|[sS]ecret|[sS]ignature|[sS]ha256|[pP]assword|[dD]igest|[hH]mac"
          + "|[cC]ookie|[cC]redential|[aA]piKey|[bB]earer)|hash|keyText|expected)(?:\\(\\))?";

  /** On either side of a comparison. */
  private static final List<Pattern> COMPARISONS =
      List.of(
          Pattern.compile(
              "\\b"
                  + SECRET
                  + "\\s*\\.(?:equals|equalsIgnoreCase|contentEquals|compareTo"
                  + "|startsWith|endsWith|regionMatches)\\("),
          Pattern.compile(
              "\\.(?:equals|equalsIgnoreCase|contentEquals)\\((?:\\w+\\.)*" + SECRET + "\\)"),
          Pattern.compile("Arrays\\.(?:equals|compare|mismatch)\\([^;]*\\b" + SECRET + "[,)]"),
          Pattern.compile("Objects\\.equals\\([^;]*\\b" + SECRET + "[,)]"));

  /** Nobody outside can try these out. */
  private static final List<String> ALLOWED =
      List.of(
          // Its prefix says that it is one, and is no part of the secret.
          "secret.startsWith(StandardSecret.PREFIX)",
          // The version comes before the signature.
          "signature.startsWith(VERSION)");

  @Test
  void noSecretIsComparedInATimeThatTells() {
    List<String> found = new ArrayList<>();
    for (String module : MODULES) {
      sources(module).forEach(file -> found.addAll(comparisons(file.toString(), read(file))));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void allModulesAreLookedAt() {
    assertThat(MODULES).allSatisfy(module -> assertThat(sources(module)).hasSizeGreaterThan(10));
    assertThat(MODULES.stream().flatMap(m -> sources(m).stream()))
        .filteredOn(file -> read(file).contains("MessageDigest.isEqual("))
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder(
            "ApiKey.java",
            "SignatureVerifier.java",
            "Session.java",
            "PortalVisit.java",
            "SigningWriter.java",
            "UnchangedSecret.java");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "if (key.sha256().equals(hash)) {",
        "return csrf.equals(given);",
        "return given.equals(session.csrf());",
        "if (Arrays.equals(given, digest)) {",
        "Objects.equals(apiKey, other)",
        "return expectedSignature\n    .contentEquals(given);"
      })
  void itWouldBeSeen(String offence) {
    assertThat(comparisons("X.java", offence)).isNotEmpty();
  }

  private static List<String> comparisons(String where, String source) {
    List<String> found = new ArrayList<>();
    for (Pattern comparison : COMPARISONS) {
      Matcher matcher = comparison.matcher(source);
      while (matcher.find()) {
        int line = (int) source.substring(0, matcher.start()).lines().count();
        String rest = source.substring(matcher.start());
        if (ALLOWED.stream().noneMatch(rest::startsWith)) {
          found.add(where + ":" + line + ": " + matcher.group());
        }
      }
    }
    return found;
  }

  private static List<Path> sources(String module) {
    Path root = Path.of("..", module, "src", "main", "java");
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
