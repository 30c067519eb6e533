package dev.hookferry.secret;

import dev.hookferry.internal.argument.NoNulls;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Source of master keys, such as a file. Thread-safe; may block. */
public interface MasterKeySource {
  /**
   * Returns the current keys, oldest first; may be empty. The last one seals new secrets.
   *
   * @throws MasterKeyException if the keys cannot be read or must not be trusted
   */
  List<MasterKey> read();

  /**
   * Creates a key and durably adds it as the newest, if Hookferry manages this source.
   *
   * @return the new key, or empty if the operator manages the keys
   * @throws MasterKeyException if the key cannot be stored; no key was added
   */
  Optional<MasterKey> create();

  /** Returns a fixed source of these keys, which are ordered oldest first. */
  static MasterKeySource given(List<MasterKey> keys) {
    NoNulls.in(keys, "keys");
    List<MasterKey> fixed = List.copyOf(keys);
    return new MasterKeySource() {
      @Override
      public List<MasterKey> read() {
        return fixed;
      }

      @Override
      public Optional<MasterKey> create() {
        return Optional.empty();
      }
    };
  }

  /**
   * Returns a source with keys that exist only in this process, for in-memory stores.
   *
   * @param random cryptographically secure in production
   */
  static MasterKeySource inMemory(RandomGenerator random) {
    Objects.requireNonNull(random, "random");
    List<MasterKey> keys = new ArrayList<>();
    return new MasterKeySource() {
      @Override
      public synchronized List<MasterKey> read() {
        return List.copyOf(keys);
      }

      @Override
      public synchronized Optional<MasterKey> create() {
        keys.add(MasterKey.generate(random));
        return Optional.of(keys.get(keys.size() - 1));
      }
    };
  }
}
