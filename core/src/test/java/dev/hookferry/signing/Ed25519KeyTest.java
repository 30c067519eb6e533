package dev.hookferry.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.SignatureVerifier.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519KeyTest {
  /** A request that a real sender signed, with a key made up for it. */
  private static final String PRIVATE =
      "whsk_bWFkZS11cC1lZDI1NTE5LXNlZWQtMzItYnl0ZXMhISHw7sxJBnRPW5M7xvsbn7MlL96yAbaM0B6rRQcYq7TX6Q==";

  private static final String PUBLIC = "whpk_8O7MSQZ0T1uTO8b7G5+zJS/esgG2jNAeq0UHGKu01+k=";
  private static final String ID = "msg_3MerjpflIm2OBbEVSaBv3Dsaj5M";
  private static final long SECOND = 1_795_722_011L;
  private static final Payload BODY =
      Payload.wrap(Base64.getDecoder().decode("eyJpbnZvaWNlSWQiOiJpbnZfNyIsIm5hbWUiOiJab8OrIn0="));
  private static final String SIGNED =
      "v1a,0eefIu/pLnDCQ7aVyeHKo+1ug7DD3jUKWyQxoHvhArCz2bMv455b58Y/bDQAG6mVuCXVomG7lsFCPgU28YeaCg==";

  @Test
  void signsWhatARealSenderSigned() {
    Ed25519Key key = Ed25519Key.parse(PRIVATE);

    assertThat(key.publicKey()).isEqualTo(PUBLIC);
    assertThat(key.reveal()).isEqualTo(PRIVATE);
    assertThat(key.sign(ID + '.' + SECOND + '.', BODY)).isEqualTo(SIGNED);
    assertThat(key.toString()).doesNotContain(PRIVATE.substring(5, 20));
  }

  /** The first test vector of RFC 8032. */
  @Test
  void signsAsTheStandardSays() {
    HexFormat hex = HexFormat.of();
    byte[] pair =
        hex.parseHex(
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    Ed25519Key key = Ed25519Key.parse("whsk_" + Base64.getEncoder().encodeToString(pair));

    String signature = key.sign("", Payload.empty()).substring(4);

    assertThat(hex.formatHex(Base64.getDecoder().decode(signature)))
        .isEqualTo(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
  }

  @Test
  void verifiesWithThePublicKeyAlone() {
    Map<String, String> headers =
        Map.of(
            "webhook-id",
            ID,
            "webhook-timestamp",
            Long.toString(SECOND),
            "webhook-signature",
            "v1,bm90IGEgc2lnbmF0dXJl " + SIGNED);
    String other = Ed25519Key.generate(new Random(1)).publicKey();

    assertThat(check(headers, BODY, PUBLIC, SECOND)).isEqualTo(Finding.VALID);
    assertThat(check(headers, Payload.of("{}"), PUBLIC, SECOND)).isEqualTo(Finding.NO_MATCH);
    assertThat(check(headers, BODY, other, SECOND)).isEqualTo(Finding.NO_MATCH);
    assertThat(check(headers, BODY, PUBLIC, SECOND + 301)).isEqualTo(Finding.TOO_OLD);
    assertThat(check(Map.of(), BODY, PUBLIC, SECOND)).isEqualTo(Finding.MISSING_HEADER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsk_", "whsk_AAAA", PUBLIC, "whsk_not base64"})
  void refusesMalformedKeyPairs(String text) {
    assertThatThrownBy(() -> Ed25519Key.parse(text))
        .isInstanceOf(InvalidException.class)
        .hasMessage("key: must be whsk_ followed by 64 bytes in base64");
  }

  @Test
  void refusesAPairWhoseHalvesDoNotBelongTogether() {
    String mixed = "whsk_" + Base64.getEncoder().encodeToString(new byte[64]);

    assertThatThrownBy(() -> Ed25519Key.parse(mixed))
        .hasMessageContaining("the public key that matches its");
  }

  private static Finding check(
      Map<String, String> headers, Payload body, String publicKey, long now) {
    SignatureVerifier verifier =
        new SignatureVerifier(
            InstantSource.fixed(Instant.ofEpochSecond(now)), Duration.ofMinutes(5));
    Signature signature = Signature.of(SignatureProfile.ED25519);
    return SignatureCheck.of(verifier, signature, body, headers, publicKey).finding();
  }
}
