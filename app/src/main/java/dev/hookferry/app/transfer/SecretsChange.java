package dev.hookferry.app.transfer;

import dev.hookferry.access.ApiKey;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.Site;
import dev.hookferry.store.ConfigEntry;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.store.transfer.RecordChange;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferRecord.StoredConfig;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Change of the secrets in configuration records. Leaves out an unfinished rotation of the master
 * key, because afterwards all secrets are sealed with the same key.
 */
final class SecretsChange implements RecordChange, ConfigChange.Fold<Optional<ConfigChange>> {
  private final SecretContexts.Change change;
  private int count;

  private SecretsChange(SecretContexts.Change change) {
    this.change = change;
  }

  /** Returns a change that opens every secret with one cipher and seals it with another one. */
  static SecretsChange resealing(SecretCipher from, SecretCipher to) {
    return new SecretsChange((secret, context) -> to.seal(from.open(secret, context), context));
  }

  /** Returns a change that opens every secret, so that it can be compared. */
  static SecretsChange opening(SecretCipher cipher) {
    return new SecretsChange((secret, context) -> new Sealed(cipher.open(secret, context)));
  }

  /** Returns the number of secrets changed so far. */
  int count() {
    return count;
  }

  @Override
  public Optional<TransferRecord> of(TransferRecord stored) {
    if (!(stored instanceof StoredConfig config)) {
      return Optional.of(stored);
    }
    return config.entry().change().fold(this).flatMap(ConfigEntry::of).map(StoredConfig::new);
  }

  private Sealed changed(Sealed secret, String context) {
    count++;
    try {
      return change.of(secret, context);
    } catch (IllegalArgumentException e) {
      throw new MasterKeyException("a secret of the source cannot be opened: " + e.getMessage());
    }
  }

  @Override
  public Optional<ConfigChange> putSite(Site site) {
    return Optional.of(new ConfigChange.PutSite(SecretContexts.change(site, this::changed)));
  }

  @Override
  public Optional<ConfigChange> putEndpoint(Endpoint endpoint) {
    return Optional.of(
        new ConfigChange.PutEndpoint(SecretContexts.change(endpoint, this::changed)));
  }

  @Override
  public Optional<ConfigChange> putEventType(EventTypeDefinition definition) {
    return Optional.of(new ConfigChange.PutEventType(definition));
  }

  @Override
  public Optional<ConfigChange> removeEventType(SiteId site, EventType type) {
    return Optional.empty();
  }

  @Override
  public Optional<ConfigChange> putKey(ApiKey key) {
    return Optional.of(new ConfigChange.PutKey(key));
  }

  @Override
  public Optional<ConfigChange> putRotation(@Nullable String key) {
    return Optional.empty();
  }

  @Override
  public Optional<ConfigChange> removeSite(SiteId id) {
    return Optional.empty();
  }

  @Override
  public Optional<ConfigChange> removeEndpoint(EndpointId id) {
    return Optional.empty();
  }

  @Override
  public Optional<ConfigChange> removeKey(KeyId id) {
    return Optional.empty();
  }

  @Override
  public Optional<ConfigChange> note(AuditEntry entry) {
    return Optional.empty();
  }
}
