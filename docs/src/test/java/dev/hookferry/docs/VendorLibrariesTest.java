package dev.hookferry.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.event.Payload;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureForm;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.signing.SignedMessage;
import dev.hookferry.signing.SigningKey;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.signing.StandardSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The libraries that vendors publish for receivers accept what their profiles sign, and nothing
 * else. Runs with {@code -Pclients}, because npm downloads them.
 */
class VendorLibrariesTest {
  private static final Path SOURCES = Path.of("src/test/clients/vendors").toAbsolutePath();
  private static final Path PROFILE = Path.of("target/openapi-generator-cli.jar");
  private static final String REQUIRED = System.getenv().getOrDefault("HOOKFERRY_TEST_REQUIRE", "");
  private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  /** Numbers and blanks that a library would change if it parsed the body. */
  private static final String BODY =
      "{ \"id\":\"evt_1\",\"object\":\"event\",\"n\":1.10,\"t\":\"clé-Ω\" }";

  @TempDir Path folder;

  @Test
  void theirLibrariesAcceptWhatWeSign() throws Exception {
    install();
    ArrayNode messages = new ObjectMapper().createArrayNode();
    for (String profile : List.of("standard", "svix", "stripe", "shopify", "slack", "github")) {
      messages.add(signed(profile));
    }
    Path file = Files.writeString(folder.resolve("messages.json"), messages.toString());

    assertThat(run("node", "verify.js", file.toString()).lines())
        .containsExactly(
            "standard accepts",
            "svix accepts",
            "stripe accepts",
            "shopify accepts",
            "slack accepts",
            "github accepts");

    String code = String.join("\n", ManualPage.blocks("receivers.md", "js"));
    Path route = Files.writeString(folder.resolve("route.js"), code);
    Path message = Files.writeString(folder.resolve("message.json"), signed("standard").toString());
    assertThat(run("node", "express.mjs", route.toString(), message.toString()).lines())
        .as("statuses of the manual's route for Express, and what it saved")
        .containsExactly("204 401 401 401 401 401", "evt_1 " + BODY.getBytes(UTF_8).length);
  }

  private void install() throws IOException, InterruptedException {
    if (!Files.exists(PROFILE) && !Boolean.getBoolean("hookferry.vendors")) {
      skip("clients", "libraries of vendors are tested with -Pclients only");
    }
    for (String tool : List.of("node", "npm")) {
      if (new ProcessBuilder("sh", "-c", "command -v " + tool).start().waitFor() != 0) {
        skip("node", tool + " is not installed: no library of a vendor is tested");
      }
    }
    for (String name : List.of("package.json", "verify.js", "express.mjs")) {
      Files.copy(SOURCES.resolve(name), folder.resolve(name));
    }
    run("npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts");
  }

  private static ObjectNode signed(String code) {
    SignatureProfile profile = SignatureProfile.find(code).orElseThrow();
    Instant now = Instant.now();
    ObjectNode message = new ObjectMapper().createObjectNode();
    message.put("profile", code).put("body", BODY).put("secret", SECRET);
    ObjectNode headers = message.putObject("headers");
    headers.put(StandardSignature.ID_HEADER, "evt_1");
    headers.put(StandardSignature.TIMESTAMP_HEADER, Long.toString(now.getEpochSecond()));
    SignedMessage.Names names = new SignedMessage.Names("evt_1", "license_created", "dlv_1", 1);
    SignatureForm.of(Signature.of(profile))
        .sign(
            SignedMessage.of(names, now, Payload.of(BODY), Map.of()),
            List.of(new SigningKey(SigningSecret.of(SECRET))),
            headers::put);
    return message;
  }

  private String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(command), printed).isZero();
    return printed;
  }

  private static void skip(String what, String why) {
    String line = "SKIPPED: " + why;
    assertThat(List.of(REQUIRED.split(",", -1))).as(line).doesNotContain(what);
    System.out.println(line);
    Assumptions.abort(line);
  }
}
