package dev.hookferry.endpoint;

import dev.hookferry.secret.Sealed;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A custom header sent with every request to an endpoint. The value may be a credential, so it is
 * stored sealed; {@link HeaderRules} checks name and value first.
 *
 * @param name the name as sent
 * @param value the sealed value
 * @param markedSecret whether the user marked the value as secret
 */
public record CustomHeader(String name, Sealed value, boolean markedSecret) {
  private static final Pattern CREDENTIAL =
      Pattern.compile("(?i).*(auth|token|secret|key|password|credential|session|signature).*");

  public CustomHeader {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }

  /** Creates a header that is not marked as secret. */
  public CustomHeader(String name, Sealed value) {
    this(name, value, false);
  }

  /**
   * Returns whether the value must never be shown: the header is marked as secret, or its name
   * suggests a credential.
   */
  public boolean isSecret() {
    return markedSecret || suggestsCredential(name);
  }

  /** Returns whether the name of a header suggests that its value is a credential. */
  public static boolean suggestsCredential(String name) {
    return CREDENTIAL.matcher(Objects.requireNonNull(name, "name")).matches();
  }

  /** Returns a copy with the given value. */
  public CustomHeader with(Sealed sealed) {
    Objects.requireNonNull(sealed, "sealed");
    return new CustomHeader(name, sealed, markedSecret);
  }
}
