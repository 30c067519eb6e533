package dev.hookferry.endpoint;

import dev.hookferry.secret.Sealed;
import java.util.regex.Pattern;

/**
 * A header that an endpoint wants with every request. The value may be a credential, so it is kept
 * sealed; {@link HeaderRules} judges both before it is.
 *
 * @param name as it is sent
 * @param value sealed
 * @param marked whether somebody said that the value is secret
 */
public record CustomHeader(String name, Sealed value, boolean marked) {
  private static final Pattern CREDENTIAL =
      Pattern.compile("(?i).*(auth|token|secret|key|password|credential|session|signature).*");

  /** A header that nobody marked as secret. */
  public CustomHeader(String name, Sealed value) {
    this(name, value, false);
  }

  /** Whether its value is shown to nobody: it is marked, or its name is that of a credential. */
  public boolean isSecret() {
    return marked || CREDENTIAL.matcher(name).matches();
  }

  /** The same header with another value. */
  public CustomHeader with(Sealed other) {
    return new CustomHeader(name, other, marked);
  }
}
