package dev.hookferry.http.console.text;

import dev.hookferry.signing.Ed25519Key;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Code that verifies signatures, in up to five languages for each scheme. It is taken from the
 * manual's pages about receivers, which the build copies into the jar.
 */
public final class ReceiverSnippets {
  /** The scheme of {@code X-QLM-Signature}. */
  public static final String QLM = "X-QLM-Signature";

  /** The scheme of {@code webhook-signature} with a shared secret. */
  public static final String STANDARD = "Standard Webhooks";

  /** The scheme of {@code webhook-signature} with a key pair. */
  public static final String KEYS = "Public keys";

  private static final String FENCE = "```";
  private static final List<String> PAGES = List.of("receivers.md", "receivers-other.md");
  private static final Set<String> SCHEMES = Set.of(STANDARD, KEYS, QLM);

  /** All snippets, in the manual's order. */
  public static final List<Snippet> ALL = read();

  private ReceiverSnippets() {}

  /**
   * One snippet.
   *
   * @param scheme the signature scheme that it verifies
   * @param language the programming language
   */
  public record Snippet(String scheme, String language, String code) {
    /**
     * Returns the statement that declares a secret or a public key. It stands apart from the code,
     * which begins with imports in some languages.
     */
    public String declaration(String text) {
      String name = isPublicKey(text) ? "publicKey" : "secret";
      return switch (language) {
        case "Java" -> "String " + name + " = \"" + text + "\";";
        case "C#" -> "const string " + name + " = \"" + text + "\";";
        case "PHP" -> "$" + name + " = '" + text + "';";
        case "Node" -> "const " + name + " = '" + text + "';";
        default -> (isPublicKey(text) ? "public_key" : name) + " = '" + text + "'";
      };
    }
  }

  /** Returns the signature schemes that have snippets. */
  public static List<String> schemes() {
    return ALL.stream().map(Snippet::scheme).distinct().toList();
  }

  /** Returns the snippets for one signature scheme. */
  public static List<Snippet> of(String scheme) {
    return ALL.stream().filter(snippet -> snippet.scheme().equals(scheme)).toList();
  }

  /** Returns the snippets for Standard Webhooks with a secret, or with a public key. */
  public static List<Snippet> standard(String text) {
    return of(isPublicKey(text) ? KEYS : STANDARD);
  }

  /** Returns whether a string is a public key rather than a secret. */
  public static boolean isPublicKey(String text) {
    return text.startsWith(Ed25519Key.PUBLIC_PREFIX);
  }

  private static List<Snippet> read() {
    List<Snippet> snippets = new ArrayList<>();
    String scheme = "";
    String language = "";
    StringBuilder code = null;
    for (String line : pages().split("\n", -1)) {
      if (code != null && line.startsWith(FENCE)) {
        if (!language.isEmpty() && SCHEMES.contains(scheme)) {
          snippets.add(new Snippet(scheme, language, code.toString()));
        }
        code = null;
      } else if (code != null) {
        code.append(line).append('\n');
      } else if (line.startsWith(FENCE)) {
        code = new StringBuilder();
      } else if (line.startsWith("### ")) {
        language = line.substring(4);
      } else if (line.startsWith("## ")) {
        scheme = line.substring(3);
        language = "";
      }
    }
    return List.copyOf(snippets);
  }

  private static String pages() {
    return PAGES.stream().map(ReceiverSnippets::page).collect(Collectors.joining("\n"));
  }

  private static String page(String name) {
    try (InputStream in = ReceiverSnippets.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is missing from the jar or unreadable", e);
    }
  }
}
