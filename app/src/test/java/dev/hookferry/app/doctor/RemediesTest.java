package dev.hookferry.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemediesTest {
  private static final String STOP = "stop that process, or choose another port with --port";

  @Test
  void aStoreThatKnowsTheRemedyNamesIt() {
    StoreException newer = new StoreException("the tables are newer", "start that version", null);
    assertThat(newer).hasMessage("the tables are newer; start that version");
    assertThat(Remedies.of(newer)).contains("start that version");
    assertThat(Remedies.problem(newer)).isEqualTo("the tables are newer");
    assertThat(Remedies.of(new StoreException("cannot open x: no; not at all"))).isEmpty();
  }

  @Test
  void suggestsRemediesForMasterKeyProblems() {
    assertThat(Remedies.of(MasterKeyException.missing("a secret", "mk_1", List.of())))
        .hasValueSatisfying(remedy -> assertThat(remedy).contains("secrets.masterKeyFile"));
    MasterKeyException open =
        new MasterKeyException("keys is readable by others (rw-r--r--); run chmod 600 keys");
    assertThat(Remedies.of(open)).contains("run chmod 600 keys");
    assertThat(Remedies.problem(open)).isEqualTo("keys is readable by others (rw-r--r--)");
    String create = "create it: hookferry master-keys add keys";
    assertThat(Remedies.of(new MasterKeyException("no such file: keys; " + create)))
        .contains(create);
  }

  @Test
  void distinguishesATakenAddressFromAMissingOne() {
    assertThat(Remedies.of(listening("Address already in use")))
        .contains("stop what listens there, or set another port");
    assertThat(Remedies.of(listening("Cannot assign requested address")))
        .hasValueSatisfying(remedy -> assertThat(remedy).startsWith("set bind to an address"));
    String text = "another process listens on 127.0.0.1:1; " + STOP;
    UncheckedIOException taken = new UncheckedIOException(text, new BindException(text));
    assertThat(Remedies.of(taken)).contains(STOP);
    assertThat(Remedies.problem(taken)).isEqualTo("another process listens on 127.0.0.1:1");
    assertThat(Remedies.of(new UncheckedIOException(new IOException("something else")))).isEmpty();
  }

  @Test
  void aCertificateThatCannotBeUsedNamesItsKeys() {
    assertThat(Remedies.of(InvalidException.of("listen.tls", "cannot be used")))
        .hasValueSatisfying(remedy -> assertThat(remedy).contains("listen.tls.key"));
    assertThat(Remedies.of(InvalidException.of("port", "is wrong"))).isEmpty();
  }

  private static UncheckedIOException listening(String why) {
    return new UncheckedIOException(
        "cannot listen on /127.0.0.1:1: " + why, new BindException(why));
  }
}
