package dev.hookferry.spring.autoconfigure;

import dev.hookferry.secret.MasterKey;
import dev.hookferry.secret.MasterKeySource;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.secret.Secrets;
import dev.hookferry.spring.autoconfigure.HookferryProperties.SecretsProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Creates the cipher for secrets from the properties, in which the application must choose one. */
final class SecretCipherFactory {
  private static final String KEYS = "hookferry.secrets.master-keys";

  private SecretCipherFactory() {}

  static SecretCipher cipher(SecretsProperties choice, @Nullable MasterKeySource source) {
    boolean hasKeys = source != null || !choice.masterKeys().isEmpty();
    if (hasKeys == choice.inTheClear()) {
      throw new InvalidConfigurationPropertyValueException(
          KEYS,
          hasKeys ? "********" : "",
          hasKeys
              ? "must not be set together with hookferry.secrets.in-the-clear=true"
              : "must be set, so that endpoint secrets are stored encrypted: 32 random bytes in"
                  + " base64, as \"openssl rand -base64 32\" prints them. To store secrets as they"
                  + " are, set hookferry.secrets.in-the-clear=true");
    }
    if (choice.inTheClear()) {
      return Secrets.inTheClear();
    }
    return Secrets.sealedBy(source == null ? given(choice) : source);
  }

  private static MasterKeySource given(SecretsProperties choice) {
    return MasterKeySource.given(choice.masterKeys().stream().map(MasterKey::parse).toList());
  }
}
