package dev.hookferry.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.event.Payload;
import dev.hookferry.json.JsonMembers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Signs what other senders were seen to send, with the same secrets at the same second, and expects
 * the same headers and body, byte for byte.
 */
class CapturedSignaturesTest {
  private static final Pattern TIME = Pattern.compile("(?:^|,)t=(\\d{10})(?:,|$)");

  /** A request of another sender; the newest secret is the first. */
  record Captured(
      String sender,
      String name,
      String way,
      List<String> secrets,
      Map<String, String> headers,
      Payload body,
      Payload published) {
    private static Captured of(JsonMembers members) {
      Map<String, String> headers = new HashMap<>();
      members
          .textsByName("headers")
          .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
      return new Captured(
          members.text("sender"),
          members.text("name"),
          members.text("way"),
          members.texts("secrets", Function.identity()),
          headers,
          members.text("body", Captured::decoded),
          members.text("published", Captured::decoded));
    }

    private static Payload decoded(String base64) {
      return Payload.wrap(Base64.getDecoder().decode(base64));
    }

    /** Returns the header that ends this way. */
    private String header(String end) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().endsWith(end))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse("");
    }

    @Override
    public String toString() {
      return sender + " " + name;
    }
  }

  static Stream<Captured> captured() throws IOException {
    try (InputStream in = CapturedSignaturesTest.class.getResourceAsStream("captured.jsonl")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().toList().stream().map(line -> JsonMembers.parse(line, Captured::of));
    }
  }

  @ParameterizedTest
  @MethodSource("captured")
  void signsByteForByteAsTheSenderDid(Captured captured) {
    Signature signature = signature(captured);
    SignatureForm form = SignatureForm.of(signature);
    Payload body = form.body(captured.published());
    Map<String, String> written = new LinkedHashMap<>();
    List<SigningKey> keys =
        captured.secrets().stream().map(SigningSecret::of).map(SigningKey::new).toList();

    form.sign(message(captured, body), keys, written::put);

    assertThat(body).isEqualTo(captured.body());
    written.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          // The id of a delivery is the server's own.
          if (!lower.equals("webhookx-delivery-id")) {
            assertThat(captured.headers()).containsEntry(lower, value);
          }
        });
    assertThat(written.keySet()).containsExactlyInAnyOrderElementsOf(signature.headers());
  }

  @ParameterizedTest
  @MethodSource("captured")
  void verifiesWhatTheSenderSigned(Captured captured) {
    Signature signature = signature(captured);
    SignatureVerifier verifier =
        new SignatureVerifier(InstantSource.fixed(time(captured)), Duration.ofMinutes(5));

    SignatureCheck check =
        SignatureCheck.of(
            verifier, signature, captured.body(), captured.headers(), captured.secrets().get(0));

    assertThat(check.text()).isEqualTo(check.header() + " valid");
  }

  @Test
  void coversEverySender() throws IOException {
    assertThat(captured().map(Captured::sender))
        .contains("convoy", "outpost", "hook0", "webhookx", "svix");
    assertThat(captured()).hasSizeGreaterThan(120);
  }

  private static SignedMessage message(Captured captured, Payload body) {
    String id =
        Stream.of("event-id", "-id")
            .map(captured::header)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    String type =
        Stream.of("topic", "event-type", "event")
            .map(captured::header)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    return SignedMessage.of(
        new SignedMessage.Names(id, type, "dl_1", 1), time(captured), body, own(captured));
  }

  private static Instant time(Captured captured) {
    Matcher inSignature = TIME.matcher(captured.header("-signature"));
    if (inSignature.find()) {
      return Instant.ofEpochSecond(Long.parseLong(inSignature.group(1)));
    }
    String header =
        captured.headers().entrySet().stream()
            .filter(entry -> entry.getKey().matches("(.*-)?(timestamp|time)"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("0");
    return header.contains("T")
        ? Instant.parse(header)
        : Instant.ofEpochSecond(Long.parseLong(header));
  }

  /** Returns the endpoint's own headers, which Hook0 signs. */
  private static Map<String, String> own(Captured captured) {
    Map<String, String> own = new HashMap<>(captured.headers());
    own.keySet().removeIf(name -> name.endsWith("-signature"));
    if (captured.header("user-agent").startsWith("hook0-")) {
      own.remove("user-agent");
    }
    return own;
  }

  private static Signature signature(Captured captured) {
    return switch (captured.sender()) {
      case "convoy" -> convoy(captured.way());
      case "outpost" -> outpost(captured.way());
      case "hook0" -> {
        Signature hook0 = Signature.of(SignatureProfile.HOOK0);
        yield captured.way().equals("v1-named")
            ? hook0.with("header", "x-acme-signature")
            : hook0.with("mode", captured.way());
      }
      case "svix" ->
          Signature.of(SignatureProfile.valueOf(captured.way().toUpperCase(Locale.ROOT)));
      default -> Signature.of(SignatureProfile.WEBHOOKX);
    };
  }

  private static Signature convoy(String way) {
    Signature convoy =
        Signature.of(SignatureProfile.CONVOY).with("mode", way.substring(0, way.indexOf('-')));
    if (way.toLowerCase(Locale.ROOT).contains("x-acme-signature")) {
      convoy = convoy.with("header", "X-Acme-Signature");
    }
    if (way.contains("last-of-2-versions") || way.contains("sha512-base64-2-secrets")) {
      return convoy.with("versions", "sha256-hex,sha512-base64");
    }
    String[] parts = way.split("-", -1);
    return convoy.with("versions", parts[1] + "-" + parts[2]);
  }

  private static Signature outpost(String way) {
    Signature outpost = Signature.of(SignatureProfile.OUTPOST);
    return switch (way.replace("-two-secrets", "")) {
      case "standard" -> outpost.with("mode", "standard");
      case "standard-prefix" -> outpost.with("mode", "standard").with("headerPrefix", "X-Acme-");
      case "timestamped" ->
          outpost.with("content", "timestamp.body").with("headerPrefix", "X-Acme-");
      case "id-topic-timestamp" ->
          outpost.with("content", "id.type.timestamp.body").with("encoding", "base64");
      case "named-headers-base64" ->
          outpost
              .with("encoding", "base64")
              .with("header", "X-Acme-Signature")
              .with("idHeader", "X-Acme-Id")
              .with("timestampHeader", "X-Acme-Time")
              .with("typeHeader", "X-Acme-Event");
      case "hub-sha1-no-prefix" ->
          outpost
              .with("headerPrefix", "")
              .with("header", "X-Hub-Signature")
              .with("typeHeader", "X-Event")
              .with("idHeader", "")
              .with("algorithm", "hmac-sha1")
              .with("prefix", "sha1=");
      default -> outpost;
    };
  }
}
