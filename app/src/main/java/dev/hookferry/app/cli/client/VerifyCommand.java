package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.NamedFile;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.io.SecretInput;
import dev.hookferry.app.cli.option.SecretOptions;
import dev.hookferry.app.cli.option.SignatureOption;
import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureCheck;
import dev.hookferry.signing.SignatureVerifier;
import dev.hookferry.signing.SignatureVerifier.Finding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = {
      "Verifies the signatures of a received message and explains a mismatch.",
      "Secrets that begin with whsec_ and public keys (whpk_) verify Standard Webhooks, others",
      "X-QLM-Signature.",
      "Give as many secrets as needed."
    })
public final class VerifyCommand implements Callable<Integer> {
  /** Longer than any timestamp that is read, which has at most twelve digits. */
  private static final Duration ANY_TIME = Duration.ofDays(365L * 100_000);

  /** Headers with the timestamp in seconds, by signature header. */
  private static final Map<String, String> TIMESTAMPS =
      Map.of("webhook-signature", "webhook-timestamp", "svix-signature", "svix-timestamp");

  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(
      paramLabel = "BODY",
      description = "A file with the exact bytes of the received body.")
  private Path body = Path.of("");

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      description = "A secret on the command line, where other users can read it; repeatable.")
  private List<String> typed = List.of();

  @Mixin private SecretOptions secrets = new SecretOptions();

  @Option(
      names = "--header",
      paramLabel = "NAME:VALUE",
      description = "A header of the message; repeatable.")
  private List<String> headers = List.of();

  @Option(
      names = "--headers",
      paramLabel = "FILE",
      description = "A file with the headers, one per line.")
  private @Nullable Path headerFile;

  @Option(
      names = "--profile",
      paramLabel = "SIGNATURE",
      description = {
        "Verifies by this profile, such as github or 'custom header=X-Acme-Digest', instead of by",
        "the form of each secret."
      })
  private @Nullable String profile;

  @Option(
      names = "--tolerance",
      paramLabel = "TIME",
      description = "How far a signature's time may be off (default: 5m).")
  private Duration tolerance = Duration.ofMinutes(5);

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "Checks as of this time, such as 2026-04-29T16:39:49Z (default: now).")
  private @Nullable String at;

  @Override
  public Integer call() {
    List<SignatureCheck> checks = checks(Payload.wrap(NamedFile.read("BODY", body)));
    if (output.json()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      checks.forEach(check -> list.add(json(check)));
      output.print(list);
    } else {
      checks.forEach(check -> output.line(check.text()));
    }
    return ExitCode.of(SignatureCheck.isTrusted(checks));
  }

  private List<SignatureCheck> checks(Payload message) {
    Map<String, String> received = headers();
    List<String> known = secrets();
    InstantSource clock = clock();
    List<SignatureCheck> now = checks(clock, tolerance, message, received, known);
    List<SignatureCheck> anyTime = checks(clock, ANY_TIME, message, received, known);
    return IntStream.range(0, now.size())
        .mapToObj(i -> explained(now.get(i), anyTime.get(i), received))
        .toList();
  }

  private List<SignatureCheck> checks(
      InstantSource clock,
      Duration tolerated,
      Payload message,
      Map<String, String> received,
      List<String> known) {
    SignatureVerifier verifier = new SignatureVerifier(clock, tolerated);
    if (profile == null) {
      return SignatureCheck.all(verifier, message, received, known);
    }
    Signature signature = SignatureOption.parsed("--profile", profile);
    return known.stream()
        .map(secret -> SignatureCheck.of(verifier, signature, message, received, secret))
        .toList();
  }

  /** Keeps the age of a recorded message, nearly always too old, from hiding a wrong signature. */
  private static SignatureCheck explained(
      SignatureCheck check, SignatureCheck anyTime, Map<String, String> received) {
    if (check.finding() != Finding.TOO_OLD && check.finding() != Finding.TOO_NEW) {
      return check;
    }
    if (!anyTime.isValid()) {
      return anyTime;
    }
    String why = "it matches, but %s; to verify it as of that time, add --at %s";
    return new SignatureCheck(
        check.header(),
        check.finding(),
        why.formatted(check.why(), sentAt(check.header(), received)));
  }

  /**
   * Returns the time of sending from the signature's timestamp header; {@code TIME} if there is
   * none, or if a custom profile puts something else there.
   */
  private static String sentAt(String signature, Map<String, String> received) {
    String timestamp = TIMESTAMPS.getOrDefault(signature.toLowerCase(Locale.ROOT), "");
    return received.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(timestamp))
        .filter(header -> header.getValue().matches("[0-9]{1,12}"))
        .map(header -> Instant.ofEpochSecond(Long.parseLong(header.getValue())).toString())
        .findFirst()
        .orElse("TIME");
  }

  private List<String> secrets() {
    List<String> all = new ArrayList<>(typed);
    if (!typed.isEmpty()) {
      SecretInput.warnOfArgument(output, "--secret");
    }
    all.addAll(secrets.all(output));
    if (all.isEmpty()) {
      throw InvalidException.of("", "a secret is required: give --secret-file or --secret-env");
    }
    return all;
  }

  private static ObjectNode json(SignatureCheck check) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("header", check.header())
        .put("valid", check.isValid())
        .put("why", check.why());
  }

  private Map<String, String> headers() {
    List<String> lines = new ArrayList<>(headers);
    if (headerFile != null) {
      String text = new String(NamedFile.read("--headers", headerFile), StandardCharsets.UTF_8);
      lines.addAll(text.lines().toList());
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        values.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      } else if (headers.contains(line)) {
        throw InvalidException.of("--header", "must be like webhook-id: evt_1 (got " + line + ")");
      }
    }
    return values;
  }

  private InstantSource clock() {
    String text = at;
    if (text == null) {
      return InstantSource.system();
    }
    try {
      return InstantSource.fixed(Instant.parse(text));
    } catch (DateTimeException e) {
      throw InvalidException.of("--at", "must be like 2026-04-29T16:39:49Z (got " + text + ")");
    }
  }
}
