package dev.hookferry.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.SignatureVerifier.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
  private static final Instant NOW = Instant.parse("2026-04-29T16:39:49Z");
  private static final String WHSEC = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

  /** The example of GitHub's documentation. */
  @Test
  void signsAsGitHubDocuments() {
    Map<String, String> headers =
        signed("github", "It's a Secret to Everybody", "Hello, World!", 0);

    assertThat(headers)
        .containsEntry(
            "X-Hub-Signature-256",
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")
        .containsEntry("X-GitHub-Event", "license_created");
  }

  /** The example of Slack's documentation. */
  @Test
  void signsAsSlackDocuments() {
    String body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
            + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
            + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
            + "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    assertThat(signed("slack", "8f742231b10e8888abcd99yyyzzz85a5", body, 1_531_420_618))
        .containsEntry(
            "X-Slack-Signature",
            "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")
        .containsEntry("X-Slack-Request-Timestamp", "1531420618");
  }

  @Test
  void usesTheTextOfASecretUnlessTheProfileDecodesIt() {
    String text = signed("custom header=X-A", WHSEC, "{}", 0).get("X-A");
    String decoded = signed("custom header=X-A key=base64", WHSEC, "{}", 0).get("X-A");

    assertThat(text).isNotEqualTo(decoded).matches("[0-9a-f]{64}");
    assertThat(signed("custom header=X-A", "0123456789abcdef01234567", "{}", 0))
        .containsEntry("X-A", decoded);
  }

  @Test
  void aPrefixWithBracesStandsForItself() {
    assertThat(signed("custom header=X-A prefix={id}=", WHSEC, "{}", 0).get("X-A"))
        .startsWith("{id}=");
  }

  @ParameterizedTest
  @EnumSource(SignatureProfile.class)
  void shownSignaturesCanBeTyped(SignatureProfile profile) {
    Signature plain =
        profile == SignatureProfile.CUSTOM
            ? Signature.parse("custom header=X-A algorithm=hmac-sha512")
            : Signature.of(profile);
    Signature ending = plain.until(Instant.parse("2031-01-31T00:00:00Z"));

    assertThat(Signature.parse(ending.toString())).isEqualTo(ending);
    assertThat(ending.isActive(Instant.parse("2031-01-30T23:59:59Z"))).isTrue();
    assertThat(ending.isActive(Instant.parse("2031-01-31T00:00:00Z"))).isFalse();
    assertThat(SignatureFields.PROFILE.kind().allows(profile.code())).isTrue();
  }

  @Test
  void onlyProfilesThatSignTheTimeAreNotReplayable() {
    assertThat(Stream.of("github", "shopify", "qlm", "convoy", "outpost", "custom header=X-A"))
        .allMatch(text -> Signature.parse(text).isReplayable());
    assertThat(
            Stream.of(
                "standard",
                "svix",
                "stripe",
                "slack",
                "hook0",
                "webhookx",
                "convoy mode=advanced",
                "outpost mode=standard",
                "outpost content=timestamp.body",
                "custom header=X-A content=id.timestamp.body"))
        .noneMatch(text -> Signature.parse(text).isReplayable());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nobody | profile: must be",
        "github header=X-A | header: is not an option of github, which has no options",
        "custom | header: is missing: the name of the signature header",
        "custom header=X-A algorithm=md5 | algorithm: must be hmac-sha256",
        "custom header=X-A algorithm=hmac-sha1 | algorithm: must be hmac-sha256 or hmac-sha512",
        "custom header=X-A content=id.type.timestamp.body | content: must be body",
        "outpost content=id.timestamp.body | content: must be body",
        "hook0 mode=simple | mode: must be v1 or v0 or v0-v1 for hook0",
        "convoy versions=md5-hex | versions: must be",
        "convoy versions | options: must be like header=X-Acme-Digest",
        "github until=yesterday | until: must be a time",
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> Signature.parse(text))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stripe | stripe | whsec_other-text | the secret is wrong",
        "custom header=X-A key=base64 | custom header=X-A | " + WHSEC + " | signed with the ",
        "custom header=X-A | custom header=X-A key=base64 | " + WHSEC + " | signed with the ",
        "github | stripe | " + WHSEC + " | the message has no Stripe-Signature but X-Hub-Signature",
        "custom header=X-A | github | " + WHSEC + " | the message has no X-Hub-Signature-256",
      })
  void explainsWhyASignatureDoesNotMatch(
      String sent, String checked, String secret, String explanation) {
    SignatureCheck check = check(checked, signed(sent, WHSEC, "{}", 0), "{}", secret);

    assertThat(check.isValid()).isFalse();
    assertThat(check.why()).startsWith(explanation);
  }

  @Test
  void explainsABodyThatWasParsedAndWrittenAgain() {
    Map<String, String> headers = signed("github", WHSEC, "{\"a\":1}", 0);

    assertThat(check("github", headers, "{\"a\":1}", WHSEC).isValid()).isTrue();
    assertThat(check("github", headers, "{ \"a\": 1 }", WHSEC).why())
        .startsWith("it would match if the body had no white space between its tokens");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stripe", "slack", "svix", "hook0 mode=v0", "webhookx"})
  void anOldMessageIsAReplay(String profile) {
    Map<String, String> headers = signed(profile, WHSEC, "{}", -301);

    assertThat(check(profile, headers, "{}", WHSEC).finding()).isEqualTo(Finding.TOO_OLD);
  }

  private static SignatureCheck check(
      String signature, Map<String, String> headers, String body, String secret) {
    SignatureVerifier verifier =
        new SignatureVerifier(InstantSource.fixed(NOW), Duration.ofMinutes(5));
    return SignatureCheck.of(
        verifier, Signature.parse(signature), Payload.of(body), headers, secret);
  }

  /**
   * Signs a message.
   *
   * @param second the time as Unix seconds; relative to now if it is not positive
   */
  private static Map<String, String> signed(
      String signature, String secret, String body, long second) {
    Map<String, String> headers = new HashMap<>();
    Payload payload = Payload.of(body);
    SignedMessage message =
        SignedMessage.of(
            new SignedMessage.Names("evt_1", "license_created", "dl_1", 1),
            second > 0 ? Instant.ofEpochSecond(second) : NOW.plusSeconds(second),
            payload,
            Map.of());
    SigningKey key = new SigningKey(SigningSecret.of(secret));
    SignatureForm.of(Signature.parse(signature)).sign(message, List.of(key), headers::put);
    return headers;
  }
}
