package dev.hookferry.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Where master keys come from, such as a file. Thread-safe; may block. */
public interface MasterKeySource {
  /**
   * The keys as they are there now, the newest, which seals, last; empty if there are none.
   *
   * @throws MasterKeyException if they cannot be read or must not be trusted
   */
  List<MasterKey> read();

  /**
   * Makes a key and adds it behind the others, durably, if this place is Hookferry's own.
   *
   * @return the new key, or nothing if keys are the operator's business here
   * @throws MasterKeyException if it cannot be kept; then there is none
   */
  Optional<MasterKey> make();

  /** These keys and no others, the newest last. */
  static MasterKeySource given(List<MasterKey> keys) {
    List<MasterKey> fixed = List.copyOf(keys);
    return new MasterKeySource() {
      @Override
      public List<MasterKey> read() {
        return fixed;
      }

      @Override
      public Optional<MasterKey> make() {
        return Optional.empty();
      }
    };
  }

  /**
   * Keys that end with the process, for stores that do so too.
   *
   * @param random must be cryptographic in production
   */
  static MasterKeySource inMemory(RandomGenerator random) {
    List<MasterKey> keys = new ArrayList<>();
    return new MasterKeySource() {
      @Override
      public synchronized List<MasterKey> read() {
        return List.copyOf(keys);
      }

      @Override
      public synchronized Optional<MasterKey> make() {
        keys.add(MasterKey.generate(random));
        return Optional.of(keys.get(keys.size() - 1));
      }
    };
  }
}
