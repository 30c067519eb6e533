package dev.hookferry.secret;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cipher that leaves secrets unencrypted, but recognizes sealed ones and reports the missing key.
 */
final class PlainCipher implements SecretCipher {
  private static final String MARK = "plain:";
  private static final Pattern SEALED = Pattern.compile("sealed:[0-9]+:([^:]+):.*");

  @Override
  public Sealed seal(String secret, String context) {
    return new Sealed(MARK + secret);
  }

  @Override
  public String open(Sealed sealed, String context) {
    if (!sealed.text().startsWith(MARK)) {
      throw keyOf(sealed)
          .<RuntimeException>map(key -> MasterKeyException.missing(context, key, List.of()))
          .orElseGet(() -> new IllegalArgumentException(context + " was sealed by another cipher"));
    }
    return sealed.text().substring(MARK.length());
  }

  @Override
  public Optional<String> keyOf(Sealed sealed) {
    Matcher matcher = SEALED.matcher(sealed.text());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
