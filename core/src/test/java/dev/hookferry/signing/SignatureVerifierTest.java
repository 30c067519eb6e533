package dev.hookferry.signing;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.AttackCase;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import dev.hookferry.signing.SignatureVerifier.Finding;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVerifierTest {
  private static final Instant NOW = Instant.parse("2026-04-29T16:39:49Z");
  private static final Payload BODY = Payload.of("{\"Name\":\"clé-Ω\"}");
  private static final EventId ID = new EventId("evt_1");
  private static final StandardSecret SECRET = StandardSecret.generate(new Random(1));
  private static final StandardSecret OTHER = StandardSecret.generate(new Random(2));

  private final SignatureVerifier verifier =
      new SignatureVerifier(() -> NOW, Duration.ofMinutes(5));

  private static Map<String, String> signedAt(Instant time) {
    return headers(
        Long.toString(time.getEpochSecond()),
        StandardSignature.of(ID, time, BODY, List.of(SECRET)));
  }

  private static Map<String, String> headers(String timestamp, String signature) {
    Map<String, String> headers = new HashMap<>();
    headers.put("webhook-id", ID.value());
    headers.put("webhook-timestamp", timestamp);
    headers.put("webhook-signature", signature);
    return headers;
  }

  private static String good() {
    return StandardSignature.of(ID, NOW, BODY, List.of(SECRET));
  }

  private Finding standard(String timestamp, String signature) {
    return verifier.standard(BODY, headers(timestamp, signature), SECRET);
  }

  private Finding atNow(String signature) {
    return standard(Long.toString(NOW.getEpochSecond()), signature);
  }

  private final Map<String, Supplier<Finding>> attacks =
      Map.of(
          "good signature, timestamp now",
          () -> verifier.standard(BODY, signedAt(NOW), SECRET),
          "timestamp now+301 s",
          () -> verifier.standard(BODY, signedAt(NOW.plusSeconds(301)), SECRET),
          "timestamp 1e9",
          () -> standard("1e9", good()),
          "signature shortened to 8 characters",
          () -> atNow(good().substring(0, "v1,".length() + 8)),
          "header \"v1\"",
          () -> atNow("v1"),
          "\"v1,bad v1,<good>\"",
          () -> atNow("v1,bad " + good()),
          "id replaced, rest same",
          () -> {
            Map<String, String> headers = signedAt(NOW);
            headers.put("webhook-id", "evt_2");
            return verifier.standard(BODY, headers, SECRET);
          },
          "body: one space added",
          () -> verifier.standard(Payload.of(BODY.text() + " "), signedAt(NOW), SECRET),
          "HMAC computed with the ed25519 public key as secret",
          () -> atNow(StandardSignature.of(ID, NOW, BODY, List.of(publicKeyAsSecret()))),
          "sha256(body+secret) compatibility mode: right",
          () ->
              verifier.qlm(
                  BODY, Map.of("X-QLM-Signature", QlmSignature.of(BODY, "s3cr3t")), "s3cr3t"));

  private final Map<String, Supplier<Finding>> derived =
      Map.ofEntries(
          entry("timestamp with a zero before", () -> standard("0" + seconds(), good())),
          entry("timestamp in milliseconds", () -> standard(seconds() + "000", good())),
          entry("timestamp 0", () -> standard("0", good())),
          entry("timestamp of twelve nines", () -> standard("9".repeat(12), good())),
          entry("signature without its padding", () -> atNow(good().replace("=", ""))),
          entry("signature with a line end behind", () -> atNow(good() + "\n")),
          entry("signature named V1", () -> atNow(good().replace("v1", "V1"))),
          entry("signatures parted by commas", () -> atNow("v1,bad," + good())),
          entry("signatures parted by tabs", () -> atNow("v1,bad\t" + good())),
          entry("a blank in the signature", () -> atNow(good().replace("v1,", "v1, "))),
          entry(
              "a thousand signatures, the last is good", () -> atNow("v1,x ".repeat(999) + good())),
          entry("id in capitals", () -> changed("webhook-id", "EVT_1")),
          entry("id with a blank behind", () -> changed("webhook-id", "evt_1 ")),
          entry("id twice, different", () -> changed("Webhook-Id", "evt_2")),
          entry("id twice, the same", () -> changed("Webhook-Id", "evt_1")),
          entry("signature twice, one is good", () -> changed("WEBHOOK-SIGNATURE", "v1,bad")),
          entry("body: byte order mark before", () -> of("\ufeff" + BODY.text())),
          entry("body: line end behind", () -> of(BODY.text() + "\n")),
          entry("body: none", () -> of("")),
          entry("qlm: sha256= before", () -> qlm("sha256=" + QlmSignature.of(BODY, "s3cr3t"))),
          entry("qlm: a blank behind", () -> qlm(QlmSignature.of(BODY, "s3cr3t") + " ")),
          entry("qlm: the first half", () -> qlm(QlmSignature.of(BODY, "s3cr3t").substring(32))),
          entry("qlm: of the body alone", () -> qlm(QlmSignature.of(BODY, ""))),
          entry("qlm: of the secret alone", () -> qlm(QlmSignature.of(Payload.empty(), "s3cr3t"))),
          entry(
              "qlm: the secret before the body",
              () -> qlm(QlmSignature.of(Payload.of("s3cr3t"), BODY.text()))));

  private static String seconds() {
    return Long.toString(NOW.getEpochSecond());
  }

  private Finding changed(String header, String value) {
    Map<String, String> headers = signedAt(NOW);
    headers.put(header, value);
    return verifier.standard(BODY, headers, SECRET);
  }

  private Finding of(String body) {
    return verifier.standard(Payload.of(body), signedAt(NOW), SECRET);
  }

  private Finding qlm(String signature) {
    return verifier.qlm(BODY, Map.of("X-QLM-Signature", signature), "s3cr3t");
  }

  private static StandardSecret publicKeyAsSecret() {
    try {
      byte[] encoded =
          KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded();
      byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
      return StandardSecret.parse("whsec_" + Base64.getEncoder().encodeToString(raw));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<String> rows() {
    return AttackCase.rows(
        SignatureVerifierTest.class, "signing-attacks.tsv", "signing-derived.tsv");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void decidesEveryAttackCase(String row) {
    String[] parts = row.split("\t", -1);
    String input = AttackCase.unescape(parts[0]);
    Supplier<Finding> attack = attacks.getOrDefault(input, derived.get(input));
    Finding finding = Objects.requireNonNull(attack, input).get();

    String[] expected = parts[1].split("[ ;]", -1);
    assertThat(finding == Finding.VALID).as(row).isEqualTo(expected[0].equals("VALID"));
    if (expected[0].equals("INVALID") && expected.length > 1) {
      assertThat(finding).isEqualTo(Finding.valueOf(expected[1].toUpperCase(Locale.ROOT)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-301, TOO_OLD",
    "-300, VALID",
    "0, VALID",
    "300, VALID",
    "301, TOO_NEW",
    "-9999999, TOO_OLD"
  })
  void enforcesTheTimeWindowOnBothSides(int seconds, Finding expected) {
    assertThat(verifier.standard(BODY, signedAt(NOW.plusSeconds(seconds)), SECRET))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "+1777480789",
        "1777480789 ",
        "1777480789.0",
        "0x10",
        "1777480789000",
        "١٢٣",
        "NaN"
      })
  void acceptsOnlyDigitsAsATimestamp(String timestamp) {
    assertThat(standard(timestamp, good())).isEqualTo(Finding.MALFORMED_TIMESTAMP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
  void reportsEachMissingHeader(String name) {
    Map<String, String> headers = signedAt(NOW);
    headers.remove(name);

    assertThat(verifier.standard(BODY, headers, SECRET)).isEqualTo(Finding.MISSING_HEADER);
    assertThat(verifier.qlm(BODY, headers, "s3cr3t")).isEqualTo(Finding.MISSING_HEADER);
  }

  @Test
  void readsHeadersInAnyCase() {
    Map<String, String> shouted = new HashMap<>();
    signedAt(NOW).forEach((name, value) -> shouted.put(name.toUpperCase(Locale.ROOT), value));
    String qlm = QlmSignature.of(BODY, "clé-Ω");

    assertThat(verifier.standard(BODY, shouted, SECRET)).isEqualTo(Finding.VALID);
    assertThat(verifier.qlm(BODY, Map.of("x-qlm-signature", qlm), "clé-Ω"))
        .isEqualTo(Finding.VALID);
    assertThat(verifier.qlm(BODY, Map.of("X-QLM-SIGNATURE", qlm.toUpperCase(Locale.ROOT)), "clé-Ω"))
        .isEqualTo(Finding.VALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", "v1,", "v1a,", "v2,", "garbage"})
  void acceptsNoOtherSignature(String signature) {
    assertThat(atNow(signature)).isEqualTo(Finding.NO_MATCH);
    assertThat(atNow(good().replace("v1,", "v1a,"))).isEqualTo(Finding.NO_MATCH);
    assertThat(atNow(good().toLowerCase(Locale.ROOT))).isEqualTo(Finding.NO_MATCH);
    assertThat(verifier.qlm(BODY, Map.of("X-QLM-Signature", signature), "s3cr3t"))
        .isEqualTo(Finding.NO_MATCH);
  }

  @Test
  void detectsAWrongSecret() {
    assertThat(verifier.standard(BODY, signedAt(NOW), OTHER)).isEqualTo(Finding.NO_MATCH);
    assertThat(
            verifier.qlm(
                BODY, Map.of("X-QLM-Signature", QlmSignature.of(BODY, "s3cr3t")), "s3cr3T"))
        .isEqualTo(Finding.NO_MATCH);
  }

  /** While a rotation is under way both secrets verify. */
  @Test
  void verifiesEitherOfTwoSecrets() {
    String both = StandardSignature.of(ID, NOW, BODY, List.of(OTHER, SECRET));

    assertThat(both.split(" ")).hasSize(2);
    assertThat(atNow(both)).isEqualTo(Finding.VALID);
    assertThat(verifier.standard(BODY, headers(Long.toString(NOW.getEpochSecond()), both), OTHER))
        .isEqualTo(Finding.VALID);
  }
}
