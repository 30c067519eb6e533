package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.SignerConfig;
import dev.hookferry.app.secrets.MasterKeySources;
import dev.hookferry.secret.EnvelopeCipher;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signer.Signers;
import java.security.SecureRandom;
import java.util.List;

/** Provides the cipher and the signers. Rejects unusable keys before the store is opened. */
final class SecretsModule extends AbstractModule {
  private final SecretCipher cipher;
  private final List<SignerConfig> signers;

  SecretsModule(ServerConfig config) {
    SecureRandom random = new SecureRandom();
    signers = config.secrets().signers();
    cipher = new EnvelopeCipher(MasterKeySources.of(config, random), random);
  }

  /** Opens the signers; Hookferry closes them. */
  @Provides
  @Singleton
  Signers signers() {
    Signers all = Signers.NONE;
    for (SignerConfig signer : signers) {
      all = signer.addedTo(all);
    }
    return all;
  }

  @Override
  protected void configure() {
    bind(SecretCipher.class).toInstance(cipher);
  }
}
