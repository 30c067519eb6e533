package dev.hookferry.app.config;

import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.signer.SignerProvider;
import dev.hookferry.signer.Signers;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * A configured signer.
 *
 * @param provider the provider that opens the signer, or null for keys that Hookferry creates and
 *     seals itself
 * @param location the signer's location in the provider's own syntax; may contain credentials
 */
public record SignerConfig(@Nullable SignerProvider provider, String location) {
  /**
   * Parses a value of {@code signers}.
   *
   * @throws IllegalArgumentException if no provider on the class path has its scheme
   */
  public static SignerConfig parse(String text) {
    if (text.equals(Signers.SEALED)) {
      return new SignerConfig(null, "");
    }
    for (SignerProvider provider : ServiceLoader.load(SignerProvider.class)) {
      String scheme = provider.scheme() + ":";
      if (text.startsWith(scheme)) {
        return new SignerConfig(provider, text.substring(scheme.length()));
      }
    }
    throw new IllegalArgumentException("no signer has that name");
  }

  /** Opens this signer and returns a copy of the given signers that includes it. */
  public Signers addedTo(Signers signers) {
    SignerProvider opened = provider;
    return opened == null
        ? signers.sealingNewKeys()
        : signers.with(opened.scheme(), opened.open(location));
  }

  /** Returns the setting without passwords. */
  @Override
  public String toString() {
    return provider == null
        ? Signers.SEALED
        : SecretText.masked(provider.scheme() + ":" + location);
  }
}
