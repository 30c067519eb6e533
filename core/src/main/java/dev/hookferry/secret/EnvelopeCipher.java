package dev.hookferry.secret;

import dev.hookferry.event.Payload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Envelope encryption: encrypts every secret with its own data key, and wraps that key with the
 * newest master key. Both layers use AES-256-GCM and are bound to the context. Also opens
 * unencrypted secrets, so that they can be sealed. Thread-safe.
 *
 * <p>Reloads the key source before reporting a key as missing, because a master key may be added
 * while nodes are running.
 */
public final class EnvelopeCipher implements SecretCipher {
  private static final int DATA_KEY = 32;
  private static final SecretCipher PLAIN = new PlainCipher();

  private final MasterKeySource source;
  private final RandomGenerator random;
  private volatile List<MasterKey> keys;

  /**
   * Creates a cipher.
   *
   * @param random cryptographically secure in production; thread-safe
   * @throws MasterKeyException if the keys cannot be read
   */
  public EnvelopeCipher(MasterKeySource source, RandomGenerator random) {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(random, "random");
    this.source = source;
    this.random = random;
    keys = List.copyOf(source.read());
  }

  @Override
  public Sealed seal(String secret, String context) {
    List<MasterKey> current = keys;
    if (current.isEmpty()) {
      return PLAIN.seal(secret, context);
    }
    byte[] dataKey = new byte[DATA_KEY];
    random.nextBytes(dataKey);
    byte[] text = secret.getBytes(StandardCharsets.UTF_8);
    Payload closed =
        Payload.wrap(AesGcm.close(data(dataKey), text, bound("secret", context), random));
    return wrap(current.get(current.size() - 1), dataKey, closed, context);
  }

  @Override
  public String open(Sealed sealed, String context) {
    if (!SealedText.isSealed(sealed)) {
      return PLAIN.open(sealed, context);
    }
    SealedText parts = parts(sealed, context);
    return AesGcm.open(
            data(dataKey(parts, context)), parts.secret().unsafeBytes(), bound("secret", context))
        .map(text -> new String(text, StandardCharsets.UTF_8))
        .orElseThrow(() -> cannotOpen(context));
  }

  @Override
  public Sealed rewrap(Sealed sealed, String context) {
    if (!SealedText.isSealed(sealed) || keys.isEmpty()) {
      return seal(open(sealed, context), context);
    }
    SealedText parts = parts(sealed, context);
    return wrap(keys.get(keys.size() - 1), dataKey(parts, context), parts.secret(), context);
  }

  @Override
  public Optional<String> keyOf(Sealed sealed) {
    return SealedText.keyId(sealed);
  }

  @Override
  public List<String> keys() {
    return keys.stream().map(MasterKey::id).toList();
  }

  @Override
  public synchronized void reloadKeys(boolean createKey) {
    List<MasterKey> read = source.read();
    if ((createKey || read.isEmpty()) && source.create().isPresent()) {
      read = source.read();
    }
    keys = List.copyOf(read);
  }

  private Sealed wrap(MasterKey master, byte[] dataKey, Payload closed, String context) {
    byte[] wrapped = AesGcm.close(master.key(), dataKey, bound(master.id(), context), random);
    return new SealedText(master.id(), Payload.wrap(wrapped), closed).write();
  }

  private byte[] dataKey(SealedText parts, String context) {
    MasterKey master = master(parts.keyId(), context);
    return AesGcm.open(master.key(), parts.wrapped().unsafeBytes(), bound(master.id(), context))
        .filter(key -> key.length == DATA_KEY)
        .orElseThrow(() -> cannotOpen(context));
  }

  private MasterKey master(String id, String context) {
    return find(id)
        .or(
            () -> {
              reread();
              return find(id);
            })
        .orElseThrow(() -> MasterKeyException.missing(context, id, keys()));
  }

  private Optional<MasterKey> find(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** Reloads the keys; keeps the known keys if the source is empty or cannot be read. */
  private synchronized void reread() {
    List<MasterKey> read = source.read();
    if (!read.isEmpty()) {
      keys = List.copyOf(read);
    }
  }

  private static SealedText parts(Sealed sealed, String context) {
    return SealedText.read(sealed).orElseThrow(() -> cannotOpen(context));
  }

  private static SecretKey data(byte[] key) {
    return new SecretKeySpec(key, "AES");
  }

  private static String bound(String purpose, String context) {
    return "hookferry/1/" + purpose + "/" + context;
  }

  private static IllegalArgumentException cannotOpen(String context) {
    return new IllegalArgumentException(
        "the secret " + context + " was altered, or sealed for a different context");
  }
}
