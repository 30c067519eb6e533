package dev.hookferry.app.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import dev.hookferry.signing.HttpMessageSignature;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.signing.SigningKey;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.signing.StandardSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyCommandTest {
  private static final String BODY =
      "{\"Name\":\"stWebHook\",\"WebHookUserData\":\"my user data\"}";
  private static final String QLM =
      "X-QLM-Signature: 49b99a69083fab7439ebcf5de212721199829d456c1283f5e2e6a83292823687";
  private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";
  private static final Instant SENT = Instant.parse("2026-04-29T16:39:49Z");

  @TempDir private Path folder;
  private String body = "";

  @BeforeEach
  void write() throws IOException {
    body = Files.writeString(folder.resolve("body"), BODY).toString();
  }

  @Test
  void qlmsSignatureIsValidForItsBytesAndItsSecret() throws IOException {
    String file = Files.writeString(folder.resolve("secret"), "s3cr3t\n").toString();
    CommandResult typed = CommandResult.run("verify", body, "--secret-file", file, "--header", QLM);
    assertThat(typed)
        .isEqualTo(new CommandResult(0, "X-QLM-Signature valid" + System.lineSeparator(), ""));
    CommandResult argument =
        CommandResult.run("verify", body, "--secret", "s3cr3t", "--header", QLM);
    assertThat(argument.out()).isEqualTo(typed.out());
    assertThat(argument.err())
        .startsWith("hookferry: warning: other users of this machine can read the secret")
        .doesNotContain("s3cr3t");
  }

  @Test
  void saysWhyNot() throws IOException {
    assertThat(CommandResult.run("verify", body, "--secret", "other", "--header", QLM))
        .returns(1, CommandResult::code)
        .extracting(CommandResult::out)
        .asString()
        .contains("NOT VALID: the secret is wrong, or the body was changed");
    assertThat(CommandResult.run("verify", body, "--secret", "s3cr3t ", "--header", QLM).out())
        .contains("it would match if the secret had no spaces around it");
    assertThat(CommandResult.run("verify", body, "--secret", "s3cr3t").out())
        .contains("NOT VALID: the message has no X-QLM-Signature");
    Files.writeString(folder.resolve("body"), BODY + "\n");
    assertThat(CommandResult.run("verify", body, "--secret", "s3cr3t", "--header", QLM).out())
        .contains("it would match if the body ended without its last line break");
    assertThat(CommandResult.run("verify", folder.resolve("none").toString(), "--secret", "x"))
        .returns(2, CommandResult::code)
        .extracting(CommandResult::err)
        .asString()
        .contains("no such file");
  }

  @Test
  void standardWebhooksHasATimeToo() throws IOException {
    Path headers = folder.resolve("headers");
    Files.writeString(headers, standardHeaders() + "\nother line\n");
    String[] args = {"verify", body, "--secret", SECRET, "--headers", headers.toString()};
    assertThat(
            CommandResult.run("verify", body, "--secret", SECRET, "--header", "webhook-id: 1")
                .out())
        .contains("NOT VALID: the message has no webhook-timestamp, webhook-signature");
    assertThat(CommandResult.run(with(args, "--at", "2026-04-29T16:44:00Z")))
        .returns(0, CommandResult::code);
    assertThat(CommandResult.run(with(args, "--at", "2026-04-29T16:45:00Z")).out())
        .contains("too old");
    assertThat(CommandResult.run(with(args, "--at", "2026-04-29T16:30:00Z")).out())
        .contains("future");
    assertThat(CommandResult.run(with(args, "--at", "2026-04-29T17:30:00Z", "--tolerance", "1h")))
        .returns(0, CommandResult::code);
    assertThat(CommandResult.run(args).out()).contains("may be a replay");
  }

  @Test
  void theAgeOfARecordedMessageDoesNotHideAWrongSignature() throws IOException {
    String kept = Files.writeString(folder.resolve("headers"), standardHeaders()).toString();
    String later = "2026-05-29T16:39:49Z";
    assertThat(
            CommandResult.run("verify", body, "--secret", SECRET, "--headers", kept, "--at", later))
        .returns(1, CommandResult::code)
        .extracting(CommandResult::out)
        .asString()
        .contains("webhook-signature NOT VALID: it matches, but webhook-timestamp is too old")
        .contains("to verify it as of that time, add --at " + SENT);
    String other = "whsec_" + "B".repeat(32);
    assertThat(
            CommandResult.run("verify", body, "--secret", other, "--headers", kept, "--at", later))
        .returns(1, CommandResult::code)
        .extracting(CommandResult::out)
        .asString()
        .contains("webhook-signature NOT VALID: the secret is wrong, or the body was changed")
        .doesNotContain("too old");
  }

  @Test
  void httpMessageSignaturesNeedTheUrl() throws IOException {
    String url = "https://crm.example/hook";
    StringBuilder lines = new StringBuilder("webhook-id: evt_1\n");
    HttpMessageSignature.sign(
        Signature.of(SignatureProfile.HTTP_MESSAGE_SIGNATURES),
        new HttpMessageSignature.Request(url, "evt_1", Payload.of(BODY), SENT),
        List.of(new SigningKey(SigningSecret.of(SECRET))),
        (name, value) -> lines.append(name).append(": ").append(value).append('\n'));
    String headers = Files.writeString(folder.resolve("headers"), lines).toString();
    String[] args = {
      "verify",
      body,
      "--secret",
      SECRET,
      "--headers",
      headers,
      "--at",
      SENT.toString(),
      "--profile",
      "http-message-signatures"
    };

    assertThat(CommandResult.run(args).out()).contains("give it as @target-uri among the headers");
    assertThat(CommandResult.run(with(args, "--header", "@target-uri: " + url)).out())
        .startsWith("Signature valid");
    assertThat(CommandResult.run(with(args, "--header", "@target-uri: " + url + "/")))
        .returns(1, CommandResult::code);
    args[7] = SENT.plusSeconds(3600).toString();
    for (String time : List.of("1", "yesterday")) {
      String[] other = {"--header", "@target-uri: " + url, "--header", "svix-timestamp: " + time};
      assertThat(CommandResult.run(with(args, other)).out())
          .startsWith("Signature NOT VALID: it matches, but created is too old")
          .contains("add --at TIME");
    }
  }

  @Test
  void oneOfTwoSecretsIsEnoughDuringARotation() {
    CommandResult typed =
        CommandResult.run(
            "verify", body, "--json", "--secret", "old", "--secret", "s3cr3t", "--header", QLM);
    assertThat(typed.code()).isZero();
    assertThat(typed.out()).contains("\"valid\": false", "\"valid\": true");
  }

  private static String standardHeaders() {
    StandardSecret secret = StandardSecret.parse(SECRET);
    String signature =
        StandardSignature.of(new EventId("order-1"), SENT, Payload.of(BODY), List.of(secret));
    return "webhook-id: order-1\nwebhook-timestamp: "
        + SENT.getEpochSecond()
        + "\nwebhook-signature: "
        + signature;
  }

  private static String[] with(String[] args, String... more) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(args), java.util.Arrays.stream(more))
        .toArray(String[]::new);
  }
}
