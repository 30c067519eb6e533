package dev.hookferry.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.cipher.SecretCipherContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnvelopeCipherTest implements SecretCipherContract {
  private static final MasterKey ONE = MasterKey.generate(new Random(1));
  private static final MasterKey TWO = MasterKey.generate(new Random(2));

  @Override
  public SecretCipher cipher() {
    return with(ONE);
  }

  @Override
  public SecretCipher stranger() {
    return with(TWO);
  }

  private static EnvelopeCipher with(MasterKey... keys) {
    return new EnvelopeCipher(MasterKeySource.given(List.of(keys)), new Random(3));
  }

  @Test
  void theNewestKeySealsAndAllKeysOpen() {
    Sealed old = with(ONE).seal("s3cr3t", HERE);
    EnvelopeCipher both = with(ONE, TWO);

    assertThat(both.open(old, HERE)).isEqualTo("s3cr3t");
    assertThat(both.keyOf(both.seal("s3cr3t", HERE))).contains(TWO.id());
    assertThat(both.keys()).containsExactly(ONE.id(), TWO.id());
  }

  @Test
  void rewrappingChangesTheKeyAndNotTheSealedSecret() {
    Sealed old = with(ONE).seal("s3cr3t", HERE);
    Sealed fresh = with(ONE, TWO).rewrap(old, HERE);

    assertThat(with(TWO).open(fresh, HERE)).isEqualTo("s3cr3t");
    assertThat(last(fresh)).isEqualTo(last(old));
    assertThat(with(TWO).keyOf(fresh)).contains(TWO.id());
  }

  private static String last(Sealed sealed) {
    return sealed.text().substring(sealed.text().lastIndexOf(':'));
  }

  @Test
  void plainSecretsCanBeReadAndSealed() {
    Sealed plain = Secrets.inTheClear().seal("s3cr3t", HERE);

    assertThat(cipher().keyOf(plain)).isEmpty();
    assertThat(cipher().open(plain, HERE)).isEqualTo("s3cr3t");
    assertThat(cipher().keyOf(cipher().rewrap(plain, HERE))).contains(ONE.id());
    assertThat(cipher().open(cipher().rewrap(plain, HERE), HERE)).isEqualTo("s3cr3t");
  }

  @Test
  void refusesAnUnknownFormatInsteadOfReadingPlainText() {
    for (String text : List.of("sealed:2:mk_1:x", "sealed:", "sealed:1:" + ONE.id() + ":!:!")) {
      assertThat(cipher().keyOf(new Sealed(text))).as(text).isPresent();
      assertThatThrownBy(() -> cipher().open(new Sealed(text), HERE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aNewKeyInTheKeySourceIsFoundWhenNeeded() {
    Place place = new Place(ONE);
    EnvelopeCipher running = new EnvelopeCipher(place, new Random(4));
    Sealed byAnother = with(ONE, TWO).seal("s3cr3t", HERE);
    assertThatThrownBy(() -> running.open(byAnother, HERE)).hasMessageContaining(TWO.id());

    place.keys.add(TWO);

    assertThat(running.open(byAnother, HERE)).isEqualTo("s3cr3t");
    assertThat(running.keys()).containsExactly(ONE.id(), TWO.id());
  }

  @Test
  void aFirstKeyIsCreatedOnlyOnRequest() {
    Place place = new Place();
    EnvelopeCipher cipher = new EnvelopeCipher(place, new Random(4));
    assertThat(cipher.keyOf(cipher.seal("s3cr3t", HERE))).isEmpty();
    assertThat(place.keys).isEmpty();

    cipher.reloadKeys(false);
    assertThat(place.keys).hasSize(1);
    cipher.reloadKeys(false);
    assertThat(place.keys).hasSize(1);
    cipher.reloadKeys(true);

    assertThat(cipher.keys()).hasSize(2).isEqualTo(place.keys.stream().map(MasterKey::id).toList());
  }

  @Test
  void knownKeysRemainWhenTheKeySourceCannotBeRead() {
    Place place = new Place(ONE);
    EnvelopeCipher cipher = new EnvelopeCipher(place, new Random(4));
    Sealed mine = cipher.seal("s3cr3t", HERE);
    place.broken = true;

    assertThatThrownBy(() -> cipher.reloadKeys(true)).isInstanceOf(MasterKeyException.class);
    assertThat(cipher.open(mine, HERE)).isEqualTo("s3cr3t");
  }

  /** A place of our own, which may break. */
  private static final class Place implements MasterKeySource {
    final List<MasterKey> keys;
    boolean broken;

    Place(MasterKey... present) {
      keys = new ArrayList<>(List.of(present));
    }

    @Override
    public List<MasterKey> read() {
      if (broken) {
        throw new MasterKeyException("the place cannot be read");
      }
      return List.copyOf(keys);
    }

    @Override
    public Optional<MasterKey> create() {
      keys.add(MasterKey.generate(new Random(keys.size() + 10)));
      return Optional.of(keys.get(keys.size() - 1));
    }
  }
}
