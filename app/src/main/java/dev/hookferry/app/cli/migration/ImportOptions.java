package dev.hookferry.app.cli.migration;

import dev.hookferry.app.cli.io.SecretInput;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.migration.ImportChoices;
import dev.hookferry.app.migration.sender.SenderClient;
import dev.hookferry.catalog.SchemaPolicy;
import dev.hookferry.endpoint.HeaderRules;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every import: the other system, and how to apply its contents. */
public final class ImportOptions extends ServerOptions {
  private static final int MAX_PAGE = 1_000;
  private static final String FROM = "--from";
  private static final String TOKEN = "--token";
  private static final String USER_AGENT = "--user-agent";

  @Option(
      names = FROM,
      required = true,
      paramLabel = "URL",
      description = "The base URL of the other system's API.")
  private String from = "";

  @Option(
      names = TOKEN,
      paramLabel = "TOKEN",
      defaultValue = "${env:HOOKFERRY_IMPORT_TOKEN:-}",
      description =
          "The token for that API; prefer HOOKFERRY_IMPORT_TOKEN, which other users cannot see.")
  private String token = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file with the token; - prompts for it, or reads a line of standard input.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--from-ca",
      paramLabel = "FILE",
      description = "Trusted CA certificates for --from, PEM.")
  private @Nullable Path authorities;

  @Option(names = "--dry-run", description = "Writes nothing, and prints the same report.")
  private boolean dryRun;

  @Option(
      names = "--page-size",
      paramLabel = "N",
      description = "Entries per page, 1 to 1000 (default: the most that the other system allows).")
  private @Nullable Integer pageSize;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      description = "Treatment of data that violates a schema: off (default), warn or block.")
  private @Nullable String policy;

  @Option(
      names = "--overwrite-secrets",
      description = "Writes secret headers and credentials again, since they cannot be compared.")
  private boolean overwriteSecrets;

  @Option(
      names = USER_AGENT,
      paramLabel = "TEXT",
      description = "The User-Agent that receivers rely on (default: Hookferry's own).")
  private @Nullable String userAgent;

  /** Returns the choices for applying the plan. */
  ImportChoices choices() {
    if (policy != null && SchemaPolicy.fromCode(policy).isEmpty()) {
      throw InvalidException.of("--policy", "must be off, warn or block (got " + policy + ")");
    }
    return new ImportChoices(dryRun, overwriteSecrets, policy, userAgent());
  }

  private @Nullable String userAgent() {
    if (userAgent != null) {
      Problems problems = new Problems();
      HeaderRules.check(problems, USER_AGENT, Map.of(HeaderRules.USER_AGENT, userAgent));
      if (userAgent.isEmpty() || !problems.isEmpty()) {
        throw InvalidException.of(
            USER_AGENT,
            "must be visible ASCII, with spaces only between characters, like Svix-Webhooks/1.100.0");
      }
    }
    return userAgent;
  }

  /** Returns the number of entries per page; 0 if none is given. */
  int pageSize() {
    if (pageSize != null && (pageSize < 1 || pageSize > MAX_PAGE)) {
      throw InvalidException.of("--page-size", "must be from 1 to 1000 (got " + pageSize + ")");
    }
    return pageSize == null ? 0 : pageSize;
  }

  /**
   * Returns a client of the other system.
   *
   * @param needsToken whether its API requires a token
   */
  SenderClient source(boolean needsToken) {
    URI address = sender();
    String secret = token();
    if (needsToken && secret.isEmpty()) {
      throw InvalidException.of(
          TOKEN, "is required: put the token of the other system into HOOKFERRY_IMPORT_TOKEN");
    }
    boolean isLocal = address.getHost().matches("localhost|127\\..*|\\[::1]");
    if (address.getScheme().equals("http") && !isLocal) {
      warn(FROM + " is not https: the token and all secrets cross the network unencrypted");
    }
    return new SenderClient(address, secret.isEmpty() ? null : secret, authorities);
  }

  private String token() {
    String text =
        tokenFile == null
            ? token.strip()
            : SecretInput.ofFile("--token-file", tokenFile, terminal()).strip();
    if (!text.chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw InvalidException.of(TOKEN, "must be visible ASCII without spaces");
    }
    return text;
  }

  private URI sender() {
    String rule = "must be like https://api.eu.svix.com, without a user name or query";
    try {
      URI uri = URI.create(from);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean isWeb = scheme.equals("http") || scheme.equals("https");
      if (isWeb && uri.getHost() != null && uri.getRawUserInfo() == null && isBare(uri)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw InvalidException.of(FROM, rule);
    }
    throw InvalidException.of(FROM, rule);
  }

  private static boolean isBare(URI uri) {
    return uri.getRawQuery() == null && uri.getRawFragment() == null;
  }
}
