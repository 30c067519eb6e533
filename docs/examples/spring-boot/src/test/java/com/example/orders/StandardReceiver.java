package com.example.orders;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class StandardReceiver {
  /**
   * The body's bytes as received, and the headers webhook-id, webhook-timestamp and
   * webhook-signature.
   */
  static boolean verifyStandard(
      byte[] body, String id, String timestamp, String signatures, String secret)
      throws GeneralSecurityException {
    if (id == null || timestamp == null || signatures == null) {
      return false;
    }
    if (!timestamp.matches("[0-9]{1,12}")
        || Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) > 300) {
      return false;
    }
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
    String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    byte[] bytes = expected.getBytes(StandardCharsets.UTF_8);
    for (String given : signatures.split(" ")) {
      if (MessageDigest.isEqual(bytes, given.getBytes(StandardCharsets.UTF_8))) {
        return true;
      }
    }
    return false;
  }
}
