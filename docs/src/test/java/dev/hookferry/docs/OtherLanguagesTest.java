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
import java.util.ArrayList;
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
        blocks("python", "def verify_qlm")
            + blocks("python", "def verify_standard")
            + "\nimport sys"
            + "\nbody, q, qs, i, t, s, ss = sys.argv[1].encode(), *sys.argv[2:8]"
            + "\nprint(verify_qlm(body, q, qs), verify_qlm(body, q, qs + 'x'),"
            + " verify_standard(body, i, t, s, ss), verify_standard(body + b' ', i, t, s, ss),"
            + " verify_standard(body, i, '1000', s, ss))"
            + "\nfor bad in [None, '', 'zz', 'v1,!', '9' * 5000, 'é', '\\udc80']:"
            + "\n    assert not verify_qlm(body, bad, qs), bad"
            + "\n    assert not verify_standard(body, bad, t, s, ss), bad"
            + "\n    assert not verify_standard(body, i, bad, s, ss), bad"
            + "\n    assert not verify_standard(body, i, t, bad, ss), bad";

    assertThat(run("python3", script)).isEqualTo("True False True False False");
  }

  @Test
  void pythonWithPublicKeys() throws Exception {
    assumeTrue(
        run("python3", "import cryptography").isEmpty(), "skipped: cryptography is not installed");
    String script =
        blocks("python", "def verify_ed25519")
            + "\nimport sys"
            + "\nbody, i, t, s, pk, other ="
            + " sys.argv[1].encode(), *sys.argv[4:7], *sys.argv[8:10]"
            + "\nprint(verify_ed25519(body, i, t, s, pk), verify_ed25519(body + b' ', i, t, s, pk),"
            + " verify_ed25519(body, i, t, s, other), verify_ed25519(body, i, '1000', s, pk))"
            + "\nfor bad in [None, '', 'v1a,', 'v1a,!', 'v1a,AAAA', 'v1a,é', '9' * 5000]:"
            + "\n    assert not verify_ed25519(body, bad, t, s, pk), bad"
            + "\n    assert not verify_ed25519(body, i, bad, s, pk), bad"
            + "\n    assert not verify_ed25519(body, i, t, bad, pk), bad";

    assertThat(run("python3", script)).isEqualTo("True False False False");
  }

  @Test
  void node() throws Exception {
    String script =
        "const crypto = require('node:crypto');\n"
            + blocks("js", "function verify").replaceAll("const crypto[^\n]*\n", "")
            + "\nconst [b, q, qs, i, t, s, ss, pk, other] = process.argv.slice(2);"
            + "\nconst body = Buffer.from(b);"
            + "\nconsole.log(verifyQlm(body, q, qs), verifyQlm(body, q, qs + 'x'),"
            + " verifyStandard(body, i, t, s, ss), verifyStandard(Buffer.from(b + ' '), i, t, s,"
            + " ss), verifyStandard(body, i, '1000', s, ss),"
            + " verifyEd25519(body, i, t, s, pk), verifyEd25519(Buffer.from(b + ' '), i, t, s, pk),"
            + " verifyEd25519(body, i, t, s, other), verifyEd25519(body, i, '1000', s, pk));"
            + "\nfor (const bad of [undefined, '', 'zz', 'v1,!', 'v1a,AAAA', '9'.repeat(5000)]) {"
            + "\n  const found = [verifyQlm(body, bad, qs), verifyStandard(body, bad, t, s, ss),"
            + " verifyStandard(body, i, bad, s, ss), verifyStandard(body, i, t, bad, ss),"
            + " verifyEd25519(body, bad, t, s, pk), verifyEd25519(body, i, bad, s, pk),"
            + " verifyEd25519(body, i, t, bad, pk)];"
            + "\n  if (found.some((is) => is !== false)) console.log(bad, found);"
            + "\n}";

    assertThat(run("node", script)).isEqualTo("true false true false false true false false false");
  }

  @Test
  void php() throws Exception {
    String script =
        "<?php\n"
            + blocks("php", "function verify")
            + "\n[, $b, $q, $qs, $i, $t, $s, $ss, $pk, $other] = $argv;"
            + "\necho json_encode([verify_qlm($b, $q, $qs), verify_qlm($b, $q, $qs . 'x'),"
            + " verify_standard($b, $i, $t, $s, $ss), verify_standard($b . ' ', $i, $t, $s, $ss),"
            + " verify_standard($b, $i, '1000', $s, $ss),"
            + " verify_ed25519($b, $i, $t, $s, $pk), verify_ed25519($b . ' ', $i, $t, $s, $pk),"
            + " verify_ed25519($b, $i, $t, $s, $other), verify_ed25519($b, $i, '1000', $s,"
            + " $pk)]);"
            + "\nforeach ([null, '', 'zz', 'v1,!', 'v1a,AAAA', str_repeat('9', 5000)] as $bad) {"
            + "\n  if (verify_qlm($b, $bad, $qs) || verify_standard($b, $bad, $t, $s, $ss)"
            + " || verify_standard($b, $i, $bad, $s, $ss) || verify_standard($b, $i, $t, $bad, $ss)"
            + " || verify_ed25519($b, $bad, $t, $s, $pk) || verify_ed25519($b, $i, $bad, $s, $pk)"
            + " || verify_ed25519($b, $i, $t, $bad, $pk)) { var_dump($bad); }"
            + "\n}";

    assertThat(run("php", script))
        .isEqualTo("[true,false,true,false,false,true,false,false,false]");
  }

  /** A forged, a malformed and an empty request get 401, an authentic one 204. */
  @Test
  void flask() throws Exception {
    assumeTrue(run("python3", "import flask").isEmpty(), "skipped: flask is not installed");
    String script =
        blocks("python", "def verify_standard")
            + "\nimport sys"
            + "\nfrom flask import Flask, request"
            + "\nbody, id, now, signatures, secret = sys.argv[1].encode(), *sys.argv[4:8]"
            + "\napp, saved = Flask('receiver'), []"
            + "\nsave = lambda *of: saved.append(of)\n"
            + blocks("python", "@app.post")
            + "\ndef sent(data, headers):"
            + "\n    return app.test_client().post('/hook', data=data, headers=headers,"
            + " content_type='application/json').status_code"
            + "\nheaders = {'webhook-id': id, 'webhook-timestamp': now,"
            + " 'webhook-signature': signatures}"
            + "\nprint(sent(body, headers), sent(body + b' ', headers), sent(body, {}),"
            + " sent(b'', {**headers, 'webhook-timestamp': 'x'}), saved == [(id, body)])";

    assertThat(run("python3", script)).isEqualTo("204 401 401 401 True");
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

  /** Returns the blocks of both pages that contain this text. */
  private static String blocks(String language, String text) throws IOException {
    List<String> blocks = new ArrayList<>(ManualPage.blocks("receivers.md", language));
    blocks.addAll(ManualPage.blocks("receivers-other.md", language));
    blocks.removeIf(block -> !block.contains(text));
    return String.join("\n", blocks);
  }
}
