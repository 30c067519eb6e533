package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.secrets.MasterKeyPlaces;
import dev.hookferry.secret.EnvelopeCipher;
import dev.hookferry.secret.SecretCipher;
import java.security.SecureRandom;

/** Provides the cipher for secrets; unusable keys fail before the store is opened. */
final class SecretsModule extends AbstractModule {
  private final SecretCipher cipher;

  SecretsModule(ServerConfig config) {
    SecureRandom random = new SecureRandom();
    cipher = new EnvelopeCipher(MasterKeyPlaces.of(config, random), random);
  }

  @Override
  protected void configure() {
    bind(SecretCipher.class).toInstance(cipher);
  }
}
