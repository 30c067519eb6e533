package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.signing.StandardSignature;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receivers that the manual shows, in Java. */
class ReceiverExampleTest {
  private static final byte[] BODY = "{\"Name\":\"Zoë\"}".getBytes(StandardCharsets.UTF_8);

  /** Headers of a request that anyone can send. */
  private static final List<String> BAD =
      Arrays.asList(null, "", "zz", "v1,!", "v1a,!", "v1a,AAAA", "é", "9".repeat(5_000));

  @TempDir Path folder;

  @Test
  void theQlmExampleTellsRightFromWrong() throws Exception {
    String signature = QlmSignature.of(Payload.wrap(BODY), "clé-Ω");

    assertThat(verifyQlm(BODY, signature, "clé-Ω")).isTrue();
    assertThat(verifyQlm(BODY, signature, "other")).isFalse();
    for (String bad : BAD) {
      assertThat(verifyQlm(BODY, bad, "clé-Ω")).as(bad).isFalse();
    }
  }

  @Test
  void theStandardExampleTellsRightFromWrong() throws Exception {
    StandardSecret right = StandardSecret.generate(new Random(1));
    StandardSecret wrong = StandardSecret.generate(new Random(2));
    Instant now = InstantSource.system().instant();
    EventId id = new EventId("evt_1");
    Map<String, String> headers =
        Map.of(
            "webhook-id",
            id.value(),
            "webhook-timestamp",
            Long.toString(now.getEpochSecond()),
            "webhook-signature",
            StandardSignature.of(id, now, Payload.wrap(BODY), List.of(right)));

    assertThat(verifyStandard(BODY, headers, right.reveal())).isTrue();
    assertThat(verifyStandard(BODY, headers, wrong.reveal())).isFalse();
    assertThat(verifyWithTheJar(headers, right.reveal())).isTrue();
    assertThat(verifyWithTheJar(headers, wrong.reveal())).isFalse();
    Map<String, String> other = new HashMap<>(headers);
    other.put("webhook-id", "evt_2");
    assertThat(verifyStandard(BODY, other, right.reveal())).isFalse();
    other.putAll(headers);
    other.put("webhook-timestamp", "1000");
    assertThat(verifyStandard(BODY, other, right.reveal())).isFalse();
    other.putAll(headers);
    other.computeIfPresent("webhook-signature", (name, value) -> "v1,bm90IGZvciBtZQ== " + value);
    assertThat(verifyStandard(BODY, other, right.reveal())).isTrue();
    assertThat(verifyStandard(new byte[0], headers, right.reveal())).isFalse();
    for (String bad : BAD) {
      for (String name : headers.keySet()) {
        other.putAll(headers);
        other.put(name, bad);
        assertThat(verifyStandard(BODY, other, right.reveal())).as("%s: %s", name, bad).isFalse();
      }
    }
  }

  /** The project that it is in is built by itself. */
  @Test
  void theRouteForSpringUsesTheCodeOfThePage() {
    Path copy = Path.of("examples/spring-boot/src/test/java/com/example/orders");
    assertThat(JavaBlock.read(copy.resolve("StandardReceiver.java")))
        .isEqualTo("package com.example.orders;\n\n" + JavaBlock.of("StandardReceiver").code());
  }

  @Test
  void thePublicKeyExampleTellsRightFromWrong() throws Exception {
    Ed25519Key right = Ed25519Key.generate(new Random(1));
    Ed25519Key wrong = Ed25519Key.generate(new Random(2));
    String time = Long.toString(InstantSource.system().instant().getEpochSecond());
    String signature = right.sign("evt_1." + time + ".", Payload.wrap(BODY));
    String during = "v1,bm90IGZvciBtZQ== " + signature;

    assertThat(verifyEd25519(time, during, right.publicKey())).isTrue();
    assertThat(verifyEd25519(time, during, wrong.publicKey())).isFalse();
    assertThat(verifyEd25519("1000", during, right.publicKey())).isFalse();
    assertThat(verifyEd25519(time, "v1,bm90IGZvciBtZQ==", right.publicKey())).isFalse();
    for (String bad : BAD) {
      assertThat(verifyEd25519(bad, during, right.publicKey())).as(bad).isFalse();
      assertThat(verifyEd25519(time, bad, right.publicKey())).as(bad).isFalse();
    }
  }

  private boolean verifyEd25519(String time, String signatures, String key) throws Exception {
    return verify(
        "PublicKeyReceiver",
        "verifyEd25519",
        List.of(byte[].class, String.class, String.class, String.class, String.class),
        BODY,
        "evt_1",
        time,
        signatures,
        key);
  }

  private boolean verifyQlm(byte[] body, String signature, String secret) throws Exception {
    return verify(
        "QlmReceiver",
        "verifyQlm",
        List.of(byte[].class, String.class, String.class),
        body,
        signature,
        secret);
  }

  private boolean verifyStandard(byte[] body, Map<String, String> headers, String secret)
      throws Exception {
    return verify(
        "StandardReceiver",
        "verifyStandard",
        List.of(byte[].class, String.class, String.class, String.class, String.class),
        body,
        headers.get("webhook-id"),
        headers.get("webhook-timestamp"),
        headers.get("webhook-signature"),
        secret);
  }

  private boolean verifyWithTheJar(Map<String, String> headers, String secret) throws Exception {
    return verify(
        "JarReceiver",
        "verifyStandard",
        List.of(byte[].class, Map.class, String.class),
        BODY,
        headers,
        secret);
  }

  private boolean verify(String type, String name, List<Class<?>> types, Object... arguments)
      throws Exception {
    Path classes = Files.createTempDirectory(folder, "receiver");
    Method method =
        JavaBlock.of(type).compile(classes).getDeclaredMethod(name, types.toArray(Class[]::new));
    method.setAccessible(true);
    return (boolean) method.invoke(null, arguments);
  }
}
