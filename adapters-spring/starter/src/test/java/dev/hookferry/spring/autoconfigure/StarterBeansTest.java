package dev.hookferry.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.Hookferry;
import dev.hookferry.HookferryBuilder;
import dev.hookferry.Webhooks;
import dev.hookferry.body.BodyMapper;
import dev.hookferry.body.MappedBody;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.signer.Signer;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.spring.HookferryBuilderCustomizer;
import dev.hookferry.spring.WebhookPublisher;
import dev.hookferry.store.Store;
import dev.hookferry.transport.Egresses;
import dev.hookferry.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.test.util.ReflectionTestUtils;

/** Which beans an application gets, and what it is told when a choice is missing or wrong. */
class StarterBeansTest {
  private final ApplicationContextRunner onH2 = StarterApplication.onH2();
  private final ApplicationContextRunner inMemory =
      onH2.withPropertyValues("hookferry.store.type=memory");

  @Test
  void anApplicationWithADatabaseGetsAllOfThem() {
    onH2.run(
        context -> {
          assertThat(context)
              .hasNotFailed()
              .hasSingleBean(Hookferry.class)
              .hasSingleBean(Webhooks.class)
              .hasSingleBean(WebhookPublisher.class);
          assertThat(context.getBean(Hookferry.class).isReady()).isTrue();
        });
  }

  /** As the manual says. */
  @Test
  void aContextThatWasStoppedCannotBeStartedAgain() {
    inMemory.run(
        context -> {
          context.stop();
          assertThatThrownBy(context::start)
              .hasStackTraceContaining("started already; build another one");
        });
  }

  /** A relay would refuse it: it has one batch to finish, and no more than ten minutes for that. */
  @Test
  void aDrainTimeoutMayBeVeryLong() {
    inMemory
        .withPropertyValues("hookferry.drain-timeout=1h")
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(WebhookPublisher.class));
  }

  @Test
  void itCanBeSwitchedOff() {
    onH2.withPropertyValues("hookferry.enabled=false")
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(Hookferry.class)
                    .doesNotHaveBean(WebhookPublisher.class));
  }

  @Test
  void aStoreOfTheApplicationIsUsed() {
    Store own = new MemoryStore();
    onH2.withBean("ownStore", Store.class, () -> own)
        .run(context -> assertThat(context.getBean(Store.class)).isSameAs(own));
  }

  @Test
  void mappersHaveTheNamesOfTheirBeans() {
    inMemory
        .withBean("erp", BodyMapper.class, () -> event -> MappedBody.json(event.payload()))
        .run(
            context ->
                assertThat(context.getBean(Webhooks.class).events().bodyMappers())
                    .containsExactly("erp"));
  }

  @Test
  void aSignerGivesNewKeysAndIsClosed() {
    Ed25519Key key = Ed25519Key.generate(new Random(1));
    AtomicInteger closed = new AtomicInteger();
    Signer signer =
        new Signer() {
          @Override
          public Key newKey(SiteId site) {
            return new Key("k", key.publicKey());
          }

          @Override
          public byte[] sign(String name, byte[] message) {
            return key.sign(message);
          }

          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
    inMemory
        .withBean("companyKms", Signer.class, () -> signer)
        .run(
            context ->
                assertThat(
                        context
                            .getBean(Webhooks.class)
                            .sites()
                            .rotateSigningKey(SiteId.DEFAULT)
                            .signer())
                    .isEqualTo("companyKms"));
    assertThat(closed).hasPositiveValue();
  }

  @Test
  void egressesComeFromTheProperties() {
    ApplicationContextRunner two =
        inMemory.withPropertyValues(
            "hookferry.outbound.egresses[0].name=main",
            "hookferry.outbound.egresses[0].proxy=http://a:3128,socks5://b:1080",
            "hookferry.outbound.egresses[0].user=me",
            "hookferry.outbound.egresses[0].password=s3cret",
            "hookferry.outbound.egresses[1].name=fixed",
            "hookferry.outbound.egresses[1].source-address=127.0.0.9",
            "hookferry.outbound.default-egress=main");
    two.run(
        context -> {
          Egresses made = context.getBean(Transport.class).egresses();
          assertThat(made.standard()).isEqualTo("main");
          assertThat(made.names()).containsExactly("main", "fixed");
          assertThat(made.all().get(0).via()).containsExactly("http://a:3128", "socks5://b:1080");
        });
    two.withPropertyValues("hookferry.outbound.default-egress=other")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("must be the name of an egress that was added"));
    two.withPropertyValues("hookferry.outbound.egresses[1].direct=true")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("must have exactly one of proxy"));
  }

  @Test
  void aDatabaseInMemoryMeansAStoreInMemory() {
    onH2.run(context -> assertThat(context.getBean(Store.class)).isInstanceOf(MemoryStore.class));
  }

  @Test
  void filesNeedNoDatabase(@TempDir Path folder) {
    new ApplicationContextRunner()
        .withUserConfiguration(StarterApplication.class)
        .withPropertyValues(
            "spring.autoconfigure.exclude="
                + StarterApplication.DATA_SOURCE
                + ","
                + StarterApplication.MODULITH,
            "hookferry.secrets.in-the-clear=true",
            "hookferry.store.type=file",
            "hookferry.store.directory=" + folder.resolve("webhooks"))
        .run(
            context -> {
              assertThat(context).hasNotFailed().doesNotHaveBean(WebhookPublisher.class);
              assertThat(folder.resolve("webhooks")).isNotEmptyDirectory();
            });
  }

  @Test
  void withoutADataSourceItSaysWhatToDo() {
    new ApplicationContextRunner()
        .withUserConfiguration(StarterApplication.class)
        .withPropertyValues(
            "spring.autoconfigure.exclude="
                + StarterApplication.DATA_SOURCE
                + ","
                + StarterApplication.MODULITH,
            "hookferry.secrets.in-the-clear=true")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("spring.datasource.url")
                    .hasMessageContaining("hookferry.store.type=file"));
  }

  @Test
  void howSecretsAreStoredMustBeChosen() {
    inMemory
        .withPropertyValues("hookferry.secrets.in-the-clear=false")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("hookferry.secrets.master-keys")
                    .hasMessageContaining("openssl rand -base64 32"));
  }

  @Test
  void aMasterKeySealsSecrets() {
    inMemory
        .withPropertyValues(
            "hookferry.secrets.in-the-clear=false",
            "hookferry.secrets.master-keys=hTc7yqV4Xc1RrYxkq1m0GqTNn1p0fVtcK0T3Zb6lDdE=")
        .run(
            context ->
                assertThat(context.getBean(Webhooks.class).masterKeys().status().unsealed())
                    .isZero());
  }

  @Test
  void aWrongNetworkIsNamed() {
    inMemory
        .withPropertyValues("hookferry.outbound.allow-networks=10.20.0.0/33")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("hookferry.outbound.allow-networks"));
  }

  @Test
  void aBlockedKeyIsReportedAfterTheTimeOfTheProperty() {
    List<HookferryBuilder> seen = new ArrayList<>();
    inMemory
        .withBean(HookferryBuilderCustomizer.class, () -> seen::add)
        .withPropertyValues("hookferry.blocked-key-alert=10m")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(seen)
        .extracting(builder -> ReflectionTestUtils.getField(builder, "blockedKeyAlert"))
        .containsExactly(Duration.ofMinutes(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"59s", "31d"})
  void aWrongTimeUntilABlockedKeyIsReportedIsNamed(String alert) {
    inMemory
        .withPropertyValues("hookferry.blocked-key-alert=" + alert)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("hookferry.blocked-key-alert must be 1m to 30d"));
  }

  @Test
  void eventTypesAreDeclaredAndOthersStay() {
    inMemory
        .withPropertyValues("hookferry.event-types=order_created,order_shipped")
        .run(
            context -> {
              Webhooks webhooks = context.getBean(Webhooks.class);
              assertThat(webhooks.settings().get(SiteId.DEFAULT).catalog().declared())
                  .extracting(Object::toString)
                  .containsExactlyInAnyOrder("order_created", "order_shipped");
              DeclaredTypes.add(webhooks, List.of("order_paid"));
              assertThat(webhooks.publish(SiteId.DEFAULT, NewEvent.of("order_paid", "{}")).join())
                  .isNotNull();
              assertThat(
                      webhooks.publish(SiteId.DEFAULT, NewEvent.of("order_created", "{}")).join())
                  .isNotNull();
            });
  }
}
