package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.signing.StandardSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receivers that the manual shows, in other languages, where the machine can run them. */
class OtherLanguagesTest {
  private static final String BODY = "{\"Name\":\"Zoë\"}";
  private static final String QLM_SECRET = "clé-Ω";

  private final StandardSecret secret = StandardSecret.generate(new Random(1));
  private final Instant now = InstantSource.system().instant();
  private final EventId id = new EventId("evt_1");

  @TempDir Path folder;

  @Test
  void python() throws Exception {
    String script =
        blocks("python")
            + "\nimport sys"
            + "\nbody, q, qs, i, t, s, ss = sys.argv[1].encode(), *sys.argv[2:]"
            + "\nprint(verify_qlm(body, q, qs), verify_qlm(body, q, qs + 'x'),"
            + " verify_standard(body, i, t, s, ss), verify_standard(body + b' ', i, t, s, ss),"
            + " verify_standard(body, i, '1000', s, ss))";

    assertThat(run("python3", script)).isEqualTo("True False True False False");
  }

  @Test
  void node() throws Exception {
    String script =
        blocks("js").replaceFirst("(?s)(const crypto[^\n]*\n)(.*)const crypto[^\n]*\n", "$1$2")
            + "\nconst [b, q, qs, i, t, s, ss] = process.argv.slice(2);"
            + "\nconst body = Buffer.from(b);"
            + "\nconsole.log(verifyQlm(body, q, qs), verifyQlm(body, q, qs + 'x'),"
            + " verifyStandard(body, i, t, s, ss), verifyStandard(Buffer.from(b + ' '), i, t, s,"
            + " ss), verifyStandard(body, i, '1000', s, ss));";

    assertThat(run("node", script)).isEqualTo("true false true false false");
  }

  @Test
  void php() throws Exception {
    String script =
        "<?php\n"
            + blocks("php")
            + "\n[, $b, $q, $qs, $i, $t, $s, $ss] = $argv;"
            + "\necho json_encode([verify_qlm($b, $q, $qs), verify_qlm($b, $q, $qs . 'x'),"
            + " verify_standard($b, $i, $t, $s, $ss), verify_standard($b . ' ', $i, $t, $s, $ss),"
            + " verify_standard($b, $i, '1000', $s, $ss)]);";

    assertThat(run("php", script)).isEqualTo("[true,false,true,false,false]");
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
                StandardSignature.of(id, now, body, List.of(secret)),
                secret.reveal())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    return output;
  }

  private static String blocks(String language) throws IOException {
    return String.join("\n", ManualPage.blocks("receivers.md", language));
  }
}
