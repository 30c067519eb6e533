package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureForm;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.signing.SignedMessage;
import dev.hookferry.signing.SigningKey;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.signing.StandardSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receivers that the manual shows, in other languages, where the machine can run them. */
class OtherLanguagesTest {
  private static final String BODY = "{\"Name\":\"Zoë\"}";
  private static final String QLM_SECRET = "clé-Ω";

  private final StandardSecret secret = StandardSecret.generate(new Random(1));
  private final SigningSecret pair = SigningSecret.generate(SecretType.ED25519, new Random(2));
  private final Instant now = InstantSource.system().instant();
  private final EventId id = new EventId("evt_1");

  @TempDir Path folder;

  @Test
  void python() throws Exception {
    String script =
        blocks("python")
            + "\nimport sys"
            + "\nbody, q, qs, i, t, s, ss = sys.argv[1].encode(), *sys.argv[2:8]"
            + "\nprint(verify_qlm(body, q, qs), verify_qlm(body, q, qs + 'x'),"
            + " verify_standard(body, i, t, s, ss), verify_standard(body + b' ', i, t, s, ss),"
            + " verify_standard(body, i, '1000', s, ss))";

    assertThat(run("python3", script)).isEqualTo("True False True False False");
  }

  @Test
  void node() throws Exception {
    String script =
        "const crypto = require('node:crypto');\n"
            + blocks("js").replaceAll("const crypto[^\n]*\n", "")
            + "\nconst [b, q, qs, i, t, s, ss, pk, other] = process.argv.slice(2);"
            + "\nconst body = Buffer.from(b);"
            + "\nconsole.log(verifyQlm(body, q, qs), verifyQlm(body, q, qs + 'x'),"
            + " verifyStandard(body, i, t, s, ss), verifyStandard(Buffer.from(b + ' '), i, t, s,"
            + " ss), verifyStandard(body, i, '1000', s, ss),"
            + " verifyEd25519(body, i, t, s, pk), verifyEd25519(Buffer.from(b + ' '), i, t, s, pk),"
            + " verifyEd25519(body, i, t, s, other), verifyEd25519(body, i, '1000', s, pk));";

    assertThat(run("node", script)).isEqualTo("true false true false false true false false false");
  }

  @Test
  void php() throws Exception {
    String script =
        "<?php\n"
            + blocks("php")
            + "\n[, $b, $q, $qs, $i, $t, $s, $ss, $pk, $other] = $argv;"
            + "\necho json_encode([verify_qlm($b, $q, $qs), verify_qlm($b, $q, $qs . 'x'),"
            + " verify_standard($b, $i, $t, $s, $ss), verify_standard($b . ' ', $i, $t, $s, $ss),"
            + " verify_standard($b, $i, '1000', $s, $ss),"
            + " verify_ed25519($b, $i, $t, $s, $pk), verify_ed25519($b . ' ', $i, $t, $s, $pk),"
            + " verify_ed25519($b, $i, $t, $s, $other), verify_ed25519($b, $i, '1000', $s,"
            + " $pk)]);";

    assertThat(run("php", script))
        .isEqualTo("[true,false,true,false,false,true,false,false,false]");
  }

  private String run(String interpreter, String script) throws Exception {
    assumeTrue(
        new ProcessBuilder("sh", "-c", "command -v " + interpreter).start().waitFor() == 0,
        "skipped: " + interpreter + " is not installed");
    Path file = Files.writeString(folder.resolve("receiver"), script);
    Payload body = Payload.of(BODY);
    Process process =
        new ProcessBuilder(
                interpreter,
                file.toString(),
                BODY,
                QlmSignature.of(body, QLM_SECRET),
                QLM_SECRET,
                id.value(),
                Long.toString(now.getEpochSecond()),
                signatures(body),
                secret.reveal(),
                pair.forReceiver(),
                SigningSecret.generate(SecretType.ED25519, new Random(3)).forReceiver())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    return output;
  }

  /** Signs as during a rotation from a shared secret to a key pair. */
  private String signatures(Payload body) {
    Map<String, String> headers = new HashMap<>();
    List<SigningKey> keys =
        List.of(new SigningKey(pair), new SigningKey(SigningSecret.of(secret.reveal())));
    SignedMessage.Names names = new SignedMessage.Names(id.value(), "license_created", "dlv_1", 1);
    SignatureForm.of(Signature.of(SignatureProfile.STANDARD))
        .sign(SignedMessage.of(names, now, body, Map.of()), keys, headers::put);
    return headers.getOrDefault(StandardSignature.HEADER, "");
  }

  private static String blocks(String language) throws IOException {
    return String.join("\n", ManualPage.blocks("receivers.md", language));
  }
}
